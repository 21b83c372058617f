"""What an amount may be that its words leave open, if other figures prove it; and the fact that a place of the text makes."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import evolve

from perfrules.documents import Paragraph
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity, printed_quantity
from perfrules.readers.narrative.money.course import Course, project_told
from perfrules.readers.narrative.money.said import is_bare_budget
from perfrules.readers.narrative.money.spots import Placed, Setting, Spot, is_other_time, label
from perfrules.readers.narrative.money.subject import another_speaks
from perfrules.readers.narrative.money.window import Window, window
from perfrules.readers.narrative.readings import BARE, BASIC, PROJECT_PREFIX, TOTAL, MoneyReading

FUTURE = re.compile(
    "(?<!用款)计划(?!”|(?:年初|全年)?预算)|拟|将于|力争|确保|底前|日前|□前|可支付|可拨付|尚需|还需|预计(?!执行)"
)
"""Words of money that will be paid."""
IS_BASE = re.compile(r"(?:的|之)(?:约|近)?(?P<ratio>\d+(?:\.(?P<places>\d+))?)%")
AS_BASE = re.compile("^(?:完成|占|为)")
"""How the base of a ratio is told beside it: 支出1219万元，完成全年预算2560万元的47.61%."""
_OF_BASIC = re.compile("基本支出|公用经费|人员经费")
"""Kinds of expense of which the budget of basic spending is made."""
_PAID_FOR = re.compile("支[付出]|列支|兑付|发放|使用")
"""Words of paying, for whatever it was."""
_SAVED = re.compile("节约(?:资金)?$|节余(?:资金)?$")
_UNPAID = re.compile("[应未待需]|不再|合同价|中标")


def fact_of(
    setting: Setting, paragraph: Paragraph, spot: Spot, field_name: str, negative: bool = False
) -> Fact:
    """The amount as a fact of a field, with its place and the words before it; `negative` for a cut."""
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


def base_of_ratio(
    setting: Setting, paragraph: Paragraph, spot: Spot, ratio: re.Match[str], last: Placed | None
) -> Placed:
    """The base of a ratio: a budget of whose money stands before it, where the ratio printed is that of the two.

    Else it may be of anybody, or the ratio is wrong; it is named once more at the most, and nothing new is told.
    """
    aside = Placed(spot.amount, None, "not_budget")
    of, named = last.reading if last else None, evolve(spot, words=AS_BASE.sub("", spot.words))
    is_beside = re.fullmatch(rf"[^，。；：、（）\d]{{0,6}}，?{re.escape(spot.words)}", spot.between)
    if of is None or not is_beside or not _makes(of.fact.value, spot.amount.quantity, ratio):
        return aside
    said = window(named.words, setting.projects, setting.units, spot.context)
    if said.line not in ("", of.owner) or said.project not in ("", of.owner.removeprefix(PROJECT_PREFIX)):
        return aside
    if said.field in ("initial_budget", "adjusted_budget") and said.is_clear:
        fact = fact_of(setting, paragraph, named, said.field)
        return evolve(aside, reading=MoneyReading(of.owner, fact, of.is_named))
    if of.owner.startswith(PROJECT_PREFIX) and is_bare_budget(setting, named):
        return evolve(aside, proposal=bare_budget(setting, paragraph, named, of.owner))
    return aside


def _makes(part: object, whole: Quantity, ratio: re.Match[str]) -> bool:
    """Whether a printed ratio is that of two amounts, as far as its digits go."""
    if not isinstance(part, Quantity) or part.exact is None or not whole.exact:
        return False
    half = Fraction(1, 2 * 10 ** len(ratio["places"] or ""))
    return abs(100 * part.exact / whole.exact - Fraction(ratio["ratio"])) <= half


def bare_budget(setting: Setting, paragraph: Paragraph, spot: Spot, owner: str) -> MoneyReading:
    """What a project's 预算 is proposed to be: the one it began with, or, where a change of it may be told, either."""
    name = owner.removeprefix(PROJECT_PREFIX)
    is_rated = name in setting.touched or "预算" not in spot.words  # 社区矫正工作经费48万元
    told = BARE[2 if name in setting.changed else 1 if is_rated else 0]
    return MoneyReading(owner, fact_of(setting, paragraph, spot, told))


def proposal_of(
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
        return MoneyReading(TOTAL, fact_of(setting, paragraph, spot, said.field)) if is_ours else None
    if spot.amount.doubt or setting.is_plan or setting.is_proposal or FUTURE.search(spot.words):
        return None
    owner, name = "", ""
    if said.field == "adjustment" and (_OF_BASIC.search(spot.words) or not said.is_other_money):
        name, owner = said.field, _adjusted(setting, spot, said, project)
    elif project and not said.line and not said.field and _SAVED.search(spot.words):
        name, owner = "unspent", project
    elif project and not said.line and _PAID_FOR.search(spot.words) and not _UNPAID.search(spot.words):
        name, owner = "spent", project
    elif setting.owner == TOTAL and not project and not said.field and said.line and said.is_clear:
        owner = said.line if said.line != TOTAL else ""
    if not owner or is_other_time(setting, paragraph, spot, name):
        return None
    return MoneyReading(
        owner, fact_of(setting, paragraph, spot, name, name == "adjustment" and said.negative)
    )


def _adjusted(setting: Setting, spot: Spot, said: Window, project: str) -> str:
    """Whose budget money added or cut for a purpose may have changed; empty where that is not even to be guessed."""
    if project or setting.item:
        return "" if said.line else project
    if setting.owner != TOTAL:
        return ""
    return BASIC if said.line == BASIC or _OF_BASIC.search(spot.words) else TOTAL
