"""The labels beside the documents, and what of a reading is right, missed and wrong by them. The form: README.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

FILES = Path(__file__).parent
KINDS = ("facts", "claims", "counts", "targets", "unread", "spans")
_YUAN = {"元": 1, "万元": 10**4, "万": 10**4, "亿元": 10**8, "亿": 10**8, "千元": 1000, "百万元": 10**6}
_VALUE = re.compile(r"(-?[\d.]+)(.*)")
_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | str.maketrans("．，％＋－（）", ".,%+-()")
Json = Mapping[str, Any]


@frozen
class Place:
    """Where a label points: a cell, or words with the quote marked in them. `text` is empty for a table."""

    said: str
    text: str

    def holds(self, location: Json) -> bool:
        """Whether a location of the product is this place."""
        if "«" not in self.said:
            address = location["address"].rpartition("!")
            return self.said in (location["address"], address[2])
        before, _, rest = self.said.partition("«")
        wanted, _, after = rest.partition("»")
        bare, places = _without_blanks(self.text)
        words = [_bare(part) for part in (before, wanted, after)]
        starts = [found.start() for found in re.finditer(re.escape("".join(words)), bare)]
        assert len(starts) == 1, f"{self.said} stands there {len(starts)} times"
        start, end = location["span"]
        first = starts[0] + len(words[0])
        return (start, end) == (places[first], places[first + len(words[1]) - 1] + 1)


@frozen
class Labels:
    """The labels of one document."""

    path: Path
    said: Json

    def lines(self, kind: str) -> list[list[str]]:
        return [[part.strip() for part in line.split(" | ")] for line in self.said.get(kind) or ()]

    def optional(self, kind: str) -> list[list[str]]:
        """The labels of what is right if it is read, and no loss if it is not."""
        told = [line.partition(": ") for line in self.said.get("optional") or ()]
        return [[part.strip() for part in line.split(" | ")] for name, _, line in told if name == kind]


@frozen
class Score:
    """By kind of label, what is right, missed and wrong."""

    right: dict[str, list[str]] = field(factory=lambda: {kind: [] for kind in KINDS})
    missed: dict[str, list[str]] = field(factory=lambda: {kind: [] for kind in KINDS})
    wrong: dict[str, list[str]] = field(factory=lambda: {kind: [] for kind in KINDS})

    def row(self, kind: str) -> tuple[int, int, int]:
        return len(self.right[kind]), len(self.missed[kind]), len(self.wrong[kind])


def labelled() -> list[Labels]:
    """The labels of every document of this folder that has some, in order."""
    found = []
    for path in sorted(FILES.glob("*.gold.yaml")):
        stem = path.name.split(".")[0]
        document = next(each for each in FILES.glob(f"{stem}.*") if each.suffix[1:] in ("txt", "docx", "pdf", "xlsx", "xls", "csv") and ".source" not in each.name)  # fmt: skip
        found.append(Labels(document, yaml.safe_load(path.read_text(encoding="utf-8"))))
    return found


def score(labels: Labels, read: Json, text: str) -> Score:
    """What of the contract of `read` is right; `text` is the document's, as it was decoded."""
    done = Score()
    kinds: dict[str, tuple[Callable[[Sequence[str]], str], Callable[[Json], str]]] = {
        "facts": (_fact_label, _fact),
        "claims": (_claim_label, _claim),
        "counts": (_count_label, _count),
        "targets": (_target_label, _target),
    }
    for kind, (of_label, of_read) in kinds.items():
        entries = [(of_read(each), each) for each in read[kind] if "field" not in each or kind == "facts"]
        left = list(entries)
        for is_optional, lines in ((False, labels.lines(kind)), (True, labels.optional(kind))):
            for line in lines:
                key, place = of_label(line), Place(line[-1], text)
                same = [each for each in left if _is_same(kind, each[0], key)]
                hit = next((each for each in same if _is_there(place, each[1])), None)
                if hit is None and not is_optional:
                    done.missed[kind].append(" | ".join(line))
                    done.missed["spans"] += [f"{key}: {each[1]['location']}" for each in same[:1]]
                elif hit is not None:
                    left.remove(hit)
                    done.right[kind].append(key)
                    done.right["spans"].append(key)
        done.wrong[kind] += [f"{key} {each['location']}" for key, each in left]
    _unread(labels, read, text, done)
    return done


def _is_there(place: Place, entry: Json) -> bool:
    return place.holds(entry["location"])


def _unread(labels: Labels, read: Json, text: str, done: Score) -> None:
    """What must be told is; and a person is asked to look only where the labels say so."""
    left = list(read["unread"])
    for line in labels.lines("unread"):
        place = Place(line[-1], text)
        hit = next((each for each in left if place.holds(each["location"])), None)
        if hit is not None and hit["open"] == (line[0] == "open"):
            left.remove(hit)
            done.right["unread"].append(line[-1])
        else:
            done.missed["unread"].append(f"{line} told as {hit}")
    missed = [
        Place(line.split(" | ")[-1], text) for kind in ("facts", "claims") for line in done.missed[kind]
    ]
    missed += [Place(line[-1], text) for kind in ("facts", "claims") for line in labels.optional(kind)]
    done.wrong["unread"] += [
        f"{each}"
        for each in left
        if each["open"] and not any(place.holds(each["location"]) for place in missed)
    ]


def _is_same(kind: str, ours: str, label: str) -> bool:
    if kind != "counts":
        return ours == label
    (what, _, value), (wanted, _, asked) = ours.partition(" = "), label.partition(" = ")
    return value == asked and bool(set(_pairs(what)) & set(_pairs(wanted)))


def _pairs(words: str) -> Iterator[str]:
    """Every two characters that stand together: what is counted is named in more ways than one."""
    for at in range(len(words) - 1):
        yield words[at : at + 2]


def _bare(text: str) -> str:
    return "".join(text.split())


def _without_blanks(text: str) -> tuple[str, list[int]]:
    kept = [(character, at) for at, character in enumerate(text) if not character.isspace()]
    return "".join(character for character, _ in kept), [at for _, at in kept]


def _money(value: str) -> str:
    found = _VALUE.fullmatch(_bare(value).translate(_WIDE).replace(",", ""))
    assert found is not None, value
    return _plain(Decimal(found[1]) * _YUAN[found[2]])


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _owner(entry: Json) -> str:
    subject = entry["subject"]
    return _bare(subject if subject != "department" else entry["line"] or "department").replace("：", ":")


def _fact(entry: Json) -> str:
    value = _money(entry["value"] + entry["unit"])
    return f"{_owner(entry)} {entry['field']} {value} {entry['qualifier']}"


def _fact_label(line: Sequence[str]) -> str:
    qualifier = line[3] if len(line) == 5 else "exact"
    return f"{_bare(line[0]).replace('：', ':')} {line[1]} {_money(line[2])} {qualifier}"


def _claim(entry: Json) -> str:
    return f"{_owner(entry)} {entry['numerator']}/{entry['denominator_named'] or '~'} {_ratios(entry['printed'])}"


def _claim_label(line: Sequence[str]) -> str:
    return f"{_bare(line[0]).replace('：', ':')} {line[1]} {_ratios(line[2])}"


def _ratios(text: str) -> str:
    """The text with its ratios without zeros at the end: a cell may show zeros that nobody typed."""
    return re.sub(r"(\.\d*?)0+(?=[%‰])", r"\1", text).replace(".%", "%")


def _count(entry: Json) -> str:
    return f"{entry['what']} = {_plain(Decimal(entry['value']))} {entry['unit']} {entry['qualifier']}"


def _count_label(line: Sequence[str]) -> str:
    found = re.fullmatch(r"([\d.]+)(万|亿)?(.*)", _bare(line[1]).translate(_WIDE).replace(",", ""))
    assert found is not None, line
    value = _plain(Decimal(found[1]) * {"万": 10**4, "亿": 10**8}.get(found[2], 1))
    return f"{line[0]} = {value} {found[3]} {line[2]}"


def _target(entry: Json) -> str:
    names = ("level1", "level2", "name", "operator", "planned", "actual")
    told = [_ratios(_bare(str(entry.get(each) or "~")).translate(_WIDE)) for each in names]
    return " ".join([_owner(entry | {"line": None}), *told])


def _target_label(line: Sequence[str]) -> str:
    whose, *told = map(_bare, line[:-1])
    return " ".join([whose.replace("：", ":"), *(_ratios(each.translate(_WIDE)) for each in told)])


def table(scores: Sequence[Score]) -> str:
    """Precision and recall by kind, a line each."""
    lines = [f"{'':<9}{'right':>6}{'missed':>7}{'wrong':>6}{'precision':>10}{'recall':>8}"]
    for kind in KINDS:
        right, missed, wrong = map(sum, zip(*(each.row(kind) for each in scores), strict=True))
        precision = f"{right / (right + wrong):.4f}" if right + wrong else "-"
        recall = f"{right / (right + missed):.4f}" if right + missed else "-"
        lines.append(f"{kind:<9}{right:>6}{missed:>7}{wrong:>6}{precision:>10}{recall:>8}")
    return "\n".join(lines)
