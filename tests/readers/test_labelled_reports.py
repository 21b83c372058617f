"""Labelled reports kept beside the repository: whatever is read is labelled so. How much is read is only printed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfrules import readers
from perfrules.model.fact import State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Subject
from perfrules.model.unit import Kind

UNITS = {"元": 1, "万元": 10**4, "万": 10**4, "亿元": 10**8, "亿": 10**8}
Keyed = set[tuple[str, str | None, str, Decimal]]


def owners(department: Subject) -> list[tuple[str, str | None, Subject]]:
    lines = [("department", name, member) for name, member in department.members.items()]
    return lines + [(row.id, None, row) for row in department.table("projects").rows]


def read_money(department: Subject) -> Keyed:
    found: Keyed = set()
    for subject, line, owner in owners(department):
        for fact in owner.facts.values():
            for each in (fact, *fact.witnesses):
                value = each.value
                if not isinstance(value, Quantity) or value.unit.kind is not Kind.MONEY or not value.digits:
                    continue
                if each.state in (State.PRINTED, State.CONFLICTING):
                    found.add((subject, line, each.field, Decimal(value.digits) * UNITS[value.unit.name]))
    return found


def labelled_money(gold: dict[str, Any]) -> list[Keyed]:
    """For each labelled fact all readings of it that count as right."""
    readings = []
    for label in gold["facts"] + gold.get("optional_facts", []):
        amount = Decimal(label["value"]) * UNITS[label["unit"]]
        readings.append(
            {
                (subject, line if subject == "department" else None, field, amount)
                for subject in [label["subject"], *label.get("subject_alt", [])]
                for line in [label["line"], *label.get("line_alt", [])]
                for field in [label["field"], *label.get("field_alt", [])]
            }
        )
    return readings


def is_same(one: str, other: str) -> bool:
    """Project names may be told at different length."""
    return one == other or (one.startswith("project:") and (one[8:] in other or other[8:] in one))


@pytest.mark.parametrize("number", range(1, 13))
def test_what_is_read_is_right(shared: Path, number: int) -> None:
    path = shared / "gold" / f"g{number:02}.txt"
    if not path.is_file():
        pytest.skip("no labelled report of this number")
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    department = readers.read(path).department
    right = [key for readings in labelled_money(gold) for key in readings]
    read = read_money(department)
    wrong = [
        key for key in read if not any(key[1:] == other[1:] and is_same(key[0], other[0]) for other in right)
    ]
    assert wrong == []
    labelled = [(label["subject"], label["printed"]) for label in gold["claims"]]
    claims = [
        ("department" if line else subject, claim.name)
        for subject, line, owner in owners(department)
        for claim in owner.table("claims").rows
    ]
    rates = [
        claim
        for claim in claims
        if not any(
            is_same(claim[0], other[0]) and claim[1].rstrip("%") == other[1].rstrip("%") for other in labelled
        )
    ]
    assert rates == []
    print(f"{path.name}: {len(read)} of {len(gold['facts'])} facts, {len(claims)} of {len(labelled)} claims")
