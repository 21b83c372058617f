"""The workload of the benchmarks: twenty rules, the layouts of their data, and a catalog without plugins.

Spending may be below zero here, as the generator's basic spending sometimes is: the core calls such a figure suspect and
leaves what rests on it open, which no peer does.
"""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from perfrules import pipeline
from perfrules.plugins import Catalog, catalog
from perfrules.rules import CompiledRuleset
from perfrules.screening.compiled import Compiled
from perfrules.screening.layout import read_layout

FOLDER = Path(__file__).parent
NAMES = tuple(f"R{number:02d}" for number in range(1, 21))


def workload_catalog() -> Catalog:
    """The core's catalog, no plugins, whose lines may have spent less than nothing."""
    found = catalog()
    plain = catalog([each.name for each in found.plugins if not each.is_core])
    line = plain.types["line"]
    fields = tuple(evolve(each, nonnegative=False) if each.name == "spent" else each for each in line.fields)
    return evolve(plain, types={**plain.types, "line": evolve(line, fields=fields)})


def workload_ruleset(found: Catalog) -> CompiledRuleset:
    """The twenty rules."""
    return pipeline.prepare(FOLDER, found, with_examples=False)


def compiled() -> Compiled:
    """The twenty rules for one submission in JSON."""
    found = workload_catalog()
    path = FOLDER / "json.yaml"
    layout = read_layout(path.read_text(encoding="utf-8"), str(path), found.types)
    return Compiled(workload_ruleset(found), layout, found)


def places(asked: tuple[tuple[str, str], ...]) -> list[int]:
    """For each question the place of its rule among the twenty."""
    return [NAMES.index(rule) for rule, _ in asked]


def verdicts(outcomes: list[tuple[int, int]], at: list[int]) -> list[bool]:
    """Twenty truth values, of which those of violated rules are true."""
    found = [False] * len(NAMES)
    for index, outcome in outcomes:
        if outcome == 1:
            found[at[index]] = True
    return found
