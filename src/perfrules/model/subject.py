"""Subjects and their types. Types are data, so that a plugin's project type can add fields."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from types import MappingProxyType

from attrs import field, frozen

from perfrules.bilingual import Bilingual
from perfrules.model.fact import Fact
from perfrules.model.truth import Lack
from perfrules.model.unit import Kind


@frozen
class Field:
    """A typed field of a subject type.

    `aliases` are further Chinese names it goes by in expressions. `nonnegative` fields cannot be below zero, so sums
    over partial tables have a lower end. `is_computed` tells those that no submission states. `absence` is the value, as an expression, that a field has when no part of a
    submission mentions it; None: then it is unknown. `formula` derives it from others where it is not printed.
    """

    name: str
    label: Bilingual
    kind: Kind
    aliases: tuple[str, ...] = ()
    nonnegative: bool = False
    absence: str | None = None
    formula: str | None = None
    is_computed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which an expression may call it."""
        return (self.name, self.label.zh, *self.aliases)


@frozen
class TableField:
    """A table below a subject: its name, label and the type of its rows."""

    name: str
    label: Bilingual
    row: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which an expression may call it."""
        return (self.name, self.label.zh)


@frozen
class SubjectType:
    """What a kind of subject has: fields, tables of rows, and named members (a department's three lines).

    `parents` are the ids of the types it can stand below, nearest first; expressions reach their fields too.
    """

    id: str
    label: Bilingual
    fields: tuple[Field, ...]
    tables: tuple[TableField, ...] = ()
    members: Mapping[str, tuple[str, Bilingual]] = field(factory=dict)
    parents: tuple[str, ...] = ()

    @cached_property
    def named(self) -> Mapping[str, Field | TableField]:
        """Every field and table by every name an expression may call it; a field before a table of its name."""
        known: dict[str, Field | TableField] = {}
        everything: tuple[Field | TableField, ...] = (*self.fields, *self.tables)
        for each in everything:
            known |= {name: each for name in each.names if name not in known}
        return known


class Completeness(Enum):
    """Whether a table holds all its rows."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    """其中, 等, 主要 announce a part."""
    UNKNOWN = "unknown"
    """Also the state of a table that is absent: unknown, not empty."""


@frozen
class Table:
    """Rows in the order of the source, and whether they are all there."""

    rows: tuple[Subject, ...] = ()
    completeness: Completeness = Completeness.UNKNOWN


ABSENT = Table()
_NOTHING: Mapping[str, Fact] = MappingProxyType({})


@frozen
class Subject:
    """Something rules speak of: a department, a line, a project, a claim, a count, a target, a source.

    `id` is unique within a submission (`department`, `department/project`, `project:网信工作专项经费`). `lacks` tells for
    fields that could have been derived what kept them from being known; a field without an entry is simply missing.
    """

    type: str
    id: str
    name: str = ""
    facts: Mapping[str, Fact] = _NOTHING
    tables: Mapping[str, Table] = field(factory=dict)
    members: Mapping[str, Subject] = field(factory=dict)
    lacks: Mapping[str, tuple[Lack, ...]] = field(factory=dict)

    def table(self, name: str) -> Table:
        """The table of that name; an absent one is of unknown completeness."""
        return self.tables.get(name, ABSENT)
