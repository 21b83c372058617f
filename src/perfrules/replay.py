"""Two rulesets over the same submissions (`perfrules rules diff`): which verdicts flip, by rule and by department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from perfrules import pipeline
from perfrules.errors import Fault
from perfrules.model.finding import Outcome, SubjectName, Verdict
from perfrules.model.report import Report
from perfrules.plugins import Catalog


@frozen
class Flip:
    """One rule on one subject that ends otherwise by the new ruleset; None where that ruleset does not ask it."""

    path: str
    department: str
    rule: str
    subject: SubjectName
    before: Outcome | None
    after: Outcome | None


@frozen
class Replay:
    """What came of it: the verdicts that flipped, in the order of the submissions, and how many there are of each."""

    old: str
    new: str
    submissions: int
    flips: tuple[Flip, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()

    def by_rule(self) -> Mapping[str, Counter[tuple[Outcome | None, Outcome | None]]]:
        """For each rule, how many flipped from what to what."""
        counted: dict[str, Counter[tuple[Outcome | None, Outcome | None]]] = {}
        for each in self.flips:
            counted.setdefault(each.rule, Counter())[each.before, each.after] += 1
        return dict(sorted(counted.items()))

    def by_department(self) -> Mapping[str, int]:
        """For each department, how many of its verdicts flipped."""
        return Counter(each.department or each.path for each in self.flips)


def replay(old: str | Path, new: str | Path, paths: Sequence[Path], catalog: Catalog) -> Replay:
    """Both rulesets asked of every submission below the paths; raises PerfrulesError where one does not load."""
    before, after = (pipeline.prepare(each, catalog, with_examples=False) for each in (old, new))
    reading = pipeline.read_paths(paths, catalog)
    flips: list[Flip] = []
    for submission in reading.submissions:
        reports = [pipeline.check(submission, each, catalog) for each in (before, after)]
        flips += _flips(*reports)
    names = [f"{each.ruleset.id} {each.ruleset.version}" for each in (before, after)]
    return Replay(names[0], names[1], len(reading.submissions), tuple(flips), reading.faults, reading.remarks)


def _flips(before: Report, after: Report) -> Iterator[Flip]:
    old, new = _ended(before.ledger.verdicts), _ended(after.ledger.verdicts)
    path = "; ".join(each.path for each in before.inputs)
    for key in dict.fromkeys((*old, *new)):
        was, became = old.get(key), new.get(key)
        first = was or became
        assert first is not None
        before_it, after_it = (each.outcome if each else None for each in (was, became))
        if _counts(before_it) is not _counts(after_it):
            yield Flip(path, before.department, first.rule, first.subject, before_it, after_it)


def _counts(outcome: Outcome | None) -> Outcome | None:
    """An outcome; a rule that does not apply is as one that is not asked."""
    return None if outcome is Outcome.NOT_APPLICABLE else outcome


def _ended(verdicts: Sequence[Verdict]) -> dict[tuple[str, str], Verdict]:
    return {(each.rule, each.subject.id): each for each in verdicts}
