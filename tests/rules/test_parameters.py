"""Parameters by date and by month: what is unset rules out what needs it, and what is unknown stays unknown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from perfrules import pipeline, readers
from perfrules.errors import RulesetError
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.plugins import catalog
from perfrules.rules import parameter_values

CATALOG = catalog()
HEAD = """\
id: t
version: 0.1.0
title: {zh: 试, en: test}
parameters:
  stage: {title: {zh: 段, en: stage}, values: [{since: 2020-01-01, value: {4: 25%, 6: 50%}}]}
  floor: {title: {zh: 线, en: floor}, values: [{since: 2020-01-01, value: 60% * $stage}]}
  gentle: {title: {zh: 缓, en: gentle}, values: [{since: 2020-01-01, value: if is_set($stage) then $stage else 10%}]}
  plain: {title: {zh: 定, en: plain}, values: [{since: 2020-01-01, value: 30%}, {since: 2022-01-01, value: 40%}]}
  year_gone: {title: {zh: 时, en: year gone}, values: [{since: 2020-01-01, value: month / 12}]}
"""
PACE = "  pace: {title: {zh: 进, en: pace}, values: [{since: 2020-01-01, value: {4: 25%}}]}\n"
RULE = """\
id: R1
title: {zh: 题, en: title}
topic: slow_progress
severity: error
for: line
assert: spent / adjusted_budget >= LIMIT
message: {zh: "{spent}", en: "{spent}"}
why: {zh: 因, en: because}
examples: {pass: [{submission: {}}], violation: [{submission: {}}]}
"""


def checked(folder: Path, limit: str, period: object, as_of: date | None = None, head: str = HEAD) -> Report:
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_text(head, encoding="utf-8")
    (folder / "rules" / "R1.yaml").write_text(RULE.replace("LIMIT", limit), encoding="utf-8")
    given = {"lines": {"project": {"adjusted_budget": "100万元", "spent": "20万元"}}}
    given |= {"period": {"to": period}} if period else {}
    submission = readers.submission_from(given, "given", CATALOG.types)
    return pipeline.check(submission, pipeline.prepare(folder, CATALOG), CATALOG, as_of)


def verdict(found: Report) -> Verdict:
    (only,) = (each for each in found.ledger.verdicts if each.subject.id == "department/project")
    return only


@pytest.mark.parametrize(
    ("period", "outcome"),
    [
        ("2022-03-31", Outcome.NOT_APPLICABLE),  # before April there is no stage, and so no floor
        ("2022-04-30", Outcome.PASS),  # 20% of the 15% asked for
        ("2022-06-30", Outcome.VIOLATION),  # 20% of the 30% asked for
    ],
)
def test_what_is_built_on_an_unset_parameter_is_unset(tmp_path: Path, period: str, outcome: Outcome) -> None:
    found = verdict(checked(tmp_path, "$floor", period))
    assert found.outcome is outcome
    assert found.guard == ("$floor" if outcome is Outcome.NOT_APPLICABLE else "")


def test_what_asks_whether_a_parameter_is_set_can_do_without_it(tmp_path: Path) -> None:
    assert verdict(checked(tmp_path, "$gentle", "2022-03-31")).outcome is Outcome.PASS  # 20% against 10%


@pytest.mark.parametrize(
    ("period", "outcome", "guard"),
    [("2022-03-31", Outcome.NOT_APPLICABLE, "$pace"), ("2022-05-31", Outcome.VIOLATION, "")],
)
def test_progress_that_stands_on_an_unset_pace_rules_the_rule_out(
    tmp_path: Path, period: str, outcome: Outcome, guard: str
) -> None:
    found = verdict(checked(tmp_path, "expected_progress", period, head=HEAD + PACE))
    assert (found.outcome, found.guard, found.lacks) == (outcome, guard, ())


def test_a_ruleset_without_a_pace_leaves_progress_open(tmp_path: Path) -> None:
    found = verdict(checked(tmp_path, "expected_progress", "2022-06-30"))
    assert found.outcome is Outcome.UNDETERMINED
    assert found.lacks == (Lack(Reason.MISSING, "ruleset", "$pace"),)


@pytest.mark.parametrize(
    ("limit", "as_of", "outcome"),
    [
        ("$plain", date(2021, 1, 1), Outcome.VIOLATION),  # 20% against 30%
        ("$plain", None, Outcome.UNDETERMINED),
        ("$stage", date(2021, 1, 1), Outcome.UNDETERMINED),
        ("$floor", date(2021, 1, 1), Outcome.UNDETERMINED),
        ("$year_gone", date(2021, 1, 1), Outcome.UNDETERMINED),
    ],
)
def test_without_a_period_a_given_date_picks_all_but_what_goes_by_month(
    tmp_path: Path, limit: str, as_of: date | None, outcome: Outcome
) -> None:
    assert verdict(checked(tmp_path, limit, None, as_of)).outcome is outcome


def test_dated_values_are_picked_by_the_given_date(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "ruleset.yaml").write_text(HEAD, encoding="utf-8")
    parameters = pipeline.prepare(tmp_path, CATALOG).parameters
    submission = readers.submission_from({}, "given", CATALOG.types)
    for day, percent in ((date(2021, 12, 31), 30), (date(2022, 1, 1), 40)):
        values = parameter_values(parameters, submission, day)
        plain = values["plain"].value
        assert isinstance(plain, Number)
        assert plain.interval.exact is not None
        assert plain.interval.exact * 100 == percent
        assert values["stage"].value == Unknown((Lack(Reason.MISSING, "department", "period_to"),))


LISTS = """\
  names: {title: {zh: 名, en: names}, values: [{since: 2020-01-01, value: ["项目支出", "基本支出"]}]}
  shape: {title: {zh: 式, en: shape}, values: [{since: 2020-01-01, value: '"项目.{2}"'}]}
  shapes: {title: {zh: 式, en: shape}, values: [{since: 2020-01-01, value: '["项.*", "基.*"]'}]}
  steps: {title: {zh: 阶, en: steps}, values: [{since: 2020-01-01, value: [10%, 2 * $plain, $plain]}]}
"""


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        ("name in $names", Outcome.PASS),  # the project line is called 项目支出
        ('name in ["基本支出", "合计"]', Outcome.VIOLATION),
        ("not has_text(name, $names)", Outcome.VIOLATION),
        ("name matches $shape", Outcome.PASS),
        ("20% in $steps", Outcome.VIOLATION),  # 10%, 80% and 40%
        ("80% in $steps", Outcome.PASS),
        ("spent / adjusted_budget <= max(0%, $steps)", Outcome.PASS),  # 20% of 80%
    ],
)
def test_a_parameter_may_be_a_list_or_a_pattern(tmp_path: Path, condition: str, outcome: Outcome) -> None:
    found = checked(tmp_path, "0% and (" + condition + ")", "2022-06-30", head=HEAD + LISTS)
    assert verdict(found).outcome is outcome


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("name == $names", "expression.list_as_value"),
        ("name matches $names", "expression.list_as_value"),
        ("name in $shape", "expression.not_a_list"),
        ("name matches name", "expression.pattern"),
    ],
)
def test_a_list_is_no_value_and_a_pattern_is_written_out(tmp_path: Path, condition: str, code: str) -> None:
    with pytest.raises(RulesetError) as caught:
        checked(tmp_path, "0% and (" + condition + ")", "2022-06-30", head=HEAD + LISTS)
    assert code in [fault.code for fault in caught.value.faults]


def test_a_pattern_at_fault_is_told_where_it_is_used(tmp_path: Path) -> None:
    head = HEAD + LISTS.replace("项目.{2}", "项目.{2")
    with pytest.raises(RulesetError) as caught:
        checked(tmp_path, "0% and name matches $shape", "2022-06-30", head=head)
    (fault,) = caught.value.faults
    assert (fault.code, str(fault.where).split("/")[-1]) == ("expression.pattern", "R1.yaml:6:56")


def test_a_list_with_values_of_two_kinds_is_told_with_its_place(tmp_path: Path) -> None:
    head = HEAD + LISTS.replace('["项目支出", "基本支出"]', '["项目支出", 30%]')
    with pytest.raises(RulesetError) as caught:
        checked(tmp_path, "0%", "2022-06-30", head=head)
    where = head.splitlines().index(next(line for line in head.splitlines() if "30%]}" in line)) + 1
    assert [fault.code for fault in caught.value.faults] == ["expression.kind"]
    assert caught.value.faults[0].where is not None
    assert caught.value.faults[0].where.line == where
