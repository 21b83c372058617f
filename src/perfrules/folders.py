"""Which files below a path are read, and which belong together: those of one folder, with its attachments."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfrules import readers
from perfrules.documents.ours import is_ours
from perfrules.errors import Fault
from perfrules.plugins import Catalog


def suffixes(catalog: Catalog) -> list[str]:
    """The endings of file names that some reader knows."""
    return sorted({suffix for reader in catalog.readers for suffix in reader.suffixes})


def not_for_reading(path: Path, catalog: Catalog) -> Fault | None:
    """Why a file of a folder is not read: an office program has it open, or no reader knows it by its suffix."""
    if path.name.startswith(_LOCK):
        return readers.locked(path)
    known = suffixes(catalog)
    return None if path.suffix.lower() in known else readers.unknown_format(path, known)


def readable(path: Path, catalog: Catalog, besides: Sequence[Path] = ()) -> Iterator[Path]:
    """A file itself; of a folder the files below it that some reader knows by suffix."""
    if not path.is_dir():
        yield path
        return
    below = (each for files in folders(path, besides) for each in files)
    yield from (each for each in below if not_for_reading(each, catalog) is None)


def folders(folder: Path, besides: Sequence[Path] = ()) -> Iterator[list[Path]]:
    """The files of each folder below one, in order; those in a folder of attachments (附件) belong to the one above.

    Hidden files (`.x`) and results that perfrules wrote are none of them, and linked folders are not entered, so that one that holds itself has an end.
    """
    spared = {each.resolve() for each in besides}
    found: dict[str, list[Path]] = {}
    for parent, below, files in os.walk(folder):
        below[:] = sorted(each for each in below if not each.startswith("."))
        own = parent
        while own != str(folder) and _ATTACHED.match(Path(own).name):
            own = str(Path(own).parent)
        visible = (Path(parent, each) for each in sorted(files) if not each.startswith("."))
        found.setdefault(own, []).extend(
            each
            for each in visible
            if each.resolve() not in spared and not (each.is_file() and is_ours(each))
        )
    return (files for files in found.values() if files)


_LOCK = "~$"
_ATTACHED = re.compile("附件|附表|附$|佐证")
