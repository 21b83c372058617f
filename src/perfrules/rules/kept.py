"""What was made of a ruleset's files before, kept by their content, so that a check need not read YAML again.

Kept in the user's cache folder (`PERFRULES_CACHE` names another, or is `off`). The key has the texts of the files and the
program that read them: what changed is read anew. Nothing kept is trusted beyond its shape: only data of the model comes back,
and whatever cannot be read, written or recognised is as if it were not there.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
READS = ("model", "rules", "language")
"""The parts of the program that a kept ruleset depends on."""
MOST = 40
"""Entries kept; when there are more, the oldest go."""
ALLOWED = (
    "perfrules.model.",
    "perfrules.rules.inheritance",
    "perfrules.bilingual",
    "perfrules.location",
    "datetime",
)


def folder() -> Path | None:
    """Where things are kept; None where keeping is off or there is no such place."""
    named = os.environ.get("PERFRULES_CACHE", "")
    if named:
        return None if named == "off" else Path(named)
    base = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    try:
        return Path(base) / "perfrules" if base else Path.home() / ".cache" / "perfrules"
    except RuntimeError:  # there is no home
        return None


def key_of(parts: Iterable[str]) -> str:
    """The key of something made from these texts by this program."""
    digest = sha256(sys.version.encode())
    for part in READS:
        for path in sorted((PACKAGE / part).rglob("*.py")):
            state = path.stat()
            digest.update(f"{path.relative_to(PACKAGE)}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    for text in parts:
        digest.update(f"{len(text)}\0{text}\0".encode())
    return digest.hexdigest()


def fetch(key: str) -> Any:
    """What was kept under a key; None where there is nothing, or nothing sound."""
    place = folder()
    try:
        return None if place is None else _Reader((place / f"{key}.kept").read_bytes()).load()
    except Exception:  # noqa: BLE001 - whatever is wrong with what was kept, it is made anew
        return None


def keep(key: str, made: object) -> None:
    """Keeps something under a key, where that can be done."""
    place = folder()
    if place is None:
        return
    part = place / f"{key}.{os.getpid()}.part"
    try:
        place.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(made, protocol=5))
        os.replace(part, place / f"{key}.kept")
        for old in sorted(place.glob("*.kept"), key=lambda path: path.stat().st_mtime)[:-MOST]:
            old.unlink()
    except OSError:
        return


class _Reader(pickle.Unpickler):
    """Reads data of the model only: nothing else is looked up, so that nothing else can be called."""

    def __init__(self, content: bytes) -> None:
        super().__init__(BytesIO(content))

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one of the model's."""
        if not f"{module}.".startswith(tuple(f"{each.rstrip('.')}." for each in ALLOWED)):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
