"""A submission as the documented format again: what its documents print, to be kept, corrected by hand, or sent on.

What was inferred is left out, for whoever reads it infers it again: with the words of what the report mentions and no figure
was read of, so that nothing is assumed that was not. Places, labels and quotes are not part of the format; neither is what is
left unread.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Subject, SubjectType, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Submission
from perfrules.readers.infer import MENTIONS, said_of_this_year
from perfrules.readers.link import may_be_money
from perfrules.readers.merging import as_printed
from perfrules.readers.structured import SECTIONS, TEXT_TABLES
from perfrules.readers.values import quantity

Value = str | list[str]
_KNOWN_ELSEWHERE = ("line", "name", "year", "month")
"""Facts that the format does not state: the place of a row says them, or the cut-off date."""


def submission_json(submission: Submission, types: Mapping[str, SubjectType] = CORE_TYPES) -> str:
    """The submission in the documented format as JSON text; the same submission gives the same bytes."""
    return json.dumps(mapping_of(submission, types), ensure_ascii=False, indent=2) + "\n"


def mapping_of(submission: Submission, types: Mapping[str, SubjectType] = CORE_TYPES) -> dict[str, object]:
    """The submission as a mapping of the documented format; `submission_from` makes the same facts of it again.

    `types` are those whose fields may be mentioned in its text.
    """
    whole = as_printed(submission.department)
    facts = whole.facts
    said: dict[str, object] = {
        "perfrules": "submission/1",
        "department": _value(facts.get("name")) or whole.name,
        "period": _some({"from": _value(facts.get("period_from")), "to": _value(facts.get("period_to"))}),
        "filed_on": _value(facts.get("filed_on")),
        "staffing": _some({name: _value(facts.get(name)) for name in ("posts", "staff")}),
        "lines": {name: _owner(line) for name, line in whole.members.items()},
        "projects": _table(whole.tables.get("projects"), _project),
        "counts": _table(whole.tables.get("counts"), _count),
        "department_targets": _table(whole.tables.get("department_targets"), _row),
        "problem_projects": _problems(whole),
        "sections": _some({name: _value(facts.get(name)) for name in SECTIONS}),
        **{name: _table(whole.tables.get(name), _row) for name in TEXT_TABLES},
        "mentions": list(_mentions(submission, whole, types)),
        "left_open": list(
            dict.fromkeys("".join(each.quote.split()) for each in submission.unread if may_be_money(each))
        ),
    }
    return _some(said)


def _mentions(submission: Submission, whole: Subject, types: Mapping[str, SubjectType]) -> Iterator[str]:
    """The words by which the text mentions a field whose absence means something, where no figure of that was read."""
    subjects = (*whole.members.values(), *whole.table("projects").rows)
    said = said_of_this_year(submission)
    for field in {each.name: each for kind in ("line", "project") for each in types[kind].fields}.values():
        if field.absence is None or any(field.name in subject.facts for subject in subjects):
            continue
        if field.name in MENTIONS:
            found = MENTIONS[field.name].search(said)
            yield from [found.group()] if found else []
        else:
            text = "".join(submission.text.split())
            yield from [word for word in (field.label.zh, *field.aliases) if word in text][:1]


def _some(values: Mapping[str, object]) -> dict[str, object]:
    """Those that hold something: what is absent is unknown, and has no key."""
    return {name: value for name, value in values.items() if value not in (None, "", {}, [])}


def _value(fact: Fact | None) -> Value | None:
    """A fact as printed; several prints are a list, those of a conflict too."""
    if fact is None:
        return None
    prints = [_print(each) for each in (fact, *fact.witnesses)]
    return prints if len(prints) > 1 else prints[0]


def _print(fact: Fact) -> str:
    value = fact.value
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Quantity):
        return str(value)
    words = "".join(value.words.split())
    again = quantity(words, value.unit.kind)
    is_same = again is not None and (again.interval, again.slack) == (value.interval, value.slack)
    if is_same and fact.state is not State.DERIVED:
        return words
    return value.digits + value.unit.name  # said in words: 无结转, 三个, 下降30%


def _row(subject: Subject) -> dict[str, object]:
    return {name: _value(fact) for name, fact in subject.facts.items()}


def _owner(subject: Subject) -> dict[str, object]:
    facts = {name: _value(fact) for name, fact in subject.facts.items() if name not in _KNOWN_ELSEWHERE}
    claims = [_claim(row) for row in subject.table("claims").rows]
    return facts | ({"claims": claims} if claims else {})


def _claim(row: Subject) -> dict[str, object]:
    names = {"printed": "printed", "numerator_name": "numerator", "base_name": "base"}
    return {key: _value(row.facts[name]) for name, key in names.items() if name in row.facts}


def _project(subject: Subject) -> dict[str, object]:
    tables = {name: _table(subject.tables.get(name), _row) for name in ("targets", "sources")}
    counts = _table(subject.tables.get("counts"), _count)
    return _some({"name": subject.name, **_owner(subject), **tables, "counts": counts})


def _count(subject: Subject) -> dict[str, object]:
    facts = {name: _value(fact) for name, fact in subject.facts.items() if name not in ("name", "unit")}
    return _some({"what": subject.name, **facts, "parts": _table(subject.tables.get("parts"), _row)})


def _problems(department: Subject) -> dict[str, object]:
    table = department.tables.get("problem_projects")
    named = {} if table is None else {"named": [row.name for row in table.rows], **_complete(table)}
    return _some({"claimed": _value(department.facts.get("claimed_problem_count"))}) | named


def _table(table: Table | None, row_of: object) -> object:
    """A table as a list of rows, or as an object that says whether they are all there; None where there is none."""
    if table is None:
        return None
    assert callable(row_of)
    rows: Sequence[object] = [row_of(row) for row in table.rows]
    complete = _complete(table)
    return {**complete, "rows": rows} if complete else {"rows": rows}


def _complete(table: Table) -> dict[str, object]:
    if table.completeness is Completeness.UNKNOWN:
        return {}
    return {"complete": table.completeness is Completeness.COMPLETE}
