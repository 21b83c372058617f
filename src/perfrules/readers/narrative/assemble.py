"""Readings become the tree of subjects: one fact per field, further prints of it as witnesses, disagreement as conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.readers.narrative.readings import (
    LINES,
    PROJECT_PREFIX,
    ClaimReading,
    CountReading,
    MoneyReading,
    Readings,
)
from perfrules.readers.witnesses import merged

LINE_NAMES = {"total": "合计", "basic": "基本支出", "project": "项目支出"}


def lines(money: Sequence[MoneyReading], claims: Sequence[ClaimReading]) -> dict[str, Subject]:
    """The department's lines for which anything was read."""
    found = {}
    for line in LINES:
        facts, table = _facts(line, money), _claims(f"department/{line}", line, claims)
        if facts or table:
            words = {"name": Fact("name", LINE_NAMES[line]), "line": Fact("line", line)}
            found[line] = Subject("line", f"department/{line}", LINE_NAMES[line], {**words, **facts}, table)
    return found


def projects(names: Sequence[Fact], readings: Readings, state: Completeness) -> Table:
    """The projects named, each once, in the order of their first mention."""
    rows = []
    for name in {str(fact.value): fact for fact in reversed(names)}.values():
        owner = PROJECT_PREFIX + str(name.value)
        words = {"name": name, "line": Fact("line", "project")}
        facts = {**words, **_facts(owner, readings.money)}
        tables = {**_claims(owner, owner, readings.claims), **counts(readings.counts, owner)}
        rows.append(Subject("project", owner, str(name.value), facts, tables))
    return Table(tuple(reversed(rows)), state)


def counts(readings: Sequence[CountReading], project: str) -> dict[str, Table]:
    """The table of the counts of a project (empty: of none) in the order of the text.

    That the text holds them all is never known. They are numbered throughout the text.
    """
    rows = []
    for number, reading in enumerate(readings, 1):
        if reading.project != project:
            continue
        facts = {"name": reading.what, "value": reading.value}
        quantity = reading.value.value
        if isinstance(quantity, Quantity):
            facts["unit"] = Fact("unit", quantity.unit.name)
        if reading.change is not None:
            facts["change"] = reading.change
        rows.append(Subject("count", f"count:{number}", str(reading.what.value), facts))
    return {"counts": Table(tuple(rows))} if rows else {}


def _facts(owner: str, money: Sequence[MoneyReading]) -> Mapping[str, Fact]:
    facts: dict[str, list[Fact]] = {}
    for reading in money:
        if reading.owner == owner:
            facts.setdefault(reading.fact.field, []).append(reading.fact)
    return {field: merged(found) for field, found in facts.items()}


def _claims(subject: str, owner: str, claims: Sequence[ClaimReading]) -> dict[str, Table]:
    own = [claim for claim in claims if claim.owner == owner]
    rows = tuple(_claim(f"{subject}/claim:{number}", claim) for number, claim in enumerate(own, 1))
    return {"claims": Table(rows)} if rows else {}


def _claim(id: str, claim: ClaimReading) -> Subject:
    facts = {"printed": claim.fact, "numerator_name": Fact("numerator_name", claim.numerator)}
    if claim.base:
        facts["base_name"] = Fact("base_name", claim.base)
    return Subject("claim", id, claim.fact.quote, facts)
