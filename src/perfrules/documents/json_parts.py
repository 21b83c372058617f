"""JSON of ours that may come from anywhere: each part knows its place, and a part of the wrong kind is a fault, never a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_BYTES = 256 * 1024 * 1024


@frozen
class Part:
    """A part of a JSON file: its value (None where it is not there), the file, and the JSON pointer to it."""

    value: object
    source: str
    pointer: str = ""

    def __getitem__(self, key: str) -> Part:
        if not isinstance(self.value, dict):
            raise self.wrong("一个对象", "an object")
        return Part(self.value.get(key), self.source, f"{self.pointer}/{key}")

    def __bool__(self) -> bool:
        return self.value is not None

    def has(self, key: str) -> bool:
        """Whether it is an object with that key, and not null there."""
        return isinstance(self.value, dict) and self.value.get(key) is not None

    def text(self) -> str:
        """A text; empty where nothing is there."""
        if self.value is not None and not isinstance(self.value, str):
            raise self.wrong("文字", "a text")
        return self.value or ""

    def day(self) -> date | None:
        """A date; None where nothing is there."""
        try:
            return date.fromisoformat(said) if (said := self.text()) else None
        except ValueError:
            raise self.wrong("日期", "a date") from None

    def rows(self) -> Iterator[Part]:
        """The parts of a list; none where nothing is there."""
        if self.value is not None and not isinstance(self.value, list):
            raise self.wrong("一个列表", "a list")
        for at, each in enumerate(self.value or ()):
            yield Part(each, self.source, f"{self.pointer}/{at}")

    def items(self) -> Iterator[tuple[str, Part]]:
        """The keys and parts of an object; none where nothing is there."""
        if self.value is not None and not isinstance(self.value, dict):
            raise self.wrong("一个对象", "an object")
        for key, each in (self.value or {}).items():
            yield str(key), Part(each, self.source, f"{self.pointer}/{key}")

    def wrong(self, zh: str, en: str) -> ReadError:
        """The error for a part that is not what it has to be."""
        message = Bilingual(f"此处应为{zh}", f"{en} has to stand here")
        return ReadError(Fault("result.shape", message, Location(self.source, self.pointer or "/"), _HINT))


_HINT = Bilingual(
    "这不是 perfrules 写出的结果, 或已被改动; 请重新核查并用 -f json=文件 写出",
    "this is no result that perfrules wrote, or it was changed; check again and write it with -f json=FILE",
)


def loaded(path: Path) -> Part:
    """The whole of a JSON file; raises ReadError where it cannot be opened or is none."""
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = Bilingual("无法打开这个文件", f"the file cannot be opened ({reason})")
        raise ReadError(Fault("result.not_there", message, Location(str(path)))) from None
    return parsed(data, str(path))


def parsed(data: bytes, source: str) -> Part:
    """The whole of a JSON text in UTF-8; raises ReadError where it is none, too large, or has a key twice."""
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("too large")
        return Part(json.loads(data, object_pairs_hook=_unlike, parse_constant=_no_number), source)
    except (ValueError, RecursionError) as error:
        message = Bilingual("不是可读取的 JSON 结果", f"no JSON that can be read ({error})")
        raise ReadError(Fault("result.json", message, Location(source), _HINT)) from None


def _unlike(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object, none of whose keys stands twice: of two values nobody could say which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(said: str) -> object:
    raise ValueError(f"{said} is no number")
