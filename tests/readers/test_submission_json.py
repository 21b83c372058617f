"""The submission format: exact numbers, and every fault of a file at once with its place."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from perfrules.errors import ReadError
from perfrules.model.fact import State
from perfrules.model.quantity import Qualifier, Quantity
from perfrules.model.subject import Completeness
from perfrules.model.submission import Submission
from perfrules.readers import read_json, submission_from


def read(text: str) -> Submission:
    return read_json("s.json", text.encode())


def faults(text: str) -> dict[str, str]:
    """The codes of the faults of a file, by address."""
    with pytest.raises(ReadError) as raised:
        read(text)
    return {fault.where.address if fault.where else "": fault.code for fault in raised.value.faults}


def value(submission: Submission, line: str, field: str) -> Quantity:
    found = submission.department.members[line].facts[field].value
    assert isinstance(found, Quantity)
    return found


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ('"29.5342万元"', Fraction(295342)),
        ('"1,286.50 万元"', Fraction(12865000)),
        ('"９０３．７万元"', Fraction(9037000)),
        ('"0.3亿元"', Fraction(30000000)),
        ("29.5342", Fraction(295342)),
        ("0.1", Fraction(1000)),
        ("12345678901234567890.123", Fraction(12345678901234567890123, 1000) * 10000),
        ("1e2", Fraction(1000000)),
    ],
)
def test_money_is_exact_however_it_is_written(written: str, yuan: Fraction) -> None:
    submission = read(f'{{"unit": "万元", "lines": {{"total": {{"spent": {written}}}}}}}')
    assert value(submission, "total", "spent").exact == yuan


def test_facts_carry_their_pointer_and_their_words() -> None:
    fact = read('{"lines": {"total": {"spent": "29.5342万元"}}}').department.members["total"].facts["spent"]
    assert fact.quote == "29.5342万元"
    assert fact.location is not None
    assert (fact.location.source, fact.location.address, fact.location.span) == (
        "s.json",
        "/lines/total/spent",
        None,
    )


def test_qualified_values() -> None:
    found = value(read('{"lines": {"total": {"spent": "20余万元"}}}'), "total", "spent")
    assert found.qualifier is Qualifier.AT_LEAST
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == (200000, 300000)
    assert value(read('{"lines": {"total": {"spent": "约3万元"}}}'), "total", "spent").interval is None


def test_every_fault_is_told_at_once_with_its_place() -> None:
    text = """{
      "perfrules": "submission/2", "speed": 1, "department": 7, "unit": "吨",
      "period": {"from": "2022-07-01", "to": "2022-06-30"}, "filed_on": "2022-02-30",
      "staffing": {"posts": -1, "staff": "many"},
      "lines": {"total": {"spent": "12", "appropriated": "-3万元", "initial_budget": [], "salary": "1万元"},
                "middle": {}, "basic": {"claims": [{"printed": "0.5", "base": "lunch"}]}},
      "projects": [{"spent": "1万元"}, {"name": "甲"}, {"name": "甲"}],
      "counts": [{"what": "检查"}], "problem_projects": {"complete": "perhaps", "named": [1]}, "sections": {"jokes": "x"}
    }"""
    assert faults(text) == {
        "/perfrules": "submission.version",
        "/speed": "submission.unknown_key",
        "/department": "submission.type",
        "/unit": "submission.unit",
        "/period": "submission.period",
        "/filed_on": "submission.date",
        "/staffing/posts": "submission.value",
        "/staffing/staff": "submission.value",
        "/lines/middle": "submission.unknown_key",
        "/lines/total/salary": "submission.unknown_key",
        "/lines/total/spent": "submission.unit",
        "/lines/total/appropriated": "submission.negative",
        "/lines/total/initial_budget": "submission.value",
        "/lines/basic/claims/0/printed": "submission.value",
        "/lines/basic/claims/0/numerator": "submission.missing",
        "/lines/basic/claims/0/base": "submission.value",
        "/projects/0": "submission.missing",
        "/projects/2/name": "submission.duplicate",
        "/counts/0/value": "submission.missing",
        "/problem_projects/complete": "submission.type",
        "/problem_projects/named/0": "submission.type",
        "/sections/jokes": "submission.unknown_key",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"department": ', "submission.not_json"),
        ("[1, 2]", "submission.type"),
        ('{"department": "甲", "department": "乙"}', "submission.duplicate_key"),
        ('{"unit": "万元", "lines": {"total": {"spent": NaN}}}', "submission.number"),
        ('{"unit": "万元", "lines": {"total": {"spent": 1e999999999}}}', "submission.number"),
        ("[" * 100000, "submission.nesting"),
        ('{"unit": "万元", "lines": {"total": {"spent": "' + "9" * 41 + '万元"}}}', "submission.value"),
        ('{"lines": {"total": {"spent": true}}}', "submission.value"),
    ],
)
def test_what_is_no_submission_is_a_fault_and_never_a_crash(text: str, code: str) -> None:
    assert set(faults(text).values()) == {code}


def test_broken_json_is_shown_where_it_breaks() -> None:
    with pytest.raises(ReadError) as raised:
        read('{"department": "甲",\n "period": }')
    (fault,) = raised.value.faults
    assert fault.where is not None
    assert (fault.where.line, fault.where.column) == (2, 12)
    assert fault.excerpt == ' "period": }'
    assert fault.caret == (11, 12)


def test_tables_are_as_complete_as_they_say() -> None:
    projects = [{"name": "甲"}]
    for given, state in [
        (projects, Completeness.UNKNOWN),
        ({"complete": True, "rows": projects}, Completeness.COMPLETE),
        ({"complete": "false", "rows": projects}, Completeness.PARTIAL),
    ]:
        table = submission_from({"projects": given}, "given").department.table("projects")
        assert (len(table.rows), table.completeness) == (1, state)


def test_targets_and_sources_of_a_project() -> None:
    row = {
        "name": "甲",
        "targets": [
            {"name": "培训", "operator": "≥", "planned": "20期", "actual": "12", "unit": "期", "weight": 10}
        ],
        "sources": [{"name": "财政拨款", "amount": "12万元"}],
    }
    project = submission_from({"projects": [row]}, "given").department.table("projects").rows[0]
    target = project.table("targets").rows[0].facts
    planned, actual = target["planned"].value, target["actual"].value
    assert isinstance(planned, Quantity)
    assert isinstance(actual, Quantity)
    assert (planned.exact, planned.unit.name, actual.exact, actual.unit.name) == (20, "期", 12, "期")
    amount = project.table("sources").rows[0].facts["amount"].value
    assert isinstance(amount, Quantity)
    assert amount.exact == 120000


def test_texts_mean_the_same_as_json_numbers() -> None:
    given = {"unit": "万元", "lines": {"total": {"spent": 12.50}}, "problem_projects": {"claimed": 3}}
    as_text = {"unit": "万元", "lines": {"total": {"spent": "12.50"}}, "problem_projects": {"claimed": "3"}}
    one, other = read(json.dumps(given).replace("12.5", "12.50")), submission_from(as_text, "given")
    assert value(one, "total", "spent") == value(other, "total", "spent")
    assert (
        one.department.facts["claimed_problem_count"].value
        == other.department.facts["claimed_problem_count"].value
    )


class TestInference:
    """What follows from what a submission prints."""

    def test_the_adjusted_budget_is_the_sum_of_its_parts_with_their_slack(self) -> None:
        lines = {"total": {"initial_budget": "56.29万元", "carried_over": "0万元", "adjustment": "7.5万元"}}
        fact = submission_from({"lines": lines}, "given").department.members["total"].facts["adjusted_budget"]
        assert (fact.state, fact.formula) == (State.DERIVED, "initial_budget + carried_over + adjustment")
        assert isinstance(fact.value, Quantity)
        assert fact.value.exact == 637900
        assert fact.value.slack is not None
        # half of 0.01 and half of 0.1 of 万元: 50 + 500 yuan
        assert (fact.value.slack.low, fact.value.slack.high) == (637350, 638450)
        assert fact.value.unit.name == "万元"
        assert fact.trace is not None

    def test_a_printed_adjusted_budget_stays(self) -> None:
        lines = {"total": {"initial_budget": "56万元", "adjustment": "7万元", "adjusted_budget": "60万元"}}
        fact = submission_from({"lines": lines}, "given").department.members["total"].facts["adjusted_budget"]
        assert (fact.state, fact.quote) == (State.PRINTED, "60万元")

    def test_what_nothing_mentions_is_assumed_to_be_none(self) -> None:
        facts = (
            submission_from({"lines": {"total": {"initial_budget": "56万元"}}}, "given")
            .department.members["total"]
            .facts
        )
        assert facts["carried_over"].state is State.ASSUMED
        assert facts["adjustment"].state is State.ASSUMED
        assert isinstance(facts["adjusted_budget"].value, Quantity)
        assert facts["adjusted_budget"].value.exact == 560000

    @pytest.mark.parametrize(
        ("words", "assumed"),
        [
            ("今年有追加项目。", {"carried_over"}),
            ("资金结转使用。", {"adjustment"}),
            ("进度正常。", {"adjustment", "carried_over"}),
        ],
    )
    def test_a_sentence_that_mentions_a_field_forbids_assuming_it(
        self, words: str, assumed: set[str]
    ) -> None:
        given = {"lines": {"total": {"initial_budget": "56万元"}}, "sections": {"problems": words}}
        facts = submission_from(given, "given").department.members["total"].facts
        assert {name for name, fact in facts.items() if fact.state is State.ASSUMED} == assumed

    def test_a_field_printed_anywhere_is_assumed_nowhere(self) -> None:
        given = {"lines": {"total": {"carried_over": "3万元"}, "basic": {"initial_budget": "5万元"}}}
        basic = submission_from(given, "given").department.members["basic"]
        assert "carried_over" not in basic.facts
        assert [lack.field for lack in basic.lacks["adjusted_budget"]] == ["carried_over"]

    def test_a_zero_total_has_zero_parts_but_only_where_nothing_can_be_negative(self) -> None:
        lines = {
            "total": {"carried_over": "0万元", "adjustment": "0万元"},
            "basic": {"initial_budget": "5万元"},
        }
        basic = submission_from({"lines": lines}, "given").department.members["basic"].facts
        assert (basic["carried_over"].state, basic["carried_over"].formula) == (
            State.DERIVED,
            "total.carried_over = 0",
        )
        assert "adjustment" not in basic

    def test_a_zero_with_decimals_leaves_room_for_parts(self) -> None:
        lines = {"total": {"carried_over": "0.00万元"}, "basic": {"initial_budget": "5万元"}}
        assert (
            "carried_over" not in submission_from({"lines": lines}, "given").department.members["basic"].facts
        )


def test_the_example_in_the_manual_is_a_submission() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "submission.md").read_text(encoding="utf-8")
    submission = read(manual.partition("```json\n")[2].partition("```")[0])
    assert value(submission, "project", "adjusted_budget").exact == 139100
    assert submission.department.table("problem_projects").completeness is Completeness.COMPLETE
