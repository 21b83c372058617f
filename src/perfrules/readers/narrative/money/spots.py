"""Where a sentence is read: what is known of its document, and each amount with the words around it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from attrs import frozen

from perfrules.documents import Paragraph, TextDocument
from perfrules.model.unit import Kind, Unit
from perfrules.readers.narrative.amounts import UNIT_IN_LABEL, Amount
from perfrules.readers.narrative.period import is_other_period
from perfrules.readers.narrative.readings import TOTAL, MoneyReading
from perfrules.readers.narrative.things import BULLET

_BOUNDARY = re.compile("[，。；：、（）！？]")
_MANY_YEARS = re.compile(
    r"20\d\d年?[-—–~至到]20\d\d年|(?:近|这|前|过去)[\d两三四五六七八九十]+年|[\d两三四五六七八九十]+年(?:来|间|以来)|历年|多年|“?十[三四五]五”?(?:期间|以来|时期)"
)
"""Words of more than one year."""
_LIST_NUMBER = re.compile(rf"^(?:\d{{1,2}}[.、]|[①-⑳])(?!\d)|^{BULLET}(?=[^\d])")
_CUT_OFF = re.compile(r"(?:截[至止到]|^至|，至)(?:20\d\d年)?(\d{1,2})月(?:(\d{1,2})日|末|底|份|$)")
_LAST_YEAR = re.compile(
    r"[（]?(?:与|较|比)?(?:上一?年度?|去年)(?:的|全年|同期|1?\d[-—–~至]\d{1,2}月份?|上半年)+(?!结)[^，。；]{0,6}(?:：|年初|预算|支出|执行|到位|拨付|部门|我)"
)
"""How a sentence or a bracket opens that is told of the year before."""
_THIS_YEAR = re.compile("今年|本年|本期|当年|目前|现在|20\\d\\d年|截[至止]|[；。]")
_LONGEST_CLAUSE = 300
"""Characters before an amount, without a mark between, that may speak of it."""
_PERIODIC = ("spent", "unspent", "appropriated")


@frozen
class Setting:
    """What is known of the document while its sentences are read.

    `owner` is whose money is meant where nothing is said: the total line, the project line, or one project; `item` is
    the project whose list item is being read, `line` the line whose heading stands above. `most_projects` is the
    greatest number of projects that the document counts. `is_plan` tells a part of the report whose figures are intentions,
    `is_aside` one that is not about the budget, where the unit must be named for its money to be meant. `is_unadjusted`
    tells that the document speaks of no change of the budget: 预算 alone is then the one at the start of the year. `is_other`
    tells an item on something that is neither the whole nor a project, an office or a kind of expense, `is_unclear` that even the unit's name does not tell, `is_parted` that the paragraph has told of one line so far, and `said` is the
    whole paragraph. `is_proposal` tells a sentence on what is proposed or will be done, `changed` are the projects of whose budget a change
    is told, `touched` those of which one told elsewhere may be.
    `unit` is the unit of money stated above what is read.
    `has_plans` tells that the document speaks of plans of payment (用款计划) beside quotas issued (指标): a 支付率 or what is
    未支付 may then be of either. `has_income_only` tells that the budget is named by its income alone.
    """

    document: TextDocument
    year: int | None
    months: tuple[int, ...] = ()
    owner: str = TOTAL
    item: str = ""
    line: str = ""
    projects: tuple[str, ...] = ()
    most_projects: int = 0
    units: tuple[str, ...] = ()
    is_plan: bool = False
    is_aside: bool = False
    is_unadjusted: bool = False
    is_other: bool = False
    is_unclear: bool = False
    is_parted: bool = False
    said: str = ""
    is_proposal: bool = False
    changed: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()
    unit: Unit | None = None
    has_plans: bool = False
    has_income_only: bool = False


@frozen
class Placed:
    """A money amount of a sentence with its reading, or with the reason why it has none.

    `is_part` tells that it took its field from the amount that it is a part of. `proposal` is what an amount without a reading may be, if other figures prove it; `mended` what it is if its pieces are one number.
    """

    amount: Amount
    reading: MoneyReading | None = None
    why: str = ""
    is_open: bool = False
    proposal: MoneyReading | None = None
    is_part: bool = False
    mended: MoneyReading | None = None


@frozen
class Spot:
    """An amount in its sentence: the words before it back to the last mark, and how deep in brackets it stands, and what follows."""

    amount: Amount
    words: str
    between: str
    context: str
    depth: int
    after: str = ""


def spots(blotted: str, sentence: tuple[int, int], found: Sequence[Amount]) -> Iterator[Spot]:
    """The amounts of a sentence with what stands before each."""
    start, previous = sentence[0], sentence[0]
    for amount in found:
        before = blotted[previous : amount.start]
        pieces = _BOUNDARY.split(UNIT_IN_LABEL.sub("", before))
        words = _LIST_NUMBER.sub("", pieces[-1]) if previous == start else pieces[-1]
        if not words and before.endswith("：") and len(pieces) > 1:  # 年初预算：40万元
            words = pieces[-2]
        words = words[-_LONGEST_CLAUSE:]
        context = blotted[start : amount.start]
        after = blotted[amount.end : sentence[1]]
        yield Spot(amount, words, before, context, context.count("（") - context.count("）"), after)
        if amount.kind is not Kind.COUNT or not blotted.startswith("项目", amount.end):  # 6个项目合计下达
            previous = amount.end


def is_other_time(setting: Setting, paragraph: Paragraph, spot: Spot, field_name: str) -> bool:
    """Whether the words before the amount in its sentence speak of another year, or of a part of the period."""
    text = _said_before(paragraph, spot)
    if _MANY_YEARS.search(text.rpartition("。")[2]) or is_last_year(paragraph, spot):
        return True
    if is_other_year(setting, paragraph, spot) and not (
        field_name == "carried_over" and "结转" in spot.words
    ):
        return True
    if re.search("去年|上年(?!结转|结余|度?财政拨款结)", text.rpartition("，")[2]):
        return True
    return field_name in _PERIODIC and is_other_period(text, setting.months)


def is_last_year(paragraph: Paragraph, spot: Spot) -> bool:
    """Whether all that the bracket or the sentence says before an amount is told of the year before: （上年同期：…，支出40万元."""
    text = _said_before(paragraph, spot)
    inside = text[text.rfind("（") + 1 :] if spot.depth > 0 else ""
    return any(_LAST_YEAR.match(said) and not _THIS_YEAR.search(said) for said in (text, inside))


def is_other_month(setting: Setting, paragraph: Paragraph, spot: Spot, field_name: str) -> bool:
    """Whether a sum that grows with the months is stated as of another month than the last of the report's period."""
    found = _CUT_OFF.findall(_said_before(paragraph, spot)) if field_name in _PERIODIC else []
    return bool(found) and len(setting.months) == 2 and int(found[-1][0]) != setting.months[1]


def is_other_cut_off(setting: Setting, paragraph: Paragraph, spot: Spot) -> bool:
    """Whether the sentence states a cut-off before the amount that is not the end of the report's period."""
    found = _CUT_OFF.findall(_said_before(paragraph, spot))
    if not found or len(setting.months) != 2 or setting.year is None:
        return False
    month, day = found[-1]
    last = monthrange(setting.year, setting.months[1])[1]
    return int(month) != setting.months[1] or bool(day and int(day) != last)


def _said_before(paragraph: Paragraph, spot: Spot) -> str:
    """The words of the sentence before an amount, those of titles left out."""
    start = spot.amount.start - len(spot.context)
    return re.sub("《[^》]*》", "", paragraph.text[start : spot.amount.start])


def is_other_year(setting: Setting, paragraph: Paragraph, spot: Spot) -> bool:
    """Whether the last year that the sentence names before the amount is another than the report's."""
    said = re.sub(r"(?:比|较|与)20\d\d年[^，。；]*[，；]", "", _said_before(paragraph, spot))
    years = re.findall(r"(20\d\d)年", said)
    return setting.year is not None and bool(years) and int(years[-1]) != setting.year


def label(paragraph: Paragraph, spot: Spot) -> str:
    """The words before an amount as they stand in the text, titles and dates included."""
    between = (
        len("：") if spot.between.endswith("：") and not spot.words.endswith("：") else 0
    )  # 年初预算：40万元
    if between and (unit := UNIT_IN_LABEL.search(spot.between, spot.between.rfind("（"))):
        between += len(unit.group())
    return paragraph.text[spot.amount.start - len(spot.words) - between : spot.amount.start]
