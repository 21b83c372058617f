"""Core's defaults on submissions built from labels: everything that must be found, and no error beside it.

The labelled documents beside the repository, where they are; and families of our own, always.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.acceptance.labels import Score, score, submission, table

from perfrules import pipeline, readers
from perfrules.model.report import Report
from perfrules.plugins import catalog

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"
LABELS = sorted(GOLD.glob("[a-z][0-9][0-9].json"))
FAMILIES = sorted((Path(__file__).parent / "families").glob("*.yaml"))
CATALOG = catalog()
CORE = pipeline.prepare("core", CATALOG)


def checked(built: Any) -> Report:
    return pipeline.check(readers.submission_from(built, "label", CATALOG.types), CORE, CATALOG)


def labelled(path: Path) -> Score:
    label = json.loads(path.read_text(encoding="utf-8"))
    return score(label, checked(submission(label)))


def family(path: Path) -> Score:
    label = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return score(label, checked(label["submission"]))


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)
def test_a_labelled_document(path: Path) -> None:
    done = labelled(path)
    assert (done.missed, done.wrong) == ([], [])


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_a_document_of_the_same_families(path: Path) -> None:
    done = family(path)
    assert (done.missed, done.wrong) == ([], [])


def test_precision_and_recall_by_topic(capsys: pytest.CaptureFixture[str]) -> None:
    if not LABELS:
        pytest.skip("no folder of labelled documents beside the repository")
    with capsys.disabled():
        print(f"\n{len(LABELS)} labelled documents\n{table(map(labelled, LABELS))}")
        print(f"\n{len(FAMILIES)} documents of our own\n{table(map(family, FAMILIES))}")
