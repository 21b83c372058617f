"""The money of a sentence is placed: each amount gets field and owner, or the reason why it has none.

Grammar may carry a field on inside one sentence, and over 。 only for a sentence that opens with 其中. After an amount
that is not the unit's own budget money, what follows in the sentence may speak of the same foreign thing and is left
open until the unit is named again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, evolve, field, frozen

from perfrules.documents import Paragraph
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount
from perfrules.readers.narrative.listed import listed_money
from perfrules.readers.narrative.readings import LINES, PROJECT_PREFIX, TOTAL, MoneyReading
from perfrules.readers.narrative.spots import (
    Placed,
    Setting,
    Spot,
    is_other_time,
    is_other_year,
    label,
    spots,
)
from perfrules.readers.narrative.window import Window, window
from perfrules.readers.narrative.words import MOVED, OWN

_COUNTED_OFF = re.compile("^(?:[一二三四]是|其中)")
_NO_TOPIC = re.compile("^(?:全部|主要|均|系|为|用于)")
_PARTS = re.compile("^：(?=“)|其中|包括|分别[为是]|按[^，。；]{0,8}(?:分|看|划分)[，：]")
_HEADER = re.compile(
    r"(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.、]|[一二三四五六七八九十]、|[①-⑳])?(?P<words>[^，。；：、\d]{2,14}?)(?:情况)?：(?=\D|[\d,]+\.?\d*[万亿]?元)"
)
_OF_THE_PROJECT = re.compile("^(?:该|本|此)?项目(?!支出|资金|经费|预算|单位)|(?:该|本|此)项目")
_BARE_BUDGET = re.compile(
    "全年预算安排$|(?<!年初)(?<!全年)(?<!调整)(?<!调整后)(?<!部门)(?<!项目)(?<!经费)(?<!专项)(?<!收支)(?:(?<!基本)(?<!项目)支出)?预算(?=(?:资金|经费|总额|数)?(?:共计?|合计|总计|为)*$)"
)
_BUDGET_ONLY = re.compile(rf"(?:{OWN}|[预算共计合总为数年度经费资金□0-9])*")
_OTHER_BUDGET = re.compile(
    "调整|含[^，。；]{0,4}追加|调增|调减|追减|核增|核减|压减|含[^，。；]{0,6}结转|年初|全年预算"
)
"""What an item says of other budgets than the one it calls 预算."""
_BESIDE_BUDGET = re.compile("(?<!含)上年结转")
"""What an item tells apart from its 预算, which is then the one at the start of the year."""
_AFTER_CHANGE = re.compile("(?:^|[。；，])(?:预算)?(?:调整|追加|调减|调增)(?:之?后|以后)，")
_ARRIVED = re.compile(
    r"(?:已|均|已经)?(?:全部|足额|全额|及时)*(?:到位|拨付到位|下达)(?![\u4e00-\u9fff]{0,3}\d)"
)
"""What follows the money that came: 资金18万元已全部到位."""
_ARRANGED = re.compile("(?:共|已)?安排$")
_IS_BASE = re.compile(r"(?:的|之)(?:约|近)?[\d.]+%")
"""What follows the budget in 完成全年预算2560万元的47.61%: it is named once more, and nothing new is told."""
_PLANNED_SPENDING = re.compile("(?<!年初)支出预算(?:总额|数)?(?:为)?$")
_LINE_BUDGET = re.compile("(?:基本|项目)支出预算(?:数)?(?:为)?")
_SOURCE = re.compile("中央|省级|市级|县级|区级|上级|配套|自筹|债券|专户|其他资金")
"""Words of what one source brings."""
_IN_ALL = re.compile("^(?:累计|合计|共计?|总计|总)")
_SUM_OF_PROJECTS = re.compile(
    r"(?:预算|安排|批复)[^，。；]{0,6}项目(?:共|共计|为)?\\d{1,3}个，(?:项目)?(?:预算)?(?:金额|资金)?(?:合计|共计|总计|总额|总金额|金额|资金)(?:为)?$"
)
"""部门预算批复项目6个，金额合计: of all the projects."""
_FUTURE = re.compile("计划|拟|将于|力争|确保|底前|日前|尚需|还需|预计(?!执行)")
"""Words of money that will be paid."""
_SUMMED = re.compile(
    "(?:[两二三四]项|以上|两者)(?:资金)?(?:合计|共计|共)$|预算收入|收入预算|用款计划|可用(?:资金|财力|指标|预算)"
)
"""A sum of what was just told, or the other side of the budget: nothing new, and nothing foreign."""
_THINGS = ("个", "项")
"""Measure words of projects, which a sentence on the department's money may count; it counts nothing else."""
_SEVERAL = re.compile("分别|(?<![县市区省])本级(?!财政|预算|安排|拨)")
"""Words of one of several sums: which is whose, or which is the whole, they do not say."""
_PLANNED = re.compile("预算[^，。；]{0,6}收入|收入预算")
"""What makes 总支出 behind it one that was planned."""
_IS_SPENT = re.compile(r"，(?:完成|占)[^，。；]{0,8}预算[^，。；]{0,4}\d")
"""What is told of money that was spent: 基本支出402万元，完成年初预算75.6%."""
_IS_RATED = re.compile("，(?:预算|支出)?(?:执行率|支出进度|进度)")
"""The same behind a sentence on the whole spending: 全年支出271万元…。基本支出164万元，执行率100%."""
_TOPIC = re.compile(
    r"(?:^|[；。，：])(?:[一二三四五六七八九]是|其中|（.{1,3}）|\d[.、])?(?P<name>[^，。；：（）\d□]{2,30}(?:经费|资金|项目|专项|工程|补助|补贴|采购|费))，$"
)
_COMPARED = re.compile("[比较](?:上年|去年|年初|□)")


@frozen
class Head:
    """The amount whose field the parts after it inherit; `has_siblings` where the line stood last: 年初预算基本支出."""

    field: str
    negative: bool
    owner: str
    depth: int
    has_siblings: bool = False


@define
class _Course:
    """How far a sentence has been read: the head for parts, and whose money is being spoken of.

    `header` is what an item that opens with 年初预算： says of all its parts, `topic` the thing that is named before its
    budget: 塑胶跑道改造项目，预算85万元，已支付25万元; `foreign_by` are the words before the last amount,
    and `follows_spent` tells that the sentence before was on the whole spending.
    """

    head: Head | None
    in_parts: bool
    is_foreign: bool = False
    line: str = ""
    heads: list[Head] = field(factory=list)
    header: Window | None = None
    topic: str = ""
    foreign_by: str = ""
    follows_spent: bool = False


def placed_money(
    setting: Setting,
    paragraph: Paragraph,
    blotted: str,
    sentence: tuple[int, int],
    found: Sequence[Amount],
    head: Head | None,
    previous: Head | None = None,
    previous_sum: MoneyReading | None = None,
) -> tuple[list[Placed], Head | None]:
    """The money of a sentence, placed; and the head that a following 其中 would speak of: None where there are two."""
    placed, course = list[Placed](), _Course(head, head is not None)
    head_at: int | None = None
    course.follows_spent = previous is not None and (previous.field, previous.owner) == ("spent", TOTAL)
    course.header = header(setting, blotted[sentence[0] : sentence[1]])
    listed = listed_money(setting, blotted, sentence, found)
    met = list[Spot]()
    for spot in spots(blotted, sentence, found):
        if spot.amount.kind is Kind.COUNT and spot.amount.quantity.unit.name not in _THINGS:
            course.is_foreign |= setting.owner in LINES and not setting.item  # it tells what was done
        if spot.amount.kind is Kind.MONEY:
            met.append(spot)
            if spot.amount in listed:
                owner, field_name = listed[spot.amount]
                fact = _fact(setting, paragraph, spot, field_name, negative=False)
                placed.append(Placed(spot.amount, MoneyReading(owner, fact)))
                continue
            said, before = _said(setting, spot, course), course.head
            is_below = before is not None and (bool(_PARTS.search(spot.between)) or spot.depth > before.depth)
            placed.append(_next(setting, paragraph, spot, said, course))
            if (placed[-1].is_part or is_below) and placed[-1].reading and head_at is not None:
                placed[head_at] = _as_named(placed[head_at])
                if is_below and said.field == "initial_budget" and "年初" in spot.words and not said.line:
                    placed[head_at] = _as_adjusted(placed[head_at])
            if course.head is not before:
                head_at = len(placed) - 1 if course.head else None
    placed = _with_lines_that_add_up(setting, paragraph, placed, met, previous_sum)
    fields = [each.field for each in course.heads]
    owners = {each.owner for each in course.heads}
    is_one = (len(set(fields)) == 1 and len(owners) == 1) or fields == [
        "appropriated",
        "spent",
    ]  # money comes, and is spent: of which the parts
    alone = course.heads[-1] if is_one and course.head is not None else None
    return _without_several_moves(placed), alone


def _with_lines_that_add_up(
    setting: Setting,
    paragraph: Paragraph,
    placed: list[Placed],
    met: Sequence[Spot],
    previous: MoneyReading | None,
) -> list[Placed]:
    """年初预算318.52万元，基本支出205.52万元，项目支出113万元: that the two lines add up to the sum proves them its parts."""
    done = list(placed)
    for at in range(-1, len(placed) - 2):
        whole, parts = placed[at].reading if at >= 0 else previous, placed[at + 1 : at + 3]
        names = [_COUNTED_OFF.sub("", spot.words) for spot in met[at + 1 : at + 3]]
        lines = [{"基本支出": "basic", "项目支出": "project"}.get(name, "") for name in names]
        if (
            whole is None
            or whole.owner != TOTAL
            or {*lines} != {"basic", "project"}
            or any(part.reading for part in parts)
        ):
            continue
        value = whole.fact.value
        sums = [part.amount.quantity.exact for part in parts]
        if (
            isinstance(value, Quantity)
            and None not in sums
            and value.exact == sum(each or 0 for each in sums)
        ):
            for place, line in enumerate(lines, at + 1):
                fact = _fact(setting, paragraph, met[place], whole.fact.field, negative=False)
                done[place] = Placed(placed[place].amount, MoneyReading(line, fact), is_part=True)
            if at >= 0:
                done[at] = _as_named(done[at])
    return done


def header(setting: Setting, sentence: str) -> Window | None:
    """What a sentence opens with before a colon, where that is a field and nothing else: （1）年初预算：."""
    found = _HEADER.match(sentence)
    said = window(found["words"], (), setting.units, "财政") if found else None
    return said if said and said.field and said.is_clear and not said.is_bare else None


def _said(setting: Setting, spot: Spot, course: _Course) -> Window:
    """What the words before an amount name, with what the sentence said before them."""
    words = spot.words
    if setting.owner != TOTAL or setting.item:
        words = _OF_THE_PROJECT.sub("", words)
    before = spot.context.removesuffix(spot.words)
    if "；" in spot.between:
        course.topic = ""
    if (known := _project_before(setting, before)) is not None:
        course.topic = known
    said = window(words, setting.projects, setting.units, spot.context)
    is_told = setting.owner != TOTAL or bool(setting.item or said.line or said.project or said.is_anchored)
    is_told |= "支出预算" in words
    own = spot.context.rpartition("；")[2] if course.topic else setting.said
    is_only = _item(setting, course) and not _OTHER_BUDGET.search(own) and _BESIDE_BUDGET.search(own)
    if (setting.is_unadjusted and is_told) or is_only:
        words = _with_start(words, said.project)
    if "批复" in spot.context and (planned := _PLANNED_SPENDING.search(words)) and not said.line:
        words = f"{words[: planned.start()]}年初{planned.group()}"
    said = window(words, setting.projects, setting.units, spot.context)
    if _LINE_BUDGET.fullmatch(words) and _AFTER_CHANGE.search(spot.context.removesuffix(words)):
        said = evolve(said, field="adjusted_budget", is_clear=True)
    if (
        said.field == "initial_budget"
        and "年初" not in words
        and _AFTER_CHANGE.search(spot.context.removesuffix(words))
    ):
        said = evolve(said, field="adjusted_budget")  # 调整后，部门预算总计1473.6万元
    if not said.field and (setting.item or said.project or course.topic) and _ARRANGED.search(said.rest):
        rest = _ARRANGED.sub("", said.rest)
        said = evolve(said, field="initial_budget", rest=rest, is_clear=window(rest, (), (), "").is_clear)
    if not said.field and _ARRIVED.match(spot.after):
        said = evolve(said, field="appropriated")
    if ("总支出" in words and _PLANNED.search(spot.context)) or _SEVERAL.search(words):
        said = evolve(said, is_clear=False)  # which of several is whose is not told apart
    if course.header is not None and not said.field and (said.line or not words):
        said = evolve(said, field=course.header.field, negative=course.header.negative)
    is_spent = _IS_SPENT.match(spot.after) or (course.follows_spent and _IS_RATED.match(spot.after))
    if not course.in_parts and said.line and not said.field and said.is_clear and is_spent:
        said = evolve(said, field="spent")
    if not said.field and _SUM_OF_PROJECTS.search(spot.context):
        said = evolve(said, field="initial_budget", line="project", is_clear=True)
    if said.is_anchored or said.line:
        course.topic = ""
    if said.field in ("initial_budget", "adjusted_budget") and (named := _TOPIC.search(before)):
        topic = window(named["name"], (), setting.units, "")
        is_name = (
            not _NO_TOPIC.match(named["name"])
            and bool(topic.rest)
            and not topic.is_clear
            and not topic.is_anchored
        )
        course.topic = named["name"] if is_name else course.topic
    return said


def _project_before(setting: Setting, before: str) -> str | None:
    """The project named right before a mark: 一是办案业务费，预算数…, or 数据安全监管服务项目（年初预算…; None where none is."""
    named = before.rstrip("，（")
    is_opened = before != named
    names = (each for each in setting.projects if named.endswith((each, f"{each}项目")))
    return max(names, key=len, default=None) if is_opened and "，" not in before[len(named) + 1 :] else None


def _next(setting: Setting, paragraph: Paragraph, spot: Spot, said: Window, course: _Course) -> Placed:
    """The next amount placed, and the course of the sentence carried on."""
    if _IS_BASE.match(spot.after) and re.match("(?:完成|占|为)", spot.words):
        return Placed(spot.amount, None, "not_budget")
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
    if said.project and not said.line:
        course.topic = said.project
    if inherited is None and spot.depth <= (head.depth if head else 0) and not _COMPARED.search(spot.words):
        course.head = _head(one, said, spot)
        course.in_parts = False
        course.heads += [course.head] if course.head else []
        leads_with_line = bool(said.line) and spot.words.startswith(("基本支出", "项目支出"))
        course.line = (
            said.line if one.reading and leads_with_line else course.line if not said.is_anchored else ""
        )
        is_ours = one.reading is None and (
            one.proposal is not None
            or bool(MOVED.search(spot.words) or _SUMMED.search(spot.words))
            or (said.is_anchored and _BUDGET_ONLY.fullmatch(said.rest))
        )  # though it could not be placed
        course.foreign_by = spot.words
        course.is_foreign = not is_ours and (one.reading is None or (bool(said.line) and not leads_with_line))
    return one


def _as_named(one: Placed) -> Placed:
    """The head of parts: that they are the department's lines says whose it is."""
    return evolve(one, reading=evolve(one.reading, is_named=True)) if one.reading else one


def _as_adjusted(one: Placed) -> Placed:
    """The budget of which the one at the start of the year is a part: 预算总额1956.72万元，其中年初预算1790.37万元."""
    reading = one.reading
    if reading is None or reading.fact.field != "initial_budget" or "年初" in reading.fact.label:
        return one
    return evolve(one, reading=evolve(reading, fact=evolve(reading.fact, field="adjusted_budget")))


def _with_start(words: str, project: str) -> str:
    """预算 that can only be the one at the start of the year, said so."""
    bare = re.sub(rf"“?{re.escape(project)}”?(?:项目)?", "", words) if project else words
    told = _BARE_BUDGET.sub("年初预算", bare)
    return project + told if told != bare else words


def _item(setting: Setting, course: _Course) -> str:
    """The project that is being told of by list or name; empty where none is."""
    name = course.topic if course.topic in setting.projects else setting.item
    return PROJECT_PREFIX + name if name else ""


def _is_bare_budget(setting: Setting, spot: Spot) -> bool:
    words = _with_start(spot.words, "")
    return words != spot.words and window(words, setting.projects, setting.units, spot.context).is_clear


def _head(one: Placed, said: Window, spot: Spot) -> Head | None:
    if one.reading is None:
        return None
    siblings = bool(said.line) and spot.words.endswith(("基本支出", "项目支出"))
    return Head(one.reading.fact.field, said.negative, one.reading.owner, spot.depth, siblings)


def _one(
    setting: Setting, paragraph: Paragraph, spot: Spot, said: Window, head: Head | None, course: _Course
) -> Placed:
    """An amount placed: by its own words, or as a part of what the head speaks of."""
    amount = spot.amount
    is_plan = setting.is_plan or setting.is_proposal or bool(_FUTURE.search(spot.words))
    is_plan &= not (said.field == "forecast" and said.is_clear)
    if amount.doubt or is_plan or said.is_other_money:
        why = "not_budget" if is_plan or said.is_other_money else amount.doubt
        return Placed(amount, None, why, why == "ambiguous")
    field_name = said.field or (head.field if head else "")
    if (
        not said.field
        and head is None
        and (owner := _item(setting, course))
        and _is_bare_budget(setting, spot)
    ):
        proposal = MoneyReading(owner, _fact(setting, paragraph, spot, "initial_budget", negative=False))
        return Placed(amount, None, "ambiguous", True, proposal)  # before or after adjustment
    is_alone = said.is_bare and not said.rest and course.head is None and not setting.item
    if not field_name or is_alone:
        is_open = said.speaks_of_budget and not is_other_year(setting, paragraph, spot)
        return Placed(amount, None, "no_field" if is_open else "not_budget", is_open)
    if is_other_time(setting, paragraph, spot, field_name):
        return Placed(amount, None, "not_budget")
    owner = _owner(setting, said, head, course)
    is_topic = course.topic and not (said.line or said.project or setting.owner.startswith(PROJECT_PREFIX))
    if is_topic and (owner in LINES or setting.item):
        owner = PROJECT_PREFIX + course.topic if course.topic in setting.projects else None
    if not said.is_clear or owner is None or (head and _names_another_field(said, head)):
        is_part = head is not None and not said.line and not said.speaks_of_budget
        proposal = None
        if (
            said.field == "adjustment"
            and setting.owner == TOTAL
            and not setting.item
            and said.line != "basic"
        ):
            proposal = MoneyReading(TOTAL, _fact(setting, paragraph, spot, field_name, said.negative))
        return Placed(amount, None, "not_budget" if is_part else "ambiguous", not is_part, proposal)
    negative = field_name == "adjustment" and (said.negative if said.field else bool(head and head.negative))
    is_named = bool(head or said.line or said.is_anchored or course.line or owner.startswith(PROJECT_PREFIX))
    reading = MoneyReading(owner, _fact(setting, paragraph, spot, field_name, negative), is_named)
    return Placed(amount, reading, is_part=head is not None)


def _owner(setting: Setting, said: Window, head: Head | None, course: _Course) -> str | None:
    """Whose money it is; None where the words do not fit together."""
    alone = setting.owner.startswith(PROJECT_PREFIX)
    if said.project:
        return PROJECT_PREFIX + said.project if not said.line else None
    if said.field == "forecast" and not head and not setting.item and not setting.is_other:
        return said.line or setting.owner
    if setting.item or alone:
        is_sum = bool(_SOURCE.search(course.foreign_by) and _IN_ALL.search(said.words))
        owner = PROJECT_PREFIX + setting.item if setting.item else setting.owner
        fits = (
            said.line != "basic"
            and (head is None or bool(said.field))
            and (not course.is_foreign or said.is_anchored or is_sum)
        )
        return owner if fits else None
    if setting.owner != TOTAL and said.line == TOTAL:  # the sum of the projects
        return setting.owner
    if head is not None:
        return said.line if said.line and head.owner == TOTAL else None
    if said.line or said.is_anchored:
        return said.line or setting.owner
    if course.is_foreign or setting.is_other or (setting.is_aside and course.head is None):
        return None
    return course.line or setting.owner


def _names_another_field(said: Window, head: Head) -> bool:
    """Whether a part of, say, money released is called 预算: then it is no part of it."""
    return "预算" in said.rest and head.field not in ("initial_budget", "adjusted_budget", "adjustment")


def _fact(setting: Setting, paragraph: Paragraph, spot: Spot, field_name: str, negative: bool) -> Fact:
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


def _without_several_moves(placed: list[Placed]) -> list[Placed]:
    """追加5万元，调减2万元: two movements of one line; neither is the adjustment, so both are left open."""
    moves: dict[str, set[object]] = {}
    for each in placed:
        if each.reading and each.reading.fact.field == "adjustment":
            moves.setdefault(each.reading.owner, set()).add(each.reading.fact.value)
    several = {owner for owner, found in moves.items() if len(found) > 1}
    return [
        Placed(each.amount, None, "ambiguous", True)
        if each.reading and each.reading.owner in several and each.reading.fact.field == "adjustment"
        else each
        for each in placed
    ]
