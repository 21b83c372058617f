"""A checked expression over frames → nodes of whole numbers; what they cannot say raises `BeyondError`.

It mirrors `to_python` node for node: same owners of names, same three-valued logic, same rows. Parameters are written out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
    OrElse,
    Parameter,
    TextTest,
    Within,
)
from perfrules.language.syntax import Not as NotNode
from perfrules.language.whole.amounts import (
    Amount,
    BeyondError,
    Slack,
    added,
    agreeing,
    alike,
    distance,
    divided,
    equal,
    known_where,
    less,
    multiplied,
    printed,
    turned,
    written,
)
from perfrules.language.whole.frames import (
    ByType,
    Cell,
    Days,
    Figures,
    Frame,
    Given,
    Inline,
    Path,
    Rows,
    Texts,
)
from perfrules.language.whole.making import (
    any_row,
    both,
    compare,
    decided,
    either,
    known,
    may_be_unknown,
    minus,
    negated,
    plus,
    stated,
    times,
)
from perfrules.language.whole.nodes import (
    FALSE,
    ONE,
    TRUE,
    TWO,
    UNKNOWN,
    ZERO,
    Always,
    Cases,
    Column,
    Day,
    Decided,
    Either,
    Fallback,
    Flag,
    Int,
    Is,
    Quotient,
    Tally,
    Text,
    TextColumn,
    TextCompare,
    Total,
    Truth,
    Utmost,
    Where,
    Whole,
    Words,
)
from perfrules.language.whole.nodes import Both as BothNode
from perfrules.language.whole.ranges import range_of
from perfrules.language.words import FORMS
from perfrules.model.interval import Interval
from perfrules.model.subject import Field
from perfrules.model.truth import Number, Value
from perfrules.model.unit import NUMBER, Kind, Unit, base_unit

EPOCH = date(1970, 1, 1)
DATE = Unit(Kind.DATE, "")
COUNTED = Unit(Kind.COUNT, "")
OF_ROW = Unit(Kind.COUNT, "unit of the row")
"""The unit of figures whose row names it: they meet each other in it, and nothing else."""
_TRUTHS = (Always, BothNode, Either, Is, Decided, Flag)
Lowered = Amount | Text | Truth


def lowered(checked: Checked, path: Path, parameters: Mapping[str, Value | tuple[Value, ...]]) -> Truth:
    """The truth of a checked condition, asked of the last frame of a path; raises BeyondError.

    `parameters` are the values in force, lists as tuples; one that is not there has no value.
    """
    return _Lowering(checked, parameters).truth(checked.node, path)


def lowered_amount(
    checked: Checked, path: Path, parameters: Mapping[str, Value | tuple[Value, ...]]
) -> tuple[Int, Int]:
    """A checked number as one whole number over another, in some step: what ranks subjects; raises BeyondError."""
    amount = _Lowering(checked, parameters).amount(checked.node, path)
    return amount.low, amount.under


class _Lowering:
    def __init__(self, checked: Checked, parameters: Mapping[str, Value | tuple[Value, ...]]) -> None:
        self.checked, self.parameters = checked, parameters

    def value(self, node: Node, path: Path) -> Lowered:
        """What a node comes to."""
        match node:
            case Literal():
                return _given(node.value)
            case Name():
                return self.named(self.checked.meanings[id(node)], path)
            case Parameter():
                found = self.parameters.get(node.name)
                if found is None or isinstance(found, tuple):
                    raise BeyondError(f"参数 ${node.name} 没有取值", f"${node.name} has no value")
                return _given(found)
            case IsSet():
                return Always(node.name in self.parameters)
            case Negative():
                return turned(self.amount(node.operand, path))
            case Arithmetic():
                return self.arithmetic(node, path)
            case Comparison():
                return self.comparison(node.operators, node.operands, path)
            case Within():
                signs = "<=" if node.low_closed else "<", "<=" if node.high_closed else "<"
                return self.comparison(signs, (node.low, node.value, node.high), path)
            case Among():
                value = self.value(node.value, path)
                return either(*(self.related("==", value, each) for each in self.choices(node.choices, path)))
            case Logic():
                return self.logic(node, path)
            case NotNode():
                return negated(self.truth(node.operand, path))
            case If():
                return self.choice(node, path)
            case OrElse():
                return _fallback(self.value(node.value, path), self.value(node.fallback, path))
            case TextTest() if node.operator == "matches" and _is_nowhere(self.value(node.text, path)):
                return UNKNOWN
            case TextTest() if node.operator != "matches":
                text, part = self.text(node.text, path), self.text(node.part, path)
                return _text_compare(node.operator, text, part)
            case KindTest():
                return self.of_kind(node, path)
            case Call():
                return self.call(node, path)
            case Aggregate():
                return self.aggregate(node, path)
            case _:
                raise BeyondError(f"{type(node).__name__}", f"{type(node).__name__}")

    def logic(self, node: Logic, path: Path) -> Truth:
        """`and`, `or`: one part may decide alone, whatever the others are."""
        decisive = FALSE if node.operator == "and" else TRUE
        parts, beyond = list[Truth](), None
        for part in node.parts:
            try:
                parts.append(self.truth(part, path))
            except BeyondError as error:
                beyond = beyond or error
        if decisive in parts:
            return decisive
        if beyond is not None:
            raise beyond
        return both(*parts) if node.operator == "and" else either(*parts)

    def amount(self, node: Node, path: Path) -> Amount:
        found = self.value(node, path)
        if not isinstance(found, Amount):
            raise BeyondError("此处应为数", "no number here")
        return found

    def text(self, node: Node, path: Path) -> Text:
        found = self.value(node, path)
        if not isinstance(found, Words | TextColumn):
            raise BeyondError("此处应为文字", "no text here")
        return found

    def truth(self, node: Node, path: Path) -> Truth:
        found = self.value(node, path)
        if isinstance(found, Amount | Words | TextColumn):
            raise BeyondError("此处应为条件", "no condition here")
        return found

    def choices(self, node: Listing | Parameter, path: Path) -> Sequence[Lowered]:
        if isinstance(node, Listing):
            return [self.value(item, path) for item in node.items]
        found = self.parameters.get(node.name)
        if not isinstance(found, tuple):
            raise BeyondError(f"参数 ${node.name} 没有取值", f"${node.name} has no value")
        return [_given(each) for each in found]

    def named(self, meaning: Meaning, path: Path) -> Lowered:
        """The field a name speaks of; unknown where its subject or column is not there."""
        assert meaning.field is not None
        owner = _owner(meaning, path)
        cell = owner.cells.get(meaning.field.name) if owner else None
        if cell is None:
            return _nothing(meaning.field.kind)
        if isinstance(cell, ByType):
            place = next(index for index, each in enumerate(path) if each is owner)
            return self.by_type(cell, meaning.field, path[: place + 1])
        return _cell(cell, meaning.field)

    def by_type(self, cell: ByType, field: Field, path: Path) -> Amount:
        """What the type of the project at the end of a path settles; unknown for the types that settle nothing."""
        found = _nothing(field.kind)
        assert isinstance(found, Amount)
        kind = Words(cell.type.value) if isinstance(cell.type, Given) else TextColumn(cell.type.read)  # type: ignore[arg-type]
        for ids, value in reversed(cell.cases):
            test = either(*(_text_compare("==", kind, Words(each)) for each in ids))
            amount = (
                written(value)
                if isinstance(value, Number)
                else _Lowering(value, self.parameters).amount(value.node, path)
            )
            if len(cell.cases) == 1:
                return known_where(stated(test, True), amount)
            a, b = alike(_exact(amount), found)
            if not isinstance(a.under, Whole):  # which may be unknown where the type is another
                raise BeyondError("按项目类型取商", "a quotient by the type of a project")
            low = Cases(stated(test, True), a.low, b.low)
            found = Amount(low, low, a.unit, a.step, a.under)
        return found

    def arithmetic(self, node: Arithmetic, path: Path) -> Amount:
        left, right = self.amount(node.left, path), self.amount(node.right, path)
        if left.unit == right.unit == DATE and node.operator == "-":
            return added(
                evolve(left, unit=COUNTED), turned(evolve(right, unit=COUNTED)), base_unit(Kind.DAYS)
            )
        unit = _unit_of(node.operator, left.unit, right.unit, self.checked.kinds[id(node)])
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
        found = [self.value(each, path) for each in operands]
        return both(
            *(self.related(sign, found[index], found[index + 1]) for index, sign in enumerate(operators))
        )

    def related(self, operator: str, left: Lowered, right: Lowered) -> Truth:
        """One comparison of two values of one sort."""
        match left, right:
            case Amount(), Amount():
                return _amounts_compared(operator, left, right)
            case (Words() | TextColumn(), Words() | TextColumn()):
                same = _text_compare("==", left, right)
                return negated(same) if operator == "!=" else same
            case _:
                raise BeyondError("比较的两边不是一类", "a comparison of two sorts")

    def choice(self, node: If, path: Path) -> Lowered:
        test = self.truth(node.condition, path)
        then, otherwise = self.value(node.then, path), self.value(node.otherwise, path)
        match then, otherwise:
            case Amount(), Amount():
                if then.unit.kind is not otherwise.unit.kind:
                    raise BeyondError("if 两支单位不同", "an if of two units")
                a, b = _exact(then), _exact(otherwise)
                a, b = alike(a, b)
                low = Cases(test, a.low, b.low)
                return Amount(low, low, a.unit, a.step, a.under)
            case _ if isinstance(then, Amount | Words | TextColumn):
                raise BeyondError("if 选取文字", "an if of texts")
            case _:
                yes, no = both(test, then), both(negated(test), otherwise)  # type: ignore[arg-type]
                return decided(
                    either(stated(yes, True), stated(no, True)),
                    either(
                        both(stated(test, True), stated(then, False)),  # type: ignore[arg-type]
                        both(stated(test, False), stated(otherwise, False)),  # type: ignore[arg-type]
                    ),
                )

    def of_kind(self, node: KindTest, path: Path) -> Truth:
        if self.checked.kinds[id(node.value)] is Kind.TEXT and node.kind is not Kind.TEXT:
            raise BeyondError("文字所指单位的种类", "the kind of the unit that a text names")
        found = self.value(node.value, path)
        match found:
            case Amount(unit=unit) if unit == OF_ROW:
                raise _by_row()
            case Amount():
                return both(Always(found.unit.kind is node.kind), _true_if_known(found))
            case Words() | TextColumn():
                return both(Always(node.kind is Kind.TEXT), _true_if_known(found))
            case _:
                raise BeyondError("条件的种类", "the kind of a condition")

    def call(self, node: Call, path: Path) -> Lowered:
        found = [self.value(each, path) for each in node.arguments if not self.is_list(each)]
        match node.function, found:
            case ("is_known", [inner]):
                return _is_known(inner)
            case ("is_exact", [Amount() as inner]):
                point = (
                    TRUE if inner.low == inner.high else stated(compare("==", inner.low, inner.high), True)
                )
                return both(inner.is_known, point, negated(inner.endless))
            case ("is_exact", [inner]):
                return _is_known(inner)
            case ("is_printed", [inner]):
                return self.is_printed(node.arguments[0], path)
            case ("agrees", [inner]):
                return _true_if_known(inner)
            case ("is_blank", [Words() | TextColumn() as text]):
                return _text_compare("is_blank", text, Words(""))
        if node.function in FORMS.values():
            raise BeyondError(f"函数 {node.function}", f"the form {node.function}")
        function = self.checked.scope.functions[node.function]
        match function.name, found:
            case "abs", [Amount() as inner]:
                return distance(inner)
            case "round", [Amount() as inner, Amount(low=Whole(places), step=step)] if step == 1:
                return _rounded(inner, places)
            case "floor", [Amount() as inner]:
                return _floored(inner)
            case ("min" | "max") as name, _ if all(isinstance(each, Amount) for each in found):
                return _extreme(found, name == "min")  # type: ignore[arg-type]
            case "days_between", [Amount() as start, Amount() as end]:
                return added(
                    evolve(end, unit=COUNTED), turned(evolve(start, unit=COUNTED)), base_unit(Kind.DAYS)
                )
            case "has_text", [Words() | TextColumn() as text, *parts]:
                items = [*parts, *self.spread(node, path)]
                return either(*(_text_compare("has", text, each) for each in items if _is_text(each)))
            case _:
                raise BeyondError(f"函数 {function.alias}", f"the function {function.name}")

    def spread(self, node: Call, path: Path) -> Sequence[Lowered]:
        last = node.arguments[-1]
        return (
            self.choices(last, path) if isinstance(last, Listing | Parameter) and self.is_list(last) else ()
        )

    def is_list(self, node: Node) -> bool:
        """Whether an argument is a list, in place or a parameter's."""
        if isinstance(node, Parameter):
            return isinstance(self.parameters.get(node.name), tuple)
        return isinstance(node, Listing)

    def is_printed(self, node: Node, path: Path) -> Truth:
        assert isinstance(node, Name)
        meaning = self.checked.meanings[id(node)]
        owner = _owner(meaning, path)
        assert meaning.field is not None
        cell = owner.cells.get(meaning.field.name) if owner else None
        match cell:
            case None | ByType():
                return FALSE
            case Given():
                return TRUE
            case Figures():
                return FALSE if cell.is_derived else known(Column(cell.read))
            case Texts():
                return known(TextColumn(cell.read))
            case Days():
                return known(Day(cell.read))

    def aggregate(self, node: Aggregate, path: Path) -> Lowered:
        meaning = self.checked.meanings[id(node.table)]
        owner = _owner(meaning, path)
        kind = self.checked.kinds[id(node.body)] if node.body is not None else Kind.COUNT
        nonnegative = node.body is not None and self.checked.extents[id(node.body)].is_nonnegative
        if node.distinct:
            raise BeyondError("count distinct", "count distinct")
        rows = owner.tables.get(meaning.table) if owner else None
        if rows is None:
            return self.over_inline(node, (), FALSE, kind, nonnegative)
        complete = _complete(rows.complete)
        if isinstance(rows, Inline):
            asked = [self.row(node, (*path, frame)) for frame in rows.frames]
            return self.over_inline(node, asked, complete, kind, nonnegative)
        member, body = self.row(node, (*path, rows.frame))
        return _over_table(node.operator, rows, member, body, complete, nonnegative)

    def row(self, node: Aggregate, path: Path) -> tuple[Truth, Lowered | None]:
        """Whether a row is a member, and its body."""
        member = TRUE if node.where is None else self.truth(node.where, path)
        if path[-1].present is not None:
            member = both(known(Column(path[-1].present)), member)
        return member, None if node.body is None else self.value(node.body, path)

    def over_inline(
        self,
        node: Aggregate,
        rows: Sequence[tuple[Truth, Lowered | None]],
        complete: Truth,
        kind: Kind,
        nonnegative: bool,
    ) -> Lowered:
        """An aggregate over rows that are written out one by one."""
        members = [member for member, _ in rows]
        match node.operator:
            case "count":
                low = plus(ZERO, *(Cases(stated(each, True), ONE, ZERO) for each in members))
                high = plus(ZERO, *(Cases(stated(each, False), ZERO, ONE) for each in members))
                same = not any(may_be_unknown(each) for each in members)
                return Amount(low, low if same else high, COUNTED, endless=negated(complete))
            case "all" | "any" as sort:
                is_any = sort == "any"
                tests = [
                    both(member, body) if is_any else both(member, negated(body))  # type: ignore[arg-type]
                    for member, body in rows
                ]
                hit = either(*tests)
                if complete == TRUE:
                    return hit if is_any else negated(hit)
                open_end = decided(stated(hit, True), both(complete, stated(hit, False)))
                return open_end if is_any else negated(open_end)
            case "sum" if all(member == TRUE for member in members):
                amounts = [_exact_or_rounded(body) for _, body in rows]
                total = Amount(ZERO, ZERO, base_unit(NUMBER.kind if kind is Kind.MEASURE else kind))
                for each in amounts:
                    total = added(total, each, each.unit)
                return _of_table(total, complete, nonnegative)
            case _:
                raise BeyondError(f"行内表的 {node.operator}", f"{node.operator} over rows in a row")


def _over_table(
    operator: str,
    rows: Rows,
    member: Truth,
    body: Lowered | None,
    complete: Truth,
    nonnegative: bool,
) -> Lowered:
    """An aggregate over the rows of a table: what is unknown in it is told by a test of its own."""
    maybe = stated(stated(member, False), False)
    match operator:
        case "count":
            low: Int = Tally(rows.table, stated(member, True))
            high = Tally(rows.table, maybe) if may_be_unknown(member) else low
            return Amount(low, high, COUNTED, endless=negated(complete))
        case "all" | "any":
            assert body is not None and not isinstance(body, Amount | Words | TextColumn)
            is_any = operator == "any"
            test = both(member, body if is_any else negated(body))
            hit = any_row(rows.table, stated(test, True))
            open_row = any_row(rows.table, stated(test, None))
            found = decided(hit, both(complete, negated(open_row)))
            return found if is_any else negated(found)
    if not isinstance(body, Amount):
        raise BeyondError(f"{operator} 的不是数", f"{operator} of what is no number")
    if not body.is_point or body.under != ONE:
        raise BeyondError(f"{operator} 的是比率或范围", f"{operator} of ratios or spans")
    if body.unit == OF_ROW:
        raise _by_row()
    open_row = any_row(rows.table, both(maybe, either(stated(member, None), negated(known(body.low)))))
    closed = negated(open_row)
    if operator != "sum":
        if body.slack is not None or not body.tracked:
            body = evolve(body, slack=None, tracked=False)
        least = Utmost(rows.table, stated(member, True), body.low, operator == "min")
        return known_where(both(closed, complete), evolve(body, low=least, high=least))

    def total(number: Int) -> Int:
        return Total(rows.table, stated(member, True), number, rows.most)

    low = total(body.low)
    slack = None
    if body.slack:
        ends = (
            negated(any_row(rows.table, both(stated(member, True), negated(each))))
            for each in (body.slack.low_closed, body.slack.high_closed)
        )
        slack = Slack(total(body.slack.low), total(body.slack.high), *ends)
    found_sum = known_where(closed, evolve(body, low=low, high=low, slack=slack))
    return _of_table(found_sum, complete, nonnegative)


def _of_table(total: Amount, complete: Truth, nonnegative: bool) -> Amount:
    """A sum over a table that may be partial: with an open end where nothing in it is below zero, else unknown."""
    if complete == TRUE:
        return total
    return evolve(total, endless=negated(complete)) if nonnegative else known_where(complete, total)


def _complete(complete: bool | tuple[int, str]) -> Truth:
    return Always(complete) if isinstance(complete, bool) else stated(Flag(complete), True)


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


def _cell(cell: Cell, field: Field) -> Lowered:
    """What a column gives for a field; unknown where it is below zero and may not be."""
    assert not isinstance(cell, ByType)
    match cell:
        case Given(value):
            found = _given(value)
            return found if _fits(found, field.kind) else _nothing(field.kind)
        case Texts(read):
            return TextColumn(read) if field.kind in (Kind.TEXT, Kind.MEASURE) else _nothing(field.kind)
        case Days(read):
            day = Day(read)
            return Amount(day, day, DATE) if field.kind is Kind.DATE else _nothing(field.kind)
        case Figures():
            number: Int = Column(cell.read, cell.low, cell.high, cell.is_known)
            if field.nonnegative and (cell.low is None or cell.low < 0):
                number = Where(compare(">=", number, ZERO), number)
            if not _fits(Amount(number, number, cell.unit), field.kind):
                return _nothing(field.kind)
            if cell.unit_from is not None:
                return Amount(number, number, OF_ROW, cell.step)
            return _figure(number, cell)


def _figure(number: Int, cell: Figures) -> Amount:
    """A figure with the slack of its digits, where it is printed and not exact by its unit."""
    decimals = cell.step < cell.unit.scale
    whole_thing = cell.unit.kind in (Kind.COUNT, Kind.NUMBER, Kind.DAYS, Kind.MONTHS) and not decimals
    if not cell.rounded or whole_thing or (cell.unit.kind is Kind.MONEY and cell.step <= Fraction(1, 100)):
        return Amount(number, number, cell.unit, cell.step)
    amount = printed(number, cell.unit, cell.step)
    if decimals or amount.slack is None:
        return amount
    is_zero = compare("==", number, ZERO)  # a zero without decimals is exact
    slack = amount.slack
    return evolve(
        amount,
        slack=Slack(
            Cases(is_zero, ZERO, slack.low),
            Cases(is_zero, ZERO, slack.high),
            either(is_zero, slack.low_closed),
            either(is_zero, slack.high_closed),
        ),
    )


def _fits(found: Lowered, kind: Kind) -> bool:
    unit = found.unit if isinstance(found, Amount) else None
    if unit is None:
        return kind in (Kind.TEXT, Kind.MEASURE)
    if unit == DATE:
        return kind is Kind.DATE
    return values.fits(Number(Interval.point(Fraction(0)), Interval.point(Fraction(0)), unit), kind)


def _nothing(kind: Kind) -> Lowered:
    """A field that no column gives."""
    if kind is Kind.TEXT:
        return TextColumn((0, ""))
    nothing = Where(FALSE, ZERO)
    return Amount(nothing, nothing, DATE if kind is Kind.DATE else base_unit(kind))


def _given(value: Value) -> Lowered:
    match value:
        case bool():
            return Always(value)
        case str():
            return Words(value)
        case date():
            day = Whole((value - EPOCH).days)
            return Amount(day, day, DATE)
        case Number():
            return written(value)
        case _:
            raise BeyondError("参数未知", "a parameter that is unknown")


def _unit_of(operator: str, left: Unit, right: Unit, kind: Kind) -> Unit:
    """The unit of a result by the definition's own rules; a value is there for its unit alone."""
    one = Interval.point(Fraction(1))
    found = values.computed(operator, Number(one, one, left), Number(one, one, right), kind)
    if not isinstance(found, Number):
        raise BeyondError("单位不合", "units that do not meet")
    return found.unit


def _by_row() -> BeyondError:
    return BeyondError("各行的度量单位不同", "units that differ from row to row")


def _amounts_compared(operator: str, left: Amount, right: Amount) -> Truth:
    if (left.unit == OF_ROW) != (right.unit == OF_ROW):
        raise _by_row()
    if left.unit.kind is Kind.DATE or right.unit.kind is Kind.DATE:
        if left.unit != right.unit:
            raise BeyondError("日期与数相比", "a date beside a number")
    elif not values.together(left.unit, right.unit):
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
            return equal(left, right) if left.unit == DATE else agreeing(left, right)


def _text_compare(operator: str, left: Text, right: Lowered) -> Truth:
    assert isinstance(right, Words | TextColumn)
    if isinstance(left, Words) and isinstance(right, Words):
        match operator:
            case "==":
                return Always(left.value == right.value)
            case "is_blank":
                return Always(values.is_blank(left.value) is True)
            case _:
                return Always(values.tested(operator, left.value, right.value) is True)
    if any(isinstance(each, TextColumn) and not each.read[1] for each in (left, right)):
        return UNKNOWN
    return TextCompare(operator, left, right)


def _is_nowhere(value: Lowered) -> bool:
    """Whether a text is one that no column gives."""
    return isinstance(value, TextColumn) and not value.read[1]


def _is_text(value: Lowered) -> bool:
    if not isinstance(value, Words | TextColumn):
        raise BeyondError("此处应为文字", "no text here")
    return True


def _is_known(value: Lowered) -> Truth:
    match value:
        case Amount():
            return FALSE if value.low == Where(FALSE, ZERO) else value.is_known
        case TextColumn(read) if not read[1]:
            return FALSE
        case Words() | TextColumn():
            return known(value)
        case _:
            return stated(stated(value, None), False)


def _true_if_known(value: Lowered) -> Truth:
    return decided(_is_known(value), FALSE)


def _fallback(first: Lowered, second: Lowered) -> Lowered:
    match first, second:
        case Amount(), Amount():
            if first.unit.kind is not second.unit.kind and not (
                first.unit.kind in PLAIN and second.unit.kind in PLAIN
            ):
                raise BeyondError("or else 两边单位不同", "an or else of two units")
            a, b = alike(_exact(first), _exact(second))
            if a.under != ONE:
                raise BeyondError("比率的 or else", "an or else of ratios")
            low = Fallback(a.low, b.low)
            return evolve(a, low=low, high=low)
        case (Words() | TextColumn(), _) | (_, Words() | TextColumn()) | (Amount(), _) | (_, Amount()):
            raise BeyondError("文字的 or else", "an or else of texts")
        case _:
            known_first = stated(stated(first, None), False)
            return decided(
                either(stated(first, True), both(negated(known_first), stated(second, True))),
                either(stated(first, False), both(negated(known_first), stated(second, False))),
            )


def _exact(amount: Amount) -> Amount:
    """An amount that is one exact number; others cannot be chosen between."""
    if amount.unit == OF_ROW:
        raise _by_row()
    if not amount.is_point or amount.slack is not None or not amount.tracked:
        raise BeyondError("在约数之间选取", "a choice between what is not exact")
    return amount


def _exact_or_rounded(value: Lowered | None) -> Amount:
    if not isinstance(value, Amount):
        raise BeyondError("求和的不是数", "a sum of what is no number")
    return value


def _rounded(amount: Amount, places: int) -> Amount:
    """Half away from zero, at decimals of the base unit."""
    amount = _exact(amount)
    if not -18 <= places <= 18:
        raise BeyondError("小数位数过多", "too many decimals")
    unit_step = Fraction(10) ** -places
    ratio = amount.step / unit_step
    top = times(Whole(ratio.numerator), amount.low)
    under = times(Whole(ratio.denominator), amount.under)
    sized = top if (range_of(top)[0] or -1) >= 0 else Cases(compare("<", top, ZERO), minus(ZERO, top), top)
    whole = Quotient(plus(times(TWO, sized), under), times(TWO, under))
    low = whole if sized == top else Cases(compare("<", top, ZERO), minus(ZERO, whole), whole)
    return Amount(low, low, amount.unit, unit_step)


def _floored(amount: Amount) -> Amount:
    amount = _exact(amount)
    top = times(Whole(amount.step.numerator), amount.low)
    under = times(Whole(amount.step.denominator), amount.under)
    if (range_of(top)[0] or -1) < 0 and range_of(top)[0] != 0:
        raise BeyondError("负数向下取整", "the floor of what may be negative")
    low = Quotient(top, under)
    return Amount(low, low, amount.unit)


def _extreme(amounts: Sequence[Amount], is_least: bool) -> Amount:
    chosen = _exact(amounts[0])
    for other in amounts[1:]:
        if not values.together(chosen.unit, other.unit):
            raise BeyondError("单位不合", "units that do not meet")
        a, b = alike(chosen, _exact(other))
        test = compare("<=" if is_least else ">=", a.low, b.low)
        low = Cases(test, a.low, b.low)
        chosen = evolve(a, low=low, high=low)
    return chosen
