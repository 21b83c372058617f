"""A bundle computed again is the same, or says in what it differs; whatever is changed in it is noticed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest
from openpyxl import load_workbook

from perfrules import bundles
from perfrules.bundles.details import details
from perfrules.bundles.differences import differences
from perfrules.bundles.written import digest_of
from perfrules.cli.main import outcome
from perfrules.errors import PerfrulesError
from perfrules.model.verification import Part, Verification
from perfrules.reporters import schemas
from perfrules.reporters.verification import differing
from perfrules.rules.replies.form import COLUMNS, SHEET

ROOT = Path(__file__).parents[2]
WAIVERS = """waivers:
  - rule: EXE101
    department: 云岭县互联网信息办公室
    subject: department/project
    reason: 合同约定验收后付款
    bound: ">= 15%"
    approved_by: 预算股
    expires: 2022-12-31
"""
ANSWER = {"部门答复": "已更正", "说明": "分母应为调整预算"}


@pytest.fixture(autouse=True, scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Rulesets are kept, as they are for users: these tests load them again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERFRULES_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The bundle of the county, made with nothing asked for."""
    folder = laid_out(tmp_path_factory.mktemp("plain") / "county")
    return bundles.bundle(bundles.Asked((folder,)), "zh")[0]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Three submissions in a folder, one below another, and a file that cannot be read."""
    return laid_out(tmp_path / "county")


@pytest.fixture
def target(tmp_path: Path, plain: str) -> Path:
    """That bundle as a file."""
    path = tmp_path / "bundle.json"
    path.write_text(plain, encoding="utf-8")
    return path


@pytest.fixture
def told(plain: str) -> dict[str, Any]:
    """That bundle as it is read."""
    found = json.loads(plain)
    assert isinstance(found, dict)
    return found


def laid_out(folder: Path) -> Path:
    copytree(ROOT / "examples" / "yunling", folder)
    (folder / "b").mkdir()
    (folder / "wangxinban.txt").rename(folder / "b" / "wangxinban.txt")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04")
    return folder


def written(folder: Path, **asked: Any) -> tuple[Path, dict[str, Any]]:
    text, _ = bundles.bundle(bundles.Asked((folder,), **asked), "zh")
    target = folder.parent / "bundle.json"
    target.write_text(text, encoding="utf-8")
    return target, json.loads(text)


def parts(found: Verification) -> list[tuple[Part, str]]:
    return [(each.part, each.what) for each in found.differences]


def test_computed_again_it_is_the_same_wherever_the_files_lie(county: Path) -> None:
    target, told = written(county)
    assert bundles.verify(target, (county,)) == Verification((), (), 4, 5)
    assert str(county.parent) not in target.read_text(encoding="utf-8")
    elsewhere = county.rename(county.parent / "another place")
    assert parts(bundles.verify(target, (elsewhere,))) == []
    again, _ = written(elsewhere)
    assert json.loads(again.read_text(encoding="utf-8")) == told


def test_the_same_input_gives_the_same_bytes(county: Path) -> None:
    once, again = (bundles.bundle(bundles.Asked((county,)), "zh")[0] for _ in range(2))
    assert once == again
    files = tuple(sorted(path for path in county.rglob("*") if path.is_file()))
    one = bundles.bundle(bundles.Asked(files), "en")[0]
    assert json.loads(one)["inputs"] == json.loads(once)["inputs"]


def test_it_has_what_a_later_reader_needs(county: Path) -> None:
    waivers = county.parent / "waivers.yaml"
    waivers.write_text(WAIVERS, encoding="utf-8")
    _, told = written(
        county, as_of=date(2022, 7, 1), review_date=date(2022, 7, 2), decisions={"waivers": (waivers,)}
    )
    assert list(told) == [
        "tool", "bundle", "language", "as_of", "review_date", "inputs", "ruleset", "plugins", "left_out", "libraries",
        "parameters", "decisions", "results", "digest",
    ]  # fmt: skip
    assert [each["path"] for each in told["inputs"]] == [
        "b/wangxinban.txt", "broken.docx", "nongjizhan.json", "shuiwenzhan.txt",
    ]  # fmt: skip
    floor = next(each for each in told["parameters"][0]["values"] if each["name"] == "project_floor")
    assert (floor["expression"], floor["value"], floor["since"]) == ("60% * $pace", "0.3", "2010-01-01")
    assert len(told["ruleset"]["files"]) > 60
    assert [each["name"] for each in told["decisions"]["waivers"]] == ["waivers.yaml"]
    waived = [
        reason
        for report in told["results"]["reports"]
        for entry in report["ledger"]
        if entry["outcome"] == "waived"
        for reason in entry["reasons"]
    ]
    assert [each["location"]["source"] for each in waived] == ["waivers.yaml"]
    assert [each["source"] for each in told["results"]["not_read"]] == ["broken.docx"]


def test_waivers_are_computed_with_again(county: Path) -> None:
    waivers = county.parent / "waivers.yaml"
    waivers.write_text(WAIVERS, encoding="utf-8")
    target, _ = written(county, decisions={"waivers": (waivers,)})
    waivers.unlink()
    assert parts(bundles.verify(target, (county,))) == []


def test_answers_that_came_back_are_taken_along(county: Path, tmp_path: Path) -> None:
    department = "云岭县互联网信息办公室"
    assert outcome(["return", str(county), "--to", str(tmp_path / "sent")]) == 2  # one file cannot be read
    form = tmp_path / "sent" / department / "反馈单.xlsx"
    book = load_workbook(form)
    columns = {column.name: at for at, column in enumerate(COLUMNS, 1)}
    for name, value in ANSWER.items():
        book[SHEET].cell(3, columns[name]).value = value
    book.save(form)
    target, told = written(county, decisions={"replies": (form.parent.parent,)})
    assert [each["name"] for each in told["decisions"]["replies"]] == ["反馈单.xlsx"]
    replies = [each for report in told["results"]["reports"] for each in report["replies"]]
    assert [each["text"] for each in replies] == ["分母应为调整预算"]
    rmtree(tmp_path / "sent")
    assert bundles.verify(target, (county,)).differences == ()


@pytest.mark.parametrize("ruleset", ["sichuan-2025", "a folder"])
def test_a_ruleset_is_taken_along_with_its_parent(county: Path, ruleset: str) -> None:
    own = county.parent / "rules of ours"
    if ruleset == "a folder":
        copytree(ROOT / "rulesets" / "sichuan-2025", own)
        ruleset = str(own)
    target, told = written(county, ruleset=ruleset)
    if own.exists():
        (own / "ruleset.yaml").unlink()
    assert {each["path"].split("/")[0] for each in told["ruleset"]["files"]} == {Path(ruleset).name, "core"}
    assert bundles.verify(target, (county,)).differences == ()
    other = bundles.verify(target, (county,), "core").differences
    assert {each.part for each in other} >= {Part.RULESET, Part.PARAMETER}


def test_files_that_differ_are_told_each_in_its_way(county: Path, target: Path) -> None:
    (county / "nongjizhan.json").unlink()
    (county / "b" / "wangxinban.txt").rename(county / "moved.txt")
    (county / "b").rmdir()
    report = county / "shuiwenzhan.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("50.34", "50.35"), encoding="utf-8")
    (county / "extra.txt").write_text("云岭县粮食局2022年上半年报告\n年初预算12.00万元\n", encoding="utf-8")
    found = bundles.verify(target, (county,))
    assert parts(found) == [
        (Part.INPUT_MISSING, "nongjizhan.json"),
        (Part.INPUT_CHANGED, "shuiwenzhan.txt"),
        (Part.INPUT_EXTRA, "extra.txt"),
    ]
    assert [(each.part, each.before, each.after) for each in found.notes] == [
        (Part.INPUT_MOVED, "b/wangxinban.txt", "moved.txt")
    ]


def test_a_folder_of_a_department_that_filed_nothing_is_told(county: Path, target: Path) -> None:
    (county / "水务局").mkdir()
    found = bundles.verify(target, (county,))
    assert (Part.RESULT, "水务局") in parts(found)


def test_an_empty_folder_is_the_same_wherever_it_lies(county: Path) -> None:
    (county / "水务局").mkdir()
    target, told = written(county)
    (empty,) = (each for each in told["results"]["reports"] if not each["inputs"])
    assert [each["location"]["source"] for each in empty["unread"]] == ["水务局"]
    assert bundles.verify(target, (county.rename(county.parent / "elsewhere"),)).differences == ()


def test_of_a_file_that_is_missing_nothing_else_is_told(county: Path) -> None:
    """Neither the folder that is empty now, nor the library that would have read it."""
    scan = county / "水务局" / "扫描.xls"
    scan.parent.mkdir()
    scan.write_bytes(b"broken")
    target, told = written(county)
    assert "xlrd" in {each["name"] for each in told["libraries"]}
    scan.unlink()
    found = bundles.verify(target, (county,))
    assert parts(found) == [(Part.INPUT_MISSING, "水务局/扫描.xls")]
    assert found.notes == ()


def test_a_library_that_reads_in_both_runs_is_a_note(county: Path) -> None:
    (county / "表.xls").write_bytes(b"broken")
    target, told = written(county)
    told["libraries"][0]["version"] = "0.1"
    target.write_text(resealed(told), encoding="utf-8")
    found = bundles.verify(target, (county,))
    assert [(each.what, each.before) for each in found.notes] == [("xlrd", "0.1")]
    assert found.differences == ()


def test_each_finding_that_differs_is_named_with_what_it_was_and_is(
    county: Path, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of the project line 2.7505 of 13.91 is 19.77 %: at 20 % of the pace (a line of 10 %) it passes."""
    own = county.parent / "rules of ours"
    copytree(ROOT / "rulesets" / "core", own)
    for name, before, after in (
        ("ruleset.yaml", "value: 60% * $pace", "value: 20% * $pace"),
        ("rules/CON103.yaml", "severity: warning", "severity: error"),
        ("rules/EXE106.yaml", "请说明拨付时间及支付计划", "请说明拨付日期及支付计划"),
    ):
        text = (own / name).read_text(encoding="utf-8")
        assert before in text
        (own / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    found = bundles.verify(target, (county,), str(own))
    named = {each.about.rule: each for each in found.differences if each.part is Part.FINDING and each.about}
    assert set(named) == {"EXE101", "CON103", "EXE106"}
    assert {each.about.department for each in named.values() if each.about} == {
        "云岭县互联网信息办公室 2022-06-30"
    }
    slow, count, idle = (named[rule] for rule in ("EXE101", "CON103", "EXE106"))
    assert slow.about is not None
    assert (slow.about.title, slow.about.subject) == ("项目支出进度低于阶段线", "项目支出")
    assert slow.before.startswith("[请说明] 项目支出: 已支出2.7505万元")
    assert slow.before.endswith("请补充付款条款和预计支付时间。")
    assert slow.after == ""
    assert [(each.name, each.before, each.after) for each in count.details] == [
        ("severity", "warning", "error")
    ]
    assert (count.before[:5], count.after[:5]) == ("[请说明]", "[请更正]")
    assert idle.before.endswith("请说明拨付时间及支付计划。")
    assert idle.after.endswith("请说明拨付日期及支付计划。")
    changed = {each.what: each.details for each in found.differences if each.part is Part.RULESET}
    assert [(each.before, each.after) for each in changed["rules/CON103.yaml"]] == [
        ("severity: warning", "severity: error")
    ]
    (floor,) = (each for each in found.differences if each.part is Part.PARAMETER)
    assert floor.before.startswith("30.00% = 60% * $pace")
    assert floor.after.startswith("10.00% = 20% * $pace")
    assert len(floor.of) == 3
    assert outcome(["verify", str(target), str(county), "-r", str(own)]) == 1
    page = "".join(capsys.readouterr().out.split())
    for said in (*slow.before.split(), *idle.before.split(), *idle.after.split()):
        assert said in page


def test_every_difference_is_told_with_both_sides(
    county: Path, target: Path, told: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    told["as_of"] = "2022-07-01"
    told["results"]["reports"][2]["findings"][0]["fingerprint"] = "0" * 16
    target.write_text(resealed(told), encoding="utf-8")
    assert outcome(["verify", str(target), str(county)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert not any(lines[at] == "" and lines[at + 1].startswith(" ") for at in range(len(lines) - 1))
    at = lines.index("      fingerprint")
    assert lines[at + 1] == f"         清单     {'0' * 16}"
    assert lines[at + 2].startswith("         现在     ")
    whole = next(at for at, line in enumerate(lines) if line.endswith(" as_of"))
    assert lines[whole + 1 : whole + 3] == ["      清单     2022-06-30", "      现在     2022-07-01"]


def test_values_that_look_alike_are_told_apart() -> None:
    before, after = (f"{'年初预算' * 60}{figure}{'调整预算' * 60}" for figure in ("12.30", "12.40"))
    shown = differing(before, after)
    assert shown[0] != shown[1]
    assert all("12." in each and len(each) < 80 for each in shown)
    assert differing("短", "短句") == ("短", "短句")
    found = differing(before, before + "。")
    assert found[1].endswith("。")
    assert found[0] != found[1]


def test_the_values_in_which_a_thing_differs() -> None:
    before = {"a": [{"x": 1}, {"x": 2}, {"x": 3}], "b": "one\ntwo\nthree", "c": None, "d": 1}
    after = {"a": [{"x": 2}, {"x": 4}], "b": "one\n2\nthree", "c": "new", "d": "1"}
    assert [(each.name, each.before, each.after) for each in details(before, after)] == [
        ("a.1", '{"x": 1}', ""),
        ("a.3.x", "3", "4"),
        ("b:2", "two", "2"),
        ("c", "", "new"),
        ("d", "1", "1"),
    ]


def test_a_folder_with_nothing_of_it_is_told(target: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = bundles.verify(target, (tmp_path / "empty",))
    assert [each.part for each in found.differences] == [Part.INPUT_MISSING] * 4


def test_another_version_of_a_program_is_a_note(county: Path, target: Path, told: dict[str, Any]) -> None:
    told["tool"]["version"] = "9.9"
    target.write_text(resealed(told), encoding="utf-8")
    found = bundles.verify(target, (county,))
    assert found.differences == ()
    assert [(each.part, each.before) for each in found.notes] == [(Part.PROGRAM, "9.9")]


def resealed(told: dict[str, Any]) -> str:
    return json.dumps({**told, "digest": digest_of(told)}, ensure_ascii=False)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of every text, number, truth and null, and of every list and object that is empty."""
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list) and value:
        for at, each in enumerate(value):
            yield from leaves(each, (*path, at))
    else:
        yield path


def changed(told: dict[str, Any], path: tuple[Any, ...], change: Callable[[Any], Any]) -> dict[str, Any]:
    copy = dict(told)
    copy[path[0]] = deepcopy(told[path[0]])
    inner = copy
    for each in path[:-1]:
        inner = inner[each]
    inner[path[-1]] = change(inner[path[-1]])
    return copy


def other(value: Any) -> Any:
    """Something else of the same kind."""
    if isinstance(value, str):
        return f"{value[:-1]}{'1' if value[-1:] != '1' else '2'}"
    return {True: False, False: True, None: "x"}.get(value, 7) if not isinstance(value, (dict, list)) else "x"


UNNOTICED = {("tool", "name"), ("tool", "version"), ("digest",)}
"""A version is noted and changes nothing; a digest is mended with the rest."""
UNTOLD = ("tool", "libraries", "inputs", "digest", "decisions")


def test_every_change_in_it_is_noticed_even_with_a_new_digest(told: dict[str, Any]) -> None:
    """Against what comes out: all but inputs and the texts of the ruleset, which have their own tests below."""
    told["results"] = told["results"]["reports"][2] | {"not_read": told["results"]["not_read"]}
    del told["ruleset"]["files"][1:], told["parameters"][0]["values"][3:]
    found = [each for each in leaves(told) if each[0] != "inputs" and each[:2] != ("ruleset", "files")]
    many = ("ledger", "subjects", "printed", "projects")
    places = [
        each
        for at, each in enumerate(found)
        if each[:1] != ("results",) or each[1] not in many or at % 10 == 0
    ]
    assert len(places) > 500
    mutant = deepcopy(told)
    for path in places:
        inner = mutant
        for each in path[:-1]:
            inner = inner[each]
        before, inner[path[-1]] = inner[path[-1]], other(inner[path[-1]])
        mutant["digest"] = digest_of(mutant)
        is_noticed = path not in UNNOTICED and path[0] != "libraries"
        assert bool(list(differences(mutant, told))) is is_noticed, path
        inner[path[-1]] = before


def test_every_part_that_is_taken_out_is_noticed(told: dict[str, Any]) -> None:
    del told["ruleset"]["files"][2:]
    lists = [
        path
        for path in {each[:-1] for each in leaves(told) if isinstance(each[-1], int)}
        if path[0] != "inputs"
    ]
    for path in lists:
        mutant = changed(told, path, lambda rows: rows[1:])
        mutant["digest"] = digest_of(mutant)
        assert list(differences(mutant, told)), path
    for key in told:
        mutant = {name: each for name, each in told.items() if name != key}
        mutant["digest"] = digest_of(mutant)
        assert told[key] is None or key in UNTOLD or list(differences(mutant, told)), key


def test_without_a_new_digest_any_byte_is_noticed(told: dict[str, Any]) -> None:
    for path in list(leaves(told))[::90]:
        if path != ("digest",):
            found = list(differences(changed(told, path, other), told))
            assert Part.FILE in {each.part for each in found}, path


@pytest.mark.parametrize(
    ("path", "change", "part"),
    [
        (("inputs", 0, "sha256"), other, Part.INPUT_CHANGED),
        (("inputs", 0, "path"), lambda _: "x.txt", None),
        (("ruleset", "files", 3, "text"), lambda text: text + "# a remark\n", Part.RULESET),
        (("ruleset", "sha256"), other, Part.RULESET),
        (("results", "reports", 2, "findings", 0, "message"), other, Part.FINDING),
        (("results", "reports", 0, "ledger", 5, "outcome"), lambda _: "pass", Part.VERDICT),
        (("results", "summary", "errors"), lambda _: 0, Part.RESULT),
        (("parameters", 0, "values", 0, "value"), other, Part.PARAMETER),
        (("plugins", 0, "version"), other, Part.PLUGIN),
        (("as_of",), lambda _: "2022-09-30", Part.RESULT),
    ],
)
def test_a_bundle_that_was_forged_is_found_out(
    county: Path,
    target: Path,
    told: dict[str, Any],
    path: tuple[Any, ...],
    change: Callable[[Any], Any],
    part: Part | None,
) -> None:
    target.write_text(resealed(changed(told, path, change)), encoding="utf-8")
    found = bundles.verify(target, (county,))
    assert part in {each.part for each in found.differences} or (part is None and found.notes)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (("bundle",), lambda _: "bundle/2"),
        (("bundle",), lambda _: None),
        (("ruleset", "files", 0, "path"), lambda _: "../../ruleset.yaml"),
        (("ruleset", "files", 0, "path"), lambda _: "/tmp/x/ruleset.yaml"),
        (("ruleset", "files", 0, "text"), lambda _: "id: [\n"),
        (("ruleset", "files"), lambda _: []),
        (("inputs",), lambda _: "x"),
        (("as_of",), lambda _: "yesterday"),
        (("decisions",), lambda _: {"waivers": [{"name": "../w.yaml", "sha256": "", "base64": "%"}]}),
    ],
)
def test_what_cannot_be_computed_with_is_told(
    county: Path, target: Path, told: dict[str, Any], path: tuple[Any, ...], change: Callable[[Any], Any]
) -> None:
    target.write_text(resealed(changed(told, path, change)), encoding="utf-8")
    with pytest.raises(PerfrulesError):
        bundles.verify(target, (county,))
    assert not (county.parent / "ruleset.yaml").exists()


def test_the_commands(
    county: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    monkeypatch.chdir(county.parent)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert outcome(["bundle", "county", "-o", "told.json"]) == 0
    said = capsys.readouterr()
    assert "perfrules verify told.json county" in said.out
    assert "broken.docx" in said.err
    assert outcome(["verify", "told.json", "county"]) == 0
    golden("bundle.same.zh.txt", capsys.readouterr().out)
    (county / "nongjizhan.json").rename(county / "b" / "elsewhere.json")
    (county / "broken.docx").unlink()
    for language in ("zh", "en"):
        assert outcome(["verify", "told.json", "county", "-r", "sichuan-2025", "--lang", language]) == 1
        golden(f"bundle.differs.{language}.txt", capsys.readouterr().out)
    assert outcome(["verify", "told.json", "county", "-f", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["same"], told["inputs"]) == (False, 4)
    assert outcome(["verify", "county/shuiwenzhan.txt", "county"]) == 2
    assert outcome(["verify", "missing.json", "county"]) == 2
    assert outcome(["bundle", "county", "-o", "county/shuiwenzhan.txt"]) == 2
    assert outcome(["bundle", "county", "--review-date", "2022-07-01", "-o", "x.json"]) == 2
    assert outcome(["bundle", "nowhere", "-o", "x.json"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_it_holds_to_its_schema(told: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator(schemas.OF["bundle"]()).validate(told)
