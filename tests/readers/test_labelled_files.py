"""Our own labelled documents: what is read of each is what its labels say, at the places they name."""

from __future__ import annotations

import json

import pytest
from tests.files.labels import KINDS, Labels, Score, labelled, score, table

from perfrules import pipeline
from perfrules.model.rule import Severity
from perfrules.plugins import catalog
from perfrules.reporters.facts_json import facts_json

CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)
LABELLED = labelled()


def scored(labels: Labels) -> Score:
    read = pipeline.read_paths([labels.path], CATALOG)
    assert not read.faults, read.faults
    (submission,) = read.submissions
    first, last = submission.period
    assert submission.department.name == labels.said["department"]
    assert f"{first} {last}" == labels.said["period"]
    return score(labels, json.loads(facts_json(read.submissions)), _decoded(labels, submission.text))


def _decoded(labels: Labels, text: str) -> str:
    return text if labels.path.suffix in (".txt", ".docx", ".pdf") else ""


@pytest.mark.parametrize("labels", LABELLED, ids=lambda each: each.path.stem)
def test_nothing_is_read_wrongly(labels: Labels) -> None:
    done = scored(labels)
    assert done.wrong == {kind: [] for kind in KINDS}
    assert done.missed["spans"] == []
    assert done.missed["unread"] == []


def test_little_is_missed(capsys: pytest.CaptureFixture[str]) -> None:
    scores = [scored(each) for each in LABELLED]
    with capsys.disabled():
        print(f"\n{len(scores)} labelled documents of our own\n{table(scores)}")
    for kind in KINDS:
        right, missed, _ = (sum(each) for each in zip(*(done.row(kind) for done in scores), strict=True))
        assert right >= 0.95 * (right + missed), [done.missed[kind] for done in scores if done.missed[kind]]


@pytest.mark.parametrize("labels", LABELLED, ids=lambda each: each.path.stem)
def test_core_finds_the_errors_that_are_there_and_no_other(labels: Labels) -> None:
    """The figures of most documents agree with each other; what is slow or missing in them is a warning at most."""
    (submission,) = pipeline.read_paths([labels.path], CATALOG).submissions
    report = pipeline.check(submission, CORE, CATALOG)
    found = [each for each in report.findings if each.severity is Severity.ERROR]
    assert [each.rule for each in found] == labels.said.get("errors", []), [each.message.zh for each in found]
