"""A waivers file is checked when it is loaded: every fault at once, with its place, a caret and a hint, in both languages."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.errors import RulesetError
from perfrules.plugins import catalog
from perfrules.rules import Waivers, load_waivers

CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
CORE = pipeline.prepare("core", CATALOG)
GOOD = """\
waivers:
  - rule: EXE101
    department: 安泉县网信办
    subject: department/project
    bound: ">= 15%"
    reason: 合同约定验收后一次付清
    approved_by: 预算绩效股
    approved_on: 2022-07-10
    expires: 2022-12-31
"""


def load(folder: Path, text: str) -> Waivers:
    path = folder / "w.yaml"
    path.write_text(text, encoding="utf-8")
    return load_waivers(path, CORE, CATALOG.types, CATALOG.functions)


def refused(folder: Path, text: str) -> RulesetError:
    with pytest.raises(RulesetError) as caught:
        load(folder, text)
    return caught.value


def told(folder: Path, text: str) -> tuple[str, str]:
    """What is said of a file in Chinese and in English, without the folder it stands in."""
    error, place = refused(folder, text), f"{folder.as_posix()}/"
    return error.said("zh").replace(place, ""), error.said("en").replace(place, "")


def test_every_word_is_kept_with_its_place(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD)
    (each,) = found.waivers
    waiver = each.waiver
    assert (waiver.rule, waiver.department, waiver.subject) == (
        "EXE101",
        "安泉县网信办",
        "department/project",
    )
    assert (waiver.reason, waiver.approved_by) == ("合同约定验收后一次付清", "预算绩效股")
    assert (waiver.approved_on, waiver.expires) == (date(2022, 7, 10), date(2022, 12, 31))
    assert str(waiver.location) == f"{(tmp_path / 'w.yaml').as_posix()}:2:11"
    assert waiver.location.address == "¶2"
    assert waiver.location.span is not None
    assert GOOD[slice(*waiver.location.span)] == waiver.quote == "EXE101"
    assert found.sha256 == sha256(GOOD.encode()).hexdigest()


def test_the_example_of_the_manual_is_this_one() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "rulesets.md").read_text(encoding="utf-8")
    assert f"```yaml waivers.yaml\n{GOOD}```" in manual


def test_there_may_be_none(tmp_path: Path) -> None:
    assert load(tmp_path, "waivers: []\n").waivers == ()


def test_a_rule_without_a_measure_needs_no_bound(tmp_path: Path) -> None:
    text = GOOD.replace("EXE101", "TGT107").replace('    bound: ">= 15%"\n', "")
    (each,) = load(tmp_path, text).waivers
    assert each.bound is None


@pytest.mark.parametrize(
    "bound", [">= 15%", "≥15%", "＞＝１５％", "> $project_floor", "<= 90%", "＜ 0.5 * $pace", "≤ 1"]
)
def test_a_bound_is_an_operator_and_an_expression_of_the_rule_language(tmp_path: Path, bound: str) -> None:
    (each,) = load(tmp_path, GOOD.replace(">= 15%", bound)).waivers
    assert each.bound is not None


FAULTS = {
    "misspelt rule": (
        GOOD.replace("EXE101", "EXE1O1"),
        """\
w.yaml:2:11: 规则集 core 没有规则 EXE1O1
      - rule: EXE1O1
              ^
    提示: 是否为 EXE101?""",
        """\
w.yaml:2:11: ruleset core has no rule EXE1O1
      - rule: EXE1O1
              ^
    hint: did you mean EXE101?""",
    ),
    "unwaivable": (
        GOOD.replace("EXE101", "ARI101"),
        """\
w.yaml:2:11: 规则 ARI101 不可豁免
      - rule: ARI101
              ^
    提示: 删去这一条豁免""",
        """\
w.yaml:2:11: rule ARI101 cannot be waived
      - rule: ARI101
              ^
    hint: leave this waiver out""",
    ),
    "no bound": (
        GOOD.replace('    bound: ">= 15%"\n', ""),
        """\
w.yaml:2:11: 规则 EXE101 有 measure, 须写 bound
      - rule: EXE101
              ^
    提示: 如 bound: ">= 15%", 比较的是 spent / adjusted_budget""",
        """\
w.yaml:2:11: rule EXE101 has a measure: a bound is needed
      - rule: EXE101
              ^
    hint: as in bound: ">= 15%"; it is about spent / adjusted_budget""",
    ),
    "bound on no measure": (
        GOOD.replace("EXE101", "TGT107"),
        """\
w.yaml:5:13: 规则 TGT107 没有 measure, 不能写 bound
        bound: ">= 15%"
                ^""",
        """\
w.yaml:5:13: rule TGT107 has no measure to bound
        bound: ">= 15%"
                ^""",
    ),
    "no operator": (
        GOOD.replace(">= 15%", "15%"),
        """\
w.yaml:5:13: bound 以比较符开头
        bound: "15%"
                ^
    提示: 如 ">= 15%"; 可用: >= <= > <""",
        """\
w.yaml:5:13: a bound begins with an operator
        bound: "15%"
                ^
    hint: as in ">= 15%"; there are >= <= > <""",
    ),
    "another kind": (
        GOOD.replace(">= 15%", ">= 2万元"),
        """\
w.yaml:5:13: 比率不能与金额比较
    >= 2万元
    ^^^^^^^^
    提示: 金额除以金额才是比率, 如 实际支出 / 调整预算""",
        """\
w.yaml:5:13: a ratio cannot be compared with money
    >= 2万元
    ^^^^^^^^
    hint: money divided by money is a ratio: spent / adjusted_budget""",
    ),
    "unknown name": (
        GOOD.replace(">= 15%", ">= spendt / adjusted_budget"),
        """\
w.yaml:5:16: line, project 没有字段 spendt
    spendt / adjusted_budget
    ^^^^^^
    提示: 是否为 spent?""",
        """\
w.yaml:5:16: line, project has no field spendt
    spendt / adjusted_budget
    ^^^^^^
    hint: did you mean spent?""",
    ),
    "forgotten percent": (
        GOOD.replace(">= 15%", ">= 15"),
        """\
w.yaml:5:13: 比率要与百分数比较
    >= 15
    ^^^^^
    提示: 是否为 15%?""",
        """\
w.yaml:5:13: a ratio is compared with a percentage
    >= 15
    ^^^^^
    hint: did you mean 15%?""",
    ),
    "twice": (
        GOOD + GOOD.removeprefix("waivers:\n"),
        """\
w.yaml:10:11: 安泉县网信办的 EXE101 department/project 已在 w.yaml:2:11 豁免
      - rule: EXE101
              ^""",
        """\
w.yaml:10:11: EXE101 department/project of 安泉县网信办 is waived already at w.yaml:2:11
      - rule: EXE101
              ^""",
    ),
    "approved after it expires": (
        GOOD.replace("2022-07-10", "2023-01-01"),
        """\
w.yaml:8:18: 批准日期 2023-01-01 晚于到期日 2022-12-31
        approved_on: 2023-01-01
                     ^""",
        """\
w.yaml:8:18: approved on 2023-01-01, after it expires on 2022-12-31
        approved_on: 2023-01-01
                     ^""",
    ),
    "all at once": (
        GOOD.replace("EXE101", "EXE1O1")
        .replace("subject:", "subjekt:")
        .replace("2022-12-31", "31.12.2022")
        .replace("安泉县网信办", "[安泉县网信办]"),
        """\
w.yaml:4:5: 未知的键 subjekt
        subjekt: department/project
        ^
    提示: 是否为 subject?
w.yaml:2:5: 缺少键 subject
      - rule: EXE1O1
        ^
w.yaml:3:17: 此处应为文字
        department: [安泉县网信办]
                    ^
w.yaml:9:14: 此处应为日期, 如 2022-06-30
        expires: 31.12.2022
                 ^
w.yaml:2:11: 规则集 core 没有规则 EXE1O1
      - rule: EXE1O1
              ^
    提示: 是否为 EXE101?""",
        """\
w.yaml:4:5: unknown key subjekt
        subjekt: department/project
        ^
    hint: did you mean subject?
w.yaml:2:5: key subject is missing
      - rule: EXE1O1
        ^
w.yaml:3:17: expected text here
        department: [安泉县网信办]
                    ^
w.yaml:9:14: expected a date, as in 2022-06-30
        expires: 31.12.2022
                 ^
w.yaml:2:11: ruleset core has no rule EXE1O1
      - rule: EXE1O1
              ^
    hint: did you mean EXE101?""",
    ),
}


@pytest.mark.parametrize(("text", "zh", "en"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, zh: str, en: str) -> None:
    assert told(tmp_path, text) == (zh, en)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "ruleset.empty"),
        ("- rule: EXE101\n", "ruleset.not_mapping"),
        ("waivers: EXE101\n", "ruleset.not_list"),
        ("waivers: []\nwaiver: []\n", "ruleset.unknown_key"),
        (GOOD.replace("    reason", "    expires: 2022-01-01\n    reason"), "ruleset.duplicate_key"),
        (GOOD.replace("预算绩效股", '""'), "ruleset.nameless"),
        (GOOD.replace('">= 15%"', ">= 15%"), "ruleset.not_yaml"),  # > begins a text of several lines in YAML
        (GOOD.replace(">= 15%", ">= 15%) or (1 == 1"), "expression.syntax"),
        (GOOD.replace(">= 15%", ">="), "expression.syntax"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert code in [fault.code for fault in refused(tmp_path, text).faults]


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    for content, code in ((None, "waivers.unreadable"), (GOOD.encode("gb18030"), "waivers.not_utf8")):
        if content:
            path.write_bytes(content)
        with pytest.raises(RulesetError) as caught:
            load_waivers(path, CORE, CATALOG.types, CATALOG.functions)
        (fault,) = caught.value.faults
        assert fault.code == code
        assert str(fault.where) == path.as_posix()


def test_core_keeps_its_sums_and_units_from_being_waived() -> None:
    closed = {id for id, rule in CORE.ruleset.rules.items() if rule.is_unwaivable}
    assert closed == {"ARI101", "ARI102", "ARI104", "ARI105", "CON101", "TXT104"}


def test_a_ruleset_that_extends_another_sets_nothing_there(tmp_path: Path) -> None:
    head = 'id: c\nversion: "1"\ntitle: {zh: 县, en: county}\nextends: core\n'
    change = "set: {ARI101: {unwaivable: false, severity: error, because: 放宽}}\n"
    (tmp_path / "ruleset.yaml").write_text(head + change, encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        pipeline.prepare(tmp_path, CATALOG)
    assert [fault.code for fault in caught.value.faults] == ["ruleset.unknown_key"]
    (tmp_path / "ruleset.yaml").write_text(head, encoding="utf-8")
    assert pipeline.prepare(tmp_path, CATALOG).ruleset.rules["ARI101"].is_unwaivable
