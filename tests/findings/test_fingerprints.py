"""What a finding is known by stays when rows are reordered, figures change and names are spelt otherwise, and only then."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import pipeline, readers
from perfrules.model.names import abouts, differ_slightly
from perfrules.plugins import catalog
from perfrules.testing import subjects

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG, with_examples=False)
TARGET = {"level1": "产出指标", "operator": "≥", "planned": "95%", "weight": "10"}
REPORT: dict[str, Any] = {
    "department": "云岭县水务局",
    "period": {"from": "2022-01-01", "to": "2022-06-30"},
    "lines": {
        "total": {
            "initial_budget": "120.00万元", "carried_over": "0.00万元", "adjustment": "0.00万元", "appropriated": "80.00万元",
            "spent": "30.00万元",
            "claims": [
                {"printed": "37.50%", "numerator": "spent", "base": "adjusted_budget"},
                {"printed": "70.00%", "numerator": "appropriated", "base": "adjusted_budget"},
            ],
        },
        "basic": {"initial_budget": "60.00万元", "spent": "20.00万元"},
        "project": {"initial_budget": "61.00万元", "spent": "10.00万元"},
    },
    "projects": {
        "complete": True,
        "rows": [
            {
                "name": name, "initial_budget": "20.00万元", "spent": "21.00万元", "carried_over": "0.00万元", "adjustment": "0.00万元",
                "claims": [{"printed": "50%", "numerator": "spent", "base": "budget"}],
                "targets": [
                    {**TARGET, "name": "抽检合格率", "level2": "质量指标", "actual": "106%"},
                    {**TARGET, "name": "按时办结率", "level2": "时效指标", "actual": "107%"},
                    {**TARGET, "name": "按时办结率", "level2": "质量指标", "actual": "108%"},
                ],
            }
            for name in ("河道巡护经费", "水库除险经费", "宣传栏更换经费")
        ],
    },
    "counts": [
        {"what": what, "value": "12家", "parts": {"complete": True, "rows": [{"name": "企业", "value": "7家"}, {"name": "学校", "value": "6家"}]}}
        for what in ("检查单位", "走访单位")
    ],
}  # fmt: skip


def fingerprints(report: dict[str, Any]) -> Counter[str]:
    submission = readers.submission_from(report, "given", CATALOG.types)
    return Counter(each.fingerprint for each in pipeline.check(submission, CORE, CATALOG).findings)


KNOWN = fingerprints(REPORT)


def test_every_finding_has_a_fingerprint_of_its_own() -> None:
    assert len(KNOWN) >= 15
    assert set(KNOWN.values()) == {1}


@settings(max_examples=30)
@given(st.data())
def test_the_order_of_rows_and_keys_does_not_matter(data: st.DataObject) -> None:
    assert fingerprints(data.draw(_reordered(REPORT))) == KNOWN


def _reordered(value: Any) -> st.SearchStrategy[Any]:
    """The same in another order: every list and every mapping in it."""
    if isinstance(value, dict):
        shuffled = st.permutations(list(value))
        each = st.fixed_dictionaries({key: _reordered(part) for key, part in value.items()})
        return st.tuples(shuffled, each).map(lambda drawn: {key: drawn[1][key] for key in drawn[0]})
    if isinstance(value, list):
        return st.tuples(*map(_reordered, value)).flatmap(st.permutations)
    return st.just(value)


FIGURES = ("initial_budget", "appropriated", "spent", "carried_over", "adjustment")


def with_figures(value: Any, change: Any) -> Any:
    """The report with every amount of money changed."""
    if isinstance(value, dict):
        return {
            key: change(part) if key in FIGURES else with_figures(part, change) for key, part in value.items()
        }
    return [with_figures(each, change) for each in value] if isinstance(value, list) else value


def test_wan_yuan_and_yuan_are_one() -> None:
    in_yuan = with_figures(REPORT, lambda said: f"{said.removesuffix('.00万元')}0000.00元")
    assert fingerprints(in_yuan) == KNOWN


@given(st.integers(2, 9))
def test_other_figures_of_the_same_faults_keep_them(factor: int) -> None:
    more = with_figures(REPORT, lambda said: f"{int(said.removesuffix('.00万元')) * factor}.00万元")
    assert fingerprints(more) == KNOWN


@pytest.mark.parametrize(
    "spelt", ["“河道巡护经费”", "2022年河道巡护经费", "2022年度河道巡护经费", "河道 巡护经费", "（河道巡护经费）", "《河道巡护经费》"]
)  # fmt: skip
def test_marks_blanks_and_the_year_before_a_name_do_not_matter(spelt: str) -> None:
    assert fingerprints(_named(spelt)) == KNOWN


@pytest.mark.parametrize("other", ["河道巡护专项经费", "河道保洁经费", "河道巡护经费（二期）"])
def test_another_name_is_another_subject(other: str) -> None:
    found = fingerprints(_named(other))
    assert KNOWN - found
    assert found - KNOWN


def test_names_with_a_few_words_more_are_near_but_a_second_stage_is_not() -> None:
    assert differ_slightly("河道巡护经费", "河道巡护专项经费")
    assert not differ_slightly("河道巡护经费", "河道巡护经费二期")
    assert not differ_slightly("河道巡护经费", "河道保洁经费")
    assert not differ_slightly("", "经费")


def _named(name: str) -> dict[str, Any]:
    changed = deepcopy(REPORT)
    changed["projects"]["rows"][0]["name"] = name
    return changed


def test_another_department_has_other_fingerprints() -> None:
    assert not fingerprints({**REPORT, "department": "云岭县教育局"}) & KNOWN
    assert fingerprints({**REPORT, "department": " 云岭县 水务局"}) == KNOWN


def test_what_is_mended_takes_its_own_with_it_and_no_other() -> None:
    mended = deepcopy(REPORT)
    mended["projects"]["rows"][1]["targets"][0]["actual"] = "96%"
    gone = KNOWN - fingerprints(mended)
    assert gone.total() == 1
    assert not fingerprints(mended) - KNOWN


@given(subjects())
def test_no_two_subjects_of_a_submission_are_about_the_same(department: Any) -> None:
    """Where ids are their own; made-up trees may have one id twice."""
    found = abouts(department)
    assert len(set(found.values())) == len(found)
