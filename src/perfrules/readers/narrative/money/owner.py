"""Whose money an amount is: named beside it, of the item or sentence it stands in, or of whom the report is about."""

from __future__ import annotations

import re

from perfrules.readers.narrative.money.course import Course, Head
from perfrules.readers.narrative.money.spots import Setting
from perfrules.readers.narrative.money.window import Window
from perfrules.readers.narrative.readings import LINES, PROJECT_PREFIX, TOTAL

_SOURCE = re.compile("中央|省级|市级|县级|区级|上级|配套|自筹|债券|专户|其他资金")
"""Words of what one source brings."""
_OF_ALL = re.compile("全[局委办馆校院站]|全系统|部门整体|部门预算")
"""Words of the whole of the unit, in whatever item they stand."""
_INVESTED = re.compile("投资|概算")
_THIS_YEAR = re.compile("(?:□{5}(?!□)|[今本当]年)度?")
"""概算总投资3860万元，2024年安排1520万元: this year's share of what a project takes is its budget."""
_IN_ALL = re.compile("^(?:累计|合计|共计?|总计|总)")


def owner_of(setting: Setting, said: Window, head: Head | None, course: Course) -> str | None:
    """Whose money it is; None where the words do not fit together.

    A project that was named before its budget keeps what follows, until a line or the unit is named.
    """
    owner = _owner(setting, said, head, course)
    is_alone = setting.owner.startswith(PROJECT_PREFIX)
    if not course.topic or said.line or said.project or is_alone:
        return owner
    if course.topic in setting.projects:
        fits = (owner is not None or not course.is_foreign) and (head is None or bool(said.field))
        return PROJECT_PREFIX + course.topic if fits else None
    return None if owner in LINES or setting.item else owner


def _owner(setting: Setting, said: Window, head: Head | None, course: Course) -> str | None:
    """Whose money it is; None where the words do not fit together."""
    alone = setting.owner.startswith(PROJECT_PREFIX)
    if said.project:
        return PROJECT_PREFIX + said.project if not said.line else None
    if setting.is_unclear and not said.project:
        return None
    if setting.item and _OF_ALL.search(said.words):
        return None
    is_apart = not alone and not said.is_ours and (setting.is_other or course.is_of_another)
    if said.field == "forecast" and not head and not setting.item and not is_apart:
        return said.line or setting.owner
    if setting.item or alone:
        is_sum = bool(_SOURCE.search(course.foreign_by) and _IN_ALL.search(said.words))
        is_share = bool(_INVESTED.search(course.foreign_by) and _THIS_YEAR.match(said.words))
        owner = PROJECT_PREFIX + setting.item if setting.item else setting.owner
        fits = (
            said.line != "basic"
            and (head is None or bool(said.field))
            and (not course.is_foreign or said.is_anchored or is_sum or is_share)
        )
        return owner if fits else None
    if setting.is_other and not said.is_ours:
        return None
    if setting.owner != TOTAL and said.line == TOTAL:  # the sum of the projects
        return setting.owner
    if head is not None:
        return said.line if said.line and head.owner == TOTAL else None
    if said.line:
        return said.line
    if is_apart:
        return None
    if setting.line and said.is_ours:
        return None
    if said.is_anchored:
        return setting.line or setting.owner
    if course.is_foreign or setting.is_parted or (setting.is_aside and course.head is None):
        return None
    of_line = {each.field for each in course.heads if each.owner == course.line}
    if said.field == "adjusted_budget" and of_line == {"adjustment"}:
        return None  # 项目支出追加25万元，调整后全年预算为342.95万元: of the line, or of the whole
    return course.line or setting.line or setting.owner
