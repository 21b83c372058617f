"""A department's folder in which nothing could be read is a submission too: one that is open, and never just missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import evolve

from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission, Unread
from perfrules.readers.link import with_unread

_NO_PAPERS = {".py", ".pyc", ".sh", ".bat", ".cmd", ".ps1", ".js", ".css", ".toml", ".ini", ".cfg", ".log", ".exe", ".dll", ".lnk", ".url", ".tmp", ".db"}  # fmt: skip
"""Suffixes of programs and their settings: a folder of nothing else is no department's."""


def may_be_filed(files: Sequence[Path]) -> bool:
    """Whether a folder with these files, or with none, may be what a department has filed."""
    return not files or any(each.suffix.lower() not in _NO_PAPERS for each in files)


def unread_folder(folder: Path, faults: Sequence[Fault]) -> Submission:
    """The submission of a folder of which nothing was read: a department of the folder's name, and what is in it unread."""
    empty = Submission(Subject("department", "department", folder.name, {}))
    if faults:
        return with_missed(empty, faults)
    return evolve(empty, unread=(Unread(Location(str(folder)), folder.name, "empty_folder"),))


def with_missed(submission: Submission, faults: Sequence[Fault]) -> Submission:
    """The submission kept open by files that were not read."""
    unread = (
        Unread(Location(fault.where.source), Path(fault.where.source).name, "not_read")
        for fault in faults
        if fault.where is not None
    )
    return with_unread(submission, (each for each in dict.fromkeys(unread) if each not in submission.unread))
