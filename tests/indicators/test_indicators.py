"""Indicators of projects as reports show them: values, targets, what is lacking, absences, types that are not clear."""

from __future__ import annotations

from fractions import Fraction
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from perfrules import pipeline, readers
from perfrules.model.fact import State
from perfrules.model.project_report import IndicatorResult, ProjectReport
from perfrules.model.report import Report, Results
from perfrules.model.truth import Number, Reason, Unknown
from perfrules.plugins import Catalog, Page, catalog

BODY = """
from perfrules.bilingual import Bilingual
from perfrules.model.project_type import *
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl


def indicator(name, zh, expression, unit, direction, words=()):
    return Indicator(name, Bilingual(zh, name), expression, unit, direction, Bilingual(zh, name), target_words=words)


@hookimpl
def perfrules_project_types():
    cars = ProjectType(
        "cars", Bilingual("车辆", "cars"), ("车辆",), 10,
        (Field("cars_run", Bilingual("车辆数", "cars run"), Kind.COUNT, nonnegative=True),
         Field("fines", Bilingual("罚款", "fines"), Kind.MONEY, nonnegative=True, absence="0元"),
         Field("bought_on", Bilingual("购置日", "day of purchase"), Kind.DATE)),
        (indicator("double_cost", "双倍成本", "2 * cost_of_car", "元", Direction.LOWER),
         indicator("cost_of_car", "车均成本", "(spent + fines) / cars_run", "元", Direction.LOWER, ("车均",)),
         indicator("cars_told", "所述车辆", "sum(value for counts where unit == '辆')".replace("'", '"'), "辆", Direction.HIGHER, ("在用",))),
        LumpSum("bought_on"), ("cars_run",))
    ships = ProjectType("ships", Bilingual("船舶", "ships"), ("船",), 10)
    return [cars, ships]
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    (tmp_path / "cars_and_ships.py").write_text(BODY, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    installed = [point for point in entry_points(group="perfrules") if point.name.startswith("builtin_")]
    return catalog(found=[*installed, EntryPoint("cars", "cars_and_ships", "perfrules")])


def report(found: Catalog, *projects: dict[str, object]) -> Report:
    given = {"period": {"from": "2022-01-01", "to": "2022-06-30"}, "projects": list(projects)}
    submission = readers.submission_from(given, "given", found.types)
    return pipeline.check(submission, pipeline.prepare("core", found), found)


def told(found: Catalog, **project: object) -> ProjectReport:
    return report(found, {"name": "车辆运行", **project}).projects[0]


def by_name(project: ProjectReport) -> dict[str, IndicatorResult]:
    return {each.indicator.name: each for each in project.indicators}


def exact(result: IndicatorResult) -> Fraction | None:
    assert isinstance(result.trace.value, Number)
    return result.trace.value.interval.exact


def test_indicators_use_one_another_whatever_their_order(found: Catalog) -> None:
    results = by_name(told(found, spent="6万元", cars_run="4辆", fines="0.4万元"))
    assert exact(results["cost_of_car"]) == 16_000
    assert exact(results["double_cost"]) == 32_000


def test_what_is_lacking_is_said(found: Catalog) -> None:
    value = by_name(told(found, cars_run="4辆", fines="1元"))["double_cost"].trace.value
    assert isinstance(value, Unknown)
    assert [(lack.reason, lack.field) for lack in value.lacks] == [(Reason.MISSING, "spent")]


def test_an_absence_that_means_something_is_assumed_and_marked(found: Catalog) -> None:
    result = by_name(told(found, spent="6万元", cars_run="4辆"))["cost_of_car"]
    assert exact(result) == 15_000
    assert [fact.field for fact in result.trace.facts() if fact.state is State.ASSUMED] == ["fines"]


def test_what_another_project_states_is_not_assumed_of_this_one(found: Catalog) -> None:
    with_fine = {"name": "车辆检修", "spent": "1万元", "fines": "1元"}
    without = report(found, {"name": "车辆运行", "spent": "6万元", "cars_run": "4辆"}, with_fine).projects[0]
    assert isinstance(by_name(without)["cost_of_car"].trace.value, Unknown)


@pytest.mark.parametrize(
    ("target", "met"),
    [
        ({"name": "车均成本", "operator": "≤", "planned": "1.5万元"}, True),
        ({"name": "车均成本", "operator": "≤", "planned": "14999元"}, False),
        ({"name": "车均成本", "planned": "15000元"}, True),  # no operator: lower is better
        ({"name": "车均成本", "planned": "1.4万元"}, False),
        ({"name": "车均成本", "operator": "=", "planned": "15000元"}, True),
        ({"name": "车均成本", "operator": "<", "planned": "15000元"}, False),
        ({"name": "车均成本", "operator": ">", "planned": "14999元"}, True),
    ],
)
def test_the_value_is_held_against_the_target_its_words_find(
    found: Catalog, target: dict[str, str], met: bool
) -> None:
    result = by_name(told(found, spent="6万元", cars_run="4辆", targets=[target]))["cost_of_car"]
    assert result.target is not None
    assert result.target.met is met


@pytest.mark.parametrize(
    "target",
    [
        {"name": "车均成本", "operator": "≤", "planned": "4辆"},  # another kind
        {"name": "车均成本", "operator": "定性", "planned": "1万元"},
        {"name": "车均成本", "operator": "≤", "planned": "约1万元"},
    ],
)
def test_a_target_that_cannot_be_compared_is_open(found: Catalog, target: dict[str, str]) -> None:
    result = by_name(told(found, spent="6万元", cars_run="4辆", targets=[target]))["cost_of_car"]
    assert result.target is not None
    assert isinstance(result.target.met, Unknown)


@pytest.mark.parametrize(
    "targets",
    [
        [],
        [{"name": "车辆数", "operator": "≥", "planned": "4辆"}],
        [{"name": "车均成本", "planned": "1元"}, {"name": "车均油费", "planned": "2元"}],
        [{"name": "车均成本", "operator": "≤"}],
    ],
)
def test_where_no_target_or_several_are_found_there_is_no_comparison(
    found: Catalog, targets: list[dict[str, str]]
) -> None:
    assert by_name(told(found, spent="6万元", cars_run="4辆", targets=targets))["cost_of_car"].target is None


def test_a_target_of_an_unknown_indicator_is_open_for_its_reasons(found: Catalog) -> None:
    result = by_name(told(found, targets=[{"name": "车均成本", "planned": "1元"}]))["cost_of_car"]
    assert result.target is not None
    assert result.target.met == result.trace.value


def test_counts_of_the_project_are_its_own(found: Catalog) -> None:
    counts = {
        "complete": True,
        "rows": [{"what": "在用车辆", "value": "3辆"}, {"what": "船", "value": "2艘"}],
    }
    result = by_name(told(found, counts=counts))["cars_told"]
    assert exact(result) == 3


def test_what_the_curve_needs_and_what_the_type_asks_for_is_asked(found: Catalog) -> None:
    assert [each.field for each in told(found).asks] == ["cars_run", "bought_on"]
    assert [each.field for each in told(found, cars_run="4辆").asks] == ["bought_on"]
    assert told(found, bought_on="2022-06-30").asks == ()


def test_a_name_that_two_types_claim_alike_has_none_and_says_which(found: Catalog) -> None:
    project = report(found, {"name": "车辆船舶运行"}).projects[0]
    assert (project.type, project.indicators) == ("", ())
    assert [each.zh for each in project.claimed_by] == ["车辆", "船舶"]


def test_a_name_that_no_type_claims_is_general(found: Catalog) -> None:
    assert report(found, {"name": "办公"}).projects[0].type == "general"


@pytest.mark.parametrize(
    ("language", "shown"), [("zh", "类型不明, 可为: 车辆 / 船舶"), ("en", "one of: cars / ships")]
)
def test_the_terminal_tells_what_the_projects_are(found: Catalog, language: str, shown: str) -> None:
    targets = [{"name": "车均成本", "operator": "≤", "planned": "1.4万元"}]
    projects = [
        {"name": "车辆船舶运行"},
        {
            "name": "车辆运行",
            "spent": "6万元",
            "cars_run": "4辆",
            "bought_on": "2022-03-01",
            "targets": targets,
        },
        {"name": "办公"},
    ]
    written = report(found, *projects)
    text = found.reporters["rich"].write(Results((written,)), "zh" if language == "zh" else "en", Page())
    assert shown in text
    assert "办公  (" not in text
    if language == "zh":
        assert "      车均成本  (6万元 + 0元) ÷ 4辆 = 15000元; 目标 ≤1.4万元: 未达到\n" in text
        assert "      双倍成本  2 × (6万元 + 0元) ÷ 4辆 = 30000元\n" in text
        assert "      未能计算  所述车辆 (未列全: 数量)\n" in text


@pytest.mark.usefixtures("found")
def test_a_plugin_left_out_is_said_in_the_report() -> None:
    installed = [point for point in entry_points(group="perfrules") if point.name.startswith("builtin_")]
    points = [*installed, EntryPoint("cars", "cars_and_ships", "perfrules")]
    for without, shown in ((["cars"], True), ([], False)):
        made = catalog(without=without, found=points)
        written = report(made, {"name": "车辆运行"})
        assert written.plugins.left_out == tuple(without)
        assert (
            "\n未用插件  cars\n" in made.reporters["rich"].write(Results((written,)), "zh", Page())
        ) is shown
