"""Submissions in which everything adds up, as data to corrupt: three lines, projects that make up the third, and their ratios."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import strategies as st

from perfrules import pipeline, readers
from perfrules.model.report import Report
from perfrules.plugins import catalog

CATALOG = catalog(found=[])
CORE = pipeline.prepare("core", CATALOG)
JUNE = {"from": "2022-01-01", "to": "2022-06-30"}
FIELDS = ("initial_budget", "carried_over", "adjustment", "adjusted_budget", "appropriated", "spent")
Money = dict[str, int]
"""Amounts in yuan."""


def checked(submission: Mapping[str, Any]) -> Report:
    """The report on a submission given field by field."""
    return pipeline.check(readers.submission_from(submission, "given", CATALOG.types), CORE, CATALOG)


def said(yuan: int) -> str:
    """An amount as printed, exact to the yuan."""
    return f"{Decimal(yuan) / 10000:.4f}万元"


def percentage(part: int, whole: int) -> str:
    """A ratio as printed, with two decimals."""
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def with_ratio(money: Money) -> dict[str, Any]:
    """The figures as printed, with the share of the budget that was spent."""
    claim = {
        "printed": percentage(money["spent"], money["adjusted_budget"]),
        "numerator": "spent",
        "base": "adjusted_budget",
    }
    return {**{name: said(yuan) for name, yuan in money.items()}, "claims": [claim]}


@st.composite
def _money(draw: st.DrawFn) -> Money:
    """Half of the budget spent or nearly so, two thirds of it released: nothing to be asked about at the end of June."""
    initial = draw(st.integers(500, 9_000)) * 1000 + draw(st.integers(0, 999))
    adjustment = draw(st.integers(0, initial // 4000)) * 1000 + draw(st.integers(1, 999))
    budget = initial + adjustment
    return {
        "initial_budget": initial,
        "carried_over": 0,
        "adjustment": adjustment,
        "adjusted_budget": budget,
        "appropriated": budget * draw(st.integers(60, 70)) // 100,
        "spent": budget * draw(st.integers(48, 52)) // 100,
    }


def _sum(parts: list[Money]) -> Money:
    return {name: sum(part[name] for part in parts) for name in FIELDS}


@st.composite
def submissions(draw: st.DrawFn) -> dict[str, Any]:
    """A submission in which every sum and every ratio holds, in the documented format."""
    projects = draw(st.lists(_money(), min_size=2, max_size=4))
    basic, project = draw(_money()), _sum(projects)
    money = {"total": _sum([basic, project]), "basic": basic, "project": project}
    rows = [{"name": f"项目{'甲乙丙丁'[at]}", **with_ratio(each)} for at, each in enumerate(projects)]
    return {
        "department": "云岭县水利局",
        "period": JUNE,
        "lines": {name: with_ratio(each) for name, each in money.items()},
        "projects": {"complete": True, "rows": rows},
    }


def places(submission: Mapping[str, Any], *fields: str) -> list[str]:
    """Where the figures of these fields stand, as JSON pointers."""
    owners = [f"/lines/{line}" for line in submission["lines"]]
    owners += [f"/projects/rows/{at}" for at in range(len(submission["projects"]["rows"]))]
    return [f"{owner}/{field}" for owner in owners for field in fields]


def owner_of(submission: Mapping[str, Any], place: str) -> tuple[dict[str, Any], str]:
    """The object in which a place lies, and its key there."""
    *above, name = place.strip("/").split("/")
    found: Any = submission
    for key in above:
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found, name


def changed(submission: Mapping[str, Any], place: str, text: str) -> dict[str, Any]:
    """The submission with another figure at that place."""
    whole = deepcopy(dict(submission))
    owner, name = owner_of(whole, place)
    owner[name] = text
    return whole


def mistyped(submission: Mapping[str, Any], place: str, factor: Decimal) -> dict[str, Any]:
    """The submission with the figure at that place so many times as large."""
    owner, name = owner_of(submission, place)
    return changed(submission, place, f"{Decimal(owner[name].removesuffix('万元')) * factor:.4f}万元")
