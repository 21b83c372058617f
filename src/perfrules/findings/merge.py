"""One cause, one finding: violations that follow from another are folded into it and named there under `also`.

Which rule gives way to which is declared in the rules (`yields_to`); and one printed figure is accused by one error
only. A finding takes in none graver than itself, and two never take in each other, so that nothing is lost whatever the
rules declare. The ledger keeps every violation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from perfrules.findings.explain import Raised
from perfrules.model.fact import State
from perfrules.model.finding import Also, Finding
from perfrules.model.rule import Severity


def merged(raised: Sequence[Raised]) -> tuple[Finding, ...]:
    """The findings that remain, the gravest first, each naming those folded into it."""
    into: dict[int, int] = {}
    for index, each in enumerate(raised):
        hosts = (other for other in _hosts(index, each, raised) if _last(other, into) != index)
        if (host := next(hosts, None)) is not None:
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


def _hosts(index: int, folded: Raised, raised: Sequence[Raised]) -> Iterator[int]:
    """The findings that may take this one in."""
    for other, host in enumerate(raised):
        graver = folded.finding.severity.rank < host.finding.severity.rank
        gives_way = other != index and _gives_way(folded, host)
        if not graver and (gives_way or (other < index and _accuses_the_same(folded, host))):
            yield other


def _gives_way(folded: Raised, host: Raised) -> bool:
    """Whether the rules say that `folded` yields to `host`, standing on the same subject, the line above it or one figure."""
    if host.compiled.rule.id not in folded.compiled.rule.yields_to:
        return False
    here, there = folded.context.path[-1], host.context.path[-1]
    line = here.facts.get("line")
    above = here.type == "project" and line is not None and there.id == f"department/{line.value}"
    other = host.compiled.rule.id != folded.compiled.rule.id
    return above or (other and (here.id == there.id or _share_a_figure(folded, host)))


def _share_a_figure(folded: Raised, host: Raised) -> bool:
    """Whether both stand on one printed fact, the subject of the one below that of the other: no two lines of a department."""
    shorter, longer = sorted((folded.context.path, host.context.path), key=len)
    if longer[len(shorter) - 1].id != shorter[-1].id:
        return False
    printed = [fact for fact in folded.finding.facts if fact.state is State.PRINTED]
    return any(fact in host.finding.facts for fact in printed)


def _accuses_the_same(folded: Raised, host: Raised) -> bool:
    both_errors = folded.finding.severity is host.finding.severity is Severity.ERROR
    return both_errors and folded.accused is not None and folded.accused == host.accused


def _last(index: int, into: dict[int, int]) -> int:
    """The finding that in the end holds this one; there is one, for no two take in each other."""
    while index in into:
        index = into[index]
    return index
