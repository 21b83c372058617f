"""Which files below a path are read, and which belong together: those of one folder, with its attachments."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perfrules import readers
from perfrules.documents.ours import is_ours
from perfrules.errors import Fault
from perfrules.plugins import Catalog


def suffixes(catalog: Catalog) -> list[str]:
    """The endings of file names that some reader knows."""
    return sorted({suffix for reader in catalog.readers for suffix in reader.suffixes})


def not_for_reading(path: Path, catalog: Catalog, folder: Path | None = None) -> Fault | None:
    """Why a file of a folder is not read: a link leads out of the folder, or no reader knows it by its suffix."""
    if folder is not None and leads_out(path, folder):
        return readers.linked(path)
    known = suffixes(catalog)
    return None if path.suffix.lower() in known else readers.unknown_format(path, known)


def is_lock(path: Path) -> bool:
    """Whether a file is only the lock of an office program: it says that the document beside it is open, and holds nothing."""
    return path.name.startswith(_LOCK) and path.is_file()


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a path is a link to what lies outside the folder: nobody has filed that."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())


def readable(path: Path, catalog: Catalog, besides: Sequence[Path] = ()) -> Iterator[Path]:
    """A file itself; of a folder the files below it that some reader knows by suffix. No lock is one."""
    if not path.is_dir():
        yield from () if is_lock(path) else (path,)
        return
    files = (each for files in folders(path, besides) for each in files)
    yield from (each for each in files if not is_lock(each) and not_for_reading(each, catalog, path) is None)


def folders(folder: Path, besides: Sequence[Path] = ()) -> Iterator[list[Path]]:
    """The files of each folder below one that has any, in order."""
    return (files for files in below(folder, besides).values() if files)


def below(folder: Path, besides: Sequence[Path] = ()) -> Mapping[Path, list[Path]]:
    """The files of each folder below one, by folder; those in a folder of attachments (附件) belong to the one above.

    A folder without files and without folders is one with none. Hidden files (`.x`), those that systems leave in every
    folder, and results that perfrules wrote are none of them; linked folders are not entered, so that one that holds itself
    has an end, and stand as files where they lead out of the folder.
    """
    spared = {each.resolve() for each in besides}
    found: dict[Path, list[Path]] = {}
    for parent, inner, files in os.walk(folder):
        inner[:] = sorted(each for each in inner if _is_seen(each))
        own = Path(parent)
        while own != folder and _ATTACHED.match(own.name):
            own = own.parent
        links = [each for each in inner if leads_out(Path(parent, each), folder)]
        visible = [Path(parent, each) for each in sorted([*files, *links]) if _is_seen(each)]
        if visible or not inner:
            found.setdefault(own, []).extend(
                each
                for each in visible
                if each.resolve() not in spared
                and not (not leads_out(each, folder) and each.is_file() and is_ours(each))
            )
    return found


def _is_seen(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _OF_SYSTEMS


_OF_SYSTEMS = ("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin", "system volume information")  # fmt: skip
"""What operating systems leave in every folder."""
_LOCK = "~$"
_ATTACHED = re.compile("附件|附表|附$|佐证")
