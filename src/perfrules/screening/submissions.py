"""Submissions that stand beside a dataset's tables, whole: those whose figures are more than exact numbers.

Each is a line of `submissions.jsonl`: its key, and the submission as it was read. The definition is asked about them, as
`perfrules check` would.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from perfrules import findings, pipeline
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset
from perfrules.screening.definition import OPEN, SubjectPath, Verdict
from perfrules.screening.whole_json import from_json, to_json

KEPT = "submissions.jsonl"
_KEYS = {"perfrules", "key", "submission"}
_FORMAT = "whole/1"


@frozen
class Kept:
    """A submission with the key of its department."""

    key: str
    submission: Submission


def line_of(key: str, submission: Submission) -> str:
    """The submission as a line of the file."""
    said = {"perfrules": _FORMAT, "key": key, "submission": to_json(submission)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def kept_in(folder: Path) -> tuple[Kept, ...]:
    """The submissions beside the tables of a folder; raises ReadError with the line of what is no submission."""
    path = folder / KEPT
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8") as file:
        return tuple(kept_from(line, f"{path}:{number}") for number, line in enumerate(file, 1))


def kept_from(line: str, source: str) -> Kept:
    """The submission of a line; raises ReadError."""
    try:
        said = json.loads(line)
        if not isinstance(said, dict) or set(said) != _KEYS or said["perfrules"] != _FORMAT:
            raise ValueError(f"expected the keys {', '.join(sorted(_KEYS))}, and perfrules: {_FORMAT}")
        return Kept(str(said["key"]), from_json(said["submission"], Submission))
    except (ValueError, RecursionError) as error:
        message = Bilingual(f"不是一行报送: {error}", f"no line of a submission: {error}")
        raise ReadError(Fault("dataset.submission", message, Location(source))) from None


def verdicts_of(
    kept: Sequence[Kept], ruleset: CompiledRuleset, catalog: Catalog, as_of: date | None
) -> Iterator[Verdict]:
    """The open verdicts of each submission; the keys of projects and targets are numbered below the department's."""
    for each in kept:
        whole, parameters = pipeline.completed(each.submission, ruleset.parameters, catalog, as_of)
        day = as_of or each.submission.period[1]
        named = {path[-1].id: name_and_keys(path, each.key) for path in whole.walk()}
        for verdict in findings.verdicts(whole, ruleset, parameters, day):
            if verdict.outcome in OPEN:
                name, keys = named[verdict.subject.id]
                yield Verdict(verdict.rule, name, keys, verdict.outcome)


def name_and_keys(path: SubjectPath, key: str) -> tuple[str, tuple[object, ...]]:
    """The kind of a subject as findings name it, and the keys down to it: `1`, `1/3` for its third project, `1/3/2`."""
    kinds, keys = [path[0].type], [key]
    for above, subject in pairwise(path):
        member = next((name for name, each in above.members.items() if each is subject), None)
        if member is not None:
            kinds.append(member)
            continue
        table, number = _place(above, subject)
        if (table, len(keys)) in (("projects", 1), ("targets", 2)):
            kinds.append(table)
            keys.append(f"{keys[-1]}/{number}")
        else:
            kinds.append(f"{table}/{number}")
    return "/".join(kinds), tuple(keys)


def _place(above: Subject, subject: Subject) -> tuple[str, int]:
    for name, table in above.tables.items():
        for number, row in enumerate(table.rows, 1):
            if row is subject:
                return name, number
    raise AssertionError("a row stands in a table")
