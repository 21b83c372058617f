"""How far a sentence on money has been read: what its parts inherit, and whose money is being spoken of."""

from __future__ import annotations

from attrs import define, field, frozen

from perfrules.readers.narrative.money.spots import Setting
from perfrules.readers.narrative.money.window import Window
from perfrules.readers.narrative.readings import PROJECT_PREFIX, TOTAL, MoneyReading


@frozen
class Head:
    """The amount whose field the parts after it inherit; `has_siblings` where the line stood last: 年初预算基本支出."""

    field: str
    negative: bool
    owner: str
    depth: int
    has_siblings: bool = False


@frozen
class Before:
    """What the sentence before leaves to this one.

    The head that a 其中 would speak of, its last sum of the whole, the `sums` that this one tells the parts of, and whether its subject was something else than the unit.
    """

    head: Head | None = None
    whole: MoneyReading | None = None
    sums: tuple[MoneyReading, ...] = ()
    is_of_another: bool = False

    @property
    def is_spending(self) -> bool:
        """Whether it was on the whole spending."""
        return self.head is not None and (self.head.field, self.head.owner) == ("spent", TOTAL)


@define
class Course:
    """How far a sentence has been read: the head for parts, and whose money is being spoken of.

    `header` is what an item that opens with 年初预算： says of all its parts, `topic` the thing that is named before its
    budget: 塑胶跑道改造项目，预算85万元，已支付25万元; `foreign_by` are the words before the last amount, `is_of_another` tells
    that the sentence has something else than the unit as its subject. `before` is
    what the sentence before leaves, `heads` are all heads so far.
    """

    head: Head | None
    in_parts: bool
    before: Before
    header: Window | None = None
    is_foreign: bool = False
    line: str = ""
    heads: list[Head] = field(factory=list)
    topic: str = ""
    foreign_by: str = ""
    is_of_another: bool = False

    @property
    def last_head(self) -> Head | None:
        """The head that a following 其中 would speak of: none where there are several that differ."""
        fields = [each.field for each in self.heads]
        owners = {each.owner for each in self.heads}
        is_one = len(set(fields)) == 1 and len(owners) == 1
        is_flow = fields == ["appropriated", "spent"]  # money comes, and is spent: of which the parts
        return self.heads[-1] if (is_one or is_flow) and self.head is not None else None


def project_told(setting: Setting, course: Course, named: str = "") -> str:
    """The project that is being told of by list or name, or `named` beside the amount, as an owner; empty where none is."""
    name = named or (course.topic if course.topic in setting.projects else setting.item)
    return PROJECT_PREFIX + name if name else ""
