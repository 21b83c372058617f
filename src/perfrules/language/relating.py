"""Which values may stand beside each other in a comparison, and the faults of those that may not."""

from __future__ import annotations

from fractions import Fraction

from perfrules.bilingual import Bilingual
from perfrules.language.amounts import exactly
from perfrules.language.kinds import NUMERIC, comparable
from perfrules.language.naming import LABELS, Naming
from perfrules.language.syntax import Listing, Literal, Negative, Node, below
from perfrules.model.truth import Number
from perfrules.model.unit import Kind

WRITE_UNIT = {
    Kind.MONEY: Bilingual("金额要写单位, 如 200万元", "write the unit of money, as in 200万元"),
    Kind.DAYS: Bilingual("天数要写单位, 如 10天", "write the unit of days, as in 10天"),
    Kind.MONTHS: Bilingual("月数要写单位, 如 6个月", "write the unit of months, as in 6个月"),
}
_MEETING = {
    frozenset({Kind.MONEY, Kind.RATIO}): Bilingual(
        "金额除以金额才是比率, 如 实际支出 / 调整预算",
        "money divided by money is a ratio: spent / adjusted_budget",
    ),
    frozenset({Kind.MONEY, Kind.COUNT}): Bilingual(
        "金额除以数量是单价, 数量乘单价是金额",
        "money divided by a count is a price, a count times a price money",
    ),
    frozenset({Kind.DAYS, Kind.MONTHS}): Bilingual(
        "天数与月数不能互换; 用 days_between 或 months_between",
        "days are no months; take days_between or months_between",
    ),
}


def meeting(left: Kind, right: Kind) -> Bilingual | None:
    """A hint for two kinds that do not go together: how they could."""
    both = {left, right}
    if Kind.NUMBER in both and (unit := WRITE_UNIT.get(left if right is Kind.NUMBER else right)):
        return unit
    if both == {Kind.NUMBER, Kind.DATE}:
        return Bilingual("日期写作 2022-06-30", "a date is written 2022-06-30")
    if Kind.TEXT in both and both & {*NUMERIC}:
        return Bilingual(
            "数与日期不加引号; 引号之内是文字", "numbers and dates stand without quotation marks"
        )
    if Kind.TRUTH in both:
        return Bilingual("条件用 and or not 连接", "conditions are joined by and, or, not")
    return _MEETING.get(frozenset(both))


class Relating(Naming):
    """The comparisons of one expression while it is checked."""

    def truths(self, parts: tuple[Node, ...], rows: tuple[str, ...]) -> Kind:
        """Faults for parts that are no conditions."""
        for part in parts:
            kind = self.kind(part, rows)
            if kind is not None and kind is not Kind.TRUTH:
                self.mismatch(part, kind, Kind.TRUTH)
        return Kind.TRUTH

    def compared(self, node: Node, operator: str, kinds: tuple[Kind, Kind], sides: tuple[Node, Node]) -> None:
        """Notes why two values cannot be compared by an operator, if they cannot."""
        left, right = kinds
        if not comparable(left, right):
            zh = f"{LABELS[left].zh}不能与{LABELS[right].zh}比较"
            self.fault(
                node,
                "not_comparable",
                zh,
                f"{LABELS[left].en} cannot be compared with {LABELS[right].en}",
                meeting(left, right),
            )
        elif operator not in ("==", "!=") and not {left, right} <= {*NUMERIC, Kind.DATE}:
            label = LABELS[right if left is Kind.MEASURE else left]
            hint = Bilingual("文字用 == != has 等比较", "texts are compared by == != has and the like")
            self.fault(node, "no_order", f"{label.zh}没有大小", f"{label.en} has no order", hint)
        elif operator == "≈" and Kind.DATE in kinds:
            self.fault(node, "no_order", "日期不用 ≈ 比较", "dates are not compared with ≈")
        elif Kind.RATIO in kinds:
            for side in sides:
                self.bare_number(side)

    def bare_number(self, side: Node) -> None:
        """A bare number beside a ratio is nearly always a percentage whose sign was forgotten."""
        if isinstance(side, Negative | Listing):
            for each in below(side):
                self.bare_number(each)
        elif isinstance(side, Literal) and self.kinds.get(id(side)) is Kind.NUMBER:
            assert isinstance(side.value, Number)
            exact = side.value.interval.exact
            assert exact is not None
            if exact not in (Fraction(0), Fraction(1)):
                meant = exactly(exact * 100) if exact < 1 else side.text
                hint = Bilingual(f"是否为 {meant}%?", f"did you mean {meant}%?")
                self.fault(
                    side, "bare_number", "比率要与百分数比较", "a ratio is compared with a percentage", hint
                )
