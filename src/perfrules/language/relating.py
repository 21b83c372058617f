"""Which values may stand beside each other in a comparison, and the faults of those that may not."""

from __future__ import annotations

from fractions import Fraction

from perfrules.bilingual import Bilingual
from perfrules.language.kinds import NUMERIC, comparable
from perfrules.language.naming import LABELS, Naming
from perfrules.language.syntax import Literal, Negative, Node
from perfrules.model.truth import Number
from perfrules.model.unit import Kind

WRITE_UNIT = {
    Kind.MONEY: Bilingual("金额要写单位, 如 200万元", "write the unit of money, as in 200万元"),
    Kind.DAYS: Bilingual("天数要写单位, 如 10天", "write the unit of days, as in 10天"),
    Kind.MONTHS: Bilingual("月数要写单位, 如 6个月", "write the unit of months, as in 6个月"),
}


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
            hint = WRITE_UNIT.get(left if right is Kind.NUMBER else right) if Kind.NUMBER in kinds else None
            zh = f"{LABELS[left].zh}不能与{LABELS[right].zh}比较"
            self.fault(
                node,
                "not_comparable",
                zh,
                f"{LABELS[left].en} cannot be compared with {LABELS[right].en}",
                hint,
            )
        elif operator not in ("==", "!=") and not {left, right} <= {*NUMERIC, Kind.DATE}:
            label = LABELS[right if left is Kind.MEASURE else left]
            self.fault(node, "no_order", f"{label.zh}没有大小", f"{label.en} has no order")
        elif operator == "≈" and Kind.DATE in kinds:
            self.fault(node, "no_order", "日期不用 ≈ 比较", "dates are not compared with ≈")
        elif Kind.RATIO in kinds:
            for side in sides:
                self.bare_number(side)

    def bare_number(self, side: Node) -> None:
        """A bare number beside a ratio is nearly always a percentage whose sign was forgotten."""
        if isinstance(side, Negative):
            self.bare_number(side.operand)
        elif isinstance(side, Literal) and self.kinds.get(id(side)) is Kind.NUMBER:
            assert isinstance(side.value, Number)
            if side.value.interval.exact not in (Fraction(0), Fraction(1)):
                hint = Bilingual(f"是否为 {side.text}%?", f"did you mean {side.text}%?")
                self.fault(
                    side, "bare_number", "比率要与百分数比较", "a ratio is compared with a percentage", hint
                )
