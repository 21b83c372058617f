"""A paragraph becomes its amounts in order: money, ratios and counts, each with unit, qualifier and place.

Years, dates, document numbers, titles in 《》, standards and list numbers are no amounts.
"""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from perfrules.documents import Paragraph
from perfrules.documents.numerals import whole_number
from perfrules.model.quantity import Qualifier, Quantity, printed_quantity
from perfrules.model.unit import MONEY_UNITS, PER_MILLE, PERCENT, Kind, Unit
from perfrules.readers.narrative.words import MEASURE_WORDS, VAGUE_FIELD

_REACH = 200
"""Characters on either side of a number that are looked at: more would make the time grow faster than the text."""
MAX_DIGITS = 40
_NUMBER = r"(?P<apart>(?:(?<![\d.])\d[\d.]*+ ++){1,12})?(?P<minus>(?<=：)-)?(?P<sign>[￥¥]|RMB|CNY)?(?<!\d)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_MONEY_UNIT = "|".join(sorted(MONEY_UNITS, key=len, reverse=True))
_WORDS = "|".join(sorted(MEASURE_WORDS, key=len, reverse=True))
_AMOUNT = re.compile(
    rf"{_NUMBER}(?P<more1>[余多])?(?:"
    rf"(?P<points>个?百分点|个点)|(?P<ratio>[%‰])"
    rf"|(?P<factor>[十百千]?万|亿|千|百)?(?P<more2>[余多])?(?:(?P<yuan>元|块钱)|(?P<word>{_WORDS}))"
    rf"|(?P<money>{_MONEY_UNIT})(?![a-zA-Z\d余多])|(?(sign)|(?!)))"
)
_NUMERALS = re.compile(
    r"(?<![一二三四五六七八九十百千万亿两零〇点第上同\d.])(?P<digits>(?:[一二两三四五六七八九]|(?<![几数])十)[零〇一二两三四五六七八九十百千万亿]*)(?:点(?P<decimals>[零〇一二三四五六七八九]+)(?P<scale>[万亿])?)?(?P<more>[余多])?"
    rf"(?:(?P<money>元)整?(?!化|制|结构|论)|(?P<word>{_WORDS}))(?!月|工作日)"
)
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")
"""The numerals of cheques, each as the plain one."""
_PERCENT = re.compile(
    r"百分之(?P<whole>[零〇一二两三四五六七八九十百]+)(?:点(?P<decimals>[零〇一二三四五六七八九]+))?"
)
_MASKS = (
    r"《[^》]{0,200}》",
    r"[〔\[（][12]\d{3}[〕\]）]第?\d*号?",
    r"第\d+[号条届次期个位名]",
    r"(?<!\d)\d+号",
    r"(?:19|20)\d{2}[-—–~至](?:19|20)\d{2}年?",
    r"(?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?",
    r"(?:19|20)\d{2}(?:(?=年初(?:预算|部门|批复|安排|申报|下达|结转|项目|[县市区省]?财政|核定)|年末结)|年(?:度|末|初|底)?)(?:\d{1,2}(?:[-—–~至]\d{1,2})?月(?:份|末|底)?)?",
    r"\d{1,2}月?[-—–~至]\d{1,2}月(?:份|末|底)?",
    r"\d{1,2}月(?:\d{1,2}日|份|末|底)?",
    r"\d{1,2}日",
    r"(?<![A-Za-z])(?!RMB|CNY)[A-Za-z][A-Za-z0-9/.\-—]{0,60}\d[A-Za-z0-9_.\-—]*",
    r"(?<!\d)\d+(?:个工作日|个月|小时|分钟|岁|周年|年|天|℃|毫米|TB|GB|MB)",
    r"(?<!\d)\d{7,}(?![\d.,元万亿%])",
    r"(?<!\d)\d+(?:\.\d+)?[-—–~至]\d+(?:\.\d+)?(?=[℃个])",
)
_MASK = re.compile("|".join(_MASKS))
_ONE_NUMBER = re.compile(r"[1-9]\d*(?:\.\d+)?")
_ABOUT = re.compile(r"(?:(?<![节合预签])约|大约|大概)(?:为|有)?$")
_BELOW = re.compile(r"(?:近|将近|不足|不到|低于|少于)$")
_ABOVE = re.compile(r"(?:超过?|至少|不少于|不低于|高于|多于|逾)$")
_AFTER_ABOUT = re.compile(r"左右|上下")
_AFTER_ABOVE = re.compile(r"以上")
_UNIT_STATED = re.compile(
    r"(?:金额|计量)?单位：(?:人民币)?(?P<unit>[百千]?万元|亿元|千元|元)(?![\u4e00-\u9fff\d])"
)
_WITH_UNIT = re.compile(r"\d[余多]?[百千]?[万亿]?元")
_BARE = re.compile(
    r"(?<=[\u4e00-\u9fff：])(?:(?<=：)-)?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=[，。；：、（）]|$)"
)
UNIT_IN_LABEL = re.compile("（(?:单位：)?(?P<unit>亿元|万元|千元|元)）(?=：)")
"""The unit of a figure in its label: 年初预算数（万元）：180.00."""
_IN_ITS_UNIT = re.compile(
    rf"{UNIT_IN_LABEL.pattern}：(?P<digits>-?(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?))(?=[，。；]|$)"
)
_ON_BUDGET = re.compile(
    r"(?:预算|支出|结转|结余|追加|拨付|到位|支付|调[增减整]|执行数|余额)(?:数|额|资金|经费|情况)?(?:为|共|计|共计|合计|是|：)*$"
)
"""Words right before a number that make it money where a unit is stated above."""
_FACTORS = {"万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "千": 1000, "百": 100}


@frozen
class Amount:
    """One amount of a paragraph. `kind` is money, ratio or count; `start` and `end` bound number and unit.

    `doubt` tells why it may not be used: a range, a unit price, percentage points, a number in two pieces. `joined` is
    the number that its pieces make together, where blanks part them. `at_most` and the other qualifiers are in the quantity.
    """

    kind: Kind
    start: int
    end: int
    quantity: Quantity
    doubt: str = ""
    joined: Quantity | None = None


def amounts(paragraph: Paragraph, unit: Unit | None = None) -> tuple[Amount, ...]:
    """The amounts of a paragraph in order, those in titles and document numbers left out.

    `unit` is the unit of money that is stated over the paragraph, for numbers behind words of the budget that have none.
    """
    blotted = masked(paragraph.text)
    found = [_amount(blotted, each) for each in _AMOUNT.finditer(blotted)]
    found += [_in_numerals(blotted, each) for each in _NUMERALS.finditer(blotted.translate(_CAPITALS))]
    found += [_labelled(blotted, each) for each in _IN_ITS_UNIT.finditer(blotted)]
    found += [_percent_in_numerals(blotted, each) for each in _PERCENT.finditer(blotted)]
    if unit is not None and not _WITH_UNIT.search(paragraph.text):
        found += [_without_unit(blotted, each, unit) for each in _BARE.finditer(blotted)]
    return tuple(sorted((amount for amount in found if amount is not None), key=lambda each: each.start))


def unit_stated(paragraph: Paragraph) -> Unit | None:
    """The unit of money that a line states for what stands below it: （金额单位：万元）; None where it states none."""
    found = _UNIT_STATED.search(paragraph.text)
    return MONEY_UNITS[found["unit"]] if found else None


def _without_unit(text: str, found: re.Match[str], unit: Unit) -> Amount | None:
    """A number in a clause on the budget as money of the unit stated above: 年初预算1200."""
    before, after = _around(text, found)
    digits = found.group().replace(",", "")
    if len(digits) > MAX_DIGITS or not _ON_BUDGET.search(re.split("[，。；、（）]", before)[-1]):
        return None
    qualifier, open_ended = _qualifier(before, after, False)
    shown = _all_words(before, found.group(), after, qualifier)
    quantity = printed_quantity(digits, unit, qualifier, words=shown, open_ended=open_ended)
    return Amount(Kind.MONEY, found.start(), found.end(), quantity, _doubt(found, before, after, False))


def _labelled(text: str, found: re.Match[str]) -> Amount | None:
    """A number whose label gives its unit: 年初预算数（万元）：180.00."""
    digits = found["digits"].replace(",", "")
    before = text[max(0, found.start() - _REACH) : found.start()]
    if len(digits) > MAX_DIGITS or not _ON_BUDGET.search(re.split("[，。；、（）]", before)[-1]):
        return None
    quantity = printed_quantity(digits, MONEY_UNITS[found["unit"]], words=found["digits"])
    return Amount(Kind.MONEY, *found.span("digits"), quantity)


def _percent_in_numerals(text: str, found: re.Match[str]) -> Amount | None:
    """A ratio in numerals: 百分之八十八点八."""
    whole = whole_number(found["whole"])
    if whole is None:
        return None
    decimals = f".{_decimals(found['decimals'])}" if found["decimals"] else ""
    before, after = _around(text, found)
    qualifier, open_ended = _qualifier(before, after, False)
    shown = _all_words(before, found.group(), after, qualifier)
    quantity = printed_quantity(f"{whole}{decimals}", PERCENT, qualifier, words=shown, open_ended=open_ended)
    return Amount(
        Kind.RATIO, found.start(), found.end(), quantity, "points" if after.startswith("点") else ""
    )


def _decimals(numerals: str) -> str:
    return "".join(str("零一二三四五六七八九".index(each)) for each in numerals.replace("〇", "零"))


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a number, as far as words that belong to it may reach."""
    return text[max(0, found.start() - _REACH) : found.start()], text[found.end() : found.end() + _REACH]


def _in_numerals(text: str, found: re.Match[str]) -> Amount | None:
    """An amount in numerals: 五十万元, 一亿二千万元, 十八期. A single numeral before a measure word is no count."""
    words = found["digits"]
    before, after = _around(text, found)
    unit, rest = Unit(Kind.COUNT, found["word"] or ""), words
    if found["money"]:
        last = words[-1]
        is_scaled = last in "万亿" and not re.search("[万亿]", words[:-1])
        unit, rest = (MONEY_UNITS[f"{last}元"], words[:-1]) if is_scaled else (MONEY_UNITS["元"], words)
    decimals = f".{_decimals(found['decimals'])}" if found["decimals"] else ""
    if decimals:  # 六十一点五万元
        unit, rest = MONEY_UNITS[f"{found['scale'] or ''}元"] if found["money"] else unit, words
    number = whole_number(rest)
    if number is None or len(words) + len(decimals) < 2:
        return None
    qualifier, open_ended = _qualifier(before, after, bool(found["more"]))
    shown = _all_words(before, found.group(), after, qualifier)
    quantity = printed_quantity(f"{number}{decimals}", unit, qualifier, words=shown, open_ended=open_ended)
    return Amount(unit.kind, found.start(), found.end(), quantity, _doubt(found, before, after, False))


def masked(text: str) -> str:
    """The text with titles, dates, document numbers and codes blotted out, every other character in its place."""
    return _MASK.sub(lambda found: "□" * len(found.group()), text)


def _amount(text: str, found: re.Match[str]) -> Amount | None:
    digits = (found["minus"] or "") + found["digits"].replace(",", "")
    before, after = _around(text, found)
    if len(digits) > MAX_DIGITS:
        return None
    unit, factor = _unit(found, before)
    if unit is None:
        return None
    more = bool(found["more1"] or found["more2"])
    qualifier, open_ended = _qualifier(before, after, more)
    words = _all_words(before, text[found.start() : found.end()], after, qualifier)

    def quantity(digits: str) -> Quantity:
        return printed_quantity(digits, unit, qualifier, words=words, open_ended=open_ended, factor=factor)

    whole = re.sub("[ ,]", "", (found["apart"] or "") + digits)
    is_number = bool(found["apart"]) and bool(_ONE_NUMBER.fullmatch(whole)) and len(whole) <= MAX_DIGITS
    return Amount(
        unit.kind,
        found.start(),
        found.end(),
        quantity(digits),
        _doubt(found, before, after, bool(found["points"])),
        quantity(whole) if is_number else None,
    )


def _unit(found: re.Match[str], before: str) -> tuple[Unit | None, int]:
    if found["points"]:
        return Unit(Kind.RATIO, "个百分点", Fraction(1, 100)), 1
    if found["ratio"]:
        return (PERCENT if found["ratio"] == "%" else PER_MILLE), 1
    if name := found["money"]:
        alone = name in ("万", "亿")
        return (None, 1) if alone and not _speaks_of_money(before) else (MONEY_UNITS[name], 1)
    factor = found["factor"] or ""
    if found["sign"] and not found["word"]:
        return MONEY_UNITS["元"], 1
    if found["yuan"]:
        return MONEY_UNITS.get(factor + "元"), 1
    return Unit(Kind.COUNT, found["word"]), _FACTORS.get(factor, 1)


def _speaks_of_money(before: str) -> bool:
    clause = re.split("[，。；：、（）]", before)[-1]
    return bool(
        VAGUE_FIELD.search(clause)
        or re.search("资金|金额|安排|费$|剩余|结余|尚余|余额|余款|欠款|尾款|货款|工资|津贴", clause)
    )


def _qualifier(before: str, after: str, more: bool) -> tuple[Qualifier, bool]:
    if more:
        return Qualifier.AT_LEAST, bool(_AFTER_ABOVE.match(after))
    if _ABOUT.search(before) or _AFTER_ABOUT.match(after):
        return Qualifier.ABOUT, False
    if _BELOW.search(before):
        return Qualifier.AT_MOST, False
    if _ABOVE.search(before) or _AFTER_ABOVE.match(after):
        return Qualifier.AT_LEAST, True
    return Qualifier.EXACT, False


def _all_words(before: str, words: str, after: str, qualifier: Qualifier) -> str:
    """The number as a person reads it: with 约 before or 以上 after it."""
    if qualifier is Qualifier.EXACT:
        return words
    head = next((found.group() for each in (_ABOUT, _BELOW, _ABOVE) if (found := each.search(before))), "")
    tail = next((found.group() for each in (_AFTER_ABOUT, _AFTER_ABOVE) if (found := each.match(after))), "")
    return head + words + tail


def _doubt(found: re.Match[str], before: str, after: str, is_points: bool) -> str:
    if is_points:
        return "points"
    if (
        found.groupdict().get("apart")
        or re.search(r"[A-Za-z.]$|\d[ ,.，。]?$|\d[%‰]?[-—–~至]$", before)
        or (before.endswith("，") and _is_split(before, found))
    ):
        return "ambiguous"
    if re.match(r"[-—–~至]\d", after):
        return "ambiguous"
    if re.match(r"[/／]|每|以[内下]", after):
        return "not_budget"
    return ""


def _is_split(before: str, found: re.Match[str]) -> bool:
    """Whether a full-width comma may be a thousands separator: `1，286.50万元`."""
    return bool(re.search(r"(?<!\d)\d{1,3}，$", before)) and bool(re.match(r"\d{3}(?!\d)", found["digits"]))
