"""A run tells how far it is: each file once, each submission once, whatever becomes of it."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

from perfrules import pipeline
from perfrules.plugins import catalog

COUNTY = Path(__file__).parents[1] / "examples" / "yunling"


def test_each_file_and_each_submission_is_told_once(tmp_path: Path) -> None:
    for name in ("wangxinban.txt", "shuiwenzhan.txt"):
        copy(COUNTY / name, tmp_path)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "notes.odt").write_text("not read at all")
    steps: list[pipeline.Step] = []
    found = catalog(())
    ruleset = pipeline.prepare(None, found, with_examples=False)
    run = pipeline.check_paths([tmp_path], ruleset, found, progress=steps.append)
    read = [each for each in steps if each.stage == "read"]
    assert [(each.done, each.total) for each in read] == [(1, 3), (2, 3), (3, 3)]
    assert [Path(each.name).name for each in read] == ["broken.docx", "shuiwenzhan.txt", "wangxinban.txt"]
    checked = [each for each in steps if each.stage == "check"]
    assert [(each.done, each.total) for each in checked] == [(1, 2), (2, 2)]
    assert [each.name for each in checked] == [each.department for each in run.reports]
    assert steps == [*read, *checked]
