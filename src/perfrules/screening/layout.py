"""How a dataset, or the JSON of another system, holds departments, projects and targets: which column is which field.

In: `dataset.yaml`, or the standard names of the model where there is none. Out: a `Layout`; `frames` lays it over the columns
that are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml
from attrs import field, frozen

from perfrules.bilingual import Bilingual
from perfrules.language.words import UNITS
from perfrules.model.subject import SubjectType
from perfrules.model.unit import Unit
from perfrules.rules.yaml_file import Keys, YamlFile, raise_all

FILE = "dataset.yaml"
FORMAT = "dataset/1"
LINES = ("total", "basic", "project")
LEVELS = ("departments", "projects", "targets")
TYPES = ("department", "project", "target")
_TOLD_ELSEWHERE = ("line", "month", "year")
"""Fields that no column gives: where a row stands says them, or the cut-off date."""


@frozen
class ColumnUse:
    """A column that gives a field: its name, and how its numbers are to be read where its type does not say so.

    `decimals` are those of whole numbers that stand for decimals (12345 for 1.2345), and the most that a JSON number has.
    `rounded` tells that the figures are printed ones, which stand for all that rounds to them.
    """

    column: str
    unit: Unit | None = None
    decimals: int | None = None
    rounded: bool | None = None


Uses = Mapping[str, ColumnUse]


@frozen
class ClaimUse:
    """A printed ratio in the row of its figures: its column, and the fields whose quotient it claims to be."""

    printed: ColumnUse
    numerator: str
    base: str


@frozen
class LineUse:
    """The columns of a line, or the money of a project, and the claims made of them."""

    fields: Uses = field(factory=dict)
    claims: tuple[ClaimUse, ...] = ()


@frozen
class Level:
    """One table: its name, its key, the column that names the row above, and what its columns give."""

    table: str
    key: str
    parent: str = ""
    own: LineUse = LineUse()
    lines: Mapping[str, LineUse] = field(factory=dict)


@frozen
class Layout:
    """The tables from departments down; `complete` says whether every department's projects and targets are all there.

    `complete` is True, or the column of the table above that tells, by the table's name. `period` is that of all
    departments, unless they have columns `period_from` and `period_to`.
    """

    levels: tuple[Level, ...]
    unit: Unit
    complete: Mapping[str, bool | str] = field(factory=dict)
    period: tuple[date | None, date | None] = (None, None)
    is_standard: bool = False


def standard(types: Mapping[str, SubjectType]) -> Layout:
    """The layout with the model's own names: `spent` of a project, `total_spent` of a department's line, keys `id`."""
    lines = {
        line: LineUse(
            {name: ColumnUse(f"{line}_{name}") for name in columns_of(types["line"]) if name != "name"},
            _standard_claims(f"{line}_"),
        )
        for line in LINES
    }
    own = [LineUse({name: ColumnUse(name) for name in columns_of(types[kind])}) for kind in TYPES]
    projects = LineUse(own[1].fields, _standard_claims(""))
    return Layout(
        (
            Level("departments", "id", "", own[0], lines),
            Level("projects", "id", "department_id", projects),
            Level("targets", "id", "project_id", own[2]),
        ),
        UNITS["元"],
        {"projects": "projects_complete", "targets": "targets_complete"},
        is_standard=True,
    )


def columns_of(type_: SubjectType) -> tuple[str, ...]:
    """The fields of a type that columns may give."""
    return tuple(
        each.name for each in type_.fields if not each.is_computed and each.name not in _TOLD_ELSEWHERE
    )


NUMERATORS = ("spent", "appropriated")
BASES = ("budget", "adjusted_budget", "initial_budget", "appropriated")
"""What a printed rate may be of; a bare `budget` is the adjusted one, and rules may accept the initial one."""


def _standard_claims(prefix: str) -> tuple[ClaimUse, ...]:
    """The rates that may stand beside figures: `spent_of_budget` and so on."""
    return tuple(
        ClaimUse(ColumnUse(f"{prefix}{numerator}_of_{base}"), numerator, base)
        for numerator in NUMERATORS
        for base in BASES
        if numerator != base
    )


def load_layout(folder: Path, types: Mapping[str, SubjectType]) -> Layout:
    """The layout that a dataset's folder says it has, else the standard one; raises RulesetError with all faults."""
    path = folder / FILE
    return (
        read_layout(path.read_text(encoding="utf-8"), str(path), types) if path.is_file() else standard(types)
    )


def read_layout(text: str, path: str, types: Mapping[str, SubjectType]) -> Layout:
    """A layout as written; raises RulesetError with all faults, each with its line."""
    file = YamlFile(path, text)
    root = file.compose()
    layout = None if root is None else _layout(file, root, types)
    raise_all([file])
    assert layout is not None
    return layout


def _layout(file: YamlFile, root: yaml.Node, types: Mapping[str, SubjectType]) -> Layout:
    keys = file.mapping(root, Keys(("perfrules", "departments"), ("unit", "period", "projects", "targets")))
    if "perfrules" in keys and file.string(keys["perfrules"]) != FORMAT:
        message = Bilingual(f"此处应为 {FORMAT}", f"expected {FORMAT}")
        file.blame(file.where(keys["perfrules"]), "ruleset.not_a_choice", message)
    period = file.mapping(keys["period"], Keys((), ("from", "to"))) if "period" in keys else {}
    levels, complete = [], {}
    for depth, name in enumerate(LEVELS):
        if name not in keys:
            break
        level, whole = _level(file, keys[name], depth, types)
        levels.append(level)
        complete[name] = whole
    for name in LEVELS[len(levels) :]:
        if name in keys:
            message = Bilingual(
                f"{name} 之上缺少 {LEVELS[len(levels)]}", f"{name} without {LEVELS[len(levels)]}"
            )
            file.blame(file.where(keys[name]), "ruleset.missing_key", message)
    unit = _unit(file, keys["unit"]) if "unit" in keys else None
    return Layout(
        tuple(levels),
        unit or UNITS["元"],
        complete,
        (file.day(period.get("from")), file.day(period.get("to"))),
    )


_PARENT = ("", "department", "project")


def _level(
    file: YamlFile, node: yaml.Node, depth: int, types: Mapping[str, SubjectType]
) -> tuple[Level, bool | str]:
    parent = _PARENT[depth]
    optional = ["table", "key", "fields", "complete"]
    if depth == 0:
        optional = ["table", "key", "fields", "lines"]
    if depth == 1:
        optional.append("claims")
    keys = file.mapping(node, Keys((parent,) if parent else (), tuple(optional)))
    type_ = types[TYPES[depth]]
    own = LineUse(_fields(file, keys.get("fields"), type_), _claims(file, keys.get("claims")))
    lines = {}
    if "lines" in keys:
        for line, inner in file.mapping(keys["lines"], Keys((), LINES)).items():
            uses = file.mapping(inner, Keys((), (*columns_of(types["line"]), "claims")))
            claims = uses.pop("claims", None)
            lines[line] = LineUse(
                {name: _use(file, each) for name, each in uses.items()}, _claims(file, claims)
            )
    complete: bool | str = True
    if "complete" in keys:
        word = file.string(keys["complete"])
        complete = word == "true" if word in ("true", "false") else word
    table = file.string(keys.get("table"), LEVELS[depth])
    return Level(
        table, file.string(keys.get("key"), "id"), file.string(keys.get(parent)), own, lines
    ), complete


def _fields(file: YamlFile, node: yaml.Node | None, type_: SubjectType) -> Uses:
    if node is None:
        return {}
    keys = Keys((), columns_of(type_))
    return {name: _use(file, each) for name, each in file.mapping(node, keys).items()}


def _claims(file: YamlFile, node: yaml.Node | None) -> tuple[ClaimUse, ...]:
    claims = []
    for each in file.items(node) if node is not None else []:
        keys = file.mapping(each, Keys(("printed", "numerator", "base")))
        if len(keys) == 3:  # noqa: PLR2004: those that must be there
            numerator = file.choice(keys["numerator"], NUMERATORS, "spent")
            base = file.choice(keys["base"], BASES, "adjusted_budget")
            claims.append(ClaimUse(_use(file, keys["printed"]), numerator, base))
    return tuple(claims)


def _use(file: YamlFile, node: yaml.Node) -> ColumnUse:
    if isinstance(node, yaml.ScalarNode):
        return ColumnUse(file.name(node))
    keys = file.mapping(node, Keys(("column",), ("unit", "decimals", "rounded")))
    unit = _unit(file, keys["unit"]) if "unit" in keys else None
    decimals = None
    if "decimals" in keys:
        text = file.string(keys["decimals"])
        if text.isdecimal() and int(text) <= 12:
            decimals = int(text)
        else:
            message = Bilingual("小数位数应为 0 至 12", "decimals are a number from 0 to 12")
            file.blame(file.where(keys["decimals"]), "ruleset.not_a_choice", message)
    rounded = file.truth(keys["rounded"]) if "rounded" in keys else None
    return ColumnUse(file.name(keys.get("column")), unit, decimals, rounded)


def _unit(file: YamlFile, node: yaml.Node) -> Unit | None:
    name = file.string(node)
    if name not in UNITS:
        message = Bilingual(f"未知的单位 {name}", f"unknown unit {name}")
        hint = Bilingual("如 元、万元、%", "as in 元, 万元, %")
        file.blame(file.where(node), "ruleset.not_a_choice", message, hint)
    return UNITS.get(name)
