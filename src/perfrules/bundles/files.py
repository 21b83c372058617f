"""The files of a bundle by the names they have in it: their place below what was given, wherever that lies now."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.folders import folders, is_lock
from perfrules.location import Location


@frozen
class Input:
    """A file that was given, or lies in a folder that was: its path now, its name in the bundle, the SHA-256 of its bytes."""

    path: Path
    name: str
    sha256: str


def inputs_of(paths: Sequence[Path], besides: Sequence[Path] = ()) -> tuple[Input, ...]:
    """Every file below the paths, read or not, but the locks of office programs; raises ReadError where one cannot be opened.

    A name is the place below the folder given; of several, or of files, below the folder that holds them all.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_below(path, besides))
    base = _base(paths)
    return tuple(Input(each, _name(each, base), digest_of(each)) for each in found)


def folder_names(paths: Sequence[Path]) -> dict[str, str]:
    """The names of the folders below the paths, each by its path now: an empty one is told by it."""
    base = _base(paths)
    below = (each for path in paths if path.is_dir() for each in (path, *path.rglob("*")) if each.is_dir())
    return {str(each): _name(each, base) for each in below}


def _below(path: Path, besides: Sequence[Path]) -> list[Path]:
    if not path.is_dir():
        return [path]
    return [each for files in folders(path, besides) for each in files if not is_lock(each)]


def _base(paths: Sequence[Path]) -> str:
    holders = [str((path if path.is_dir() else path.parent).resolve()) for path in paths]
    try:
        return os.path.commonpath(holders)
    except ValueError:  # they lie on several drives
        return ""


def _name(path: Path, base: str) -> str:
    return os.path.relpath(path.resolve(), base).replace(os.sep, "/") if base else path.name


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes; raises ReadError where it cannot be opened."""
    try:
        with path.open("rb") as opened:
            digest = sha256()
            while block := opened.read(1 << 20):
                digest.update(block)
            return digest.hexdigest()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Bilingual("无法打开文件", f"the file cannot be opened ({reason})")
        hint = Bilingual("请检查路径和文件名", "check the path and the name")
        raise ReadError(Fault("read.not_there", message, Location(str(path)), hint)) from None


@frozen
class Matched:
    """Files held against those a bundle names: each under its name there, and what is not as it says.

    `moved` pairs the name there with the place now.
    """

    inputs: tuple[Input, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[Input, ...]
    moved: tuple[tuple[str, str], ...]


def matched(stated: Mapping[str, str], found: Sequence[Input]) -> Matched:
    """The files under the names that a bundle gives them: by place and bytes, then by bytes alone, then by place alone."""
    left = {each.name: each for each in found}
    same = {
        name: left.pop(name)
        for name, digest in stated.items()
        if name in left and left[name].sha256 == digest
    }
    moved: list[tuple[str, str]] = []
    for name, digest in stated.items():
        if name in same:
            continue
        alike = [each for each in left.values() if each.sha256 == digest]
        if alike:
            same[name] = Input(alike[0].path, name, digest)
            moved.append((name, alike[0].name))
            del left[alike[0].name]
    changed = [name for name in stated if name not in same and name in left]
    missing = [name for name in stated if name not in same and name not in left]
    kept = {**same, **{name: left.pop(name) for name in changed}}
    inputs = tuple(kept[name] for name in stated if name in kept)
    return Matched(inputs, tuple(missing), tuple(changed), tuple(left.values()), tuple(moved))
