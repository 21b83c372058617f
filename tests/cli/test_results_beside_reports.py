"""Results that were written beside the reports are no reports when the folder is checked again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from perfrules.cli.main import outcome
from perfrules.documents.ours import is_ours
from perfrules.plugins import catalog

ROOT = Path(__file__).parents[2]
ENDINGS = {"rich": "txt", "markdown": "md", "junit": "xml"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", sorted(catalog().reporters))
def test_every_form_is_known_again(form: str, language: str, tmp_path: Path) -> None:
    for paths in ([ROOT / "examples" / "yunling"], [ROOT / "examples" / "yunling" / "wangxinban.txt"]):
        told = tmp_path / f"结果.{ENDINGS.get(form, form)}"
        assert outcome(["check", *map(str, paths), "-f", f"{form}={told}", "--lang", language]) in (0, 1)
        assert is_ours(told), told.read_bytes()[:300]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sum_of_a_county_and_what_was_read_are_known_too(language: str, tmp_path: Path) -> None:
    reports = sorted(map(str, (ROOT / "tests" / "files").glob("n1[0-6]*.txt")))
    assert len(reports) > 5
    summed, read = tmp_path / "a.txt", tmp_path / "a.json"
    outcome(["check", *reports, "-o", str(summed), "--lang", language])
    outcome(["read", reports[0], "--format", "json", "-o", str(read), "--lang", language])
    assert is_ours(summed)
    assert is_ours(read)


def test_a_folder_with_results_in_it_is_checked_as_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "云岭"
    shutil.copytree(ROOT / "examples" / "yunling", folder)
    said = []
    for _ in range(2):
        written = [f"-f{form}={folder / f'结果.{ENDINGS.get(form, form)}'}" for form in catalog().reporters if form != "json"]  # fmt: skip
        assert outcome(["check", str(folder), "-f", "json", *written]) == 1
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert json.loads(said[0])["summary"]["reports"] == 3


def test_reports_and_forms_to_fill_in_are_none(tmp_path: Path) -> None:
    form = tmp_path / "报送.xlsx"
    assert outcome(["new", "submission", "--xlsx", str(form)]) == 0
    assert not is_ours(form)
    files = [path for path in (ROOT / "tests" / "files").rglob("*") if path.is_file()]
    assert len(files) > 300
    assert [path for path in files if is_ours(path)] == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"{", "部门,结果".encode()])
def test_a_file_that_cannot_be_told_is_none(content: bytes, tmp_path: Path) -> None:
    for ending in ("xlsx", "txt"):
        path = tmp_path / f"a.{ending}"
        path.write_bytes(content)
        assert not is_ours(path)
    assert not is_ours(tmp_path / "missing.txt")
    assert not is_ours(tmp_path)
