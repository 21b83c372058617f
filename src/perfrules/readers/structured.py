"""The submission format: an already parsed mapping becomes a submission. docs/submission.md describes it.

Every fault is told at once, each with the place of its value as a JSON pointer. Numbers may be texts, whole numbers or
decimals, never floats; an absent key is an unknown, never a zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import define, evolve, field

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.subject import Completeness, Field, Subject, SubjectType, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Document, Submission
from perfrules.model.unit import MONEY_UNITS, NUMBER, Kind, Unit
from perfrules.readers.infer import infer
from perfrules.readers.link import with_claims_linked
from perfrules.readers.narrative.assemble import LINE_NAMES
from perfrules.readers.values import day, measure, printed, quantity

FORMAT = "perfrules/submission/1"
FORMATS = ("perfrules/submission/1", "submission/1")
NUMERATORS = ("spent", "appropriated")
BASES = ("adjusted_budget", "initial_budget", "appropriated", "budget")
SECTIONS = ("duties", "achievements", "problems", "measures")
_TOP = (
    "perfrules",
    "department",
    "period",
    "filed_on",
    "unit",
    "staffing",
    "lines",
    "projects",
    "counts",
    "problem_projects",
    "sections",
)
_COMPUTED = ("expected_progress", "line")
"""Fields that a submission may not state: the program computes or knows them."""

Keys = Mapping[str, object]


@define
class _Reading:
    """One reading of a mapping: where it came from, the unit of bare money, and the faults so far."""

    source: str
    types: Mapping[str, SubjectType]
    unit: Unit | None = None
    faults: list[Fault] = field(factory=list)

    def place(self, pointer: str) -> Location:
        return Location(self.source, pointer or "/")

    def blame(self, pointer: str, code: str, zh: str, en: str, hint: Bilingual | None = None) -> None:
        self.faults.append(Fault(f"submission.{code}", Bilingual(zh, en), self.place(pointer), hint))

    def keys(self, value: object, pointer: str, allowed: Sequence[str]) -> Keys:
        """A mapping with only these keys; empty where the value is none."""
        if not isinstance(value, Mapping):
            self.blame(
                pointer, "type", f"{pointer or '/'} 应为对象（键和值）", f"{pointer or '/'} must be an object"
            )
            return {}
        for key in value:
            if key not in allowed:
                hint = Bilingual(
                    f"可用的键: {', '.join(allowed)}", f"keys that may stand here: {', '.join(allowed)}"
                )
                self.blame(f"{pointer}/{key}", "unknown_key", f"不认识的键 {key}", f"unknown key {key}", hint)
        return {str(key): each for key, each in value.items() if key in allowed and each is not None}

    def rows(self, value: object, pointer: str) -> list[object]:
        if isinstance(value, list | tuple):
            return list(value)
        self.blame(pointer, "type", f"{pointer} 应为列表", f"{pointer} must be a list")
        return []

    def text(self, value: object, pointer: str) -> Fact | None:
        if isinstance(value, str) and value.strip():
            return Fact(_last(pointer), value, location=self.place(pointer), quote=value)
        self.blame(pointer, "type", f"{pointer} 应为文字", f"{pointer} must be a text")
        return None


def submission_from(
    mapping: Mapping[str, object], source: str, types: Mapping[str, SubjectType] = CORE_TYPES
) -> Submission:
    """The submission in a mapping of the documented format; raises ReadError with every fault it has."""
    reading = _Reading(source, types)
    keys = reading.keys(mapping, "", _TOP)
    if "perfrules" in keys and keys["perfrules"] not in FORMATS:
        reading.blame("/perfrules", "version", '应为 "submission/1"', 'must be "submission/1"')
    if "unit" in keys:
        reading.unit = _money_unit(reading, keys["unit"])
    department = _department(reading, keys)
    if reading.faults:
        raise ReadError(reading.faults)
    submission = Submission(department, (Document(source, "", "submission"),))
    return with_claims_linked(infer(submission, types))


def _money_unit(reading: _Reading, value: object) -> Unit | None:
    if isinstance(value, str) and value in MONEY_UNITS:
        return MONEY_UNITS[value]
    names = ", ".join(MONEY_UNITS)
    reading.blame(
        "/unit", "unit", f"金额单位应为以下之一: {names}", f"the unit of money must be one of: {names}"
    )
    return None


def _department(reading: _Reading, keys: Keys) -> Subject:
    facts: dict[str, Fact] = {}
    if "department" in keys and (name := reading.text(keys["department"], "/department")):
        facts["name"] = Fact("name", name.value, location=name.location, quote=name.quote)
    facts |= _period(reading, keys.get("period"))
    facts |= _dates(reading, {"filed_on": keys.get("filed_on")}, "")
    facts |= _staffing(reading, keys.get("staffing"))
    facts |= _sections(reading, keys.get("sections"))
    tables: dict[str, Table] = {}
    if "projects" in keys:
        tables["projects"] = _projects(reading, keys["projects"])
    if "counts" in keys:
        tables["counts"] = _counts(reading, keys["counts"])
    if "problem_projects" in keys:
        claimed, named = _problem_projects(reading, keys["problem_projects"])
        facts |= claimed
        if named is not None:
            tables["problem_projects"] = named
    members = _lines(reading, keys.get("lines"))
    name_fact = facts.get("name")
    return Subject(
        "department", "department", str(name_fact.value) if name_fact else "", facts, tables, members
    )


def _period(reading: _Reading, value: object) -> dict[str, Fact]:
    if value is None:
        return {}
    keys = reading.keys(value, "/period", ("from", "to"))
    found = _dates(reading, {"from": keys.get("from"), "to": keys.get("to")}, "/period")
    facts = {f"period_{name}": evolve(fact, field=f"period_{name}") for name, fact in found.items()}
    first, last = (facts[name].value if name in facts else None for name in ("period_from", "period_to"))
    if isinstance(first, date) and isinstance(last, date) and first > last:
        reading.blame("/period", "period", "期间的起始日晚于截止日", "the period ends before it begins")
    if isinstance(last, date):
        place = facts["period_to"].location
        for name, number in (("year", last.year), ("month", last.month)):
            quantity = printed_quantity(str(number), NUMBER)
            facts[name] = Fact(name, quantity, State.DERIVED, place, formula="period_to")
    return facts


def _dates(reading: _Reading, values: Mapping[str, object], pointer: str) -> dict[str, Fact]:
    facts = {}
    for name, value in values.items():
        if value is None:
            continue
        at = f"{pointer}/{name}"
        if (found := day(value)) is None:
            reading.blame(
                at, "date", f"{value} 不是日期，请写成 2022-06-30", f"{value} is no date; write 2022-06-30"
            )
        else:
            facts[name] = Fact(name, found, location=reading.place(at), quote=str(value))
    return facts


def _staffing(reading: _Reading, value: object) -> dict[str, Fact]:
    if value is None:
        return {}
    keys = reading.keys(value, "/staffing", ("posts", "staff"))
    found = {name: _count(reading, keys[name], f"/staffing/{name}", name, "人") for name in keys}
    return {name: fact for name, fact in found.items() if fact is not None}


def _sections(reading: _Reading, value: object) -> dict[str, Fact]:
    if value is None:
        return {}
    keys = reading.keys(value, "/sections", SECTIONS)
    found = {name: reading.text(keys[name], f"/sections/{name}") for name in keys}
    return {name: fact for name, fact in found.items() if fact is not None}


def _lines(reading: _Reading, value: object) -> dict[str, Subject]:
    if value is None:
        return {}
    fields = _statable(reading.types["line"], ("name",))
    keys = reading.keys(value, "/lines", tuple(LINE_NAMES))
    lines = {}
    for line in (each for each in LINE_NAMES if each in keys):
        pointer = f"/lines/{line}"
        own = reading.keys(keys[line], pointer, (*fields, "claims"))
        facts = {"name": Fact("name", LINE_NAMES[line]), "line": Fact("line", line)}
        facts |= _facts(reading, own, fields, pointer)
        id = f"department/{line}"
        lines[line] = Subject("line", id, LINE_NAMES[line], facts, _claims(reading, own, pointer, id))
    return lines


def _projects(reading: _Reading, value: object) -> Table:
    rows, state = _table(reading, value, "/projects")
    fields = _statable(reading.types["project"])
    subjects: dict[str, Subject] = {}
    for pointer, row in rows:
        keys = reading.keys(row, pointer, (*fields, "claims", "targets", "sources"))
        facts = {"line": Fact("line", "project"), **_facts(reading, keys, fields, pointer)}
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
        tables = _claims(reading, keys, pointer, id)
        for table in ("targets", "sources"):
            if table in keys:
                tables[table] = _plain_rows(reading, keys[table], f"{pointer}/{table}", table, id)
        subjects[id] = Subject("project", id, str(name.value), facts, tables)
    return Table(tuple(subjects.values()), state)


def _table(reading: _Reading, value: object, pointer: str) -> tuple[list[tuple[str, object]], Completeness]:
    """The rows of a table with their pointers: a list, or an object that says whether the list is complete."""
    state = Completeness.UNKNOWN
    if isinstance(value, Mapping):
        keys = reading.keys(value, pointer, ("complete", "rows"))
        state = _completeness(reading, keys, pointer)
        value, pointer = keys.get("rows", []), f"{pointer}/rows"
    return [(f"{pointer}/{index}", row) for index, row in enumerate(reading.rows(value, pointer))], state


def _completeness(reading: _Reading, keys: Keys, pointer: str) -> Completeness:
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


def _plain_rows(reading: _Reading, value: object, pointer: str, table: str, owner: str) -> Table:
    row_type = reading.types[table.removesuffix("s")]
    fields = _statable(row_type)
    rows, state = _table(reading, value, pointer)
    subjects = []
    for number, (at, row) in enumerate(rows, 1):
        facts = _facts(reading, reading.keys(row, at, tuple(fields)), fields, at)
        name = facts.get("name")
        id = f"{owner}/{row_type.id}:{number}"
        subjects.append(Subject(row_type.id, id, str(name.value) if name else "", facts))
    return Table(tuple(subjects), state)


def _statable(subject_type: SubjectType, also_not: Sequence[str] = ()) -> dict[str, Field]:
    return {each.name: each for each in subject_type.fields if each.name not in (*_COMPUTED, *also_not)}


def _facts(reading: _Reading, keys: Keys, fields: Mapping[str, Field], pointer: str) -> dict[str, Fact]:
    unit = keys.get("unit")
    found = {
        name: _fact(
            reading, keys[name], fields[name], f"{pointer}/{name}", unit if isinstance(unit, str) else ""
        )
        for name in keys
        if name in fields
    }
    return {name: fact for name, fact in found.items() if fact is not None}


def _fact(reading: _Reading, value: object, each: Field, pointer: str, unit: str) -> Fact | None:
    if each.kind is Kind.TEXT:
        return reading.text(value, pointer)
    if each.kind is Kind.DATE:
        return _dates(reading, {each.name: value}, pointer.rpartition("/")[0]).get(each.name)
    if each.kind is Kind.MEASURE:
        target = measure(value, unit)
        words = str(value) if target is None else target
        return Fact(each.name, words, location=reading.place(pointer), quote=str(value))
    default = reading.unit if each.kind is Kind.MONEY else None
    amount = quantity(value, each.kind, default)
    if amount is None:
        _not_a(reading, value, each.kind, pointer)
        return None
    if each.nonnegative and _is_negative(amount):
        reading.blame(
            pointer,
            "negative",
            f"{each.label.zh}不能为负数: {value}",
            f"{each.label.en} cannot be negative: {value}",
        )
        return None
    return Fact(each.name, amount, location=reading.place(pointer), quote=str(value))


def _not_a(reading: _Reading, value: object, kind: Kind, pointer: str) -> None:
    bare = kind is Kind.MONEY and quantity(value, Kind.NUMBER) is not None
    if bare:
        hint = Bilingual(
            '写成 "29.5342万元"，或在顶层写 "unit": "万元"',
            'write "29.5342万元", or "unit": "万元" at the top',
        )
        reading.blame(pointer, "unit", f"金额 {value} 没有单位", f"the amount {value} has no unit", hint)
        return
    told = {
        Kind.MONEY: ("金额", "an amount of money", "29.5342万元"),
        Kind.RATIO: ("比率", "a ratio", "69.86%"),
        Kind.COUNT: ("数量", "a count", "20余次"),
        Kind.NUMBER: ("数", "a number", "12.5"),
        Kind.DAYS: ("天数", "a number of days", "10天"),
        Kind.MONTHS: ("月数", "a number of months", "6个月"),
    }
    zh, en, like = told.get(kind, ("值", "a value", ""))
    hint = Bilingual(f"例如 {like}", f"for example {like}")
    reading.blame(pointer, "value", f"{value!s:.60} 不是{zh}", f"{value!s:.60} is not {en}", hint)


def _is_negative(amount: Quantity) -> bool:
    return amount.digits.startswith("-") and amount.digits.strip("-0.") != ""


def _count(reading: _Reading, value: object, pointer: str, name: str, unit: str) -> Fact | None:
    amount = quantity(value, Kind.COUNT, Unit(Kind.COUNT, unit))
    if amount is None or _is_negative(amount):
        _not_a(reading, value, Kind.COUNT, pointer)
        return None
    return Fact(name, amount, location=reading.place(pointer), quote=str(value))


def _claims(reading: _Reading, keys: Keys, pointer: str, owner: str) -> dict[str, Table]:
    if "claims" not in keys:
        return {}
    rows = []
    for index, value in enumerate(reading.rows(keys["claims"], f"{pointer}/claims")):
        at = f"{pointer}/claims/{index}"
        own = reading.keys(value, at, ("printed", "numerator", "base"))
        facts = dict(_claim_facts(reading, own, at))
        rows.append(
            Subject("claim", f"{owner}/claim:{index + 1}", str(printed(own.get("printed")) or ""), facts)
        )
    return {"claims": Table(tuple(rows))}


def _claim_facts(reading: _Reading, keys: Keys, pointer: str) -> Iterator[tuple[str, Fact]]:
    for key in ("printed", "numerator"):
        if key not in keys:
            reading.blame(f"{pointer}/{key}", "missing", f"占比缺少 {key}", f"the claim has no {key}")
    if "printed" in keys:
        amount = quantity(keys["printed"], Kind.RATIO)
        if amount is None or not str(keys["printed"]).strip().endswith(("%", "‰", "％")):
            _not_a(reading, keys["printed"], Kind.RATIO, f"{pointer}/printed")
        else:
            place = reading.place(f"{pointer}/printed")
            yield "printed", Fact("printed", amount, location=place, quote=str(keys["printed"]))
    for key, name, allowed in (("numerator", "numerator_name", NUMERATORS), ("base", "base_name", BASES)):
        if key not in keys:
            continue
        if keys[key] not in allowed:
            listed = ", ".join(allowed)
            reading.blame(
                f"{pointer}/{key}",
                "value",
                f"{key} 应为以下之一: {listed}",
                f"{key} must be one of: {listed}",
            )
        else:
            yield (
                name,
                Fact(name, str(keys[key]), location=reading.place(f"{pointer}/{key}"), quote=str(keys[key])),
            )


def _counts(reading: _Reading, value: object) -> Table:
    rows, state = _table(reading, value, "/counts")
    subjects = []
    for number, (pointer, row) in enumerate(rows, 1):
        keys = reading.keys(row, pointer, ("what", "value", "change"))
        facts: dict[str, Fact] = {}
        for key in ("what", "value"):
            if key not in keys:
                reading.blame(f"{pointer}/{key}", "missing", f"数量缺少 {key}", f"the count has no {key}")
        if "what" in keys and (what := reading.text(keys["what"], f"{pointer}/what")):
            facts["name"] = evolve(what, field="name")
        if "value" in keys and (found := _count(reading, keys["value"], f"{pointer}/value", "value", "")):
            facts["value"] = found
            if isinstance(found.value, Quantity):
                facts["unit"] = Fact("unit", found.value.unit.name)
        if "change" in keys:
            change = Field("change", Bilingual("增减幅度", "change"), Kind.RATIO)
            if told := _fact(reading, keys["change"], change, f"{pointer}/change", ""):
                facts["change"] = told
        subjects.append(Subject("count", f"count:{number}", str(keys.get("what", "")), facts))
    return Table(tuple(subjects), state)


def _problem_projects(reading: _Reading, value: object) -> tuple[dict[str, Fact], Table | None]:
    at = "/problem_projects"
    keys = reading.keys(value, at, ("claimed", "named", "complete"))
    facts = {}
    if "claimed" in keys:
        claimed = _count(reading, keys["claimed"], f"{at}/claimed", "claimed_problem_count", "个")
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


def _last(pointer: str) -> str:
    return pointer.rpartition("/")[2]
