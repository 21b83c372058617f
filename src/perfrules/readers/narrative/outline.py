"""The outline of a report: how deep its paragraphs rank by their numbers, and what stands above and below a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.readers.narrative.amounts import masked
from perfrules.readers.narrative.sections import Part
from perfrules.readers.narrative.things import BULLET
from perfrules.readers.narrative.title import head_length

_RANKS = tuple(
    re.compile(shape)
    for shape in (
        r"第?[一二三四五六七八九十]{1,3}(?:[、章]|部分)",
        r"（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}节",
        r"\d{1,2}[、.](?!\d)",
        r"（\d{1,2}）|\d{1,2}）",
        r"[①-⑳]",
        BULLET,
    )
)
"""The numbers in front of paragraphs, those of the highest rank first."""
RANKED = re.compile("|".join(f"(?:{shape.pattern})" for shape in _RANKS))
_ALONE = re.compile(r"(?P<name>(?![^，。；：、]*[局委办馆校]$)[^，。；：、！？\d□【】《》]{4,24})")
"""A line of its own without a number and a mark: the heading of what follows, if it is none of the frame's."""
_SIGN_OF_PROJECTS = re.compile("项目|专项")
_LONGEST_HEADING = 30
_LIST_OF_PROJECTS = re.compile(
    "(?:各|分|重点|主要|具体|分别|部分)项目(?!支出总|资金总|单位|库)|项目(?:的)?(?:具体)?(?:实施|执行|进展|开展|推进|运行|使用|绩效(?:监控|运行|自评)|监控|情况$|进度)"
)
"""A heading whose items are projects: 各项目实施情况, 重点项目执行情况, 项目情况."""


def rank_of(part: Part) -> int:
    """How deep the number in front of a paragraph ranks; 0 where there is none."""
    return next((at for at, shape in enumerate(_RANKS, 1) if shape.match(part.paragraph.text)), 0)


@frozen
class Outline:
    """The parts of a report and their ranks.

    `body` is the number of the first part below the title, `last` of the last that holds a sentence, and `above` gives
    for each part that of the heading above it, -1 where there is none.
    """

    told: Sequence[Part]
    ranks: tuple[int, ...]
    body: int
    last: int
    above: tuple[int, ...]

    def is_line(self, at: int) -> bool:
        """Whether a part is a line without number and mark among the paragraphs: the heading of what follows."""
        is_inside = self.body <= at < self.last
        return is_inside and not self.ranks[at] and bool(_ALONE.fullmatch(self.told[at].paragraph.text))

    def block(self, at: int) -> Iterator[str]:
        """The paragraphs under the heading that a part is, or opens with: down to the next that ranks as high."""
        own = self.ranks[at]
        for below in range(at + 1, len(self.told)):
            rank = self.ranks[below]
            if 0 < rank <= own or (not own and (rank or self.is_line(below))):
                return
            yield masked(self.told[below].paragraph.text)

    def speaks_of_projects(self, at: int) -> bool:
        """Whether the title, or the heading above a part, says that projects are told of."""
        above = self.told[self.above[at] : self.above[at] + 1] if self.above[at] >= 0 else ()
        return any(
            _SIGN_OF_PROJECTS.search(part.paragraph.text.split("。")[0])
            for part in (*self.told[: self.body], *above)
        )

    def lists_projects(self, at: int) -> bool:
        """Whether one of the headings above a part says that what stands below it are projects."""
        while (at := self.above[at]) >= 0:
            if _LIST_OF_PROJECTS.search(self.told[at].paragraph.text.split("。")[0][:_LONGEST_HEADING]):
                return True
        return False


def outline(told: Sequence[Part]) -> Outline:
    """The outline of these parts."""
    ranks = tuple(rank_of(part) for part in told)
    latest, above = [-1] * (len(_RANKS) + 1), list[int]()
    for at, rank in enumerate(ranks):
        above.append(max(latest[1 : rank or len(latest)], default=-1))
        latest[rank] = at
    last = max((at for at, part in enumerate(told) if "。" in part.paragraph.text), default=-1)
    return Outline(told, ranks, head_length([part.paragraph for part in told]), last, tuple(above))
