"""Whole-number nodes → sqlglot expressions, which print as DuckDB, Spark or PostgreSQL.

Only `+ - *`, comparisons, `CASE`, and whole division where `round` or `floor` asks for it; no `/`, no `avg`, no floats.
NULL is unknown and `AND`, `OR`, `NOT` are Kleene's, as in the definition. What can pass 64 bits is computed in 128 (DuckDB's
HUGEINT, elsewhere DECIMAL(38,0)); what can pass 38 digits raises `BeyondError`. sqlglot comes with the extra `bulk`.
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
    DayPart,
    Decided,
    Different,
    Either,
    Flag,
    Int,
    Is,
    Known,
    Magnitude,
    Not,
    NoText,
    NotZero,
    Opposite,
    Product,
    Quotient,
    Read,
    Sum,
    Tally,
    Text,
    TextCases,
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
from perfrules.language.whole.ranges import range_of, widest

SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""What Python strips from the ends of a text."""
MOST_64, MOST_128 = 2**63 - 1, 10**38 - 1
BIGINT, INT128 = (exp.DataType(this=each) for each in (exp.DataType.Type.BIGINT, exp.DataType.Type.INT128))
_COMPARED = {"<": exp.LT, "<=": exp.LTE, "==": exp.EQ, "!=": exp.NEQ, ">": exp.GT, ">=": exp.GTE}
Computed = Sum | Product | Quotient | Opposite | Magnitude | NotZero


Aggregated = Callable[[Aggregates], exp.Expression]
"""Gives the column in which an aggregate was computed."""


def to_sql(node: WhollyNode, aggregated: Aggregated) -> exp.Expression:
    """The node over tables `t0`, `t1`, `t2`; NULL where it is unknown."""
    printer = _Printer(aggregated)
    if isinstance(node, Int):
        printer.is_wide = is_wide(node)
        return printer.number(node)
    return printer.text(node) if isinstance(node, Text) else printer.truth(node)


def condition_to_sql(node: Truth, aggregated: Aggregated) -> exp.Expression:
    """The same for a condition that is asked where unknown counts as false: in CASE WHEN, in BOOL_OR."""
    return _Printer(aggregated).condition(node)


def sql_text(tree: exp.Expression, dialect: str) -> str:
    """The text of a statement for `duckdb`, `spark` or `postgres`; raises BeyondError where Spark cannot compute it.

    Only DuckDB has whole numbers of 128 bits; elsewhere they are DECIMAL(38,0). Spark adds up BIGINT in 64 bits, so what is
    added up is cast before; and what it divides comes out in 64 bits.
    """
    if dialect != "duckdb":
        tree = tree.transform(_without_128, dialect)
    return tree.sql(dialect=dialect)


def _without_128(node: exp.Expression, dialect: str) -> exp.Expression:
    if not isinstance(node, exp.Cast) or node.to.this is not exp.DataType.Type.INT128:
        return node
    decimal = exp.DataType.build("DECIMAL(38,0)")
    if isinstance(node.this, exp.IntDiv) and dialect == "spark":
        raise BeyondError("商超过 64 位", "a quotient of more than 64 bits")
    if isinstance(node.this, exp.Sum):
        node.this.set("this", exp.cast(node.this.this, decimal))
    return exp.Cast(this=node.this, to=decimal)


class _Printer:
    def __init__(self, aggregated: Aggregated) -> None:
        self.aggregated = aggregated
        self.is_wide = False

    def number(self, node: Int) -> exp.Expression:
        """The number, in 128 bits where this is wide."""
        match node:
            case Whole(value):
                number = exp.Literal.number(abs(value))
                return self.sized(exp.Neg(this=number) if value < 0 else number)
            case Column(read):
                return self.sized(_column(read))
            case Day(read):
                return self.sized(_days(read))
            case DayPart(read, part):
                found = exp.Extract(this=exp.var(part.upper()), expression=_column(read))
                return self.sized(exp.cast(found, BIGINT))
            case Tally() | Total() | Utmost() | Different():
                return self.sized(self.aggregated(node))
            case Where(test, value):
                return self.case([(test, self.long(value))], None)
            case Cases(test, then, otherwise):
                return self.cases(test, self.long(then), self.long(otherwise))
            case _:
                return self.computed(node)

    def computed(self, node: Computed) -> exp.Expression:
        """A number computed from others."""
        match node:
            case Sum(parts):
                total = self.number(parts[0])
                for part in parts[1:]:
                    total = self.plus(total, part)
                return exp.paren(total)
            case Product(left, right):
                return exp.Mul(this=self.number(left), expression=self.number(right))
            case Quotient(left, right):
                return self.quotient(left, right)
            case Opposite(operand):
                return exp.paren(exp.Neg(this=exp.paren(self.number(operand))))
            case Magnitude(operand):
                return exp.Abs(this=self.number(operand))
            case NotZero(operand):
                return exp.Nullif(this=self.number(operand), expression=exp.Literal.number(0))
            case _:
                assert_never(node)

    def plus(self, total: exp.Expression, part: Int) -> exp.Expression:
        match part:
            case Opposite(operand):
                return exp.Sub(this=total, expression=self.number(operand))
            case Whole(value) if value < 0:
                return exp.Sub(this=total, expression=self.number(Whole(-value)))
            case _:
                return exp.Add(this=total, expression=self.number(part))

    def quotient(self, left: Int, right: Int) -> exp.Expression:
        """The whole part, in 128 bits where 64 may not hold it."""
        high = range_of(Quotient(left, right))[1]
        fits = high is not None and high <= MOST_64
        whole = exp.IntDiv(this=exp.paren(self.number(left)), expression=exp.paren(self.number(right)))
        return self.sized(exp.cast(whole, BIGINT)) if fits else exp.cast(whole, INT128)

    def text(self, node: Text) -> exp.Expression:
        """The text."""
        match node:
            case Words(value):
                return exp.Literal.string(value)
            case TextColumn(read):
                return _column(read)
            case NoText():
                return exp.cast(exp.null(), exp.DataType.build("TEXT"))
            case TextCases(test, then, otherwise):
                return self.cases(test, self.text(then), self.text(otherwise))
            case _:
                assert_never(node)

    def truth(self, node: Truth) -> exp.Expression:
        """The condition; NULL where it is unknown."""
        match node:
            case Always(value):
                return exp.null() if value is None else exp.Boolean(this=value)
            case Compare(operator, left, right):
                return self.compared(operator, left, right)
            case TextCompare(operator, first, second):
                return _text_compared(operator, self.text(first), self.text(second))
            case Both(parts):
                return exp.paren(exp.and_(*map(self.truth, parts), wrap=False, copy=False))
            case Either(parts):
                return exp.paren(exp.or_(*map(self.truth, parts), wrap=False, copy=False))
            case Not(operand):
                return exp.paren(exp.Not(this=exp.paren(self.truth(operand))))
            case Is(operand, value):
                wanted = exp.null() if value is None else exp.Boolean(this=value)
                return exp.paren(exp.Is(this=exp.paren(self.truth(operand)), expression=wanted))
            case Known(operand):
                printed = self.text(operand) if isinstance(operand, Text) else self.number(operand)
                return exp.paren(exp.Not(this=exp.Is(this=exp.paren(printed), expression=exp.null())))
            case Decided(yes, no):
                return self.case([(yes, exp.Boolean(this=True)), (no, exp.Boolean(this=False))], None)
            case Flag(read):
                return _column(read)
            case AnyRow():
                return self.aggregated(node)
            case _:
                assert_never(node)

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
                return self.truth(node)

    def case(
        self, branches: list[tuple[Truth, exp.Expression]], otherwise: exp.Expression | None
    ) -> exp.Expression:
        ifs = [exp.If(this=self.condition(test), true=then) for test, then in branches]
        return exp.Case(ifs=ifs, default=otherwise)

    def cases(self, test: Truth, then: exp.Expression, otherwise: exp.Expression) -> exp.Expression:
        """One of two; NULL where the condition is unknown."""
        if not may_be_unknown(test):
            return self.case([(test, then)], otherwise)
        return self.case([(test, then), (Not(test), otherwise)], None)

    def compared(self, operator: str, left: Int, right: Int) -> exp.Expression:
        """A comparison, its arithmetic in 128 bits where 64 may not hold it."""
        outer, self.is_wide = self.is_wide, is_wide(left) or is_wide(right)
        found = _COMPARED[operator](this=self.number(left), expression=self.number(right))
        self.is_wide = outer
        return exp.paren(found)

    def sized(self, number: exp.Expression) -> exp.Expression:
        return exp.cast(number, INT128) if self.is_wide else number

    def long(self, node: Int) -> exp.Expression:
        """A number that may stand alone where it is chosen: written out, it is one of 64 bits and not of 32."""
        printed = self.number(node)
        is_short = isinstance(node, Whole) and not self.is_wide
        return exp.cast(printed, BIGINT) if is_short else printed


def _text_compared(operator: str, left: exp.Expression, right: exp.Expression) -> exp.Expression:
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


def _days(read: Read) -> exp.Expression:
    """The days since 1970-01-01."""
    epoch = exp.cast(exp.Literal.string("1970-01-01"), "date")
    return exp.DateDiff(this=_column(read), expression=epoch, unit=exp.var("DAY"))


def _column(read: Read) -> exp.Expression:
    return exp.column(read[1], table=f"t{read[0]}", quoted=True)


__all__ = ["BIGINT", "INT128", "condition_to_sql", "sql_text", "to_sql"]
