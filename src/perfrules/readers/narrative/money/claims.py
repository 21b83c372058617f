"""The words around a printed ratio: whose money it is a share of, and of which base."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from perfrules.model.fact import Fact
from perfrules.readers.narrative.amounts import Amount
from perfrules.readers.narrative.money.window import window
from perfrules.readers.narrative.readings import LINES as OWNERS
from perfrules.readers.narrative.readings import PROJECT_PREFIX, TOTAL, ClaimReading, MoneyReading
from perfrules.readers.narrative.words import BASES, CLAIM_RATE, LINES

_SHARE = re.compile(r"(?P<lead>[^占]*)占(?:到(?!位)|了)?(?P<base>[^占]*?)的?(?:约|近|达|比例?为|比重为)?$")
_OF = re.compile(
    r"(?P<lead>[^为达]*?)(?:为|达到?|相当于)(?P<base>[^为达]*(?:预算|指标|到位|拨付|下达)[^为达]*?)的(?:约|近)?$"
)
_DONE = re.compile(r"(?P<lead>.*?)完成(?P<base>[^完]*(?:预算|指标)[^完]*?)的?(?:约|近)?$")
_TAIL = r"(?:为|达到?|是|约|近|仅为?|只有|：|已)*$"
_RATES = tuple(
    (over, base, re.compile(rf"(?P<lead>.*?(?:基本支出|项目支出)?)(?:{words}){_TAIL}"))
    for over, base, words in CLAIM_RATE
)
_NAMED_BEHIND = re.compile("的(?:是|有|为)(?P<name>[^，。；：]{2,40})")
"""Whose a rate is, told behind it: 执行率达85%的是数据安全监管服务项目."""
_BRACKET = re.compile(r"^（(?:占|[^（）]*[/÷])(?P<base>[^（）]*)）")
_WHOLE = re.compile("总体|整体|部门|总预算|全部")
_OF_A_LINE = re.compile("(?:基本|项目)支出|(?:部门|全部项目|各项目|总)预算")
_RATE_NUMERATORS = ("spent", "appropriated")


class Known(Protocol):
    """What of the document's setting a claim asks for."""

    @property
    def owner(self) -> str:
        """Whose money is meant where nothing is said."""

    @property
    def item(self) -> str:
        """The project whose list item is being read."""

    @property
    def projects(self) -> tuple[str, ...]:
        """The names of the projects known."""

    @property
    def is_other(self) -> bool:
        """Whether the item read is on something that is neither the whole nor a project."""

    @property
    def has_plans(self) -> bool:
        """Whether the document tells of two sums that a rate of payment may be of."""

    @property
    def units(self) -> tuple[str, ...]:
        """The names of the unit."""


@frozen
class Said:
    """A claim as worded; `owner` is empty where no money could be paired with it."""

    owner: str
    numerator: str
    base: str
    of: MoneyReading | None = None
    is_named: bool = True

    def reading(self, fact: Fact) -> ClaimReading:
        """The claim with its printed ratio."""
        of = self.of.fact.location if self.of else None
        is_named = self.of.is_named if self.of else self.is_named
        return ClaimReading(self.owner, fact, self.numerator, self.base, of, is_named)


Left = Sequence[tuple[Amount, MoneyReading | None]]
"""The money to the left of a ratio in its sentence, in order; None for an amount that could not be placed."""


def claim(words: str, after: str, setting: Known, left: Left, *, is_alone: bool = True) -> Said | None:
    """The claim that words before and after a ratio make; None where they make none.

    `is_alone` tells that nothing else is said in the sentence before the words: a rate may then be of the whole.
    """
    for pattern in (_SHARE, _DONE, _OF):
        if (found := pattern.match(words)) and "绩效支出" not in found["base"]:
            return _share(found["lead"], found["base"], setting, left)
    for over, base, pattern in _RATES:
        if found := pattern.match(words):
            if named := _NAMED_BEHIND.match(after):
                known = next((name for name in setting.projects if named["name"].startswith(name)), None)
                return Said(PROJECT_PREFIX + known if known else "", over, base)
            bracketed = _bracketed(after)
            if bracketed is None and base == "appropriated" and setting.has_plans:
                base = ""
            return _rate(found["lead"], words, over, bracketed or base, setting, left, is_alone=is_alone)
    return None


LINE_ALONE = re.compile("(?:基本支出|项目支出|合计|总计)")
_RATE_TOLD = re.compile(
    r"(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.、]|[①-⑳])?(?P<rate>[^，。；：、\d]{2,10})："
)


def rate_told(sentence: str) -> str:
    """The rate that a sentence opens with before a colon: （5）执行率：基本支出51.06%; empty where it opens with none."""
    found = _RATE_TOLD.match(sentence)
    return found["rate"] if found and any(each.match(found["rate"]) for _, _, each in _RATES) else ""


def line_of_share(words: str) -> str:
    """The line of whose budget a share is told: 占项目资金总额的; empty where no line is named."""
    found = _SHARE.match(words)
    line = _line(found["base"]) if found and base_named(found["base"]) else ""
    return line if line in ("basic", "project") else ""


def _share(lead: str, base_words: str, setting: Known, left: Left) -> Said | None:
    base = base_named(base_words)
    if base is None:
        return None
    said = window(lead, setting.projects, setting.units, "")
    line, base_line, nearest = said.line, _line(base_words), None
    if line or said.project:
        owner, numerator = PROJECT_PREFIX + said.project if said.project else line, said.field or "spent"
        clear = said.is_clear
    else:
        nearest = left[-1][1] if left else None
        if (
            nearest is None
            and not left
            and said.field in _RATE_NUMERATORS
            and said.is_clear
            and not setting.is_other
        ):
            return Said(setting.owner, said.field, base, is_named=False)
        if nearest is None:
            return Said("", "", base)
        owner, numerator, clear = nearest.owner, nearest.fact.field, said.is_clear
    if numerator not in _RATE_NUMERATORS:
        return None
    if not clear or (base_line and owner in ("total", "basic", "project") and base_line != owner):
        return Said("", numerator, base)
    if owner.startswith(PROJECT_PREFIX) and setting.owner in OWNERS and _OF_A_LINE.search(base_words):
        return Said("", numerator, base)  # a project's share of what all projects have
    if owner != TOTAL and not owner.startswith(PROJECT_PREFIX) and _WHOLE.search(base_words):
        return Said(owner, numerator, "", nearest)
    return Said(owner, numerator, base, nearest)


def _rate(
    lead: str, words: str, over: str, base: str, setting: Known, left: Left, *, is_alone: bool
) -> Said | None:
    said = window(lead, setting.projects, setting.units, "")
    if not said.is_clear and not _WHOLE.search(lead):
        return None
    line = said.line or _line(words)
    nearest = left[-1][1] if left else None
    if setting.item and not said.project and nearest and nearest.owner.startswith(PROJECT_PREFIX):
        return Said(nearest.owner, over, base)
    if said.project or setting.item:
        return Said(PROJECT_PREFIX + (said.project or setting.item), over, base)
    if line:
        return Said(setting.owner if setting.owner.startswith(PROJECT_PREFIX) else line, over, base)
    if _WHOLE.search(words):
        return Said(setting.owner, over, base)
    return _of_the_nearest(over, base, setting, left, is_alone=is_alone)


def _of_the_nearest(over: str, base: str, setting: Known, left: Left, *, is_alone: bool) -> Said:
    """A rate that names nobody: it is of the nearest money of its kind, else of the one the report is about; or open."""
    if not left:
        return Said("" if setting.is_other or not is_alone else setting.owner, over, base, is_named=False)
    if left[-1][1] is None:  # of what it is a rate could not be read
        return Said("", over, base)
    same = [reading for _, reading in left if reading is not None and reading.fact.field == over]
    nearest = left[-1][1]
    if not same and nearest.fact.field not in ("initial_budget", "adjusted_budget"):
        return Said("", over, base)
    of = same[-1] if same else nearest
    return Said(of.owner, over, base, of)


def _bracketed(after: str) -> str | None:
    found = _BRACKET.match(after)
    return base_named(found["base"]) if found else None


def base_named(words: str) -> str | None:
    """The base that words name: a field, `budget` where they do not say which, None where it is no money base."""
    return next((name for name, pattern in BASES if re.search(pattern, words)), None)


def _line(words: str) -> str:
    found = {name for name, pattern in LINES if re.search(pattern, words)}
    if "项目" in words and "预算" in words and not found:
        return "project"
    return found.pop() if len(found) == 1 else ""
