"""The rule language: medians of interleaved rounds, microseconds an expression; aims beside them, and growth with size.

python benchmarks/language.py [--rounds 9]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import evolve

from perfrules.language import Context, Scope, check, to_python
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import MONEY_UNITS
from perfrules.plugins import catalog
from perfrules.rules import compile_parameters, load_ruleset

CORE = Path(__file__).parents[1] / "rulesets" / "core"
RATIO = "spent / adjusted_budget >= 30%"
LINE = Scope(CORE_TYPES, ("line",), {})
SIZES = (10, 20, 40, 80)
Action = Callable[[], object]


def core_conditions() -> Iterator[tuple[str, Action]]:
    """Parse and check of each core rule's condition, its parameters known."""
    kinds = catalog()
    ruleset = load_ruleset(CORE)
    _, known = compile_parameters(ruleset.parameters.values(), kinds.types, kinds.functions)
    for rule in ruleset.rules.values():
        scope = evolve(known, asked=rule.for_types)
        yield f"check {rule.id}", lambda rule=rule, scope=scope: check(rule.condition, scope)


def line() -> Context:
    wan = MONEY_UNITS["万元"]
    printed: Mapping[str, str] = {"spent": "2.7505", "adjusted_budget": "13.91"}
    facts = {name: Fact(name, printed_quantity(digits, wan)) for name, digits in printed.items()}
    return Context((Subject("line", "department/project", "", facts),), {})


def evaluation(text: str) -> Action:
    closure, context = to_python(check(text, LINE)), line()
    return lambda: closure(context)


def cases() -> dict[str, tuple[Action, float | None]]:
    """What is measured, each with its aim in microseconds."""
    found: dict[str, tuple[Action, float | None]] = {
        name: (action, 100) for name, action in core_conditions()
    }
    found[f"evaluate {RATIO}"] = (evaluation(RATIO), 20)
    for size in SIZES:
        text = " + ".join(["spent"] * size) + " > 0元"
        found[f"check a sum of {size}"] = (lambda text=text: check(text, LINE), None)
        found[f"evaluate a sum of {size}"] = (evaluation(text), None)
    return found


def once(action: Action, repeats: int = 200) -> float:
    start = time.perf_counter()
    for _ in range(repeats):
        action()
    return (time.perf_counter() - start) / repeats * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    measured = cases()
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(options.rounds):
        for name, (action, _aim) in measured.items():
            times[name].append(once(action))
    print(
        f"{'':42} {'median µs':>10} {'aim':>6}   (Python {sys.version.split()[0]}, {options.rounds} rounds)"
    )
    for name, (_action, aim) in measured.items():
        print(f"{name:42} {statistics.median(times[name]):10.1f} {'' if aim is None else f'{aim:6.0f}'}")
    checks = sorted(statistics.median(times[name]) for name in measured if measured[name][1] == 100)
    within = sum(each < 100 for each in checks)
    print(f"core rules: median {statistics.median(checks):.0f} µs, {within} of {len(checks)} within the aim")
    for what in ("check", "evaluate"):
        each = [statistics.median(times[f"{what} a sum of {size}"]) / size for size in SIZES]
        listed = ", ".join(f"{size}: {value:.1f}" for size, value in zip(SIZES, each, strict=True))
        print(f"{what}: µs a part at each size  {listed}")


if __name__ == "__main__":
    main()
