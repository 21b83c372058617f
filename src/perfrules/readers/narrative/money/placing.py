"""The money of a sentence is placed: each amount gets field and owner, or the reason why it has none.

Grammar may carry a field on inside one sentence, and over 。 only for a sentence that opens with 其中. After an amount
that is not the unit's own budget money, what follows in the sentence may speak of the same foreign thing and is left
open until the unit is named again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from perfrules.documents import Paragraph
from perfrules.model.fact import Fact, State
from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount
from perfrules.readers.narrative.money.course import Before, Course, Head, project_told
from perfrules.readers.narrative.money.listed import listed_money
from perfrules.readers.narrative.money.owner import owner_of
from perfrules.readers.narrative.money.proposed import (
    AS_BASE,
    FUTURE,
    IS_BASE,
    bare_budget,
    base_of_ratio,
    fact_of,
    proposal_of,
)
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
    spots,
)
from perfrules.readers.narrative.money.sums import (
    SOURCE,
    as_adjusted,
    as_named,
    with_lines_that_add_up,
    without_parts_as_sums,
    without_several_moves,
)
from perfrules.readers.narrative.money.window import SEVERAL_PROJECTS, Window
from perfrules.readers.narrative.readings import (
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
                Placed(spot.amount, MoneyReading(owner, fact_of(setting, paragraph, spot, field_name)))
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
        return fact_of(setting, paragraph, spot, field_name)

    added_up = with_lines_that_add_up(placed, met, before.whole, fact)
    marks = [each.start() for each in _PARTS.finditer(blotted, *sentence)]
    sums = without_parts_as_sums(added_up, met, marks, before.sums)
    return without_several_moves(sums), course.last_head


def _next(
    setting: Setting, paragraph: Paragraph, spot: Spot, said: Window, course: Course, last: Placed | None
) -> Placed:
    """The next amount placed behind the `last`, and the course of the sentence carried on."""
    if (ratio := IS_BASE.match(spot.after)) and AS_BASE.match(spot.words):
        return base_of_ratio(setting, paragraph, spot, ratio, last)
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
        one = evolve(one, proposal=proposal_of(setting, paragraph, spot, said, course))
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
    is_plan = setting.is_plan or setting.is_proposal or bool(FUTURE.search(spot.words))
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
        proposal = bare_budget(setting, paragraph, spot, owner)
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
    fact = fact_of(setting, paragraph, spot, field_name, negative)
    if is_other_month(setting, paragraph, spot, field_name):
        fact = evolve(fact, state=State.SUSPECT)
    reading = MoneyReading(owner_told, fact, is_named)
    is_of_whole = field_name == "adjustment" and bool(said.project) and setting.owner == TOTAL and not setting.item  # fmt: skip
    also = MoneyReading(TOTAL, fact) if is_of_whole else None  # the one change there was, if the sums say so
    if field_name == "appropriated" and owner_told.startswith(PROJECT_PREFIX) and is_bare_budget(setting, spot, said.project):  # fmt: skip
        also = bare_budget(setting, paragraph, spot, owner_told)  # 预算45万元已全部下达
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


def _names_another_field(said: Window, head: Head) -> bool:
    """Whether a part of, say, money released is called 预算: then it is no part of it."""
    return "预算" in said.rest and head.field not in ("initial_budget", "adjusted_budget", "adjustment")
