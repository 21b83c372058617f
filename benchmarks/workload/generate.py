"""The data of the benchmarks, made from a seed: departments, their projects, and the targets of these.

python benchmarks/workload/generate.py FOLDER [--projects 1000000] [--seed 1]

Amounts are whole yuan, that is ten-thousandths of 万元; rates, weights and targets hundredths. In each table about one row in
twenty is at fault, and many lie exactly on a line: two projects in a hundred have spent exactly 30% of their budget, weights
come to 100 but for two projects in a hundred, sums are off by their tolerance and by one more. FOLDER gets `whole/` (numbers
as they are), `decimal/` (the same as DECIMAL) and `double/` (the same as binary fractions), each with `dept`, `proj` and `ind`.
`submissions` gives the same kind of rows as JSON, one text for each department.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

CHUNK = 250_000
MONEY = [
    "initial",
    "carried",
    "adjustments",
    "adjusted",
    "appropriated",
    "spent",
    "spent_basic",
    "spent_project",
    "budget",
]
PLACES = {**dict.fromkeys(MONEY, 4), **dict.fromkeys(("claimed", "target", "actual", "weight"), 2)}
Table = Mapping[str, np.ndarray]
MISSING = np.iinfo(np.int64).min
"""Stands for a figure that is not there until the tables are written."""


def rate(spent: np.ndarray, budget: np.ndarray) -> np.ndarray:
    """The rate in hundredths of a percent, half up; 0 without a budget."""
    base = np.maximum(budget, 1)
    return (20_000 * spent + base) // (2 * base)


def chunk(seed: int, projects: int, first_department: int, first_project: int) -> dict[str, Table]:
    """Departments with one to twenty projects each, until there are so many projects."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 21, projects)
    ends = np.cumsum(sizes)
    count = int(np.searchsorted(ends, projects)) + 1
    sizes = sizes[:count]
    sizes[-1] -= ends[count - 1] - projects
    owner = np.repeat(np.arange(count), sizes)
    project = _projects(random, projects)
    department = _departments(random, count, owner, project)
    target = _targets(random, projects)
    project["project_id"] = first_project + np.arange(projects)
    project["dept_id"] = first_department + owner
    department["dept_id"] = first_department + np.arange(count)
    target["project_id"] = first_project + target["project_id"]
    return {"dept": department, "proj": project, "ind": target}


def _projects(random: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    budget = np.exp(random.normal(13.8, 1.5, count)).astype(np.int64) // 10 * 10 + 2_000
    change = (budget * random.uniform(-0.2, 0.3, count)).astype(np.int64) // 10 * 10
    adjusted = budget + np.where(random.random(count) < 0.3, change, 0)
    share = np.where(random.random(count) < 0.1, random.uniform(0, 0.3, count), random.beta(8, 1.8, count))
    spent = (adjusted * share).astype(np.int64)
    kind = random.integers(0, 100, count)
    spent = np.where(kind < 2, adjusted * 3 // 10, spent)  # exactly on the line
    spent = np.where((kind >= 2) & (kind < 5), 0, spent)
    appropriated = np.maximum(spent, (adjusted * random.uniform(0.85, 1, count)).astype(np.int64))
    claimed = rate(spent, adjusted)
    fault = random.integers(0, 100, count)
    spent = np.where(fault == 0, appropriated + random.integers(1, 5_000, count), spent)
    appropriated = np.where(fault == 1, adjusted + 1, appropriated)
    claimed = np.where(fault == 2, claimed + random.integers(1, 3, count), claimed)
    adjusted = np.where(fault == 3, MISSING, np.where(fault == 4, 0, adjusted))
    return {
        "budget": budget,
        "adjusted": adjusted,
        "appropriated": appropriated,
        "spent": spent,
        "claimed": claimed,
    }


def _departments(
    random: np.random.Generator, count: int, owner: np.ndarray, project: Table
) -> dict[str, np.ndarray]:
    spent_project = np.zeros(count, np.int64)
    np.add.at(spent_project, owner, project["spent"])
    of_projects = np.zeros(count, np.int64)
    np.add.at(of_projects, owner, np.maximum(project["adjusted"], 0))
    basic = np.exp(random.normal(16, 1, count)).astype(np.int64)
    spent_basic = (basic * random.beta(10, 1.3, count)).astype(np.int64)
    spent = spent_basic + spent_project
    adjusted = (of_projects + basic) // 20 * 20 + 20
    carried = np.where(random.random(count) < 0.5, (adjusted * random.uniform(0, 0.24, count)), 0)
    adjustments = np.where(random.random(count) < 0.4, (adjusted * random.uniform(-0.1, 0.12, count)), 0)
    carried, adjustments = carried.astype(np.int64), adjustments.astype(np.int64)
    initial = adjusted - carried - adjustments
    appropriated = np.maximum(spent, (adjusted * random.uniform(0.9, 1, count)).astype(np.int64))
    claimed = rate(spent, adjusted)
    fault = random.integers(0, 160, count)
    initial = initial + np.where(
        fault == 0, random.integers(99, 103, count), 0
    )  # around the tolerance of 100
    spent_basic = spent_basic + np.where(fault == 1, random.integers(0, 4, count), 0)  # around that of 1
    appropriated = np.where(fault == 2, spent - 1, np.where(fault == 3, adjusted + 1, appropriated))
    claimed = claimed + np.where(fault == 4, random.integers(-60, 60, count), 0)
    spent_project = spent_project + np.where(fault == 5, random.integers(99, 103, count), 0)
    adjusted = np.where(fault == 6, MISSING, np.where(fault == 7, 0, adjusted))
    return {
        "initial": initial,
        "carried": carried,
        "adjustments": adjustments,
        "adjusted": adjusted,
        "appropriated": appropriated,
        "spent": spent,
        "spent_basic": spent_basic,
        "spent_project": spent_project,
        "claimed": np.maximum(claimed, 0),
    }


def _targets(random: np.random.Generator, projects: int) -> dict[str, np.ndarray]:
    number = random.integers(3, 11, projects)
    owner = np.repeat(np.arange(projects), number)
    count = len(owner)
    is_first = np.r_[True, owner[1:] != owner[:-1]]
    even = 10_000 // number
    weight = np.repeat(even, number) + np.where(is_first, np.repeat(10_000 - even * number, number), 0)
    weight = weight + np.where(is_first & np.repeat(random.random(projects) < 0.02, number), 100, 0)
    target = random.integers(1, 50_000, count) * 2
    actual = (target * random.uniform(0.55, 1.2, count)).astype(np.int64)
    fault = random.integers(0, 400, count)
    actual = np.where(fault == 0, target // 2, np.where(fault == 1, target // 2 - 1, actual))
    target = np.where(fault == 2, 0, np.where(fault == 3, MISSING, target))
    return {"project_id": owner, "target": target, "actual": actual, "weight": weight}


def chunks(projects: int, seed: int) -> Iterator[dict[str, Table]]:
    """The whole data, piece by piece."""
    departments = done = 0
    while done < projects:
        size = min(CHUNK, projects - done)
        made = chunk(seed * 1_000 + done // CHUNK, size, departments, done)
        yield made
        departments, done = departments + len(made["dept"]["dept_id"]), done + size


def write(folder: Path, projects: int, seed: int) -> None:
    """The three tables as Parquet, in whole numbers, decimals and doubles."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for number, made in enumerate(chunks(projects, seed)):
        for form in ("whole", "decimal", "double"):
            (folder / form).mkdir(parents=True, exist_ok=True)
            for name, columns in made.items():
                arrays = {key: _array(pa, key, values, form) for key, values in columns.items()}
                path = folder / form / f"{name}-{number:03d}.parquet"
                pq.write_table(pa.table(arrays), path, compression="zstd")


def _array(pa: object, name: str, values: np.ndarray, form: str) -> object:
    whole = pa.array(values, mask=values == MISSING)  # type: ignore[attr-defined]
    if name not in PLACES or form == "whole":
        return whole
    if form == "double":
        return pa.array(values / 10.0 ** PLACES[name], mask=values == MISSING)  # type: ignore[attr-defined]
    width = 18 if name in MONEY else 12
    scaled = [None if each is None else Decimal(each).scaleb(-PLACES[name]) for each in whole.to_pylist()]
    return pa.array(scaled, pa.decimal128(width, PLACES[name]))  # type: ignore[attr-defined]


def submissions(count: int, seed: int) -> list[str]:
    """So many departments as JSON, their figures written with all their decimals."""
    made = chunk(seed * 1_000, max(200, count * 14), 0, 0)
    rows = {name: _rows(columns) for name, columns in made.items()}
    for each in rows["proj"]:
        each["indicators"] = []
    by_project = {each["project_id"]: each for each in rows["proj"]}
    for each in rows["ind"]:
        by_project[each.pop("project_id")]["indicators"].append(each)
    by_department = {each["dept_id"]: {**each, "projects": []} for each in rows["dept"]}
    for each in rows["proj"]:
        by_department[each.pop("dept_id")]["projects"].append(each)
    return [_json(each) for each in list(by_department.values())[:count]]


def _rows(columns: Table) -> list[dict[str, object]]:
    lists = {name: values.tolist() for name, values in columns.items()}
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]


def _json(value: object, name: str = "") -> str:
    match value:
        case dict():
            return "{" + ",".join(f'"{key}":{_json(each, key)}' for key, each in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_json, value)) + "]"
        case int() if value == MISSING:
            return "null"
        case int() if name in PLACES:
            scale = 10 ** PLACES[name]
            sign = "-" if value < 0 else ""
            return f"{sign}{abs(value) // scale}.{abs(value) % scale:0{PLACES[name]}d}"
        case _:
            return str(value)


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--projects", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    write(given.folder, given.projects, given.seed)


if __name__ == "__main__":
    main()
