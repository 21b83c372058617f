"""Several documents of one department and one period become one submission: subject by subject, print by print.

Two prints of one field are one fact with witnesses, or conflicting where they cannot meet. Projects are one by their name;
names that differ slightly are one project only where nothing distinguishes them, and the difference is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from attrs import evolve

from perfrules.model.fact import Fact, State
from perfrules.model.names import added, differ_slightly, name_key
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Subject, SubjectType, Table
from perfrules.model.submission import Submission, Unread
from perfrules.readers.infer import infer
from perfrules.readers.link import with_claims_linked
from perfrules.readers.narrative.problems import SIMILAR
from perfrules.readers.witnesses import agree, merged

_LINKED = ("numerator", "named_base")
_BARE = re.compile("^(?!.*(?:年初|调整|全年)).*预算为?$")
"""What a sentence calls a budget that may be the one before adjustment or after it; a column is called by more."""


def merged_submission(parts: Sequence[Submission], types: Mapping[str, SubjectType]) -> Submission:
    """The submission that several documents make together; of one it is that one, unchanged.

    What was inferred from a single document is dropped and inferred anew from all of them.
    """
    if len(parts) == 1:
        return parts[0]
    roots = [as_printed(part.department) for part in parts]
    told: list[Unread] = []
    department = _one(roots, told)
    if names := [root.facts["name"] for root in roots if "name" in root.facts]:
        fullest = max(names, key=lambda fact: len(str(fact.value)))
        department = evolve(department, name=str(fullest.value), facts={**department.facts, "name": fullest})
    text = "\n".join(part.text for part in parts if part.text)
    whole = Submission(
        department,
        tuple(document for part in parts for document in part.documents),
        (*(each for part in parts for each in part.unread), *told),
        text,
        tuple(correction for part in parts for correction in part.corrections),
    )
    return with_claims_linked(infer(whole, types, text))


def as_printed(subject: Subject) -> Subject:
    """The subject with what its own document says, without what was inferred from that document alone."""
    facts = {
        name: fact
        for name, fact in subject.facts.items()
        if not _is_inferred(fact) and not (subject.type == "claim" and name in _LINKED)
    }
    members = {name: as_printed(member) for name, member in subject.members.items()}
    tables = {
        name: evolve(table, rows=tuple(map(as_printed, table.rows))) for name, table in subject.tables.items()
    }
    return evolve(subject, facts=facts, members=members, tables=tables, lacks={})


def _is_inferred(fact: Fact) -> bool:
    derived = fact.state is State.DERIVED and (fact.location is None or fact.formula.startswith("total."))
    return fact.state is State.ASSUMED or derived


def _one(subjects: Sequence[Subject], told: list[Unread]) -> Subject:
    """One subject of several that are the same, its tables and members merged with theirs."""
    first = subjects[0]
    members = {
        name: _one([each.members[name] for each in subjects if name in each.members], told)
        for name in _all_names(each.members for each in subjects)
    }
    tables = {
        name: _table(name, first.id, [each.tables[name] for each in subjects if name in each.tables], told)
        for name in _all_names(each.tables for each in subjects)
    }
    facts: Sequence[Mapping[str, Fact]] = [each.facts for each in subjects]
    if first.type == "project":
        facts = _bare_budgets_placed(facts, told)
    return evolve(first, facts=_facts(facts), members=members, tables=tables)


def _bare_budgets_placed(several: Sequence[Mapping[str, Fact]], told: list[Unread]) -> list[dict[str, Fact]]:
    """The facts of one project in several documents, where what one calls its 预算 is not the initial budget of another.

    It is then the adjusted budget with which it agrees; where it agrees with neither it is left open, and no conflict.
    """
    placed = [dict(each) for each in several]
    named, adjusted = (
        [each for facts in several if (each := facts.get(field)) and not _is_bare(each)]
        for field in ("initial_budget", "adjusted_budget")
    )
    for facts in placed:
        fact = facts.get("initial_budget")
        if fact is None or not _is_bare(fact) or not named or any(agree(fact, each) for each in named):
            continue
        del facts["initial_budget"]
        if any(agree(fact, each) for each in adjusted):
            facts.setdefault("adjusted_budget", evolve(fact, field="adjusted_budget"))
        elif fact.location is not None:
            told.append(Unread(fact.location, fact.quote, "ambiguous", True))
    return placed


def _is_bare(fact: Fact) -> bool:
    """Whether a budget is called 预算 and nothing else."""
    return bool(_BARE.search(fact.label)) and not fact.witnesses


def _all_names(mappings: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for each in mappings for name in each))


def _facts(several: Sequence[Mapping[str, Fact]]) -> dict[str, Fact]:
    return {name: _fact([each[name] for each in several if name in each]) for name in _all_names(several)}


def _fact(found: Sequence[Fact]) -> Fact:
    """One fact of the prints in several documents; words do not conflict, the longest stand for all."""
    if len(found) == 1:
        return found[0]
    if all(isinstance(fact.value, str) for fact in found):
        return found[0] if found[0].field == "name" else max(found, key=lambda fact: len(str(fact.value)))
    prints = [each for fact in found for each in _prints(fact)]
    return merged(prints)


def _prints(fact: Fact) -> Iterable[Fact]:
    for each in (fact, *fact.witnesses):
        state = State.PRINTED if each.state is State.CONFLICTING else each.state
        yield evolve(each, state=state, witnesses=())


def _table(name: str, owner: str, tables: Sequence[Table], told: list[Unread]) -> Table:
    """One table of the tables of several documents; complete where one of them is, and no other has more."""
    if len(tables) == 1:
        return tables[0]
    if name == "projects":
        groups = _same_projects(tables, told)
    else:
        groups = _same_rows(tables, _KEYS.get(name, _whole))
    rows = [_one(group, told) for group in groups]
    if name != "projects":  # projects have their name for an id
        rows = [evolve(row, id=f"{owner}/{row.type}:{number}") for number, row in enumerate(rows, 1)]
    return Table(tuple(rows), _completeness(tables, len(rows)))


def _completeness(tables: Sequence[Table], number: int) -> Completeness:
    kinds = {table.completeness for table in tables}
    if any(each.completeness is Completeness.COMPLETE and len(each.rows) == number for each in tables):
        return Completeness.COMPLETE
    return Completeness.PARTIAL if kinds == {Completeness.PARTIAL} else Completeness.UNKNOWN


def _same_rows(tables: Sequence[Table], key: Callable[[Subject], Hashable]) -> list[list[Subject]]:
    """Rows of several tables that say the same, in the order of the first; rows of one table stay apart."""
    groups: list[list[Subject]] = []
    for table in tables:
        open_groups = list(groups)
        for row in table.rows:
            same = next((group for group in open_groups if key(group[0]) == key(row)), None)
            if same is None:
                groups.append([row])
            else:
                open_groups = [group for group in open_groups if group is not same]
                same.append(row)
    return groups


def _whole(row: Subject) -> Hashable:
    return row.name, tuple((name, _said(fact)) for name, fact in sorted(row.facts.items()))


def _said(fact: Fact) -> Hashable:
    value = fact.value
    return (value.digits, value.unit.name, value.qualifier) if isinstance(value, Quantity) else value


def _by_facts(*names: str) -> Callable[[Subject], Hashable]:
    return lambda row: tuple(_said(row.facts[name]) if name in row.facts else None for name in names)


_KEYS: Mapping[str, Callable[[Subject], Hashable]] = {
    "claims": _by_facts("numerator_name", "base_name", "printed"),
    "targets": lambda row: name_key(row.name),
    "department_targets": lambda row: name_key(row.name),
    "sources": lambda row: name_key(row.name),
    "problem_projects": lambda row: name_key(row.name),
    "counts": lambda row: (row.name, *(_said(row.facts[name]) for name in ("value", "change") if name in row.facts)),
}  # fmt: skip
"""What makes rows of several documents the same row; for other tables all they say."""


def _same_projects(tables: Sequence[Table], told: list[Unread]) -> list[list[Subject]]:
    """The projects of several documents: the same by name, then those whose names differ by nothing that tells apart."""
    groups = _same_rows(tables, lambda row: name_key(row.name))
    for group in list(groups):
        like = [
            other
            for other in groups
            if other is not group
            and other[0].name != group[0].name
            and _of_other_documents(group, other)
            and _resembles(group[0].name, other[0].name)
        ]
        if not like or group not in groups:
            continue
        into = like[0]
        alone = len(like) == 1 and differ_slightly(group[0].name, into[0].name)
        if alone and groups.index(into) < groups.index(group):
            into.extend(group)
            groups.remove(group)
            told.append(_named_otherwise(group[0], "similar_name", is_open=False))
        elif not alone and groups.index(into) < groups.index(group):
            told.append(_named_otherwise(group[0], "other_name", is_open=True))
    return groups


def _named_otherwise(row: Subject, why: str, *, is_open: bool) -> Unread:
    fact = row.facts["name"]
    assert fact.location is not None, "a project that a document names stands somewhere in it"
    return Unread(fact.location, row.name, why, is_open)


def _of_other_documents(group: Sequence[Subject], other: Sequence[Subject]) -> bool:
    return not _sources(group) & _sources(other)


def _sources(group: Sequence[Subject]) -> set[str]:
    names = (row.facts["name"].location for row in group if "name" in row.facts)
    return {where.source for where in names if where is not None}


def _resembles(one: str, other: str) -> bool:
    a, b = name_key(one), name_key(other)
    shorter, longer = sorted((a, b), key=len)
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SIMILAR or (
        len(shorter) >= 4 and added(shorter, longer) is not None
    )
