"""One reading of a mapping in the submission format: places, type checks, and the faults gathered on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from attrs import define, field

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.subject import SubjectType
from perfrules.model.unit import Unit

MOST_KEYS = 20
"""Keys that a hint lists at most."""
Keys = Mapping[str, object]
"""An object of the format after its keys were checked: known keys only, none of them null."""


@define
class Reading:
    """One reading of a mapping: where it came from, the unit of bare money, and the faults so far.

    `places` are those of values that stand elsewhere than in the mapping itself, and `quotes` the words that stand
    there where they are not the value's, both by pointer.
    """

    source: str
    types: Mapping[str, SubjectType]
    unit: Unit | None = None
    faults: list[Fault] = field(factory=list)
    places: Mapping[str, Location] = field(factory=dict)
    quotes: Mapping[str, str] = field(factory=dict)

    def place(self, pointer: str) -> Location:
        """The place that a JSON pointer names."""
        return self.places.get(pointer) or Location(self.source, pointer or "/")

    def quote(self, pointer: str, value: object) -> str:
        """The words of a value as they stand at its place."""
        return self.quotes.get(pointer) or str(value)

    def blame(self, pointer: str, code: str, zh: str, en: str, hint: Bilingual | None = None) -> None:
        """Notes a fault."""
        self.faults.append(Fault(f"submission.{code}", Bilingual(zh, en), self.place(pointer), hint))

    def keys(self, value: object, pointer: str, allowed: Sequence[str]) -> Keys:
        """A mapping with only these keys; empty where the value is none."""
        if not isinstance(value, Mapping):
            self.blame(
                pointer, "type", f"{pointer or '/'} 应为对象（键和值）", f"{pointer or '/'} must be an object"
            )
            return {}
        for key in value:
            if key not in allowed:
                hint = _known(str(key), tuple(allowed))
                self.blame(f"{pointer}/{key}", "unknown_key", f"不认识的键 {key}", f"unknown key {key}", hint)
        return {str(key): each for key, each in value.items() if key in allowed and each is not None}

    def rows(self, value: object, pointer: str) -> list[object]:
        """The values of a list; empty where it is none."""
        if isinstance(value, list | tuple):
            return list(value)
        self.blame(pointer, "type", f"{pointer} 应为列表", f"{pointer} must be a list")
        return []

    def text(self, value: object, pointer: str) -> Fact | None:
        """A text fact without the blanks around it, named by the last part of its pointer; None where the value is no text."""
        if isinstance(value, str) and value.strip():
            return Fact(_last(pointer), value.strip(), location=self.place(pointer), quote=value)
        self.blame(pointer, "type", f"{pointer} 应为文字", f"{pointer} must be a text")
        return None


def _last(pointer: str) -> str:
    return pointer.rpartition("/")[2]


def _known(said: str, allowed: tuple[str, ...]) -> Bilingual:
    """The nearest key; where none is near the keys that may stand there, the first of many."""
    near = get_close_matches(said, allowed, 1)
    if near:
        return Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?")
    listed = ", ".join(allowed[:MOST_KEYS]) + (" …" if len(allowed) > MOST_KEYS else "")
    return Bilingual(f"可用的键: {listed}", f"keys that may stand here: {listed}")
