"""The ruleset that an edited workbook makes of the one it was written from, checked before a word of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError
from perfrules.language import Function
from perfrules.location import Location
from perfrules.model.rule import Expression, Ruleset
from perfrules.model.subject import SubjectType
from perfrules.rules.compiled import compile_ruleset
from perfrules.rules.inheritance import Head, inherited
from perfrules.rules.workbook.changes import head_text
from perfrules.rules.workbook.read import changed_from


def extension_of(
    ruleset: Ruleset,
    edited: Path,
    name: str,
    parent: str,
    title: str,
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
) -> str | None:
    """The `ruleset.yaml` of a ruleset with the workbook's changes; None where it changes nothing.

    Raises RulesetError with the faults of all cells, those of expressions and of values milder than is allowed too.
    """
    try:
        content = edited.read_bytes()
    except OSError:
        message = Bilingual("无法读取", "cannot be read")
        raise RulesetError(Fault("workbook.unreadable", message, Location(edited.as_posix()))) from None
    changed = changed_from(content, edited.as_posix(), ruleset)
    if not changed:
        return None
    said = Bilingual(title, name)
    head = Head(
        name,
        "0.1",
        said,
        extends=Expression(parent),
        settings=changed.settings,
        withdrawn=changed.withdrawn,
    )
    own = Ruleset(name, "0.1", said, "", {}, {})
    compile_ruleset(evolve(inherited(ruleset, own, head), is_open=False), types, functions)
    return head_text(changed, name, parent, title)
