"""The money of a sentence is placed: each amount gets field and owner, or the reason why it has none.

Grammar may carry a field on inside one sentence, and over 。 only for a sentence that opens with 其中. After an amount
that is not the unit's own budget money, what follows in the sentence may speak of the same foreign thing and is left
open until the unit is named again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from perfrules.documents import Paragraph
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount
from perfrules.readers.narrative.money.course import Before, Course, Head, project_told
from perfrules.readers.narrative.money.listed import listed_money
from perfrules.readers.narrative.money.owner import owner_of
from perfrules.readers.narrative.money.said import header, is_bare_budget, said_of
from perfrules.readers.narrative.money.spots import (
    Placed,
    Setting,
    Spot,
    is_last_year,
    is_other_cut_off,
    is_other_month,
    is_other_time,
    is_other_year,
    label,
    spots,
)
from perfrules.readers.narrative.money.subject import another_speaks
from perfrules.readers.narrative.money.sums import (
    SOURCE,
    as_adjusted,
    as_named,
    with_lines_that_add_up,
    without_parts_as_sums,
    without_several_moves,
)
from perfrules.readers.narrative.money.window import SEVERAL_PROJECTS, Window, window
from perfrules.readers.narrative.readings import (
    BARE,
    BASIC,
    LINES,
    PROJECT,
    PROJECT_PREFIX,
    TOTAL,
    MoneyReading,
)
from perfrules.readers.narrative.things import HEADING_ENDS, NO_PROJECT, is_name, is_thing
from perfrules.readers.narrative.words import MOVED, NOT_BUDGET, OWN, VAGUE_FIELD

_PARTS = re.compile("^：(?=“)|其中|包括|分别[为是]|按[^，。；]{0,8}(?:分|看|划分)[，：]")
_BUDGET_ONLY = re.compile(rf"(?:{OWN}|[预算共计合总为数年度经费资金□0-9])*")
_LEADS_WITH_LINE = re.compile(rf"基本支出|项目支出|[^，。；]{{0,6}}{SEVERAL_PROJECTS.pattern}")
"""How a clause opens whose line is the subject of those that follow."""
_IS_BASE = re.compile(r"(?:的|之)(?:约|近)?(?P<ratio>\d+(?:\.(?P<places>\d+))?)%")
_AS_BASE = re.compile("^(?:完成|占|为)")
"""How the base of a ratio is told beside it: 支出1219万元，完成全年预算2560万元的47.61%."""
_FUTURE = re.compile("(?<!用款)计划|拟|将于|力争|确保|底前|日前|□前|可支付|可拨付|尚需|还需|预计(?!执行)")
"""Words of money that will be paid."""
_INCOME_PLANNED = re.compile("收入[^，。；]{0,6}预算|预算[^，。；]{0,4}收入")
"""The other side of the budget, which may be meant for the budget."""
_NOT_USED = re.compile("未(?:使用|支[付出])")
_NO_SUM = re.compile("最[高低]|单[户笔次]|人均|每")
_LINE_IN_SHORT = re.compile("(?:其中：?)?(?:基本|项目)")
_COUNTED_OFF = re.compile("^(?:其中：?|[一二三四五六七八九]是|包括|即|为|约|共)*")
_SUMMED = re.compile(
    "(?:[两二三四]项|以上|两者)(?:资金)?(?:合计|共计|共)$|预算收入|收入预算|用款计划|可用(?:资金|财力|指标|预算)"
)
"""A sum of what was just told, or the other side of the budget: nothing new, and nothing foreign."""
_THINGS = ("个", "项")
"""Measure words of projects, which a sentence on the department's money may count; it counts nothing else."""
_OF_BASIC = re.compile("基本支出|公用经费|人员经费")
"""Kinds of expense of which the budget of basic spending is made."""
_PAID_FOR = re.compile("支[付出]|列支|兑付|发放|使用")
_UNPAID = re.compile("[应未待需]|不再|合同价|中标")
_SHARE_OF_BUDGET = re.compile("，(?:占|完成)[^，。；]{0,8}预算[^，。；]{0,14}%")
"""What follows the spending of the one whose budget it is a share of."""
_COMPARED = re.compile("[比较](?:上年|去年|年初|□)")


def placed_money(
    setting: Setting,
    paragraph: Paragraph,
    blotted: str,
    sentence: tuple[int, int],
    found: Sequence[Amount],
    head: Head | None,
    before: Before,
) -> tuple[list[Placed], Head | None]:
    """The money of a sentence, placed; and the head that a following 其中 would speak of: None where there are two."""
    placed, met = list[Placed](), list[Spot]()
    course = Course(head, head is not None, before, header(setting, blotted[sentence[0] : sentence[1]]))
    listed = listed_money(setting, blotted, sentence, found)
    head_at: int | None = None
    for spot in spots(blotted, sentence, found):
        if spot.amount.kind is Kind.COUNT and spot.amount.quantity.unit.name not in _THINGS:
            course.is_foreign |= setting.owner in LINES and not (
                setting.item or course.topic
            )  # it tells what was done
        if spot.amount.kind is not Kind.MONEY:
            continue
        met.append(spot)
        if spot.amount in listed:
            owner, field_name = listed[spot.amount]
            placed.append(
                Placed(spot.amount, MoneyReading(owner, _fact(setting, paragraph, spot, field_name)))
            )
            continue
        said, last = said_of(setting, spot, course), course.head
        is_below = last is not None and (bool(_PARTS.search(spot.between)) or spot.depth > last.depth)
        placed.append(_next(setting, paragraph, spot, said, course, placed[-1] if placed else None))
        if (placed[-1].is_part or is_below) and placed[-1].reading and head_at is not None:
            is_start = is_below and said.field == "initial_budget" and "年初" in spot.words and not said.line
            whole = as_named(placed[head_at])
            placed[head_at] = as_adjusted(whole) if is_start else whole
        if course.head is not last:
            head_at = len(placed) - 1 if course.head else None

    def fact(spot: Spot, field_name: str) -> Fact:
        return _fact(setting, paragraph, spot, field_name)

    added_up = with_lines_that_add_up(placed, met, before.whole, fact)
    marks = [each.start() for each in _PARTS.finditer(blotted, *sentence)]
    sums = without_parts_as_sums(added_up, met, marks, before.sums)
    return without_several_moves(sums), course.last_head


def _next(
    setting: Setting, paragraph: Paragraph, spot: Spot, said: Window, course: Course, last: Placed | None
) -> Placed:
    """The next amount placed behind the `last`, and the course of the sentence carried on."""
    if (ratio := _IS_BASE.match(spot.after)) and _AS_BASE.match(spot.words):
        return _base(setting, paragraph, spot, ratio, last)
    head = course.head
    course.in_parts = head is not None and (
        course.in_parts or spot.depth > head.depth or bool(_PARTS.search(spot.between))
    )
    if head is not None and spot.depth < head.depth:
        course.in_parts = False
    inherited = None
    if head is not None and not said.field:
        is_sibling = (
            head.has_siblings and bool(said.line) and spot.between in (f"、{spot.words}", f"，{spot.words}")
        )
        inherited = evolve(head, owner=TOTAL) if is_sibling else (head if course.in_parts else None)
    one = _one(setting, paragraph, spot, said, inherited, course)
    if one.reading is None and one.proposal is None and inherited is None:
        one = evolve(one, proposal=_proposal(setting, paragraph, spot, said, course))
    if (
        said.project and not said.line and said.field != "adjustment"
    ):  # what is added for a project is told of the whole
        course.topic = said.project
    if inherited is None and spot.depth <= (head.depth if head else 0) and not _COMPARED.search(spot.words):
        course.head = _head(one, said, spot)
        course.in_parts = False
        course.heads += [course.head] if course.head else []
        leads_with_line = bool(said.line) and bool(_LEADS_WITH_LINE.match(spot.words))
        is_kept = not said.is_anchored and said.line in ("", course.line) and said.field != "adjusted_budget"
        course.line = said.line if one.reading and leads_with_line else course.line if is_kept else ""
        is_ours = one.reading is None and (
            one.proposal is not None
            or bool(MOVED.search(spot.words) or _SUMMED.search(spot.words))
            or (said.is_anchored and _BUDGET_ONLY.fullmatch(said.rest))
        )  # though it could not be placed
        course.foreign_by = spot.words
        is_aside = said.line not in ("", TOTAL) and not leads_with_line and said.field != "adjustment"
        is_still_foreign = course.is_foreign and one.reading is None and not said.is_anchored
        course.is_foreign = is_still_foreign or (not is_ours and (one.reading is None or is_aside))
    return one


def _base(
    setting: Setting, paragraph: Paragraph, spot: Spot, ratio: re.Match[str], last: Placed | None
) -> Placed:
    """The base of a ratio: a budget of whose money stands before it, where the ratio printed is that of the two.

    Else it may be of anybody, or the ratio is wrong; it is named once more at the most, and nothing new is told.
    """
    aside = Placed(spot.amount, None, "not_budget")
    of, named = last.reading if last else None, evolve(spot, words=_AS_BASE.sub("", spot.words))
    is_beside = re.fullmatch(rf"[^，。；：、（）\d]{{0,6}}，?{re.escape(spot.words)}", spot.between)
    if of is None or not is_beside or not _makes(of.fact.value, spot.amount.quantity, ratio):
        return aside
    said = window(named.words, setting.projects, setting.units, spot.context)
    if said.line not in ("", of.owner) or said.project not in ("", of.owner.removeprefix(PROJECT_PREFIX)):
        return aside
    if said.field in ("initial_budget", "adjusted_budget") and said.is_clear:
        fact = _fact(setting, paragraph, named, said.field)
        return evolve(aside, reading=MoneyReading(of.owner, fact, of.is_named))
    if of.owner.startswith(PROJECT_PREFIX) and is_bare_budget(setting, named):
        return evolve(aside, proposal=_bare(setting, paragraph, named, of.owner))
    return aside


def _makes(part: object, whole: Quantity, ratio: re.Match[str]) -> bool:
    """Whether a printed ratio is that of two amounts, as far as its digits go."""
    if not isinstance(part, Quantity) or part.exact is None or not whole.exact:
        return False
    half = Fraction(1, 2 * 10 ** len(ratio["places"] or ""))
    return abs(100 * part.exact / whole.exact - Fraction(ratio["ratio"])) <= half


def _bare(setting: Setting, paragraph: Paragraph, spot: Spot, owner: str) -> MoneyReading:
    """What a project's 预算 is proposed to be: the one it began with, or, where a change of it may be told, either."""
    name = owner.removeprefix(PROJECT_PREFIX)
    told = BARE[2 if name in setting.changed else 1 if name in setting.touched else 0]
    return MoneyReading(owner, _fact(setting, paragraph, spot, told))


def _head(one: Placed, said: Window, spot: Spot) -> Head | None:
    if one.reading is None:
        return None
    siblings = bool(said.line) and spot.words.endswith(("基本支出", "项目支出"))
    return Head(one.reading.fact.field, said.negative, one.reading.owner, spot.depth, siblings)


def _one(
    setting: Setting, paragraph: Paragraph, spot: Spot, said: Window, head: Head | None, course: Course
) -> Placed:
    """An amount placed: by its own words, or as a part of what the head speaks of."""
    amount = spot.amount
    is_plan = setting.is_plan or setting.is_proposal or bool(_FUTURE.search(spot.words))
    is_plan &= not (said.field == "forecast" and said.is_clear)
    if amount.joined is not None and not is_plan:
        whole = evolve(spot, amount=evolve(amount, quantity=amount.joined, doubt="", joined=None))
        mended = _one(setting, paragraph, whole, said, head, course).reading
        return Placed(amount, None, "ambiguous", True, mended=mended)
    if amount.doubt or is_plan or said.is_other_money:
        is_income = not is_plan and setting.has_income_only and bool(_INCOME_PLANNED.search(spot.words))
        decided = "not_budget" if is_plan or said.is_other_money else amount.doubt
        why = "ambiguous" if is_income else decided
        return Placed(amount, None, why, why == "ambiguous")
    field_name = said.field or (head.field if head else "")
    if (
        not field_name
        and (owner := project_told(setting, course, said.project))
        and is_bare_budget(setting, spot, said.project)
    ):
        proposal = _bare(setting, paragraph, spot, owner)
        return Placed(amount, None, "ambiguous", True, proposal)  # before or after adjustment
    is_alone = said.is_bare and not said.rest and course.head is None and not setting.item
    is_alone &= not _SHARE_OF_BUDGET.match(spot.after)
    if not field_name or is_alone:
        is_told_apart = is_other_year(setting, paragraph, spot) or is_last_year(paragraph, spot)
        is_open = not is_told_apart and _may_be_ours(setting, spot, said, course)
        return Placed(amount, None, "no_field" if is_open else "not_budget", is_open)
    if is_other_time(setting, paragraph, spot, field_name):
        return Placed(amount, None, "not_budget")
    if field_name == "unspent" and setting.has_plans and "支付" in spot.words:
        return Placed(amount, None, "ambiguous", True)  # of the quota, or of the plan
    owner_told = owner_of(setting, said, head, course)
    if not said.is_clear or owner_told is None or (head and _names_another_field(said, head)):
        is_part = head is not None and not said.line and not said.speaks_of_budget
        named = _COUNTED_OFF.sub("", spot.words)
        is_part &= bool(named) and not (head and head.owner == PROJECT and is_thing(named))
        return Placed(amount, None, "not_budget" if is_part else "ambiguous", not is_part)
    negative = field_name == "adjustment" and (said.negative if said.field else bool(head and head.negative))
    is_named = bool(
        head or said.line or said.is_anchored or course.line or owner_told.startswith(PROJECT_PREFIX)
    )
    is_named &= not is_other_cut_off(setting, paragraph, spot)
    fact = _fact(setting, paragraph, spot, field_name, negative)
    if is_other_month(setting, paragraph, spot, field_name):
        fact = evolve(fact, state=State.SUSPECT)
    reading = MoneyReading(owner_told, fact, is_named)
    is_of_whole = field_name == "adjustment" and bool(said.project) and setting.owner == TOTAL and not setting.item  # fmt: skip
    also = MoneyReading(TOTAL, fact) if is_of_whole else None  # the one change there was, if the sums say so
    return Placed(amount, reading, is_part=head is not None, proposal=also)


def _may_be_ours(setting: Setting, spot: Spot, said: Window, course: Course) -> bool:
    """Whether an amount whose field is not told may still be the budget's: nobody has decided that it is none.

    Its words speak of the budget, or say nothing at all (基本支出⏎85.5万元), or it stands in a list: 项目经费280万元：大气监测80万元.
    """
    is_left = spot.words.endswith(("尚有", "还有", "仍有")) and _NOT_USED.match(spot.after)
    if said.speaks_of_budget or said.line or is_left or _LINE_IN_SHORT.fullmatch(spot.words):
        return True
    if SOURCE.search(spot.words) or _NO_SUM.search(spot.words):
        return False
    listed = spot.context.rpartition("；")[2]
    colon = listed.rfind("：")
    if listed[:colon].endswith("元") or ("分别" in spot.words and VAGUE_FIELD.search(listed)):
        return not NO_PROJECT.search(spot.words)
    clause = re.split("[，。；]", spot.context)[-1]
    if setting.is_aside or NOT_BUDGET.search(clause) or (course.foreign_by and not VAGUE_FIELD.search(course.foreign_by)):  # fmt: skip
        return False
    name = _COUNTED_OFF.sub("", spot.words)
    return (said.is_clear and not said.project) or bool(HEADING_ENDS.search(name) and is_name(name))


def _proposal(
    setting: Setting, paragraph: Paragraph, spot: Spot, said: Window, course: Course
) -> MoneyReading | None:
    """What an amount that was left may be, if other figures prove it.

    An adjustment told by its purpose, a line without its field, what a project paid for something, a forecast of whom the
    sentence before does not speak.
    """
    project = project_told(setting, course, said.project)
    if said.field == "forecast" and said.is_clear and not (spot.amount.doubt or project or said.line):
        own = another_speaks(spot.context.removesuffix(spot.words), spot.words, setting.units)
        is_ours = setting.owner == TOTAL and own is not True and not setting.is_other
        return MoneyReading(TOTAL, _fact(setting, paragraph, spot, said.field)) if is_ours else None
    if spot.amount.doubt or setting.is_plan or setting.is_proposal or _FUTURE.search(spot.words):
        return None
    owner, name = "", ""
    if said.field == "adjustment" and (_OF_BASIC.search(spot.words) or not said.is_other_money):
        name, owner = said.field, _adjusted(setting, spot, said, project)
    elif project and not said.line and _PAID_FOR.search(spot.words) and not _UNPAID.search(spot.words):
        name, owner = "spent", project
    elif setting.owner == TOTAL and not project and not said.field and said.line and said.is_clear:
        owner = said.line if said.line != TOTAL else ""
    if not owner or is_other_time(setting, paragraph, spot, name):
        return None
    return MoneyReading(owner, _fact(setting, paragraph, spot, name, name == "adjustment" and said.negative))


def _adjusted(setting: Setting, spot: Spot, said: Window, project: str) -> str:
    """Whose budget money added or cut for a purpose may have changed; empty where that is not even to be guessed."""
    if project or setting.item:
        return "" if said.line else project
    if setting.owner != TOTAL:
        return ""
    return BASIC if said.line == BASIC or _OF_BASIC.search(spot.words) else TOTAL


def _names_another_field(said: Window, head: Head) -> bool:
    """Whether a part of, say, money released is called 预算: then it is no part of it."""
    return "预算" in said.rest and head.field not in ("initial_budget", "adjusted_budget", "adjustment")


def _fact(
    setting: Setting, paragraph: Paragraph, spot: Spot, field_name: str, negative: bool = False
) -> Fact:
    amount = spot.amount
    where = setting.document.place(paragraph, amount.start, amount.end)
    quantity = _negated(amount.quantity) if negative else amount.quantity
    return Fact(
        field_name, quantity, location=where, quote=setting.document.cut(where), label=label(paragraph, spot)
    )


def _negated(quantity: Quantity) -> Quantity:
    """A cut is printed without a sign: 调减3万元 is −3万元."""
    digits = quantity.digits if quantity.digits.startswith("-") else f"-{quantity.digits}"
    if quantity.exact is None:
        flipped = None if quantity.interval is None else -quantity.interval
        slack = None if quantity.slack is None else -quantity.slack
        return evolve(quantity, interval=flipped, slack=slack, digits=digits)
    return printed_quantity(digits, quantity.unit, quantity.qualifier, words=f"-{quantity.words}")
