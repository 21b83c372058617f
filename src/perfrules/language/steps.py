"""The meaning of each operator: traces of the parts in, the trace of the whole out. Nothing here raises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.language import values
from perfrules.language.context import Context, Evaluate
from perfrules.language.functions import Function
from perfrules.language.kinds import kind_of
from perfrules.language.tokens import UNITS
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown, Value, lacking
from perfrules.model.unit import Kind

BLANK = frozenset({"", "无", "暂无", "无偏差", "/", "-", "—"})


def negated(text: str, operand: Trace, context: Context) -> Trace:
    """The number with its sign turned."""
    if isinstance(operand.value, Unknown):
        return Trace(text, operand.value, "-", (operand,))
    return Trace(text, _settled(values.negative(operand.value), (operand,), context, "-"), "-", (operand,))


def arithmetic(
    text: str, operator: str, left: Trace, right: Trace, context: Context, kind: Kind = Kind.MEASURE
) -> Trace:
    """`+ - * /`; unknown with all reasons where a side is, or with the reason why there is no result.

    A result that is not of the kind the checker promised (家 divided by 元 in a table of targets) has no value.
    """
    a, b = left.value, right.value
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return Trace(text, lacking(a, b), operator, (left, right))
    result = values.computed(operator, a, b)
    if isinstance(result, Number) and not values.fits(result, kind):
        result = Reason.UNIT
    return Trace(text, _settled(result, (left, right), context, operator), operator, (left, right))


def _settled(result: Value | values.Fails, parts: Sequence[Trace], context: Context, operator: str) -> Value:
    return _because(result, parts, context, operator) if isinstance(result, Reason) else result


def _because(reason: Reason, parts: Sequence[Trace], context: Context, operator: str) -> Unknown:
    """The Unknown of an operation that failed, naming the fields to blame: those of the divisor, or of all parts."""
    open_tables = [lack for part in parts for lack in _lacks(part)]
    if reason is Reason.APPROXIMATE and open_tables:
        return Unknown(tuple(dict.fromkeys(open_tables)))
    blamed = parts[-1:] if reason is Reason.ZERO_DIVISOR else parts
    fields = [
        fact.field
        for part in blamed
        for fact in part.facts()
        if reason is not Reason.APPROXIMATE or _vague(fact)
    ]
    subject = context.path[-1].id
    return Unknown(tuple(Lack(reason, subject, field) for field in dict.fromkeys(fields or [operator])))


def _lacks(trace: Trace) -> Iterator[Lack]:
    yield from trace.lacks
    for part in trace.parts:
        yield from _lacks(part)


def _vague(fact: Fact) -> bool:
    return isinstance(fact.value, Quantity) and fact.value.exact is None


def compared(text: str, operator: str, left: Trace, right: Trace, context: Context) -> Trace:
    """One comparison; unknown where not every pair of numbers gives the same answer."""
    text = text or f"{left.text} {operator} {right.text}"
    a, b, by_rounding = left.value, right.value, False
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return Trace(text, lacking(a, b), operator, (left, right))
    if operator == "≈" and isinstance(a, Number) and isinstance(b, Number):
        result, by_rounding = values.alike(a, b)
    else:
        result = values.compared("==" if operator == "≈" else operator, a, b)
    value = _settled(result, (left, right), context, operator)
    return Trace(text, value, operator, (left, right), by_rounding=by_rounding)


def logic(text: str, operator: str, parts: Sequence[Trace]) -> Trace:
    """Kleene's and, or: one part that decides is enough, whatever is unknown beside it."""
    decisive = operator == "or"
    deciding = [part for part in parts if part.value is decisive]
    if deciding:
        exactly = all(part.by_rounding for part in deciding)
        return Trace(text, decisive, operator, tuple(parts), by_rounding=decisive and exactly)
    unknown = [part.value for part in parts if isinstance(part.value, Unknown)]
    value = lacking(*unknown) if unknown else not decisive
    return Trace(text, value, operator, tuple(parts), by_rounding=any(part.by_rounding for part in parts))


def negation(text: str, inner: Trace) -> Trace:
    """Kleene's not."""
    value = inner.value if isinstance(inner.value, Unknown) else inner.value is False
    return Trace(text, value, "not", (inner,), by_rounding=inner.by_rounding)


def or_else(text: str, value: Trace, fallback: Evaluate, context: Context) -> Trace:
    """The value, or the fallback where it is unknown."""
    chosen = fallback(context) if isinstance(value.value, Unknown) else value
    return Trace(text, chosen.value, "or else", (chosen,), chosen.fact, chosen.by_rounding)


def text_test(text: str, operator: str, whole: Trace, part: Trace) -> Trace:
    """`has`, `starts with`, `ends with` on the texts as printed."""
    a, b = whole.value, part.value
    if not (isinstance(a, str) and isinstance(b, str)):
        return Trace(text, lacking(a, b), operator, (whole, part))
    tests = {"has": b in a, "starts with": a.startswith(b), "ends with": a.endswith(b)}
    return Trace(text, tests[operator], operator, (whole, part))


def kind_test(text: str, kind: Kind, inner: Trace) -> Trace:
    """Whether a target's value is of a kind."""
    value = inner.value
    result = value if isinstance(value, Unknown) else kind_of(value) is kind
    return Trace(text, result, "is", (inner,))


def unit_test(text: str, kind: Kind, inner: Trace, context: Context) -> Trace:
    """Whether a text names a unit of a kind (家 a count); unknown where it names no unit that is known."""
    value = inner.value
    if not isinstance(value, str) or kind is Kind.TEXT:
        return kind_test(text, kind, inner)
    unit = UNITS.get(value.strip())
    result = _because(Reason.UNIT, (inner,), context, "is") if unit is None else unit.kind is kind
    return Trace(text, result, "is", (inner,))


def form(text: str, form: str, inner: Trace) -> Trace:
    """is_known and is_exact look at the state of a value and are two-valued; is_blank looks at a text."""
    value = inner.value
    if form == "is_known":
        return Trace(text, not isinstance(value, Unknown), form, (inner,))
    if form == "is_exact":
        point = value.interval.is_point if isinstance(value, Number) else not isinstance(value, Unknown)
        return Trace(text, point, form, (inner,))
    blank = value.strip() in BLANK if isinstance(value, str) else value
    return Trace(text, blank, form, (inner,))


def called(text: str, function: Function, arguments: Sequence[Trace], context: Context) -> Trace:
    """A function on known values; unknown with all reasons where an argument is."""
    unknown = [each.value for each in arguments if isinstance(each.value, Unknown)]
    if unknown:
        return Trace(text, lacking(*unknown), function.name, tuple(arguments))
    if not _takes(function, arguments):
        value: Value = _because(Reason.UNIT, arguments, context, function.name)
        return Trace(text, value, function.name, tuple(arguments))
    value = function.apply(*(each.value for each in arguments))
    if isinstance(value, Unknown) and not any(lack.subject for lack in value.lacks):
        value = _because(value.lacks[0].reason, arguments, context, function.name)
    return Trace(text, value, function.name, tuple(arguments))


def _takes(function: Function, arguments: Sequence[Trace]) -> bool:
    """Whether the values are of the kinds the function is made for: a target's value may be a text."""
    wanted = [*function.parameters, *function.parameters[-1:] * (len(arguments) - len(function.parameters))]
    return all(
        isinstance(each.value, Number) if kind is None else values.fits(each.value, kind)
        for each, kind in zip(arguments, wanted, strict=True)
    )
