"""What should be found, by another road: decimals and formulas written out by hand, nothing of perfrules.

A report's figures are strings as printed, in 万元 and percent. Every interval below is the half-open [low, high) that
the printed digits allow, except for a zero without decimals, which is exact.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

Figures = dict[str, str]
LINES = ("total", "basic", "project")


def half(printed: str) -> Decimal:
    """Half a unit of the last printed digit; nothing for a zero without decimals and for money down to the fen."""
    decimals = len(printed.partition(".")[2])
    if (Decimal(printed) == 0 and decimals == 0) or decimals >= 6:
        return Decimal(0)
    return Decimal(5).scaleb(-decimals - 1)


def bounds(*printed: str) -> tuple[Decimal, Decimal]:
    """Lowest and highest sum that the printed digits allow."""
    slack = sum(map(half, printed), Decimal(0))
    middle = sum(map(Decimal, printed), Decimal(0))
    return middle - slack, middle + slack


def can_be_equal(a: tuple[Decimal, Decimal], b: tuple[Decimal, Decimal]) -> bool:
    """Whether [a0, a1) and [b0, b1) share a number; an interval of no width is its one number."""
    if a[0] == a[1] and b[0] == b[1]:
        return a[0] == b[0]
    if a[0] == a[1]:
        return b[0] <= a[0] < b[1]
    if b[0] == b[1]:
        return a[0] <= b[0] < a[1]
    return a[0] < b[1] and b[0] < a[1]


def ratio_can_be(printed: str, part: tuple[Decimal, Decimal], base: tuple[Decimal, Decimal]) -> bool | None:
    """Whether part / base can print as that percentage, by cross-multiplying; None where the base may be zero."""
    low, high = (each / 100 for each in bounds(printed))
    if base[0] <= 0:
        return None
    if part[0] == part[1] == 0:
        return low <= 0 < high
    # part / base lies between part[0] / base[1] and part[1] / base[0]; it reaches the upper end if the part is exact
    reaches = low * base[0] <= part[1] if part[0] == part[1] else low * base[0] < part[1]
    return reaches and part[0] < high * base[1]


def expected(f: Figures) -> set[tuple[str, str]]:
    """The (topic, subject) of every error and warning that a report with these figures must get, and no others."""
    with localcontext() as context:
        context.prec = 60
        found = {
            ("sum_mismatch", field)
            for field in ("initial", "added", "released", "spent")
            if not _adds_up(f, field)
        }
        found |= {(topic, line) for line in LINES for topic in _claim(f, line)}
        found |= _spending(f)
        found |= {("overspend", line) for line in LINES if _overspent(f, line)}
        if int(f["claimed"]) != int(f["named"]):
            found.add(("count_mismatch", "department"))
        found |= {("yoy_implausible", count) for count in ("yellow", "blue") if not _whole_before(f, count)}
    return found


def _adds_up(f: Figures, field: str) -> bool:
    total, basic, project = (f[f"{line}.{field}"] for line in LINES)
    return can_be_equal(bounds(total), bounds(basic, project))


def _budget(f: Figures, line: str) -> tuple[str, str, str] | None:
    """The parts of a line's adjusted budget; None for a part of a carry-over whose split is not printed."""
    if line != "total" and Decimal(f["carried"]) != 0:
        return None
    return f[f"{line}.initial"], f["carried"], f[f"{line}.added"]


def _claim(f: Figures, line: str) -> set[str]:
    printed, spent = f[f"{line}.rate"], bounds(f[f"{line}.spent"])
    initial, released = bounds(f[f"{line}.initial"]), bounds(f[f"{line}.released"])
    parts, all_parts = _budget(f, line), _budget(f, "total")
    if parts is None or all_parts is None:
        return set()
    adjusted, whole = bounds(*parts), bounds(*all_parts)
    accepted = [adjusted] if line == "total" else [adjusted, initial]
    if any(ratio_can_be(printed, spent, base) for base in accepted):
        return set()
    without_carried = bounds(f[f"{line}.initial"], f[f"{line}.added"])
    suspects = [released, initial, adjusted, without_carried, whole]
    swapped = any(ratio_can_be(printed, spent, base) for base in suspects) or ratio_can_be(
        printed, adjusted, spent
    )
    return {"wrong_base" if swapped else "wrong_value"}


def _spending(f: Figures) -> set[tuple[str, str]]:
    spent, released = Decimal(f["project.spent"]), Decimal(f["project.released"])
    parts = _budget(f, "project")
    if parts is None:
        return set()
    adjusted = sum(map(Decimal, parts), Decimal(0))
    found = set()
    if spent == 0 < adjusted:
        found.add(("zero_spend", "project"))
    elif spent * 100 < adjusted * 30:
        found.add(("slow_progress", "project"))
    if released * 100 >= adjusted * 80 and spent * 100 < released * 50:
        found.add(("idle_appropriation", "project"))
    return found


def _overspent(f: Figures, line: str) -> bool:
    """Whether a line spends or is released too much, and no sum that fails stands on the same figures."""
    parts = _budget(f, line)
    if parts is None:
        return False
    spent, released = f[f"{line}.spent"], f[f"{line}.released"]
    failing = {field for field in ("initial", "added", "released", "spent") if not _adds_up(f, field)}
    if _exceeds((spent,), parts):
        return not failing & {"initial", "added", "spent"}
    beyond_released = _exceeds((spent,), (released, f["carried"]))
    beyond_budget = _exceeds((released,), (*parts, f["carried"]))
    return (beyond_released and not failing & {"released", "spent"}) or (
        beyond_budget and not failing & {"initial", "added", "released"}
    )


def _exceeds(many: tuple[str, ...], few: tuple[str, ...]) -> bool:
    more, less = bounds(*many), bounds(*few)
    return sum(more) > sum(less) and not can_be_equal(more, less)


def _whole_before(f: Figures, count: str) -> bool:
    """Whether some whole number last year gives the printed fall, tried one by one."""
    now, fall = int(f[f"{count}.value"]), f[f"{count}.fall"]
    low, high = bounds(fall)
    for before in range(1, 20 * now + 100):
        change = Fraction(before - now, before) * 100
        if Fraction(low) <= change < Fraction(high):
            return True
    return False
