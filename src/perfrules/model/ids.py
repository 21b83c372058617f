"""Ids of subjects as people read them."""

from __future__ import annotations

from perfrules.bilingual import Language
from perfrules.model.subject_types import CORE_TYPES, label_of


def id_said(id: str, language: Language) -> str:
    """A subject's id in words.

    >>> id_said("department/project/claim:1", "zh"), id_said("project:道路养护", "zh"), id_said("department", "en")
    ('项目支出 占比 1', '道路养护', 'department')
    """
    parts = id.split("/")
    return " ".join(_part_said(each, language) for each in (parts[1:] or parts))


def _part_said(part: str, language: Language) -> str:
    kind, colon, name = part.partition(":")
    if not colon:
        return (CORE_TYPES[part].label if part == "department" else label_of(part)).said(language)
    known = CORE_TYPES.get(kind)
    return f"{known.label.said(language)} {name}" if known and name.isdecimal() else name
