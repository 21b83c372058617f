"""A checked expression over frames → nodes of whole numbers; what they cannot say raises `BeyondError`.

It mirrors `to_python` node for node: same owners of names, same three-valued logic, same rows. Parameters are written out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from attrs import evolve

from perfrules.language import values
from perfrules.language.checker import Checked
from perfrules.language.kinds import PLAIN
from perfrules.language.scope import Meaning
from perfrules.language.syntax import (
    Aggregate,
    Among,
    Arithmetic,
    Call,
    Comparison,
    If,
    IsSet,
    KindTest,
    Listing,
    Literal,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    OrElse,
    Parameter,
    TextTest,
    Within,
)
from perfrules.language.whole.amounts import (
    OF_ROW,
    Amount,
    BeyondError,
    added,
    by_row,
    distance,
    divided,
    multiplied,
    turned,
)
from perfrules.language.whole.cells import (
    COUNTED,
    DATE,
    EPOCH,
    nothing,
    nothing_of,
    of_cell,
    of_value,
    presence,
)
from perfrules.language.whole.choosing import (
    Lowered,
    ceiled,
    chosen,
    extreme,
    fallback,
    floored,
    is_known,
    is_text,
    rounded,
)
from perfrules.language.whole.comparing import agreeing, equal, less
from perfrules.language.whole.frames import ByType, Cell, Figures, Frame, Given, Inline, Path
from perfrules.language.whole.making import both, compare, decided, either, known, negated, stated
from perfrules.language.whole.nodes import (
    FALSE,
    TRUE,
    UNKNOWN,
    Always,
    Column,
    Day,
    DayPart,
    Int,
    NoText,
    Text,
    TextColumn,
    TextCompare,
    Truth,
    Where,
    Whole,
    Words,
)
from perfrules.language.whole.ranges import bits
from perfrules.language.whole.tables import Asked, Member, completeness, over_inline, over_table
from perfrules.language.words import FORMS
from perfrules.model.interval import Interval
from perfrules.model.subject import Field
from perfrules.model.truth import Number, Value
from perfrules.model.unit import NUMBER, Kind, Unit, base_unit

MOST_BITS = values.MAX_BITS // 2
"""What is longer goes to the definition, which has no value for what is longer than it likes."""


_OF_NUMBERS = ("abs", "round", "floor", "ceiling", "min", "max")


def lowered(checked: Checked, path: Path, parameters: Mapping[str, Value | tuple[Value, ...]]) -> Truth:
    """The truth of a checked condition, asked of the last frame of a path; raises BeyondError.

    `parameters` are the values in force, lists as tuples; one that is not there has no value.
    """
    return _Lowering(checked, parameters).truth(checked.node, path)


def lowered_amount(
    checked: Checked, path: Path, parameters: Mapping[str, Value | tuple[Value, ...]]
) -> tuple[Int, Int]:
    """A checked number as one whole number over another, in some step: what ranks subjects; raises BeyondError."""
    amount = _Lowering(checked, parameters).number(checked.node, path)
    return amount.low, amount.under


class _Lowering:
    def __init__(self, checked: Checked, parameters: Mapping[str, Value | tuple[Value, ...]]) -> None:
        self.checked, self.parameters = checked, parameters

    def value(self, node: Node, path: Path) -> Lowered:
        """What a node comes to."""
        match node:
            case Literal():
                return of_value(node.value)
            case Name():
                return self.named(node, path)
            case Parameter():
                found = self.parameters.get(node.name)
                return of_value(None if isinstance(found, tuple) else found)
            case IsSet():
                return Always(node.name in self.parameters)
            case Negative():
                return turned(self.number(node.operand, path))
            case Arithmetic():
                return self.arithmetic(node, path)
            case Comparison():
                return self.comparison(node.operators, node.operands, path)
            case Within():
                signs = "<=" if node.low_closed else "<", "<=" if node.high_closed else "<"
                return self.comparison(signs, (node.low, node.value, node.high), path)
            case Among():
                value = self.value(node.value, path)
                return either(*(_related("==", value, each) for each in self.choices(node.choices, path)))
            case Logic():
                return self.logic(node, path)
            case Not():
                return negated(self.truth(node.operand, path))
            case If():
                test = self.truth(node.condition, path)
                return chosen(test, self.value(node.then, path), self.value(node.otherwise, path))
            case OrElse():
                return fallback(self.value(node.value, path), self.value(node.fallback, path))
            case TextTest():
                return self.text_test(node, path)
            case KindTest():
                return self.of_kind(node, path)
            case Call():
                return self.call(node, path)
            case Aggregate():
                return self.aggregate(node, path)
            case _:
                raise BeyondError("按名找行", "a row looked for by its name")

    def logic(self, node: Logic, path: Path) -> Truth:
        """`and`, `or`: one part may decide alone, whatever the others are; else raises BeyondError where one does."""
        join, decisive = (both, FALSE) if node.operator == "and" else (either, TRUE)
        parts, beyond = list[Truth](), None
        for part in node.parts:
            try:
                parts.append(self.truth(part, path))
            except BeyondError as error:
                beyond = beyond or error
        if beyond is not None and decisive not in parts:
            raise beyond
        return join(*parts)

    def number(self, node: Node, path: Path) -> Amount:
        """The number a node comes to; unknown where it is a date or a text, as a target's value may be."""
        found = self.value(node, path)
        if isinstance(found, Amount) and found.unit != DATE:
            return found
        return nothing_of(self.checked.kinds[id(node)])

    def truth(self, node: Node, path: Path) -> Truth:
        """What a node comes to, which is a condition."""
        found = self.value(node, path)
        assert not isinstance(found, Amount | Text)
        return found

    def choices(self, node: Listing | Parameter, path: Path) -> Sequence[Lowered]:
        """The items of a list, in place or a parameter's."""
        if isinstance(node, Listing):
            return [self.value(item, path) for item in node.items]
        found = self.parameters.get(node.name)
        return [of_value(each) for each in found] if isinstance(found, tuple) else [of_value(None)]

    def named(self, node: Name, path: Path) -> Lowered:
        """The field a name speaks of; unknown where its subject or column is not there."""
        field = self.checked.meanings[id(node)].field
        assert field is not None
        cell = self.cell(node, path)
        if isinstance(cell, ByType):
            return self.by_type(cell, field, path)
        return nothing(field.kind) if cell is None else of_cell(cell, field)

    def by_type(self, cell: ByType, field: Field, path: Path) -> Lowered:
        """What the type of the project that has the field settles; unknown for the types that settle nothing."""
        owner = next(
            place
            for place, each in enumerate(path)
            if field.name in each.cells and each.cells[field.name] is cell
        )
        named = Words(str(cell.type.value)) if isinstance(cell.type, Given) else TextColumn(cell.type.read)
        found: Lowered = nothing_of(field.kind)
        for ids, value in reversed(cell.cases):
            test = stated(either(*(_text_compare("==", named, Words(each)) for each in ids)), True)
            if isinstance(value, Number):
                settled = of_value(value)
            else:
                settled = _Lowering(value, self.parameters).number(value.node, path[: owner + 1])
            found = chosen(test, settled, found)
        return found

    def cell(self, node: Name, path: Path) -> Cell | None:
        """The column of the field a name speaks of; None where its subject or column is not there."""
        meaning = self.checked.meanings[id(node)]
        owner = _owner(meaning, path)
        return owner.cells.get(meaning.field.name) if owner and meaning.field else None

    def arithmetic(self, node: Arithmetic, path: Path) -> Amount:
        """`+ - * /`, and the days between two dates; raises BeyondError for what may grow too long."""
        dates = [self.value(each, path) for each in (node.left, node.right)]
        if node.operator == "-" and all(isinstance(each, Amount) and each.unit == DATE for each in dates):
            return _days(*reversed(dates))  # type: ignore[arg-type]
        found = self.computed(node, self.number(node.left, path), self.number(node.right, path))
        step = max(found.step.numerator.bit_length(), found.step.denominator.bit_length())
        if step + max(map(bits, (found.low, found.high, found.under))) > MOST_BITS:
            raise BeyondError("数位过多", "numbers that may grow too long")
        return found

    def computed(self, node: Arithmetic, left: Amount, right: Amount) -> Amount:
        """The result, before its length is looked at; unknown where the units do not meet."""
        kind = self.checked.kinds[id(node)]
        if OF_ROW in (left.unit, right.unit) and not _keeps_row(node.operator, left.unit, right.unit):
            raise by_row()
        unit = _unit_of(node.operator, left.unit, right.unit, kind)
        if unit is None:
            return nothing_of(kind)
        match node.operator:
            case "+":
                return added(left, right, unit)
            case "-":
                return added(left, turned(right), unit)
            case "*":
                return multiplied(left, right, unit)
            case _:
                return divided(left, right, unit)

    def comparison(self, operators: Sequence[str], operands: Sequence[Node], path: Path) -> Truth:
        """One comparison, or a chain of which all must hold."""
        found = [self.value(each, path) for each in operands]
        links = zip(operators, found, found[1:], strict=False)
        return both(*(_related(sign, left, right) for sign, left, right in links))

    def text_test(self, node: TextTest, path: Path) -> Truth:
        """`has`, `starts with`, `ends with`; a pattern is left to the definition, unless there is no text."""
        text, part = self.value(node.text, path), self.value(node.part, path)
        if isinstance(text, NoText):
            return UNKNOWN
        if node.operator == "matches":
            raise BeyondError("式样", "a pattern")
        return _text_compare(node.operator, text, part)

    def of_kind(self, node: KindTest, path: Path) -> Truth:
        """Whether a value is of a kind; unknown where it is."""
        if self.checked.kinds[id(node.value)] is Kind.TEXT and node.kind is not Kind.TEXT:
            raise BeyondError("文字所指单位的种类", "the kind of the unit that a text names")
        found = self.value(node.value, path)
        if isinstance(found, Amount) and found.unit == OF_ROW:
            raise by_row()
        kind = found.unit.kind if isinstance(found, Amount) else Kind.TEXT if is_text(found) else Kind.TRUTH
        return _if_known(found, kind is node.kind)

    def call(self, node: Call, path: Path) -> Lowered:
        """A form, which looks at the state of a value, or a function."""
        if node.function in FORMS.values():
            return self.form(node.function, node.arguments[0], path)
        name = self.checked.scope.functions[node.function].name
        if name in _OF_NUMBERS:
            return self.of_numbers(node, name, path)
        found = [self.value(each, path) for each in node.arguments if not self.is_list(each)]
        match name, [*found, *self.listed(node, path)]:
            case "days_between", [Amount() as start, Amount() as end]:
                return _days(start, end)
            case (("year_of" | "month_of"), [Amount(low=day)]):
                return _part_of_day(day, name.removesuffix("_of"))
            case "has_text", [text, *words]:
                return either(*(_text_compare("has", text, each) for each in words))
            case _:
                raise BeyondError(f"函数 {name}", f"the function {name}")

    def of_numbers(self, node: Call, name: str, path: Path) -> Amount:
        """A function of numbers; unknown where one is a date or a text."""
        found = [self.number(each, path) for each in node.arguments if not self.is_list(each)]
        items = [each for each in self.listed(node, path) if isinstance(each, Amount)]
        match name, found:
            case "abs", [inner]:
                return distance(inner)
            case "round", [inner, Amount(low=Whole(places), step=step)] if step == 1:
                return rounded(inner, places)
            case "floor", [inner]:
                return floored(inner)
            case "ceiling", [inner]:
                return ceiled(inner)
            case (("min" | "max"), _):
                return extreme([*found, *items], is_least=name == "min")
            case _:
                raise BeyondError("小数位数不是写明的整数", "decimals that are no whole number written out")

    def listed(self, node: Call, path: Path) -> Sequence[Lowered]:
        """The items of the list that may stand last among the arguments."""
        last = node.arguments[-1]
        return (
            self.choices(last, path) if isinstance(last, Listing | Parameter) and self.is_list(last) else ()
        )

    def form(self, form: str, argument: Node, path: Path) -> Truth:
        """`is_known`, `is_exact`, `is_printed`, `agrees`, `is_blank`."""
        match form:
            case "is_printed":
                assert isinstance(argument, Name)
                cell = self.cell(argument, path)
                is_derived = isinstance(cell, Figures) and cell.is_derived
                return FALSE if is_derived else presence(cell)
            case "agrees":  # a column prints a field once
                assert isinstance(argument, Name)
                cell = self.cell(argument, path)
                if isinstance(cell, ByType):
                    raise BeyondError("是否一致的是算出的值", "whether what is computed agrees")
                return decided(presence(cell), FALSE)
            case "is_blank":
                return _text_compare("is_blank", self.value(argument, path), Words(""))
        found = self.value(argument, path)
        if form == "is_known" or not isinstance(found, Amount):
            return is_known(found)
        is_point = TRUE if found.low == found.high else stated(compare("==", found.low, found.high), True)
        return both(found.is_known, is_point, negated(found.endless))

    def is_list(self, node: Node) -> bool:
        """Whether an argument is a list, in place or a parameter's."""
        if isinstance(node, Parameter):
            return isinstance(self.parameters.get(node.name), tuple)
        return isinstance(node, Listing)

    def aggregate(self, node: Aggregate, path: Path) -> Lowered:
        """An aggregate; of a table that no frame has, it is asked of no rows, of which more may be missing."""
        meaning = self.checked.meanings[id(node.table)]
        owner = _owner(meaning, path)
        if owner is None:
            raise BeyondError("没有此表之主", "a table of a subject that is not there")
        rows = owner.tables.get(meaning.table, Inline(()))
        asked = Asked(
            f"{node.operator} distinct" if node.distinct else node.operator,
            Kind.COUNT if node.body is None else self.checked.kinds[id(node.body)],
            node.body is not None and self.checked.extents[id(node.body)].is_nonnegative,
            completeness(rows.complete),
        )
        if isinstance(rows, Inline):
            return over_inline(asked, [self.member(node, (*path, frame)) for frame in rows.frames])
        return over_table(asked, rows, self.member(node, (*path, rows.frame)))

    def member(self, node: Aggregate, path: Path) -> Member:
        """Whether a row is among those asked, and what is asked of it."""
        test = TRUE if node.where is None else self.truth(node.where, path)
        if path[-1].present is not None:
            test = both(known(Column(path[-1].present)), test)
        return Member(test, None if node.body is None else self.value(node.body, path))


def _owner(meaning: Meaning, path: Path) -> Frame | None:
    """The frame a name speaks of: the innermost of its types on the path, then down its members."""
    frame: Frame | None = None
    for each in reversed(path[: len(path) - meaning.outward]):
        if each.type in meaning.owners:
            frame = each
            break
    for member in meaning.members:
        frame = None if frame is None else frame.members.get(member)
    return frame


def _days(start: Amount, end: Amount) -> Amount:
    days = turned(evolve(start, unit=COUNTED))
    return added(evolve(end, unit=COUNTED), days, base_unit(Kind.DAYS))


def _part_of_day(day: Int, part: str) -> Amount:
    """The year or month of a column of dates, or of a date written out."""
    match day:
        case Day(read):
            number: Int = DayPart(read, part)
        case Whole(days):
            written = EPOCH + timedelta(days)
            number = Whole(written.year if part == "year" else written.month)
        case Where(test) if test == FALSE:
            number = day
        case _:
            raise BeyondError("所选日期的年月", "the year or month of a date that was chosen")
    return Amount(number, number, NUMBER)


def _keeps_row(operator: str, left: Unit, right: Unit) -> bool:
    """Whether what comes of a figure whose row names its unit is in that unit too, or for two such figures a ratio."""
    if operator in "+-" or left == right:
        return left == right and operator != "*"
    return right.kind in PLAIN or (operator == "*" and left.kind in PLAIN)


def _unit_of(operator: str, left: Unit, right: Unit, kind: Kind) -> Unit | None:
    """The unit of a result by the definition's own rules, if there is one; a value is there for its unit alone."""
    one = Interval.point(Fraction(1))
    found = values.computed(operator, Number(one, one, left), Number(one, one, right), kind)
    return found.unit if isinstance(found, Number) else None


def _related(operator: str, left: Lowered, right: Lowered) -> Truth:
    """One comparison of two values; unknown where they are of two sorts."""
    if isinstance(left, Amount) and isinstance(right, Amount):
        return _amounts_related(operator, left, right)
    if not is_text(left) or not is_text(right) or operator not in ("==", "≈", "!="):
        return UNKNOWN
    same = _text_compare("==", left, right)
    return negated(same) if operator == "!=" else same


def _amounts_related(operator: str, left: Amount, right: Amount) -> Truth:
    if (left.unit == OF_ROW) != (right.unit == OF_ROW):
        raise by_row()
    are_dates = left.unit == right.unit == DATE
    if not are_dates and (DATE in (left.unit, right.unit) or not values.together(left.unit, right.unit)):
        return UNKNOWN
    match operator:
        case "<":
            return less(left, right, or_equal=False)
        case "<=":
            return less(left, right, or_equal=True)
        case ">":
            return less(right, left, or_equal=False)
        case ">=":
            return less(right, left, or_equal=True)
        case "==":
            return equal(left, right)
        case "!=":
            return negated(equal(left, right))
        case _:
            return agreeing(left, right)


def _text_compare(operator: str, left: Lowered, right: Lowered) -> Truth:
    match left, right:
        case (NoText(), _) | (_, NoText()):
            return UNKNOWN
        case Words(text), Words(part):
            found = text == part if operator == "==" else values.is_blank(text)
            return Always(
                (found if operator in ("==", "is_blank") else values.tested(operator, text, part)) is True
            )
    if not is_text(left) or not is_text(right):
        return UNKNOWN
    return TextCompare(operator, left, right)  # type: ignore[arg-type]


def _if_known(value: Lowered, answer: bool) -> Truth:
    """The answer where a value is known, else unknown."""
    return decided(is_known(value), FALSE) if answer else decided(FALSE, is_known(value))
