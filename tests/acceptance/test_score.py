"""The scorer beside the labelled documents, where they are, run on what is read of them: nothing wrong, little missed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.plugins import catalog
from perfrules.reporters.facts_json import facts_json

GOLD = Path(__file__).parents[3] / "shared" / "gold"
CATALOG = catalog()
TOTALS = re.compile(
    r"facts precision (\S+) recall ([^\s;]+); claims precision (\S+) recall (\S+)$", re.MULTILINE
)

pytestmark = pytest.mark.skipif(
    not GOLD.is_dir(), reason="the labelled documents are not beside the repository"
)


def documents(suffix: str) -> list[Path]:
    """Each labelled document once: in words with this suffix where there is one, tables as they are."""
    labelled = sorted(GOLD.glob("[a-z][0-9][0-9].json"))
    forms = (suffix, ".txt", ".xlsx")
    found = (next(file for form in forms if (file := path.with_suffix(form)).exists()) for path in labelled)
    return list(found)


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_the_scorer_finds_nothing_wrong(suffix: str, tmp_path: Path) -> None:
    for path in documents(suffix):
        read = pipeline.read_paths([path], CATALOG)
        assert not read.faults
        (tmp_path / f"{path.stem}.json").write_text(facts_json(read.submissions), encoding="utf-8")
    call = [sys.executable, str(GOLD / "score.py"), str(GOLD), str(tmp_path), "-q"]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    found = TOTALS.search(said)
    assert found is not None, said
    facts_precision, facts_recall, claims_precision, claims_recall = map(float, found.groups())
    assert (facts_precision, claims_precision) == (1, 1), said
    assert facts_recall >= 0.95, said
    assert claims_recall >= 0.95, said


def test_a_flat_folder_of_them_all_gives_what_each_gives_alone(tmp_path: Path) -> None:
    for path in documents(".docx"):
        shutil.copy(path, tmp_path)
    together = pipeline.read_paths([tmp_path], CATALOG)
    alone = [pipeline.read_paths([path], CATALOG).submissions[0] for path in sorted(tmp_path.iterdir())]
    unclear = {fault.where.source for fault in together.faults if fault.where}
    assert {fault.code for fault in together.faults} <= {"read.unclear_owner"}
    assert unclear == {each.documents[0].path for each in alone if not each.department.name}
    assert list(together.submissions) == [each for each in alone if each.department.name]
