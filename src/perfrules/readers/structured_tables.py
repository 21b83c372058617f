"""The tables of a submission file: projects with their targets and sources, counts, and projects named as problems."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Field, Subject, Table
from perfrules.model.unit import Kind
from perfrules.readers.structured_fields import claims_of, count_of, fact_of, facts_of, statable
from perfrules.readers.structured_reading import Keys, Reading


def projects_of(reading: Reading, value: object) -> Table:
    """The projects in the order of the file; a name that stands twice is a fault."""
    rows, state = _table(reading, value, "/projects")
    fields = statable(reading.types["project"])
    subjects: dict[str, Subject] = {}
    for pointer, row in rows:
        keys = reading.keys(row, pointer, (*fields, "claims", "counts", "targets", "sources"))
        facts = {"line": Fact("line", "project"), **facts_of(reading, keys, fields, pointer)}
        name = facts.get("name")
        if name is None:
            reading.blame(pointer, "missing", "缺少项目名称 name", "the project has no name")
            continue
        id = f"project:{name.value}"
        if id in subjects:
            reading.blame(
                f"{pointer}/name",
                "duplicate",
                f"项目 {name.value} 重复",
                f"project {name.value} stands twice",
            )
        tables = claims_of(reading, keys, pointer, id)
        for table in ("targets", "sources"):
            if table in keys:
                tables[table] = plain_rows(reading, keys[table], f"{pointer}/{table}", table, id)
        if "counts" in keys:
            tables["counts"] = counts_of(reading, keys["counts"], pointer, f"{id}/")
        subjects[id] = Subject("project", id, str(name.value), facts, tables)
    return Table(tuple(subjects.values()), state)


def _table(reading: Reading, value: object, pointer: str) -> tuple[list[tuple[str, object]], Completeness]:
    """The rows of a table with their pointers: a list, or an object that says whether the list is complete."""
    state = Completeness.UNKNOWN
    if isinstance(value, Mapping):
        keys = reading.keys(value, pointer, ("complete", "rows"))
        state = _completeness(reading, keys, pointer)
        value, pointer = keys.get("rows", []), f"{pointer}/rows"
    return [(f"{pointer}/{index}", row) for index, row in enumerate(reading.rows(value, pointer))], state


def _completeness(reading: Reading, keys: Keys, pointer: str) -> Completeness:
    if "complete" not in keys:
        return Completeness.UNKNOWN
    match keys["complete"]:
        case True | "true":
            return Completeness.COMPLETE
        case False | "false":
            return Completeness.PARTIAL
        case _:
            reading.blame(
                f"{pointer}/complete", "type", "complete 应为 true 或 false", "complete must be true or false"
            )
            return Completeness.UNKNOWN


def plain_rows(reading: Reading, value: object, pointer: str, table: str, owner: str) -> Table:
    """The rows of a table below an owner, each with the fields of its type."""
    row_type = reading.types[table.removesuffix("s")]
    fields = statable(row_type)
    rows, state = _table(reading, value, pointer)
    subjects = []
    for number, (at, row) in enumerate(rows, 1):
        facts = facts_of(reading, reading.keys(row, at, tuple(fields)), fields, at)
        name = facts.get("name")
        id = f"{owner}/{row_type.id}:{number}"
        subjects.append(Subject(row_type.id, id, str(name.value) if name else "", facts))
    return Table(tuple(subjects), state)


def counts_of(reading: Reading, value: object, owner: str = "", prefix: str = "") -> Table:
    """The counts below the pointer of their owner, each with what it counts and its printed change."""
    rows, state = _table(reading, value, f"{owner}/counts")
    subjects = []
    for number, (pointer, row) in enumerate(rows, 1):
        keys = reading.keys(row, pointer, ("what", "value", "change", "prior", "parts"))
        facts: dict[str, Fact] = {}
        for key in ("what", "value"):
            if key not in keys:
                reading.blame(f"{pointer}/{key}", "missing", f"数量缺少 {key}", f"the count has no {key}")
        if "what" in keys and (what := reading.text(keys["what"], f"{pointer}/what")):
            facts["name"] = evolve(what, field="name")
        if "value" in keys and (found := count_of(reading, keys["value"], f"{pointer}/value", "value", "")):
            facts["value"] = found
            if isinstance(found.value, Quantity):
                facts["unit"] = Fact("unit", found.value.unit.name)
        if "change" in keys:
            change = Field("change", Bilingual("增减幅度", "change"), Kind.RATIO)
            if told := fact_of(reading, keys["change"], change, f"{pointer}/change", ""):
                facts["change"] = told
        if "prior" in keys and (prior := count_of(reading, keys["prior"], f"{pointer}/prior", "prior", "")):
            facts["prior"] = prior
        id = f"{prefix}count:{number}"
        tables = (
            {"parts": plain_rows(reading, keys["parts"], f"{pointer}/parts", "parts", id)}
            if "parts" in keys
            else {}
        )
        subjects.append(Subject("count", id, str(keys.get("what", "")), facts, tables))
    return Table(tuple(subjects), state)


def problem_projects_of(reading: Reading, value: object) -> tuple[dict[str, Fact], Table | None]:
    """The number of problem projects claimed, and the table of those named."""
    at = "/problem_projects"
    keys = reading.keys(value, at, ("claimed", "named", "complete"))
    facts = {}
    if "claimed" in keys:
        claimed = count_of(reading, keys["claimed"], f"{at}/claimed", "claimed_problem_count", "个")
        facts = {"claimed_problem_count": claimed} if claimed else {}
    if "named" not in keys:
        return facts, None
    rows = []
    for index, name in enumerate(reading.rows(keys["named"], f"{at}/named")):
        if told := reading.text(name, f"{at}/named/{index}"):
            rows.append(
                Subject(
                    "named_project",
                    f"named_project:{index + 1}",
                    str(told.value),
                    {"name": evolve(told, field="name")},
                )
            )
    return facts, Table(tuple(rows), _completeness(reading, keys, at))
