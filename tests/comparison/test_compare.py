"""What becomes of findings from one result to the next: nothing is called mended but what passes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import comparison, pipeline, readers
from perfrules.comparison.sides import half
from perfrules.documents.json_parts import parsed
from perfrules.errors import ReadError
from perfrules.model.comparison import Altered, Change, Comparison, Development, Pair, Same
from perfrules.model.report import Results
from perfrules.plugins import catalog
from perfrules.plugins.hooks import Page
from perfrules.reporters.comparison import comparison_terminal
from perfrules.reporters.findings_json import findings_json

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG, with_examples=False)
GIVEN = comparison.Given(CORE, CATALOG)
JUNE = {"from": "2022-01-01", "to": "2022-06-30"}
REPORT: dict[str, Any] = {
    "perfrules": "submission/1",
    "department": "云岭县水务局",
    "period": JUNE,
    "lines": {
        "total": {
            "initial_budget": "121.00万元", "carried_over": "0万元", "adjustment": "0万元", "spent": "30.00万元",
            "claims": [{"printed": "37.50%", "numerator": "spent", "base": "adjusted_budget"}],
        },
        "basic": {"initial_budget": "60.00万元", "spent": "20.00万元"},
        "project": {
            "initial_budget": "60.00万元", "carried_over": "0万元", "adjustment": "0万元", "appropriated": "58.00万元",
            "spent": "10.00万元",
        },
    },
    "projects": {
        "complete": True,
        "rows": [
            {"name": "河道巡护经费", "initial_budget": "20.00万元", "carried_over": "0万元", "adjustment": "0万元", "spent": "21.00万元"},
            {"name": "水库除险经费", "initial_budget": "40.00万元", "carried_over": "0万元", "adjustment": "0万元", "spent": "12.00万元"},
        ],
    },
}  # fmt: skip


def result(report: dict[str, Any]) -> dict[str, Any]:
    submission = readers.submission_from(
        {k: v for k, v in report.items() if k != "perfrules"}, "a", CATALOG.types
    )
    checked = pipeline.check(submission, CORE, CATALOG)
    found = json.loads(findings_json(Results((checked,)), "zh"))
    assert isinstance(found, dict)
    return found


def pair(tmp_path: Path, old: dict[str, Any], new: dict[str, Any]) -> Pair:
    (found,) = compared(tmp_path, old, new).pairs
    return found


def compared(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    for name, report in (("old.json", old), ("new.json", new)):
        (folder / name).write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    return comparison.compare(folder / "old.json", folder / "new.json", GIVEN, "zh")[0]


def by_rule(found: Pair) -> dict[tuple[str, str], Change]:
    return {(each.known.rule, each.known.subject): each.change for each in found.developments}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    report = deepcopy(REPORT)
    change(report)
    return report


def test_the_same_file_is_told(tmp_path: Path) -> None:
    found = pair(tmp_path, REPORT, REPORT)
    assert found.same is Same.FILES
    assert set(found.counts) == {Change.STILL}
    assert not any(each.altered for each in found.developments)


def test_a_report_saved_anew_is_told(tmp_path: Path) -> None:
    again = {key: REPORT[key] for key in reversed(REPORT)}
    assert pair(tmp_path, REPORT, again).same is Same.CONTENT


def test_what_passes_now_is_mended_and_what_is_new_is_new(tmp_path: Path) -> None:
    def mend(report: dict[str, Any]) -> None:
        report["lines"]["total"]["initial_budget"] = "120.00万元"
        report["lines"]["total"]["claims"][0]["printed"] = "25.00%"
        report["lines"]["basic"]["spent"] = "21.00万元"

    found = pair(tmp_path, REPORT, changed(mend))
    changes = by_rule(found)
    assert changes["ARI101", "云岭县水务局"] is Change.FIXED
    assert changes["ARI105", "云岭县水务局"] is Change.NEW
    assert found.same is Same.NO
    assert Counter(found.counts)[Change.FIXED] == 2


def test_a_deleted_figure_is_no_mending(tmp_path: Path) -> None:
    new = changed(lambda report: report["lines"]["project"].pop("appropriated"))
    (gone,) = [each for each in pair(tmp_path, REPORT, new).developments if each.change is not Change.STILL]
    assert (gone.change, gone.known.rule, gone.why) == (Change.UNDECIDED, "EXE106", ("appropriated",))


def figures(each: Development) -> list[tuple[str, str | None, str | None]]:
    return [
        (one.label, one.before and one.before.quote, one.after and one.after.quote)
        for one in each.figures
        if one.is_changed
    ]


def test_a_mended_finding_says_what_its_figures_were_and_are(tmp_path: Path) -> None:
    def mend(report: dict[str, Any]) -> None:
        report["lines"]["total"]["initial_budget"] = "120.00万元"
        report["lines"]["total"]["claims"][0]["printed"] = "25.00%"

    found = {each.known.rule: each for each in pair(tmp_path, REPORT, changed(mend)).developments}
    assert figures(found["ARI101"]) == [("合计 年初预算", "121.00万元", "120.00万元")]
    assert ("所列占比", "37.50%", "25.00%") in figures(found["ARI106"])
    (figure,) = [each for each in found["ARI106"].figures if each.label == "所列占比"]
    assert figure.before is not None
    assert figure.after is not None
    assert (Path(figure.before.source).name, figure.before.address) == (
        "old.json",
        "/lines/total/claims/0/printed",
    )
    assert (Path(figure.after.source).name, figure.after.address) == (
        "new.json",
        "/lines/total/claims/0/printed",
    )


def test_a_finding_that_passes_on_the_same_figures_says_so(tmp_path: Path) -> None:
    """As where the line of the ruleset is another one."""
    old, new = result(REPORT), result(REPORT)
    new["findings"] = [each for each in new["findings"] if each["rule"] != "EXE106"]
    for entry in new["ledger"]:
        if entry["rule"] == "EXE106" and entry["outcome"] == "violation":
            entry["outcome"] = "pass"
    for name, told in (("old.json", old), ("new.json", new)):
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")
    found = comparison.compare(tmp_path / "old.json", tmp_path / "new.json", GIVEN, "zh")[0]
    (fixed,) = [each for each in found.pairs[0].developments if each.change is Change.FIXED]
    assert fixed.figures
    assert figures(fixed) == []
    assert "所列数字与上次相同" in comparison_terminal(found, "zh", Page(80, False))


def test_a_figure_that_is_gone_is_told_as_gone(tmp_path: Path) -> None:
    new = changed(lambda report: report["lines"]["project"].pop("appropriated"))
    (gone,) = [each for each in pair(tmp_path, REPORT, new).developments if each.change is Change.UNDECIDED]
    assert ("项目支出 已拨付", "58.00万元", None) in figures(gone)


def test_a_changed_figure_is_followed_when_its_subject_has_another_name_and_place(tmp_path: Path) -> None:
    def move(report: dict[str, Any]) -> None:
        report["projects"]["rows"][0].update(name="河道巡护专项经费", spent="22.00万元")
        report["projects"]["rows"].reverse()

    over = next(
        each for each in pair(tmp_path, REPORT, changed(move)).developments if each.known.rule == "EXE115"
    )
    assert over.change is Change.MOVED
    assert figures(over) == [("河道巡护经费 实际支出", "21.00万元", "22.00万元")]


def test_a_figure_that_stands_elsewhere_is_told_with_both_places(tmp_path: Path) -> None:
    found = compared(tmp_path, REPORT, changed(lambda report: report["projects"]["rows"].reverse()))
    over = next(each for each in found.pairs[0].developments if each.known.rule == "EXE115")
    assert over.altered == (Altered.PLACE,)
    (spent,) = [each for each in over.figures if each.label == "河道巡护经费 实际支出"]
    assert spent.before is not None
    assert spent.after is not None
    assert (spent.before.address, spent.after.address) == ("/projects/rows/0/spent", "/projects/rows/1/spent")
    page = comparison_terminal(found, "zh", Page(200, False))
    assert f"“21.00万元” ({tmp_path / 'new.json'} /projects/rows/1/spent, 上次/projects/rows/0/spent)" in page


def test_a_result_that_does_not_say_what_is_printed_tells_no_figures(tmp_path: Path) -> None:
    old = result(REPORT)
    del old["printed"]
    (tmp_path / "old.json").write_text(json.dumps(old), encoding="utf-8")
    (tmp_path / "new.json").write_text(json.dumps(REPORT), encoding="utf-8")
    found = comparison.compare(tmp_path / "old.json", tmp_path / "new.json", GIVEN, "zh")[0].pairs[0]
    assert not any(each.figures for each in found.developments)


def test_what_is_no_longer_there_is_neither(tmp_path: Path) -> None:
    new = changed(lambda report: report["lines"]["total"].pop("claims"))
    (gone,) = [each for each in pair(tmp_path, REPORT, new).developments if each.change is Change.GONE]
    assert (gone.known.rule, gone.why) == ("ARI106", ("subject",))


def test_other_figures_of_one_fault_are_a_move(tmp_path: Path) -> None:
    new = changed(lambda report: report["lines"]["project"].update(spent="10.10万元"))
    slow = next(each for each in pair(tmp_path, REPORT, new).developments if each.known.rule == "EXE101")
    assert slow.change is Change.MOVED
    assert slow.altered == (Altered.FIGURES,)
    assert slow.before != slow.after


def test_yuan_for_wan_yuan_is_no_other_figure(tmp_path: Path) -> None:
    new = changed(lambda report: report["lines"]["total"].update(initial_budget="1210000.00元"))
    sums = next(each for each in pair(tmp_path, REPORT, new).developments if each.known.rule == "ARI101")
    assert Altered.FIGURES not in sums.altered
    assert sums.altered == (Altered.WORDS,)


def test_a_name_with_a_word_more_is_the_same_project(tmp_path: Path) -> None:
    new = changed(lambda report: report["projects"]["rows"][0].update(name="河道巡护专项经费"))
    over = next(each for each in pair(tmp_path, REPORT, new).developments if each.known.rule == "EXE115")
    assert over.change is Change.MOVED
    assert Altered.NAME in over.altered
    other = changed(lambda report: report["projects"]["rows"][0].update(name="河道巡护经费二期"))
    assert by_rule(pair(tmp_path, REPORT, other))["EXE115", "河道巡护经费"] is Change.GONE


def is_folded(each: Development) -> bool:
    return Altered.FOLDED in each.altered and each.known.rule == "EXE101"


def test_one_finding_folded_into_another_is_still_there(tmp_path: Path) -> None:
    slow_rows = changed(lambda report: report["projects"]["rows"][1].update(spent="5.00万元"))
    fast_line = deepcopy(slow_rows)
    fast_line["lines"]["project"]["spent"] = "40.00万元"
    apart = pair(tmp_path, slow_rows, fast_line)
    (back,) = [each for each in apart.developments if is_folded(each)]
    assert back.change is Change.STILL
    assert back.before is not None
    assert back.before.under == "EXE101"
    (folded,) = [each for each in pair(tmp_path, fast_line, slow_rows).developments if is_folded(each)]
    assert folded.after is not None
    assert folded.after.under == "EXE101"


def test_other_conditions_come_first(tmp_path: Path) -> None:
    later = changed(lambda report: report.update(period={"from": "2022-01-01", "to": "2022-09-30"}))
    found = compared(tmp_path, REPORT, later)
    assert [each.name for each in found.conditions] == ["period", "as_of"]


def test_a_result_and_the_report_it_was_made_of_are_one(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps(REPORT), encoding="utf-8")
    run = pipeline.check_paths([report], CORE, CATALOG)
    told = tmp_path / "told.json"
    told.write_text(findings_json(run.results, "en"), encoding="utf-8")
    found = comparison.compare(told, report, GIVEN, "zh")[0].pairs[0]
    assert found.same is Same.FILES
    assert set(found.counts) == {Change.STILL}
    assert not any(each.altered for each in found.developments)


@settings(max_examples=40)
@given(st.data())
def test_every_finding_is_told_once_and_mended_only_where_it_passes(data: st.DataObject) -> None:
    old, new = (data.draw(_changed_anyhow()) for _ in range(2))
    first, second = result(old), result(new)
    sides = [half(parsed(json.dumps(each).encode(), "a")).sides[0] for each in (first, second)]
    found = comparison.developments(*sides)
    before = Counter(each.before.fingerprint for each in found if each.before and not each.before.under)
    after = Counter(each.after.fingerprint for each in found if each.after and not each.after.under)
    assert before == Counter(each["fingerprint"] for each in first["findings"])
    assert after == Counter(each["fingerprint"] for each in second["findings"])
    for each in found:
        if each.change is Change.FIXED:
            assert each.before is not None
            passed = {entry["rule"] for entry in second["ledger"] if entry["outcome"] == "pass"}
            assert each.before.rule in passed


def _changed_anyhow() -> st.SearchStrategy[dict[str, Any]]:
    """The report with figures left out or changed, rows reordered, renamed or left out."""

    @st.composite
    def drawn(draw: st.DrawFn) -> dict[str, Any]:
        report = deepcopy(REPORT)
        for line in report["lines"].values():
            for field in list(line):
                done = draw(st.sampled_from(["keep"] * 4 + ["drop", "change"]))
                if done == "drop":
                    del line[field]
                elif done == "change" and field != "claims":
                    line[field] = draw(st.sampled_from(["30.00万元", "61.50万元", "0万元"]))
        rows = draw(st.permutations(report["projects"]["rows"]))
        for row in rows:
            row["name"] = draw(st.sampled_from([row["name"], f"2022年{row['name']}", f"县级{row['name']}"]))
        report["projects"]["rows"] = rows[: draw(st.integers(1, 2))]
        return report

    return drawn()


@pytest.mark.parametrize(
    "text",
    [
        '{"tool": {"name": "perfrules"}',
        '{"tool": {"name": "perfrules"}, "findings": []}',
        '{"tool": {"name": "perfrules"}, "findings": {}, "ledger": [], "subjects": {}}',
        '{"tool": {"name": "perfrules"}, "findings": [3], "ledger": [], "subjects": {}}',
        '{"tool": {"name": "perfrules"}, "reports": [{"findings": [], "ledger": [], "subjects": {"a": 1}}]}',
        '{"tool": {"name": "perfrules"}, "tool": 1}',
        '{"tool": {"name": "perfrules"}, "x": NaN}',
        '{"tool": {"name": "perfrules"}, "x": ' + "[" * 5000 + "]" * 5000 + "}",
    ],
)
def test_what_is_no_result_is_told_with_its_place(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError) as raised:
        comparison.compare(broken, broken, GIVEN, "zh")
    (fault,) = raised.value.faults
    assert fault.code in ("result.json", "result.shape")
    assert fault.where is not None
    assert fault.where.source == str(broken)
