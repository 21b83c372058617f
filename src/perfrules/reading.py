"""Paths → submissions: each file read, those of a department together, corrections taken up; and what was not read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from attrs import frozen

from perfrules import readers
from perfrules.errors import Fault, ReadError
from perfrules.folders import below, is_lock, not_for_reading, readable, suffixes
from perfrules.model.correction import Correction
from perfrules.model.submission import Submission
from perfrules.plugins import Catalog


@frozen
class Reading:
    """The submissions read, the faults of what cannot be read, and each document by itself, before any correction.

    `remarks` are on locks: they are told, and keep nothing from being read.
    """

    submissions: tuple[Submission, ...]
    faults: tuple[Fault, ...]
    documents: tuple[Submission, ...] = ()
    remarks: tuple[Fault, ...] = ()


@frozen
class Step:
    """How far a run is: files read or submissions checked, of how many, and which was the last."""

    stage: Literal["read", "check"]
    done: int
    total: int
    name: str


Progress = Callable[[Step], None]
"""Called after each file that was read, or could not be, and after each submission that was checked."""


def read_paths(
    paths: Sequence[Path],
    catalog: Catalog,
    besides: Sequence[Path] = (),
    corrections: Sequence[Correction] = (),
    progress: Progress | None = None,
) -> Reading:
    """Every submission below the paths, `besides` files that are none; raises ReadError where nothing can be read.

    A file that is named is a submission by itself; the documents of a folder are grouped by department and period.
    """
    submissions, faults, documents = list[Submission](), list[Fault](), list[Submission]()
    remarks = list[Fault]()
    step = counting("read", sum(1 for path in paths for _ in readable(path, catalog, besides)), progress)

    def read(files: Iterable[Path], missed: list[Fault]) -> list[Submission]:
        found = _read(files, catalog, missed, step)
        documents.extend(found)
        return [readers.corrected(each, corrections, catalog.types) for each in found]

    for path in paths:
        if is_lock(path):
            remarks.append(readers.locked(path))
            continue
        if not path.is_dir():
            submissions += read((path,), faults)
            continue
        if not any(readable(path, catalog, besides)):
            faults.append(readers.nothing_readable(path, suffixes(catalog)))
        found, missed, locks = _read_folders(path, catalog, besides, read)
        submissions += found
        faults += missed
        remarks += locks
    if not submissions:
        raise ReadError([*faults, *remarks])
    return Reading(tuple(submissions), tuple(faults), tuple(documents), tuple(remarks))


def _read_folders(
    path: Path,
    catalog: Catalog,
    besides: Sequence[Path],
    read: Callable[[Iterable[Path], list[Fault]], list[Submission]],
) -> tuple[list[Submission], list[Fault], list[Fault]]:
    """The submissions of each folder below a path, what was not read, and remarks on locks.

    A folder of which nothing was read belongs to the one submission of the nearest folder above it, if that has one; else
    it is a submission by itself, named as the folder is, which is open.
    """
    submissions, faults, remarks = list[Submission](), list[Fault](), list[Fault]()
    alone: dict[Path, int] = {}
    for folder, found_there in below(path, besides).items():
        remarks += [readers.locked(each) for each in found_there if is_lock(each)]
        files = [each for each in found_there if not is_lock(each)]
        told = [not_for_reading(each, catalog, path) for each in files]
        missed = [fault for fault in told if fault is not None]
        known = [each for each, fault in zip(files, told, strict=True) if fault is None]
        found = readers.gathered(read(known, missed), missed, catalog.types)
        faults += [*missed, *found.faults]
        if len(found.submissions) == 1:
            alone[folder] = len(submissions)
        submissions += found.submissions
        if found.submissions or folder == path or not readers.may_be_filed(files):
            continue
        above = next((each for each in folder.parents if each in alone), None)
        if above is None:
            alone[folder] = len(submissions)
            submissions.append(readers.unread_folder(folder, [*missed, *found.faults]))
        elif files:
            at = alone[above]
            submissions[at] = readers.with_missed(submissions[at], [*missed, *found.faults])
    is_read = any(each.documents for each in submissions)
    return (submissions if is_read else []), faults, remarks


def _read(
    files: Iterable[Path], catalog: Catalog, faults: list[Fault], step: Callable[[str], None]
) -> list[Submission]:
    """Each file as a submission of its own; faults for those that cannot be read."""
    found = []
    for path in files:
        try:
            found.append(readers.read(path, catalog.readers, catalog.types))
        except ReadError as error:
            faults += error.faults
        step(str(path))
    return found


def counting(stage: Literal["read", "check"], total: int, progress: Progress | None) -> Callable[[str], None]:
    """What tells that one more is done, by its name."""
    done = itertools.count(1)
    return lambda name: progress(Step(stage, next(done), total, name)) if progress else None
