"""Which files of a folder are read, which are told as unread, and which are passed over; nothing hangs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.errors import ReadError
from perfrules.plugins import catalog
from perfrules.readers import locked

CATALOG = catalog()
REPORT = Path(__file__).parents[2] / "examples" / "yunling" / "shuiwenzhan.txt"


def told(folder: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """Names of what was read, and codes and names of what was not."""
    reading = pipeline.read_paths([folder], CATALOG)
    read = [Path(document.path).name for each in reading.submissions for document in each.documents]
    return read, [
        (fault.code, Path(fault.where.source).name if fault.where else "") for fault in reading.faults
    ]


def test_hidden_files_are_passed_over_and_the_rest_is_told(tmp_path: Path) -> None:
    for name in (
        "report.txt",
        ".hidden.txt",
        "~$report.txt",
        "notes.xyz",
        "sub/other.txt",
        ".git/config.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPORT, tmp_path / name)
    read, unread = told(tmp_path)
    assert read == ["report.txt", "other.txt"]
    assert unread == [("read.unknown_format", "notes.xyz")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_told_and_does_not_hang(tmp_path: Path) -> None:
    shutil.copy(REPORT, tmp_path / "report.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    read, unread = told(tmp_path)
    assert (read, unread) == (["report.txt"], [("read.not_plain", "pipe.txt")])


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_folder_that_holds_itself_has_an_end_and_a_link_inside_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "again").symlink_to(tmp_path, target_is_directory=True)
    shutil.copy(REPORT, tmp_path / "inside" / ".kept.txt")
    (tmp_path / "linked.txt").symlink_to(tmp_path / "inside" / ".kept.txt")
    assert told(tmp_path) == (["linked.txt"], [])


def test_a_folder_with_only_what_is_passed_over_holds_nothing(tmp_path: Path) -> None:
    shutil.copy(REPORT, tmp_path / "~$report.txt")
    with pytest.raises(ReadError) as caught:
        told(tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["read.nothing", "read.lock"]


@pytest.mark.parametrize("lock", ["~$summary.txt", "~$mmary.txt"])
def test_a_lock_is_told_by_the_name_of_its_file(tmp_path: Path, lock: str) -> None:
    shutil.copy(REPORT, tmp_path / "summary.txt")
    (tmp_path / lock).write_bytes(b"")
    assert locked(tmp_path / lock).message.zh.startswith("文件 summary.txt 可能正在编辑")
