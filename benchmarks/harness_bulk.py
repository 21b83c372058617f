"""Our place among the engines of an outside harness for many: `bulk.py --plugin benchmarks/harness_bulk.py`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import bulk  # the harness has it
from workload import FOLDER, NAMES, workload_catalog, workload_ruleset

from perfrules.screening.database import connect
from perfrules.screening.screen import counted, prepared, screened


def _dataset(data: str, folder: Path) -> Path:
    """The harness's whole-number files with our layout beside them."""
    for path in sorted(Path(data, "i64").glob("*.parquet")):
        (folder / path.name).symlink_to(path)
    shutil.copy(FOLDER / "dataset.yaml", folder)
    return folder


def _ours(data: str, reps: int, *, findings: bool) -> dict[str, object]:
    catalog = workload_catalog()
    ruleset = workload_ruleset(catalog)
    with tempfile.TemporaryDirectory() as name:
        folder = _dataset(data, Path(name))
        database = connect("400MB", 2)

        def counts() -> list[int]:
            made = prepared(folder, database, ruleset, catalog)
            if findings:
                found = screened(made, database, folder / "findings.parquet")
                return [found.get(rule, (0, 0))[0] for rule in NAMES]
            by_rule = {
                each.rule: violated
                for each, (violated, _) in zip(made.questions.asked, counted(made, database), strict=True)
            }
            return [by_rule[rule] for rule in NAMES]

        return bulk.timed(counts, reps)


ENGINES = {
    "perfrules-counts": lambda data, reps: _ours(data, reps, findings=False),
    "perfrules-findings": lambda data, reps: _ours(data, reps, findings=True),
}
