"""The printed ratios of a sentence: claims with their owner and base, or unread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from perfrules.documents import Paragraph
from perfrules.model.fact import Fact
from perfrules.model.submission import Unread
from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount
from perfrules.readers.narrative.money.claims import LINE_ALONE, Said, claim, line_of_share, rate_told
from perfrules.readers.narrative.money.listed import owners_named, runs
from perfrules.readers.narrative.money.spots import (
    Placed,
    Setting,
    Spot,
    is_last_year,
    is_other_year,
    label,
    spots,
)
from perfrules.readers.narrative.readings import MoneyReading, Readings

_MONEY_RATE = re.compile(
    "执行率|支[付出]率|到位率|(?:支出|执行|资金|支付)进度|(?<!药)(?<!均)占比|占[^，。；]{0,8}(?:预算|指标|资金|拨付|到位)|完成[^，。；]{0,6}预算|(?<!床)(?<!设备)使用率"
)
_NO_RATE = re.compile(
    "序时|时间进度|要求|目标|应达|应当|不低于|以上|以下|力争|确保|争取|低于|高于|快于|慢于|同比|上年|去年|同期|比20|达标|政府采购|三公|提高到|可达|预计|有望|达到$|率至|完成率|面积|人口|比重"
)
"""What makes a rate one that is aimed at, or that of something else."""

_SPENT = re.compile("(?:实际|累计|已|共|完成|资金)*(?:支出|支付|使用)(?:资金|经费)?")
"""Words of spending, and of no line."""
_OPENING = re.compile("^；|今年|本年|全年|□|截[至止]|[一二三四五六七八九]是")


def claims_told(
    setting: Setting,
    paragraph: Paragraph,
    blotted: str,
    sentence: tuple[int, int],
    found: Sequence[Amount],
    placed: Sequence[Placed],
) -> Readings:
    """The ratios of a sentence: claims, or unread."""
    readings, before, is_after_money = Readings(), None, False
    depths = {spot.amount: spot.depth for spot in spots(blotted, sentence, found)}
    rate = rate_told(blotted[sentence[0] : sentence[1]])
    paired = _paired(setting, blotted, sentence, found, placed)
    for spot in spots(blotted, sentence, found):
        follows_money, is_after_money = is_after_money, spot.amount.kind is Kind.MONEY
        if spot.amount.kind is not Kind.RATIO:
            continue
        left = [
            (each.amount, each.reading or _spent(each))
            for each in placed
            if each.amount.start < spot.amount.start and depths[each.amount] <= spot.depth
        ]
        words = spot.words
        if words == "的" and (base := _base_before(blotted, sentence, found, spot)):
            words, left = base, left[:-1]
        if words in ("占", "完成") and (base := _only_budget(blotted, sentence, found, spot)):
            words += base
        if rate and LINE_ALONE.fullmatch(words):
            words += rate
        is_aside = setting.is_plan or is_other_year(setting, paragraph, spot) or is_last_year(paragraph, spot)
        said = (
            None
            if is_aside
            else claim(words, blotted[spot.amount.end :], setting, left, is_alone=_is_alone(setting, spot))
        )
        if spot.amount in paired and not is_aside:
            said = paired[spot.amount]
        elif (
            said is not None
            and said.of is not None
            and not line_of_share(words)
            and _ends_parts([each for each in placed if depths[each.amount] <= spot.depth], spot, found)
        ):
            said = evolve(said, owner="")  # of the whole, or of its last part
        is_another = not follows_money and _is_another_share(words, spot)
        if said is not None and not said.owner and before is not None and is_another:
            said = evolve(before, base=said.base)
        before = said if said is not None and said.owner else None
        where = setting.document.place(paragraph, spot.amount.start, spot.amount.end)
        quote = setting.document.cut(where)
        if said is None or spot.amount.doubt:
            is_cut = spot.amount.doubt == "ambiguous" and not spot.context  # 88。81%
            is_told_apart = is_other_year(setting, paragraph, spot) or is_last_year(paragraph, spot)
            is_open = is_cut or (not is_told_apart and _is_unplaced_rate(words, spot))
            why = "unpaired" if is_open else "not_budget"
            readings += Readings(unread=(Unread(where, quote, why, is_open),))
        elif not said.owner:
            readings += Readings(unread=(Unread(where, quote, "unpaired", True),))
        else:
            fact = Fact(
                "printed", spot.amount.quantity, location=where, quote=quote, label=label(paragraph, spot)
            )
            readings += Readings(claims=(said.reading(fact),))
    return readings


def _spent(one: Placed) -> MoneyReading | None:
    """What an amount is proposed to be, where that is spending: a rate of it stands or falls with it."""
    return one.proposal if one.proposal and one.proposal.fact.field == "spent" else None


def _paired(
    setting: Setting,
    blotted: str,
    sentence: tuple[int, int],
    found: Sequence[Amount],
    placed: Sequence[Placed],
) -> dict[Amount, Said]:
    """The ratios of lists with 分别: of the lines or projects named before them, or of as many amounts; else of none."""
    told: dict[Amount, Said] = {}
    for run in runs(blotted, found, Kind.RATIO):
        words = blotted[sentence[0] : run[0].start]
        clause = re.split("[，；]", words)[-1]
        named = owners_named(setting, clause)
        money = [each.reading for each in placed if each.amount.start < run[0].start][-len(run) :]
        rate = claim(clause.replace("分别", ""), "", setting, [])
        fields = {each.fact.field if each else "" for each in money}
        for at, amount in enumerate(run):
            said = rate if rate is None else evolve(rate, owner="")
            if rate is not None and len(named) == len(run):
                said = evolve(rate, owner=named[at])
            elif (
                rate is not None
                and not named
                and len(money) == len(run)
                and len(fields) == 1
                and (of := money[at])
            ):
                said = evolve(rate, owner=of.owner, numerator=of.fact.field, of=of)
            if said is not None:
                told[amount] = said
    return told


def _is_alone(setting: Setting, spot: Spot) -> bool:
    """Whether the sentence says nothing but times and the unit before the words of a ratio."""
    said = re.sub("[，：、（）]", "", spot.context.removesuffix(spot.words))
    names = any(name in said for name in setting.projects)
    return not names and not re.search(r"\d\.\d", said)


def _is_unplaced_rate(words: str, spot: Spot) -> bool:
    """Whether words speak of a rate of money that could not be placed; what is aimed at or compared is none."""
    is_share = "占比" not in words or re.search("支出|预算|执行|拨付", spot.context[-40:])
    is_rate = bool(_MONEY_RATE.search(words)) and not _NO_RATE.search(words)
    return spot.amount.doubt != "points" and is_rate and bool(is_share)


def _is_another_share(words: str, spot: Spot) -> bool:
    """Whether a ratio is told right after another of the same money: …占已下达指标的67.15%，占调整后预算的64.31%."""
    return words.startswith("占") and spot.between == f"，{words}"


def _base_before(blotted: str, sentence: tuple[int, int], found: Sequence[Amount], ratio: Spot) -> str:
    """The words of 完成全年预算2560万元的47.61% without the amount in them: 完成全年预算的."""
    for spot in spots(blotted, sentence, found):
        if spot.amount.kind is Kind.MONEY and spot.amount.end == ratio.amount.start - 1:
            return spot.words + "的"
    return ""


def _only_budget(blotted: str, sentence: tuple[int, int], found: Sequence[Amount], ratio: Spot) -> str:
    """The words of the budget in 预算320万元，支出101.28万元，占31.65%: where there is no other base it can be a share of.

    It may stand behind in a bracket: 支出306.4万元（全年预算310万元），完成98.84%.
    """
    start = max(sentence[0], blotted.rfind("；", sentence[0], ratio.amount.start))
    inside = [each for each in found if each.start >= start]
    money = [each for each in spots(blotted, (start, sentence[1]), inside) if each.amount.kind is Kind.MONEY]
    before = [each for each in money if each.amount.start < ratio.amount.start]
    if len(before) != 2 or not re.fullmatch("）?，(?:占|完成)", ratio.between):
        return ""
    spent, budget = before if before[1].depth else reversed(before)
    is_told = "预算" in budget.words and _SPENT.fullmatch(_OPENING.sub("", spent.words))
    return budget.words if is_told else ""


def _ends_parts(placed: Sequence[Placed], spot: Spot, found: Sequence[Amount]) -> bool:
    """Whether the ratio follows several parts of a sum of which the others had none of their own."""
    before = [each for each in placed if each.amount.start < spot.amount.start][-2:]
    return (
        len(before) == 2
        and all(each.is_part for each in before)
        and not any(
            each.kind is Kind.RATIO and before[0].amount.start < each.start < before[1].amount.start
            for each in found
        )
    )
