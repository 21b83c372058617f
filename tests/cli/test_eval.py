"""perfrules eval: a value and its calculation for each subject, and one clear message for anything at fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfrules.cli.main import outcome

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "examples" / "yunling" / "wangxinban.txt"
RULES = "id: t\nversion: 1\ntitle: {zh: a, en: b}\n"


def submission(folder: Path, content: dict[str, object], name: str = "a.json") -> Path:
    path = folder / name
    whole = {"perfrules": "submission/1", "period": {"to": "2022-06-30"}, **content}
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def line(folder: Path, **figures: str) -> Path:
    return submission(folder, {"lines": {"project": figures}})


def shown(capsys: pytest.CaptureFixture[str], *call: str) -> str:
    assert outcome(["eval", *call]) == 0
    told = capsys.readouterr()
    assert not told.err
    return told.out


def answered(capsys: pytest.CaptureFixture[str], *call: str) -> list[dict[str, object]]:
    contract = json.loads(shown(capsys, *call, "--format", "json"))
    return [answer for report in contract["reports"] for answer in report["answers"]]


@pytest.mark.parametrize(
    ("language", "result"), [("zh", "结果    不成立"), ("en", "Result      does not hold")]
)
def test_a_calculation_is_one_to_type_into_a_calculator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, result: str
) -> None:
    path = line(tmp_path, spent="2.7505万元", adjusted_budget="13.91万元")
    told = shown(capsys, "实际支出 / 调整预算 >= 30%", "--on", str(path), "--lang", language)
    assert "2.7505万元 ÷ 13.91万元 = 19.77% < 30%" in told
    assert result in told
    assert "/lines/project/spent" in told
    assert "“13.91万元”" in told


@pytest.mark.parametrize(("language", "name"), [("zh", "项目支出"), ("en", "project spending")])
def test_a_line_has_its_name_in_the_language_of_the_page(
    capsys: pytest.CaptureFixture[str], language: str, name: str
) -> None:
    told = shown(capsys, "spent", "--on", str(REPORT), "--lang", language)
    assert f"   {name} (" in told


def test_a_rounded_value_is_given_exactly_besides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = line(tmp_path, spent="1万元", adjusted_budget="3万元")
    assert "33.33% (精确值 1/3)" in shown(capsys, "spent / adjusted_budget", "--on", str(path))
    assert "(精确值 1/3万元)" in shown(capsys, "spent / 3", "--on", str(path))
    path = line(tmp_path, spent="1万元", adjusted_budget="8万元")
    assert "12.50%\n" in shown(capsys, "spent / adjusted_budget", "--on", str(path))
    path = line(tmp_path, spent="1万元", adjusted_budget="32万元")
    assert "3.13% (精确值 3.125%)" in shown(capsys, "spent / adjusted_budget", "--on", str(path))


def test_what_is_lacking_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = line(tmp_path, spent="1万元")
    assert "未知(缺 调整预算)" in shown(capsys, "spent / adjusted_budget", "--on", str(path))
    (answer,) = answered(capsys, "spent / adjusted_budget", "--on", str(path))
    assert answer["value"] is None
    assert answer["kind"] is None
    assert [(each["reason"], each["field"]) for each in answer["reasons"]] == [("missing", "adjusted_budget")]


def test_an_equality_by_rounding_is_marked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = line(tmp_path, spent="2.75万元", adjusted_budget="2.7505万元")  # 2.745 <= 2.7505 < 2.755
    assert "按所列位数四舍五入后相等" in shown(capsys, "spent ≈ adjusted_budget", "--on", str(path))
    assert "equal within the printed digits" in shown(
        capsys, "spent ≈ adjusted_budget", "--on", str(path), "--lang", "en"
    )
    (answer,) = answered(capsys, "spent ≈ adjusted_budget", "--on", str(path))
    assert (answer["value"], answer["by_rounding"]) == (True, True)


def test_an_assumption_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = line(tmp_path, initial_budget="10万元", spent="1万元")
    told = shown(capsys, "spent / adjusted_budget", "--on", str(path))
    assert "假定    上年结转 = 0元" in told
    assert "Assumed" in shown(capsys, "spent / adjusted_budget", "--on", str(path), "--lang", "en")


def test_the_json_answers_with_places_and_exact_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = line(tmp_path, spent="1万元", adjusted_budget="4万元")
    (answer,) = answered(capsys, "实际支出 / 调整预算", "--on", str(path))
    assert answer["subject"] == {
        "type": "line",
        "id": "department/project",
        "name": "项目支出",
        "parent": "department",
    }
    assert (answer["kind"], answer["value"], answer["shown"]) == ("ratio", "0.25", "25.00%")
    places = [(each["field"], each["quote"], each["address"], each["state"]) for each in answer["facts"]]
    assert places == [
        ("spent", "1万元", "/lines/project/spent", "printed"),
        ("adjusted_budget", "4万元", "/lines/project/adjusted_budget", "printed"),
    ]
    contract = json.loads(shown(capsys, "实际支出÷调整预算", "--on", str(path), "--format", "json"))
    assert contract["canonical"] == "实际支出 / 调整预算"
    assert contract["expression"] == "实际支出÷调整预算"
    assert contract["for"] == ["line"]


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [("year", "number", "2022"), ("period_to", "date", "2022-06-30"), ('"甲"', "text", "甲")],
)
def test_each_kind_of_value_has_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expression: str, kind: str, value: str
) -> None:
    path = line(tmp_path, spent="1万元")
    (answer,) = answered(capsys, expression, "--on", str(path))
    assert (answer["kind"], answer["value"]) == (kind, value)


WHOLE: dict[str, object] = {
    "lines": {
        "project": {
            "spent": "4万元",
            "adjusted_budget": "10万元",
            "claims": [{"printed": "40%", "numerator": "spent", "base": "adjusted_budget"}],
        }
    },
    "projects": {
        "complete": True,
        "rows": [
            {
                "name": "机手培训经费",
                "spent": "4万元",
                "targets": [{"name": "培训期数", "planned": "4期", "actual": "2期"}],
            }
        ],
    },
    "counts": [{"what": "机手培训", "value": "2期"}],
}


@pytest.mark.parametrize(
    ("expression", "types"),
    [
        ("spent > 1万元", ["line", "project"]),
        ("name", ["line", "project"]),
        ("month >= 6", ["department"]),
        ("1 + 1", ["department"]),
        ("count(projects)", ["department"]),
        ("sum(spent for projects)", ["department"]),
        ("total.spent", ["department"]),
        ("count(targets where actual < planned)", ["project"]),
        ("actual / planned", ["target"]),
        ("printed", ["claim"]),
        ("numerator / spent", ["claim"]),
        ("change", ["count"]),
        ("unit", ["target", "count"]),
    ],
)
def test_the_types_are_those_that_the_expression_speaks_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expression: str, types: list[str]
) -> None:
    path = submission(tmp_path, WHOLE)
    contract = json.loads(shown(capsys, expression, "--on", str(path), "--format", "json"))
    assert contract["for"] == types


def test_each_type_asked_for_is_asked_by_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = submission(tmp_path, WHOLE)
    for types in (
        ["--for", "line,target"],
        ["--for", "line", "--for", "target"],
        ["--for", "line、绩效指标"],
    ):
        found = answered(capsys, "name", "--on", str(path), *types)
        assert [each["value"] for each in found] == ["项目支出", "培训期数"]


def test_a_report_with_projects_only_is_asked_of_its_projects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [{"name": "机手培训经费", "spent": "3万元"}, {"name": "农机购置资金", "spent": "5万元"}]
    path = submission(tmp_path, {"projects": {"complete": True, "rows": rows}})
    found = answered(capsys, "spent > 4万元", "--on", str(path))
    assert [each["value"] for each in found] == [False, True]
    told = shown(capsys, "spent > 4万元", "--on", str(path))
    assert "农机购置资金 (项目 project)" in told
    assert "支出类别" not in told


def test_a_type_that_the_report_has_not_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = line(tmp_path, spent="1万元")
    assert "没有可问的对象: 数量 count" in shown(capsys, "value", "--on", str(path))
    assert "nothing to ask: no count is there" in shown(capsys, "value", "--on", str(path), "--lang", "en")


def test_several_files_are_all_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, spent in (("a.json", "1万元"), ("b.json", "2万元")):
        submission(tmp_path, {"lines": {"project": {"spent": spent}}}, name)
    for call in (
        ["--on", str(tmp_path)],
        ["--on", str(tmp_path / "a.json"), "--on", str(tmp_path / "b.json")],
    ):
        assert [each["shown"] for each in answered(capsys, "spent", *call)] == ["1万元", "2万元"]


def test_parameters_have_their_values_for_the_reports_period(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set").mkdir()
    dated = "[{since: 2020-01-01, value: 20%}, {since: 2023-01-01, value: {4: 25%, 9: 50%}}]"
    text = f"{RULES}parameters: {{floor: {{title: {{zh: a, en: b}}, values: {dated}}}}}\n"
    (tmp_path / "set" / "ruleset.yaml").write_text(text, encoding="utf-8")
    path = line(tmp_path, spent="1万元")
    call = ["$floor", "--for", "line", "--on", str(path), "-r", str(tmp_path / "set")]
    assert answered(capsys, *call)[0]["value"] == "0.2"
    assert answered(capsys, *call, "--as-of", "2023-07-01")[0]["value"] == "0.25"
    early = submission(
        tmp_path, {"period": {"to": "2023-03-31"}, "lines": {"project": {"spent": "1万元"}}}, "b.json"
    )
    call[4] = str(early)
    (answer,) = answered(capsys, *call)
    assert (answer["value"], answer["reasons"]) == (
        None,
        [{"reason": "missing", "subject": "", "field": "$floor"}],
    )


def test_a_parameter_of_the_core_is_there_by_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = line(tmp_path, spent="1万元")
    assert answered(capsys, "$pace", "--on", str(path))[0]["value"] == "0.5"  # June: 6 of 12 months


FAULTS = {
    "no such field": (["spnt / adjusted_budget"], "spent", "^^^^"),
    "not ended": (["1 +"], "", "^"),
    "no such type": (["spent", "--for", "projekt"], "project", ""),
    "a type that fits not": (["spent", "--for", "line,named_project"], "", "^^^^^"),
    "kinds": (["spent + 30%"], "", "^"),
    "no such parameter": (["$paace"], "$pace", "^"),
    "never known": (["spent / 0"], "", "^"),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_of_the_expression_is_shown_with_a_caret(
    capsys: pytest.CaptureFixture[str], kind: str, language: str
) -> None:
    call, hint, caret = FAULTS[kind]
    assert outcome(["eval", *call, "--on", str(REPORT), "--lang", language]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "Traceback" not in told.err
    assert hint in told.err
    assert caret in told.err
    assert any("\u4e00" <= each <= "\u9fff" for each in told.err) == (language == "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("rest", [["--on", "absent.txt"], [], ["--on", str(REPORT), "-r", "kore"]])
def test_a_bad_call_gets_one_clear_message(
    capsys: pytest.CaptureFixture[str], rest: list[str], language: str
) -> None:
    assert outcome(["eval", "spent", *rest, "--lang", language]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "Traceback" not in told.err
    assert ("提示" if language == "zh" else "hint") in told.err


def test_what_can_be_read_of_several_is_still_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line(tmp_path, spent="1万元")
    (tmp_path / "b.txt").write_bytes(b"")
    old = {"period": {"to": "2009-06-30"}, "lines": {"project": {"spent": "3万元"}}}
    submission(tmp_path, old, "old.json")
    assert outcome(["eval", "spent", "--on", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert "1万元" in told.out
    assert "b.txt" in told.err
    assert "old.json" in told.err
    assert outcome(["eval", "spent", "--on", str(tmp_path / "old.json")]) == 2


def test_the_answer_goes_to_a_file_but_never_over_the_report(tmp_path: Path) -> None:
    path = line(tmp_path, spent="1万元")
    before = path.read_bytes()
    assert outcome(["eval", "spent", "--on", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == before
    assert outcome(["eval", "spent", "--on", str(path), "-o", str(tmp_path / "out.txt")]) == 0
    assert "1万元" in (tmp_path / "out.txt").read_text(encoding="utf-8")
