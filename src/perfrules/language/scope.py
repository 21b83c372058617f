"""What an expression may speak of: subject types, parameters and functions; and what a name means there.

A name is looked up in the type the expression is asked of (inside an aggregate: of the row), then in that type itself
by its id, then outward in the types it can stand below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, field, frozen

from perfrules.language.functions import BUILTINS, Function
from perfrules.model.subject import Field, SubjectType, TableField
from perfrules.model.unit import Kind

Level = tuple[str, ...]
"""Subject types of which one is met at run time; a name must mean the same in all of them."""


@frozen
class Scope:
    """The surroundings of an expression; `asked` are the subject types it is asked of.

    `lists` are the parameters that are lists (their kind is that of the items); `texts` those whose texts are all
    written out in the ruleset, so that patterns can be looked at before they are used.
    """

    types: Mapping[str, SubjectType]
    asked: tuple[str, ...]
    parameters: Mapping[str, Kind]
    unset: frozenset[str] = frozenset()
    functions: Mapping[str, Function] = field(default=BUILTINS)
    lists: frozenset[str] = frozenset()
    texts: Mapping[str, tuple[str, ...]] = field(factory=dict)


@frozen
class Meaning:
    """What a name stands for: from a subject of one of `owners`, through `members`, a field or a table.

    `outward` is how many rows it looks past, as `outer` says.
    """

    field: Field | None = None
    table: str = ""
    row: str = ""
    members: tuple[str, ...] = ()
    owners: frozenset[str] = frozenset()
    outward: int = 0


def levels(scope: Scope, rows: tuple[str, ...]) -> tuple[Level, ...]:
    """The levels of lookup from the innermost out; `rows` are the row types of the aggregates around, outermost first."""
    asked = scope.asked
    parents = dict.fromkeys(parent for each in asked for parent in scope.types[each].parents)
    above = tuple(parent for parent in parents if parent != "department")
    outer = (asked, above, ("department",) if "department" in parents else ())
    return tuple(level for level in (*((row,) for row in reversed(rows)), *outer) if level)


def meaning(parts: tuple[str, ...], scope: Scope, lookup: tuple[Level, ...]) -> Meaning | None:
    """What a dotted name means on the innermost level that knows it; None where none does."""
    for level in lookup:
        found = [_in_type(parts, scope.types[each], scope) for each in level]
        if all(found) and len({_sort(each) for each in found if each}) == 1:
            first = next(each for each in found if each)
            return evolve(first, owners=frozenset(level))
    return None


def known_names(scope: Scope, lookup: tuple[Level, ...]) -> Iterator[str]:
    """Every single name that means something, in both languages, for hints."""
    for level in lookup:
        for each in level:
            subject_type = scope.types[each]
            for field_ in subject_type.fields:
                yield from field_.names
            for table in subject_type.tables:
                yield from table.names
            for name, (_, label) in subject_type.members.items():
                yield from (name, label.zh)


def _sort(found: Meaning) -> tuple[object, ...]:
    return (found.field.kind, found.field.name) if found.field else (found.table, found.row)


def _in_type(parts: tuple[str, ...], subject_type: SubjectType, scope: Scope) -> Meaning | None:
    first, rest = parts[0], parts[1:]
    if not rest:
        return _last(first, subject_type)
    for name, (member, label) in subject_type.members.items():
        if first in (name, label.zh):
            inner = _in_type(rest, scope.types[member], scope)
            return inner and evolve(inner, members=(name, *inner.members))
    if first in (subject_type.id, subject_type.label.zh):
        return _in_type(rest, subject_type, scope)
    return None


def _last(name: str, subject_type: SubjectType) -> Meaning | None:
    match subject_type.named.get(name):
        case Field() as found:
            return Meaning(found)
        case TableField() as table:
            return Meaning(None, table.name, table.row)
        case _:
            return None
