"""A submission becomes the documented format and is the same submission when that is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import pipeline, readers
from perfrules.cli.main import outcome
from perfrules.errors import ReadError
from perfrules.model.fact import State
from perfrules.model.quantity import Quantity
from perfrules.model.subject_types import MONEY_FIELDS
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers import submission_from, submission_json
from perfrules.readers.submission_form import form_workbook
from perfrules.readers.submission_mapping import mapping_of
from perfrules.readers.tables import read_tables

CATALOG = catalog()
ROOT = Path(__file__).parents[3]
REPORTS = sorted(
    [
        *(Path(__file__).parents[2] / "examples" / "yunling").rglob("*.*"),
        *(ROOT / "shared" / "gold").glob("*.txt"),
        *(ROOT / "shared" / "gold").glob("*.xlsx"),
    ]
)
LABELLED = sorted(
    each.parent / each.name.replace(".gold.yaml", suffix)
    for each in (Path(__file__).parents[1] / "files").glob("*.gold.yaml")
    for suffix in (".txt", ".docx", ".pdf", ".xlsx", ".xls", ".csv", ".html")
    if (each.parent / each.name.replace(".gold.yaml", suffix)).exists()
)
CORE = pipeline.prepare(None, CATALOG)
AMOUNTS = (
    "29.5342万元",
    "7.50万元",
    "0元",
    "1,286.50元",
    "约3万元",
    "1.2亿元",
    "不足5万元",
    "10万元以上",
    "3万余元",
    "0.00万元",
)
money = st.sampled_from(AMOUNTS) | st.lists(st.sampled_from(AMOUNTS), min_size=2, max_size=3)
MONEY = [field.name for field in MONEY_FIELDS]
texts = st.text(st.sampled_from("项目经费道路养护=+-@ab一二（）"), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip())
)
claims = st.lists(
    st.fixed_dictionaries(
        {"printed": st.sampled_from(["46.30%", "100%", "3‰"]), "numerator": st.just("spent")},
        optional={"base": st.sampled_from(["adjusted_budget", "budget", "initial_budget"])},
    ),
    max_size=2,
)
owners = st.dictionaries(st.sampled_from(MONEY), money, max_size=4)
whole = st.sampled_from([{}, {"complete": True}, {"complete": False}])
counts = st.lists(
    st.fixed_dictionaries(
        {"what": texts, "value": st.sampled_from(["7期", "20余次", "1万余份", "约30人", "1,200人次"])},
        optional={
            "change": st.sampled_from(["-30%", "12.5%"]),
            "prior": st.sampled_from(["10期"]),
            "parts": st.lists(
                st.fixed_dictionaries({"name": texts, "value": st.just("3期")}), min_size=1, max_size=2
            ),
        },
    ),
    max_size=3,
)
targets = st.fixed_dictionaries(
    {"name": texts},
    optional={
        "level1": texts,
        "operator": st.sampled_from(["≥", "="]),
        "planned": st.sampled_from(["4期", "95%", "12月底前", "30万元", "10天", "良好"]),
        "actual": st.sampled_from(["2期", "95.0%", "良好"]),
        "weight": st.sampled_from(["10", "7.5"]),
        "cause": texts,
    },
)
sources = st.fixed_dictionaries({"name": texts, "amount": st.sampled_from(AMOUNTS)})


@st.composite
def projects(draw: st.DrawFn) -> dict[str, object]:
    rows = []
    for name in draw(st.lists(texts, max_size=3, unique=True)):
        row: dict[str, object] = {
            "name": name,
            **draw(owners),
            "claims": draw(claims),
            "counts": draw(counts),
        }
        row["targets"] = {**draw(whole), "rows": draw(st.lists(targets, max_size=2))}
        row["sources"] = draw(st.lists(sources, max_size=2))
        row |= draw(st.fixed_dictionaries({}, optional={"code": texts, "starts_on": st.just("2022-03-01"), "unit_price": st.just("3元"), "quantity": st.just("4台"), "goal_rate": st.just("80%"), "total_score": st.just("95.5")}))  # fmt: skip
        rows.append(row)
    return {**draw(whole), "rows": rows}


mappings = st.fixed_dictionaries(
    {},
    optional={
        "department": texts,
        "period": st.sampled_from([{"from": "2022-01-01", "to": "2022-06-30"}, {"to": ["2022-06-30", "2022-09-30"]}]),
        "filed_on": st.just("2022-07-09"),
        "staffing": st.just({"posts": "9人", "staff": "8人"}),
        "lines": st.dictionaries(
            st.sampled_from(["total", "basic", "project"]),
            st.builds(lambda owner, said: {**owner, "claims": said}, owners.filter(bool), claims),
            max_size=3,
        ),
        "projects": projects(),
        "counts": counts,
        "problem_projects": st.just({"claimed": 2, "named": ["甲", "乙"], "complete": True}),
        "sections": st.dictionaries(st.sampled_from(["problems", "measures"]), texts),
        "report_years": st.just([{"value": "2022"}, {"value": "2021"}]),
        "cited_documents": st.just([{"name": "办法", "number": "财预〔2015〕163号"}]),
        "item_numbers": st.just([{"value": "3", "preceding": "1"}]),
        "amounts": st.just([{"name": "支出", "value": "3.50万元", "printed_unit": "万元", "decimals": "2"}]),
    },
)  # fmt: skip


def said(submission: Submission) -> Iterator[object]:
    """Everything that a submission says, whoever says it where; a nothing said in words is as good as a printed one."""
    for path in submission.walk():
        subject = path[-1]
        whose = (
            tuple(each.type if each.type in ("count", "claim") else each.id for each in path),
            "" if subject.type == "claim" else subject.name,
        )
        for name, table in subject.tables.items():
            if table.rows or table.completeness.value != "unknown":
                yield whose, name, table.completeness, len(table.rows)
        for name, fact in sorted(subject.facts.items()):
            for each in (fact, *fact.witnesses):
                value = each.value
                zero = each.state is State.DERIVED and isinstance(value, Quantity) and value.digits == "0"
                state = State.PRINTED if zero else each.state
                exact = (value.interval, value.slack, value.unit) if isinstance(value, Quantity) else value
                yield whose, name, state, exact


def again(submission: Submission) -> Submission:
    return submission_from(json.loads(submission_json(submission, CATALOG.types)), "a.json", CATALOG.types)


@given(mappings)
@settings(max_examples=150, deadline=None)
def test_any_submission_is_the_same_after_it_was_written(mapping: dict[str, object]) -> None:
    submission = submission_from(mapping, "a.json", CATALOG.types)
    assert list(said(again(submission))) == list(said(submission))
    assert submission_json(again(submission)) == submission_json(submission)


@given(mappings)
@settings(max_examples=60, deadline=None)
def test_any_submission_is_the_same_after_it_was_a_workbook(mapping: dict[str, object]) -> None:
    submission = submission_from(mapping, "a.json", CATALOG.types)
    data = form_workbook(mapping_of(submission), CATALOG.types)
    assert list(said(read_tables("a.xlsx", data, CATALOG.types))) == list(said(submission))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_what_is_read_of_a_report_is_the_same_after_it_was_written(path: Path) -> None:
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    assert set(said(again(submission))) == set(said(submission))


def verdicts(submission: Submission) -> list[tuple[str, str, str, str]]:
    """Each rule of the core ruleset on each subject, and what it came to."""
    report = pipeline.check(submission, CORE, CATALOG)
    return sorted(
        (
            each.rule,
            each.subject.type,
            "" if each.subject.type == "claim" else each.subject.name,
            each.outcome.value,
        )
        for each in report.ledger.verdicts
    )


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.name)
def test_verdicts_are_the_same_after_a_report_was_written(path: Path) -> None:
    submission = readers.read(path, CATALOG.readers, CATALOG.types)
    before = verdicts(submission)
    data = form_workbook(mapping_of(submission, CATALOG.types), CATALOG.types)
    assert verdicts(again(submission)) == before
    assert verdicts(read_tables("a.xlsx", data, CATALOG.types)) == before


@pytest.mark.parametrize(
    "sentence",
    ["受压减10%影响，实际可用540万元。", "上年结余资金尚未核定。", "年中追加两次。"],
)
def test_what_a_report_mentions_is_not_assumed_to_be_nothing_the_second_time(
    tmp_path: Path, sentence: str
) -> None:
    path = tmp_path / "报告.txt"
    text = f"石桥县交警大队2024年1-6月部门整体绩效监控报告\n一、预算\n年初预算600万元。{sentence}\n已支出270万元，占可用预算的50%。\n"
    path.write_text(text, encoding="utf-8")
    submission = readers.read(path, CATALOG.readers, CATALOG.types)
    said_of = mapping_of(submission, CATALOG.types)
    assert said_of["mentions"]
    for each in (
        again(submission),
        read_tables("a.xlsx", form_workbook(said_of, CATALOG.types), CATALOG.types),
    ):
        assert {*each.department.members["total"].facts} == {*submission.department.members["total"].facts}
        assert verdicts(each) == verdicts(submission)


@pytest.mark.parametrize("value", ["追加", ["追加", 1], [""]])
def test_mentions_are_texts(value: object) -> None:
    with pytest.raises(ReadError):
        submission_from({"mentions": value}, "a.json", CATALOG.types)


def test_the_command_writes_what_was_read_and_replaces_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt"
    target = tmp_path / "a.json"
    assert outcome(["new", "submission", "--json", str(target), "--from", str(report)]) == 0
    written = json.loads(target.read_text(encoding="utf-8"))
    assert written["lines"]["total"]["spent"] == "29.5342万元"
    assert outcome(["check", str(target), "--fail-on", "never"]) == 0
    assert outcome(["new", "submission", "--json", str(target), "--from", str(report)]) == 2
    assert "已经存在" in capsys.readouterr().err
    folder = str(report.parent)
    assert outcome(["new", "submission", "--json", str(tmp_path / "b.json"), "--from", folder]) == 2
    assert "几份报送" in capsys.readouterr().err


@pytest.mark.parametrize(
    "typed", ["2022年7月8日", "2022/7/8", "2022.7.8", "2022-07-08", " 2022 年 7 月 8 日 "]
)
def test_dates_of_a_form_are_read_as_people_write_them(tmp_path: Path, typed: str) -> None:
    from openpyxl import load_workbook

    data = form_workbook({"department": "安泉县体育局", "filed_on": "2022-01-01", "lines": {"total": {"spent": "6万元"}}}, CATALOG.types)  # fmt: skip
    (tmp_path / "form.xlsx").write_bytes(data)
    book = load_workbook(tmp_path / "form.xlsx")
    (cell,) = [cell for row in book["部门"].iter_rows() for cell in row if cell.value == "2022-01-01"]
    cell.value = typed
    book.save(tmp_path / "form.xlsx")
    assert str(readers.read(tmp_path / "form.xlsx").department.facts["filed_on"].value) == "2022-07-08"
