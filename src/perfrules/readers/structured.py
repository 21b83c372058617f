"""The submission format: an already parsed mapping becomes a submission. docs/submission.md describes it.

Every fault is told at once, each with the place of its value as a JSON pointer. Numbers may be texts, whole numbers or
decimals, never floats; an absent key is an unknown, never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from perfrules.errors import ReadError
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Subject, SubjectType, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Document, Submission, Unread
from perfrules.model.unit import MONEY_UNITS, NUMBER, Unit
from perfrules.readers.infer import infer
from perfrules.readers.link import with_claims_linked
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.readers.structured_fields import claims_of, count_of, dates, facts_of, statable
from perfrules.readers.structured_reading import Keys, Reading
from perfrules.readers.structured_tables import counts_of, plain_rows, problem_projects_of, projects_of

FORMAT = "perfrules/submission/1"
FORMATS = ("perfrules/submission/1", "submission/1")
TEXT_TABLES = ("report_years", "cited_documents", "item_numbers", "amounts")
"""Tables of what the text itself holds."""
SECTIONS = ("duties", "achievements", "problems", "measures")
"""The texts of a report that a submission may hold."""
KEYS = (
    "perfrules",
    "department",
    "period",
    "filed_on",
    "unit",
    "staffing",
    "lines",
    "projects",
    "counts",
    "department_targets",
    "problem_projects",
    "sections",
    *TEXT_TABLES,
    "mentions",
    "left_open",
)
"""The keys of a submission."""


def submission_from(
    mapping: Mapping[str, object],
    source: str,
    types: Mapping[str, SubjectType] = CORE_TYPES,
    places: Mapping[str, Location] | None = None,
    text: str = "",
    quotes: Mapping[str, str] | None = None,
) -> Submission:
    """The submission in a mapping of the documented format; raises ReadError with every fault it has.

    `places` are those of values by their pointers, where they were taken from another file, `quotes` the words that
    stand there, where they are not the value's, and `text` all words of that file: what they mention is not assumed to be
    nothing.
    """
    reading = Reading(source, types, places=places or {}, quotes=quotes or {})
    keys = reading.keys(mapping, "", KEYS)
    if "perfrules" in keys and keys["perfrules"] not in FORMATS:
        reading.blame("/perfrules", "version", '应为 "submission/1"', 'must be "submission/1"')
    if "unit" in keys:
        reading.unit = _money_unit(reading, keys["unit"])
    department = _department(reading, keys)
    mentions = "。".join(text for text, _ in _texts(reading, keys, "mentions"))
    left_open = tuple(Unread(place, text, "no_field") for text, place in _texts(reading, keys, "left_open"))
    if reading.faults:
        raise ReadError(reading.faults)
    submission = Submission(department, (Document(source, "", "submission"),), left_open, mentions)
    return with_claims_linked(infer(submission, types, f"{text}。{mentions}"))


def _texts(reading: Reading, keys: Keys, name: str) -> list[tuple[str, Location]]:
    """What a report mentions and gives no figure of, or the amounts in it that nobody took up: texts with their places."""
    value = keys.get(name, [])
    if not isinstance(value, list):
        reading.blame(f"/{name}", "type", "应为一组文字", "must be a list of texts")
        return []
    found = (reading.text(each, f"/{name}/{number}") for number, each in enumerate(value))
    return [
        (str(each.value), each.location or Location(reading.source)) for each in found if each is not None
    ]


def _money_unit(reading: Reading, value: object) -> Unit | None:
    if isinstance(value, str) and value in MONEY_UNITS:
        return MONEY_UNITS[value]
    names = ", ".join(MONEY_UNITS)
    reading.blame(
        "/unit", "unit", f"金额单位应为以下之一: {names}", f"the unit of money must be one of: {names}"
    )
    return None


def _department(reading: Reading, keys: Keys) -> Subject:
    facts: dict[str, Fact] = {}
    if "department" in keys and (name := reading.text(keys["department"], "/department")):
        facts["name"] = Fact("name", name.value, location=name.location, quote=name.quote)
    facts |= _period(reading, keys.get("period"))
    facts |= dates(reading, {"filed_on": keys.get("filed_on")}, "")
    facts |= _staffing(reading, keys.get("staffing"))
    facts |= _sections(reading, keys.get("sections"))
    tables: dict[str, Table] = {}
    if "projects" in keys:
        tables["projects"] = projects_of(reading, keys["projects"])
    if "counts" in keys:
        tables["counts"] = counts_of(reading, keys["counts"])
    if "department_targets" in keys:
        tables["department_targets"] = plain_rows(
            reading, keys["department_targets"], "/department_targets", "department_targets", "department"
        )
    if "problem_projects" in keys:
        claimed, named = problem_projects_of(reading, keys["problem_projects"])
        facts |= claimed
        if named is not None:
            tables["problem_projects"] = named
    for table in (each for each in TEXT_TABLES if each in keys):
        tables[table] = plain_rows(reading, keys[table], f"/{table}", table, "department")
    members = _lines(reading, keys.get("lines"))
    name_fact = facts.get("name")
    return Subject(
        "department", "department", str(name_fact.value) if name_fact else "", facts, tables, members
    )


def _period(reading: Reading, value: object) -> dict[str, Fact]:
    if value is None:
        return {}
    keys = reading.keys(value, "/period", ("from", "to"))
    found = dates(reading, {"from": keys.get("from"), "to": keys.get("to")}, "/period")
    facts = {f"period_{name}": evolve(fact, field=f"period_{name}") for name, fact in found.items()}
    first, last = (facts[name].value if name in facts else None for name in ("period_from", "period_to"))
    if isinstance(first, date) and isinstance(last, date) and first > last:
        reading.blame("/period", "period", "期间的起始日晚于截止日", "the period ends before it begins")
    if isinstance(last, date):
        for name in ("year", "month"):
            facts[name] = _part(facts["period_to"], name)
    return facts


def _part(cut_off: Fact, name: str) -> Fact:
    """The year or the month of the cut-off, conflicting where it is printed with several."""
    prints = [getattr(each.value, name) for each in (cut_off, *cut_off.witnesses)]
    state = State.DERIVED if len(set(prints)) == 1 else State.CONFLICTING
    quantity = printed_quantity(str(prints[0]), NUMBER)
    return Fact(name, quantity, state, cut_off.location, formula="period_to")


def _staffing(reading: Reading, value: object) -> dict[str, Fact]:
    if value is None:
        return {}
    keys = reading.keys(value, "/staffing", ("posts", "staff"))
    found = {name: count_of(reading, keys[name], f"/staffing/{name}", name, "人") for name in keys}
    return {name: fact for name, fact in found.items() if fact is not None}


def _sections(reading: Reading, value: object) -> dict[str, Fact]:
    if value is None:
        return {}
    keys = reading.keys(value, "/sections", SECTIONS)
    found = {name: reading.text(keys[name], f"/sections/{name}") for name in keys}
    return {name: fact for name, fact in found.items() if fact is not None}


def _lines(reading: Reading, value: object) -> dict[str, Subject]:
    if value is None:
        return {}
    fields = statable(reading.types["line"], ("name",))
    keys = reading.keys(value, "/lines", tuple(LINE_NAMES))
    lines = {}
    for line in (each for each in LINE_NAMES if each in keys):
        pointer = f"/lines/{line}"
        own = reading.keys(keys[line], pointer, (*fields, "claims"))
        facts = {"name": Fact("name", LINE_NAMES[line]), "line": Fact("line", line)}
        facts |= facts_of(reading, own, fields, pointer)
        id = f"department/{line}"
        lines[line] = Subject("line", id, LINE_NAMES[line], facts, claims_of(reading, own, pointer, id))
    return lines
