"""The twenty rules once, in a form that nobody runs, and printed for each peer: Python, CEL, zen, JSONLogic.

Each text says when its rule is violated. `has(x)` is whether a figure is there; `some`, `count`, `total`, `size` walk through
rows; `percent` is a rate in percent, half up at two decimals.
"""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from attrs import frozen

OK = "has(adjusted) and adjusted != 0"
VIOLATED = (
    "has(adjusted) and abs(initial + carried + adjustments - adjusted) > 0.01",
    "abs(spent_basic + spent_project - spent) > 0.0001",
    "spent > appropriated",
    "has(adjusted) and appropriated > adjusted",
    f"{OK} and spent / adjusted < 0.3",
    f"{OK} and percent(spent / adjusted) != claimed",
    f"{OK} and abs(claimed - spent / adjusted * 100) > 0.5",
    f"{OK} and spent / adjusted < 0.6",
    f"{OK} and spent / adjusted >= 0.6 and spent / adjusted < 0.85",
    f"{OK} and carried / adjusted > 0.2",
    "initial > 0 and abs(adjustments) / initial > 0.1",
    "abs(total(projects, spent) - spent_project) > 0.01",
    "some(projects, spent > appropriated)",
    "some(projects, has(adjusted) and appropriated > adjusted)",
    f"count(projects, {OK} and spent / adjusted < 0.3) > 3",
    f"some(projects, {OK} and percent(spent / adjusted) != claimed)",
    "2 * count(projects, spent == 0) > size(projects)",
    "some(projects, some(indicators, has(target) and target != 0 and actual / target < 0.5))",
    "some(projects, total(indicators, weight) != 100)",
    "not has(adjusted) or adjusted == 0 and spent > 0"
    " or some(projects, not has(adjusted) or adjusted == 0 and spent > 0)",
)
_SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Lt: "<", ast.Gt: ">", ast.GtE: ">=",
    ast.Eq: "==", ast.NotEq: "!=", ast.And: "and", ast.Or: "or",
}  # fmt: skip


@frozen
class Peer:
    """An engine: from the JSON text to what it is asked on, and from that to twenty verdicts."""

    name: str
    prepared: Callable[[str], Any]
    verdicts: Callable[[Any], list[bool]]
    note: str = ""


def _tree(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _called(node: ast.Call) -> tuple[str, list[ast.expr]]:
    assert isinstance(node.func, ast.Name)
    return node.func.id, node.args


def python(node: ast.expr, row: str, number: str, depth: int = 0) -> str:
    """Python text over dictionaries, with numbers made by `number`."""

    def inner(each: ast.expr, of: str = row) -> str:
        return python(each, of, number, depth + (of != row))

    match node:
        case ast.BoolOp(op, values):
            return "(" + f" {_SIGNS[type(op)]} ".join(map(inner, values)) + ")"
        case ast.UnaryOp(ast.Not(), operand):
            return f"(not {inner(operand)})"
        case ast.BinOp(left, op, right):
            return f"({inner(left)} {_SIGNS[type(op)]} {inner(right)})"
        case ast.Compare(left, [op], [right]):
            return f"{inner(left)} {_SIGNS[type(op)]} {inner(right)}"
        case ast.Constant(value):
            return str(value) if isinstance(value, int) else f"{number}('{value}')"
        case ast.Name(name):
            return f"{row}['{name}']"
        case ast.Call():
            name, arguments = _called(node)
            if name in ("abs", "percent"):
                return f"{name}({inner(arguments[0])})"
            if name == "has":
                return f"({inner(arguments[0])} is not None)"
            each, rows = f"r{depth}", inner(arguments[0])
            match name:
                case "size":
                    return f"len({rows})"
                case "some":
                    return f"any({inner(arguments[1], each)} for {each} in {rows})"
                case "total":
                    return f"sum([{inner(arguments[1], each)} for {each} in {rows}])"
                case "count":
                    return f"sum([1 for {each} in {rows} if {inner(arguments[1], each)}])"
    raise NotImplementedError(ast.dump(node))


def infix(node: ast.expr, language: str, row: str = "", depth: int = 0) -> str:
    """CEL or zen text."""

    def inner(each: ast.expr, of: str = row) -> str:
        return infix(each, language, of, depth + (of != row))

    cel = language == "cel"
    match node:
        case ast.BoolOp(op, values):
            sign = {"and": "&&", "or": "||"}[_SIGNS[type(op)]] if cel else _SIGNS[type(op)]
            return "(" + f" {sign} ".join(map(inner, values)) + ")"
        case ast.UnaryOp(ast.Not(), operand):
            return f"{'!' if cel else 'not '}({inner(operand)})"
        case ast.BinOp(left, op, right):
            return f"({inner(left)} {_SIGNS[type(op)]} {inner(right)})"
        case ast.Compare(left, [op], [right]):
            return f"{inner(left)} {_SIGNS[type(op)]} {inner(right)}"
        case ast.Constant(value):
            return f"{float(value)}" if cel else str(value)
        case ast.Name(name):
            return f"{row}{name}"
        case ast.Call():
            name, arguments = _called(node)
            match name:
                case "abs":
                    return f"abs({inner(arguments[0])})"
                case "percent":
                    value = inner(arguments[0])
                    return f"percent({value})" if cel else f"round({value} * 100, 2)"
                case "has":
                    return f"({inner(arguments[0])} != null)"
            return _over_rows(name, arguments, language, row, depth)
    raise NotImplementedError(ast.dump(node))


def _over_rows(name: str, arguments: list[ast.expr], language: str, row: str, depth: int) -> str:
    rows = infix(arguments[0], language, row, depth)
    each = f"r{depth}"
    if language == "cel":
        if name == "size":
            return f"double(size({rows}))"
        body = infix(arguments[1], language, f"{each}.", depth + 1)
        return {
            "some": f"{rows}.exists({each}, {body})",
            "count": f"double(size({rows}.filter({each}, {body})))",
            "total": f"sum({rows}.map({each}, {body}))",
        }[name]
    if name == "size":
        return f"len({rows})"
    body = infix(arguments[1], language, "#.", depth + 1)
    return {
        "some": f"some({rows}, {body})",
        "count": f"count({rows}, {body})",
        "total": f"sum(map({rows}, {body}))",
    }[name]


def logic(node: ast.expr) -> object:
    """JSONLogic."""
    match node:
        case ast.BoolOp(op, values):
            return {_SIGNS[type(op)]: [logic(each) for each in values]}
        case ast.UnaryOp(ast.Not(), operand):
            return {"!": [logic(operand)]}
        case ast.BinOp(left, op, right) | ast.Compare(left, [op], [right]):
            return {_SIGNS[type(op)]: [logic(left), logic(right)]}
        case ast.Constant(value):
            return value
        case ast.Name(name):
            return {"var": name}
        case ast.Call():
            name, arguments = _called(node)
            first = logic(arguments[0])
            match name:
                case "abs":
                    return {"abs": [first]}
                case "percent":
                    return {"/": [{"floor": [{"+": [{"*": [first, 10000]}, 0.5]}]}, 100]}
                case "has":
                    return {"!==": [first, None]}
                case "size":
                    return {"reduce": [first, {"+": [1, {"var": "accumulator"}]}, 0]}
                case "some":
                    return {"some": [first, logic(arguments[1])]}
                case "count":
                    kept = {"filter": [first, logic(arguments[1])]}
                    return {"reduce": [kept, {"+": [1, {"var": "accumulator"}]}, 0]}
                case "total":
                    assert isinstance(arguments[1], ast.Name)
                    added = [{"var": f"current.{arguments[1].id}"}, {"var": "accumulator"}]
                    return {"reduce": [first, {"+": added}, 0]}
    raise NotImplementedError(ast.dump(node))


def _percent_of_doubles(value: float) -> float:
    return math.floor(value * 10_000 + 0.5) / 100


def _percent_of_decimals(value: Decimal) -> Decimal:
    return (value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _closures(number: str, percent: object) -> list[Callable[[Any], bool]]:
    names = {"Decimal": Decimal, "float": float, "percent": percent}
    return [eval(f"lambda r: bool({python(_tree(text), 'r', number)})", names) for text in VIOLATED]


def hand_written() -> Iterator[Peer]:
    """Plain Python over doubles, over Decimal, and over whole numbers."""
    doubles = _closures("float", _percent_of_doubles)
    yield Peer("Python, doubles", json.loads, lambda row: [each(row) for each in doubles])
    decimals = _closures("Decimal", _percent_of_decimals)
    yield Peer(
        "Python, Decimal",
        lambda text: json.loads(text, parse_float=Decimal),
        lambda row: [each(row) for each in decimals],
    )
    yield Peer("Python, whole numbers in one function", _whole_row, whole_numbers)


def _whole_row(text: str) -> Any:
    """Every decimal as a whole number of its last place, as this workload prints them: with all their decimals."""
    return json.loads(text, parse_float=lambda digits: int(digits.replace(".", "")))


def whole_numbers(row: Any) -> list[bool]:
    """The verdicts in whole numbers, written by hand: also the reference."""
    adjusted, spent, claimed = row["adjusted"], row["spent"], row["claimed"]
    known, usable = adjusted is not None, bool(adjusted)
    base = adjusted or 0
    projects = row["projects"]
    found = [
        known and abs(row["initial"] + row["carried"] + row["adjustments"] - base) > 100,
        abs(row["spent_basic"] + row["spent_project"] - spent) > 1,
        spent > row["appropriated"],
        known and row["appropriated"] > base,
        usable and 10 * spent < 3 * base,
        usable and (20_000 * spent + base) // (2 * base) != claimed,
        usable and 2 * abs(claimed * base - 10_000 * spent) > 100 * base,
        usable and 5 * spent < 3 * base,
        usable and 5 * spent >= 3 * base and 20 * spent < 17 * base,
        usable and 5 * row["carried"] > base,
        row["initial"] > 0 and 10 * abs(row["adjustments"]) > row["initial"],
        abs(sum([each["spent"] for each in projects]) - row["spent_project"]) > 100,
    ]
    late = idle = 0
    over = budget = rate = target = weight = missing = False
    for each in projects:
        own, paid = each["adjusted"], each["spent"]
        over = over or paid > each["appropriated"]
        budget = budget or (own is not None and each["appropriated"] > own)
        idle += paid == 0
        missing = missing or own is None or (own == 0 and paid > 0)
        if own:
            late += 10 * paid < 3 * own
            rate = rate or (20_000 * paid + own) // (2 * own) != each["claimed"]
        target = target or any(t["target"] and 2 * t["actual"] < t["target"] for t in each["indicators"])
        weight = weight or sum([t["weight"] for t in each["indicators"]]) != 10_000
    lacking = not known or (base == 0 and spent > 0) or missing
    return [*found, over, budget, late > 3, rate, 2 * idle > len(projects), bool(target), weight, lacking]


def datalogic() -> Iterator[Peer]:
    """JSONLogic in Rust, over doubles."""
    import datalogic_py

    engine = datalogic_py.Engine()
    rules = [engine.compile(json.dumps(logic(_tree(text)))) for text in VIOLATED]
    session = engine.session()
    yield Peer(
        "datalogic-py",
        datalogic_py.DataHandle,
        lambda data: [session.evaluate_truthy(each, data) for each in rules],
    )


def zen() -> Iterator[Peer]:
    """Expressions over 28 digits, in Rust: all twenty in one decision."""
    import zen as engine

    names = [f"r{number}" for number in range(len(VIOLATED))]
    expressions = [
        {"id": name, "key": name, "value": infix(_tree(text), "zen")}
        for name, text in zip(names, VIOLATED, strict=True)
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "do", "type": "expressionNode", "name": "do", "content": {"expressions": expressions}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "do"), ("do", "out"))
    ]
    decision = engine.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def verdicts(row: Any) -> list[bool]:
        found = decision.evaluate(row)["result"]
        return [bool(found[name]) for name in names]

    yield Peer("zen-engine", json.loads, verdicts)


def cel() -> Iterator[Peer]:
    """CEL in Rust, over doubles; what it lacks are Python functions."""
    import cel as engine

    programs = [engine.compile(infix(_tree(text), "cel")) for text in VIOLATED]
    functions = {"abs": abs, "sum": math.fsum, "percent": _percent_of_doubles}

    def verdicts(row: Any) -> list[bool]:
        context = engine.Context(variables=row)
        for name, function in functions.items():
            context.add_function(name, function)
        return [bool(each.execute(context)) for each in programs]

    yield Peer("common-expression-language", json.loads, verdicts)


ALL = (hand_written, datalogic, zen, cel)
