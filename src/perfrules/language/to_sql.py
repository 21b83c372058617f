"""Whole-number nodes → sqlglot expressions, which print as DuckDB, Spark or PostgreSQL.

Only `+ - *`, comparisons, `CASE`, and whole division where `round` or `floor` asks for it; no `/`, no `avg`, no floats. NULL is unknown and `AND`, `OR`, `NOT`
are Kleene's, as in the definition. What can pass 64 bits is computed in 128 (DuckDB's HUGEINT, elsewhere
DECIMAL(38,0)); what can pass 38 digits raises `BeyondError`. sqlglot comes with the extra `bulk`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from sqlglot import exp

from perfrules.language.values import BLANK
from perfrules.language.whole.amounts import BeyondError
from perfrules.language.whole.making import may_be_unknown
from perfrules.language.whole.nodes import (
    Aggregates,
    Always,
    AnyRow,
    Both,
    Cases,
    Column,
    Compare,
    Day,
    Decided,
    Either,
    Fallback,
    Flag,
    Int,
    Is,
    Known,
    Magnitude,
    Not,
    NotZero,
    Opposite,
    Product,
    Quotient,
    Sum,
    Tally,
    TextColumn,
    TextCompare,
    Total,
    Truth,
    Utmost,
    Where,
    Whole,
    WhollyNode,
    Words,
)
from perfrules.language.whole.ranges import widest

SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""What Python strips from the ends of a text."""
MOST_64, MOST_128 = 2**63 - 1, 10**38 - 1
_COMPARED = {"<": "LT", "<=": "LTE", "==": "EQ", "!=": "NEQ", ">": "GT", ">=": "GTE"}


def to_sql(node: WhollyNode, aggregated: Callable[[Aggregates], exp.Expression]) -> exp.Expression:
    """The node over tables `t0`, `t1`, `t2`; `aggregated` gives the column in which an aggregate was computed."""
    return _Printer(aggregated).printed(node)


def condition_to_sql(node: Truth, aggregated: Callable[[Aggregates], exp.Expression]) -> exp.Expression:
    """The same for a condition that is asked where unknown counts as false: in CASE WHEN, in BOOL_OR."""
    return _Printer(aggregated).condition(node)


def sql_text(tree: exp.Expression, dialect: str) -> str:
    """The text of a statement for `duckdb`, `spark` or `postgres`.

    Only Spark adds up BIGINT in 64 bits, so what is added up in 128 is cast before.
    """
    return (tree.transform(_cast_before) if dialect == "spark" else tree).sql(dialect=dialect)


def _cast_before(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Sum) and node.to.is_type("decimal"):
        node.this.set("this", exp.cast(node.this.this, node.to.copy()))
    return node


class _Printer:
    def __init__(self, aggregated: Callable[[Aggregates], exp.Expression]) -> None:
        self.aggregated = aggregated
        self.is_wide = False

    def printed(self, node: WhollyNode) -> exp.Expression:
        match node:
            case Whole(value):
                number = exp.Literal.number(abs(value))
                written = exp.Neg(this=number) if value < 0 else number
                return self.wide(written) if self.is_wide else written
            case Column():
                return self.wide(_column(node.read)) if self.is_wide else _column(node.read)
            case TextColumn(read) | Flag(read):
                return _column(read)
            case Day(read):
                days = exp.DateDiff(
                    this=_column(read),
                    expression=exp.cast(exp.Literal.string("1970-01-01"), "date"),
                    unit=exp.var("DAY"),
                )
                return self.wide(days) if self.is_wide else days
            case Sum(parts):
                total = self.printed(parts[0])
                for part in parts[1:]:
                    total = self.plus(total, part)
                return exp.paren(total)
            case Product(left, right):
                return exp.Mul(this=self.printed(left), expression=self.printed(right))
            case Quotient(left, right):
                return exp.paren(exp.IntDiv(this=self.printed(left), expression=self.printed(right)))
            case Opposite(operand):
                return exp.paren(exp.Neg(this=exp.paren(self.printed(operand))))
            case Magnitude(operand):
                return exp.Abs(this=self.printed(operand))
            case NotZero(operand):
                return exp.Nullif(this=self.printed(operand), expression=exp.Literal.number(0))
            case Where(test, value):
                return self.case([(test, self.long(value))], None)
            case Cases(test, then, otherwise):
                rest: list[tuple[Truth, exp.Expression]] = [(test, self.long(then))]
                if not may_be_unknown(test):
                    return self.case(rest, self.long(otherwise))
                return self.case([*rest, (Not(test), self.long(otherwise))], None)
            case Fallback(first, second):
                return exp.Coalesce(this=self.long(first), expressions=[self.long(second)])
            case Tally() | Total() | Utmost():
                found = self.aggregated(node)
                return self.wide(found) if self.is_wide else found
            case AnyRow():
                return self.aggregated(node)
            case Words(value):
                return exp.Literal.string(value)
            case Always(value):
                return exp.null() if value is None else exp.Boolean(this=value)
            case Compare(operator, left, right):
                return self.compared(operator, left, right)
            case TextCompare(operator, first, second):
                return self.text(operator, self.printed(first), self.printed(second))
            case Both(parts):
                return exp.paren(exp.and_(*map(self.printed, parts), wrap=False, copy=False))
            case Either(parts):
                return exp.paren(exp.or_(*map(self.printed, parts), wrap=False, copy=False))
            case Not(operand):
                return exp.paren(exp.Not(this=exp.paren(self.printed(operand))))
            case Is(operand, value):
                wanted = exp.null() if value is None else exp.Boolean(this=value)
                return exp.paren(exp.Is(this=exp.paren(self.printed(operand)), expression=wanted))
            case Known(operand):
                is_null = exp.Is(this=exp.paren(self.printed(operand)), expression=exp.null())
                return exp.paren(exp.Not(this=is_null))
            case Decided(yes, no):
                return self.case([(yes, exp.Boolean(this=True)), (no, exp.Boolean(this=False))], None)
            case _:
                assert_never(node)

    def plus(self, total: exp.Expression, part: Int) -> exp.Expression:
        match part:
            case Opposite(operand):
                return exp.Sub(this=total, expression=self.printed(operand))
            case Whole(value) if value < 0:
                return exp.Sub(this=total, expression=self.printed(Whole(-value)))
            case _:
                return exp.Add(this=total, expression=self.printed(part))

    def condition(self, node: Truth) -> exp.Expression:
        """A condition where unknown counts as false."""
        match node:
            case Is(operand, True):
                return self.condition(operand)
            case Both(parts):
                return exp.paren(exp.and_(*map(self.condition, parts), wrap=False, copy=False))
            case Either(parts):
                return exp.paren(exp.or_(*map(self.condition, parts), wrap=False, copy=False))
            case Decided(yes, _):
                return self.condition(yes)
            case _:
                return self.printed(node)

    def case(
        self, branches: list[tuple[Truth, exp.Expression]], otherwise: exp.Expression | None
    ) -> exp.Expression:
        ifs = [exp.If(this=self.condition(test), true=then) for test, then in branches]
        return exp.Case(ifs=ifs, default=otherwise)

    def compared(self, operator: str, left: Int, right: Int) -> exp.Expression:
        """A comparison, its arithmetic in 128 bits where 64 may not hold it."""
        outer, self.is_wide = self.is_wide, self.is_wide or is_wide(left) or is_wide(right)
        kind = getattr(exp, _COMPARED[operator])
        found = kind(this=self.printed(left), expression=self.printed(right))
        self.is_wide = outer
        return exp.paren(found)

    def wide(self, number: exp.Expression) -> exp.Expression:
        return exp.cast(number, exp.DataType.build("DECIMAL(38,0)"))

    def long(self, node: Int) -> exp.Expression:
        """A number that may stand alone where it is chosen: written out, it is one of 64 bits and not of 32."""
        printed = self.printed(node)
        is_short = isinstance(node, Whole) and not self.is_wide
        return exp.cast(printed, exp.DataType.build("BIGINT")) if is_short else printed

    def text(self, operator: str, left: exp.Expression, right: exp.Expression) -> exp.Expression:
        match operator:
            case "==":
                return exp.EQ(this=left, expression=right)
            case "is_blank":
                trimmed = exp.Trim(this=left, expression=exp.Literal.string(SPACES), position="BOTH")
                return exp.In(this=trimmed, expressions=[exp.Literal.string(each) for each in sorted(BLANK)])
            case "starts with":
                return exp.StartsWith(this=left, expression=right)
            case "ends with":
                length = exp.Length(this=right.copy())
                return exp.EQ(this=exp.Right(this=left, expression=length), expression=right)
            case _:
                return exp.GT(this=exp.StrPosition(this=left, substr=right), expression=exp.Literal.number(0))


def is_wide(node: Int) -> bool:
    """Whether computing a node can pass 64 bits; raises BeyondError where it can pass 38 digits."""
    most = widest(node)
    if most is None or most > MOST_128:
        raise BeyondError("数位过多", "numbers that may pass 38 digits")
    return most > MOST_64


def _column(read: tuple[int, str]) -> exp.Expression:
    return exp.column(read[1], table=f"t{read[0]}", quoted=True)
