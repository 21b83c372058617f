"""One cause, one finding: violations that follow from another are folded into it and named there under `also`.

Which rule gives way to which is declared in the rules (`yields_to`); and one printed figure is accused by one error
only. The ledger keeps every violation.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from perfrules.findings.explain import Raised
from perfrules.model.finding import Also, Finding
from perfrules.model.rule import Severity


def merged(raised: Sequence[Raised]) -> tuple[Finding, ...]:
    """The findings that remain, the gravest first, each naming those folded into it."""
    into: dict[int, int] = {}
    for index, each in enumerate(raised):
        host = _host(index, each, raised)
        if host is not None:
            into[index] = host
    also: dict[int, list[Also]] = {}
    for index in into:
        folded = raised[index].finding
        also.setdefault(_last(index, into), []).append(Also(folded.rule, folded.subject))
    kept = [
        evolve(each.finding, also=tuple(also.get(index, ())))
        for index, each in enumerate(raised)
        if index not in into
    ]
    return tuple(sorted(kept, key=lambda finding: finding.severity.rank))


def _host(index: int, folded: Raised, raised: Sequence[Raised]) -> int | None:
    """The finding that takes this one in, or None."""
    for other, host in enumerate(raised):
        if other != index and _gives_way(folded, host):
            return other
        if other < index and _accuses_the_same(folded, host):
            return other
    return None


def _gives_way(folded: Raised, host: Raised) -> bool:
    """Whether the rules say that `folded` yields to `host`, standing on the same subject or on the line above it."""
    if host.compiled.rule.id not in folded.compiled.rule.yields_to:
        return False
    here, there = folded.context.path[-1], host.context.path[-1]
    line = here.facts.get("line")
    above = here.type == "project" and line is not None and there.id == f"department/{line.value}"
    same = here.id == there.id and host.compiled.rule.id != folded.compiled.rule.id
    return above or same


def _accuses_the_same(folded: Raised, host: Raised) -> bool:
    both_errors = folded.finding.severity is host.finding.severity is Severity.ERROR
    return both_errors and folded.accused is not None and folded.accused == host.accused


def _last(index: int, into: dict[int, int]) -> int:
    seen = set()
    while index in into and index not in seen:
        seen.add(index)
        index = into[index]
    return index
