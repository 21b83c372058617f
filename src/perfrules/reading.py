"""Paths → submissions: each file read, those of a department together, corrections taken up; and what was not read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from attrs import evolve, frozen

from perfrules import readers
from perfrules.errors import Fault, PerfrulesError, ReadError
from perfrules.folders import below, is_lock, not_for_reading, suffixes
from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.submission import Submission
from perfrules.parallel import came_to
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
    """How far a run is: files read or submissions checked, of how many, and which was the last.

    A dataset is screened period by period, and departments of it are asked of the definition.
    """

    stage: Literal["read", "check", "screen", "ask"]
    done: int
    total: int
    name: str


Progress = Callable[[Step], None]
"""Called after each file that was read, or could not be, and after each submission that was checked."""


ReadEach = Callable[[Sequence[Path]], Iterable[tuple[int, Submission | PerfrulesError]]]
"""What reads files: each as a submission of its own, or why it cannot be read, with its number, in any order."""


def read_paths(
    paths: Sequence[Path],
    catalog: Catalog,
    besides: Sequence[Path] = (),
    corrections: Sequence[Correction] = (),
    progress: Progress | None = None,
    read_each: ReadEach | None = None,
) -> Reading:
    """Every submission below the paths, `besides` files that are none; raises ReadError where nothing can be read.

    A file that is named is a submission by itself; the documents of a folder are grouped by department and period.
    `read_each` reads the files; without it they are read here, one after the other.
    """
    listed = {path: _folders(path, catalog, besides) for path in paths if path.is_dir()}
    files = [file for path in paths if not is_lock(path) for file in _readable(path, listed)]
    found = _read(list(dict.fromkeys(files)), read_each or partial(_read_here, catalog), progress)
    submissions, faults, documents = list[Submission](), list[Fault](), list[Submission]()
    remarks = list[Fault]()

    def read(files: Iterable[Path], missed: list[Fault]) -> list[Submission]:
        own = list[Submission]()
        for each in (found[path] for path in files):
            if isinstance(each, Submission):
                own.append(each)
            else:
                missed += each.faults
        documents.extend(own)
        return [readers.corrected(each, corrections, catalog.types) for each in own]

    for path in paths:
        if is_lock(path):
            remarks.append(readers.locked(path))
            continue
        if path not in listed:
            submissions += read((path,), faults)
            continue
        if not _readable(path, listed):
            faults.append(readers.nothing_readable(path, suffixes(catalog)))
        made, missed, locks = _read_folders(path, listed[path], catalog, read)
        submissions += made
        faults += missed
        remarks += locks
    if not submissions:
        raise ReadError([*faults, *remarks])
    return Reading(tuple(submissions), tuple(faults), tuple(documents), tuple(remarks))


def read_file(catalog: Catalog, path: Path) -> Submission:
    """A file as a submission of its own; raises ReadError where it cannot be read."""
    return readers.read(path, catalog.readers, catalog.types)


@frozen
class _Folder:
    """A folder with all its files: those that are read, why the others are not, and the locks of open ones beside them."""

    path: Path
    files: Sequence[Path]
    readable: Sequence[Path]
    missed: Sequence[Fault]
    locks: Sequence[Path]


def _folders(path: Path, catalog: Catalog, besides: Sequence[Path]) -> list[_Folder]:
    return [_folder(folder, files, catalog, path) for folder, files in below(path, besides).items()]


def _folder(folder: Path, files: Sequence[Path], catalog: Catalog, root: Path) -> _Folder:
    locks = [each for each in files if is_lock(each)]
    own = [each for each in files if not is_lock(each)]
    told = {each: not_for_reading(each, catalog, root) for each in own}
    missed = [fault for fault in told.values() if fault is not None]
    return _Folder(folder, own, [each for each in own if told[each] is None], missed, locks)


def _readable(path: Path, listed: Mapping[Path, Sequence[_Folder]]) -> Sequence[Path]:
    """A file itself; of a folder the files below it that some reader knows by suffix."""
    if path not in listed:
        return (path,)
    return [file for folder in listed[path] for file in folder.readable]


def _read(
    files: Sequence[Path], read_each: ReadEach, progress: Progress | None
) -> Mapping[Path, Submission | PerfrulesError]:
    """What each file came to."""
    step, found = counting("read", len(files), progress), dict[Path, Submission | PerfrulesError]()
    for at, each in read_each(files):
        found[files[at]] = _placed(each, files[at])
        step(str(files[at]))
    return found


def _placed(each: Submission | PerfrulesError, path: Path) -> Submission | PerfrulesError:
    """The same; faults without a place are the file's."""
    if isinstance(each, Submission):
        return each
    return ReadError(evolve(fault, where=fault.where or Location(str(path))) for fault in each.faults)


def _read_here(catalog: Catalog, files: Sequence[Path]) -> Iterator[tuple[int, Submission | PerfrulesError]]:
    for at, path in enumerate(files):
        yield at, came_to(read_file, catalog, path)


def _read_folders(
    path: Path,
    folders: Sequence[_Folder],
    catalog: Catalog,
    read: Callable[[Iterable[Path], list[Fault]], list[Submission]],
) -> tuple[list[Submission], list[Fault], list[Fault]]:
    """The submissions of each folder below a path, what was not read, and remarks on locks.

    A folder of which nothing was read belongs to the one submission of the nearest folder above it, if that has one; else
    it is a submission by itself, named as the folder is, which is open.
    """
    submissions, faults, remarks = list[Submission](), list[Fault](), list[Fault]()
    alone: dict[Path, int] = {}
    for folder in folders:
        remarks += [readers.locked(each) for each in folder.locks]
        missed = list(folder.missed)
        found = readers.gathered(read(folder.readable, missed), missed, catalog.types)
        faults += [*missed, *found.faults]
        if len(found.submissions) == 1:
            alone[folder.path] = len(submissions)
        submissions += found.submissions
        if found.submissions or folder.path == path or not readers.may_be_filed(folder.files):
            continue
        above = next((each for each in folder.path.parents if each in alone), None)
        if above is None:
            alone[folder.path] = len(submissions)
            submissions.append(readers.unread_folder(folder.path, [*missed, *found.faults]))
        elif folder.files:
            at = alone[above]
            submissions[at] = readers.with_missed(submissions[at], [*missed, *found.faults])
    is_read = any(each.documents for each in submissions)
    return (submissions if is_read else []), faults, remarks


def counting(stage: Literal["read", "check"], total: int, progress: Progress | None) -> Callable[[str], None]:
    """What tells that one more is done, by its name."""
    done = itertools.count(1)
    return lambda name: progress(Step(stage, next(done), total, name)) if progress else None
