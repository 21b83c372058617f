"""A fall of alerts is good; times to respond are compared in whatever unit they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules import pipeline
from perfrules.indicators.recognise import recognised
from perfrules.language.values import point
from perfrules.model.finding import Outcome
from perfrules.model.interval import Interval
from perfrules.model.project_type import Direction
from perfrules.model.report import Report
from perfrules.model.truth import Number, Reason, Unknown, Value
from perfrules.model.unit import NUMBER
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.testing.contract import breaches
from perfrules_public_opinion import PUBLIC_OPINION
from perfrules_public_opinion.durations import in_minutes

NAME = "舆情处置经费"
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def report(**facts: object) -> Report:
    period = {"from": "2022-01-01", "to": "2022-06-30"}
    submission = submission_from(
        {"period": period, "projects": [{"name": NAME, **facts}]}, "given", CATALOG.types
    )
    return pipeline.check(submission, CORE, CATALOG)


def outcome(found: Report, rule: str) -> Outcome:
    return next(
        each.outcome for each in found.ledger.verdicts if each.rule == rule and each.subject.name == NAME
    )


def values(found: Report) -> dict[str, Value]:
    (told,) = found.projects
    return {each.indicator.name: each.trace.value for each in told.indicators}


def test_it_is_loaded_by_its_entry_point() -> None:
    assert CATALOG.project_types["public_opinion"] is PUBLIC_OPINION
    assert CATALOG.functions["折合分钟"] is CATALOG.functions["in_minutes"]


@pytest.mark.parametrize("name", [NAME, "网评员补助", "网络评论工作经费", "网信舆情专项经费"])
def test_its_words_recognise_it(name: str) -> None:
    assert recognised(name, [PUBLIC_OPINION]) == ("public_opinion",)


@pytest.mark.parametrize("name", ["道路养护", "办公设备购置", "网信工作专项经费", "预警广播建设"])
def test_other_projects_are_not_taken(name: str) -> None:
    assert "public_opinion" not in recognised(name, CATALOG.project_types.values())


def test_it_is_stronger_than_special_operations() -> None:
    assert recognised("网信舆情工作经费", CATALOG.project_types.values()) == ("public_opinion",)


@pytest.mark.parametrize(("spent", "expected"), [("3万元", Outcome.PASS), ("2.9999万元", Outcome.VIOLATION)])
def test_money_is_expected_evenly_over_the_year(spent: str, expected: Outcome) -> None:
    assert outcome(report(adjusted_budget="10万元", spent=spent), "EXE101") is expected


def test_alerts_and_their_fall_by_hand() -> None:
    rows = [{"what": "市级黄色预警", "value": "7期"}, {"what": "本级蓝色预警", "value": "16期"}]
    found = values(report(counts={"complete": True, "rows": rows}, alerts_last_year="46期"))
    alerts, change = found["alerts"], found["alerts_change"]
    assert isinstance(alerts, Number)
    assert alerts.interval.exact == 23
    assert isinstance(change, Number)
    assert change.interval.exact == Fraction(-1, 2)


@pytest.mark.parametrize("name", ["alerts", "alerts_change", "hours_to_respond"])
def test_less_of_it_is_better(name: str) -> None:
    indicator = next(each for each in PUBLIC_OPINION.indicators if each.name == name)
    assert indicator.direction is Direction.LOWER


def test_a_year_without_alerts_says_nothing_of_a_change() -> None:
    counts = {"complete": True, "rows": [{"what": "黄色预警", "value": "7期"}]}
    found = values(report(counts=counts, alerts_last_year="0期"))
    assert isinstance(found["alerts_change"], Unknown)


@pytest.mark.parametrize(
    ("written", "met"),
    [("90分钟", True), ("2小时", True), ("2小时以内", True), ("2小时1分", False), ("150分钟", False)],
)
def test_a_target_in_hours_is_compared_with_minutes(written: str, met: bool) -> None:
    target = {"name": "舆情响应时间", "operator": "≤", "planned": "2小时"}
    (told,) = report(targets=[target], response_time=written).projects
    compared = next(each.target for each in told.indicators if each.indicator.name == "hours_to_respond")
    assert compared is not None
    assert compared.met is met


def test_more_handled_than_monitored_is_noticed() -> None:
    found = report(opinions_handled="11条", opinions_monitored="10条")
    assert [each.rule for each in found.findings] == ["PUO101"]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("2小时", 120),
        ("2 个小时", 120),
        ("90分钟", 90),
        ("90分", 90),
        ("1小时30分钟", 90),
        ("0分钟", 0),
    ],
)
def test_lengths_of_time_in_minutes(written: str, minutes: int) -> None:
    assert in_minutes(written) == point(Fraction(minutes), NUMBER)


def test_decimals_carry_the_slack_of_their_digits() -> None:
    found = in_minutes("1.5小时")
    assert isinstance(found, Number)
    assert found.interval.exact == 90
    assert found.slack == Interval(Fraction(87), Fraction(93), True, False)  # 1.45 to 1.55 hours


@pytest.mark.parametrize("written", ["2小时以内", "2小时内", "不超过2小时", "≤120分钟"])
def test_an_upper_end_gives_all_lengths_up_to_it(written: str) -> None:
    found = in_minutes(written)
    assert isinstance(found, Number)
    assert found.interval == found.slack == Interval(Fraction(0), Fraction(120))


@pytest.mark.parametrize("written", ["约2小时", "90分钟左右", "大约1小时以内"])
def test_about_gives_no_length(written: str) -> None:
    assert in_minutes(written) is Reason.APPROXIMATE


@pytest.mark.parametrize(
    "written",
    ["", "及时", "2", "2天", "小时", "约", "以内", "2小时前", "-2小时", "２小时", "1e3分钟", "30分钟1小时"],
)
def test_what_is_no_length_of_time_is_refused(written: str) -> None:
    assert in_minutes(written) is Reason.UNIT


def test_what_is_no_text_is_refused() -> None:
    assert CATALOG.functions["in_minutes"].applied(point(Fraction(2), NUMBER)) is Reason.UNIT


@given(st.text(alphabet="0123456789.约不超过小时分钟以内左右 ≤<=个", max_size=20))
def test_any_text_gives_a_length_or_a_reason(written: str) -> None:
    found = in_minutes(written)
    assert found in (Reason.UNIT, Reason.APPROXIMATE) or isinstance(found, Number)


@given(st.integers(0, 999), st.integers(0, 59))
def test_hours_and_minutes_add_up(hours: int, minutes: int) -> None:
    assert in_minutes(f"{hours}小时{minutes}分") == point(Fraction(60 * hours + minutes), NUMBER)


def test_it_keeps_the_contract() -> None:
    assert breaches("public_opinion") == ()
