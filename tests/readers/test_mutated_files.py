"""The labelled documents as other people would have typed, wrapped and kept them: what is read of them stays the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.files import made
from tests.files.labels import FILES

from perfrules import pipeline
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.plugins import catalog

CATALOG = catalog()
TEXTS = sorted(path for path in FILES.glob("n*.txt"))
WORDS = sorted((*FILES.glob("w*.source.txt"), *FILES.glob("p*.source.txt")))
TABLES = sorted(FILES.glob("[xoc]*.source.yaml"))
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
NARROW = str.maketrans("０１２３４５６７８９．％（），", "0123456789.%(),")
DISTRACTORS = (
    "根据《中华人民共和国预算法》第57条和财预〔2019〕136号文件要求，自2021年1月1日起施行。",
    "联系电话：0311-86221234，邮政编码050000。",
    "以上工作执行GB/T 19001—2016标准，依据青政办字〔2020〕15号文件。",
    "我国于1994年颁布《预算法》，2014年、2018年两次修正。",
)
Mutation = Callable[[str, random.Random], str]


def read(path: Path) -> Submission:
    got = pipeline.read_paths([path], CATALOG)
    assert not got.faults
    (submission,) = got.submissions
    return submission


def figures(submission: Submission) -> set[tuple[object, ...]]:
    """The money and the printed ratios: whose, which, how much in yuan, how qualified."""
    return set(_figures(submission))


def _figures(submission: Submission) -> Iterator[tuple[object, ...]]:
    for path in submission.walk():
        subject = path[-1]
        if subject.type in ("line", "project"):
            for name, fact in subject.facts.items():
                if isinstance(fact.value, Quantity) and fact.location is not None:
                    yield subject.name, name, _value(fact.value), fact.value.qualifier, fact.state
        if subject.type == "claim":
            said = [
                subject.facts[each].value for each in ("numerator_name", "base_name") if each in subject.facts
            ]
            yield path[-2].name, *said, _value(subject.facts["printed"].value)


def _value(value: object) -> object:
    assert isinstance(value, Quantity)
    if value.exact is not None:
        return value.exact
    return (value.interval, Fraction(value.digits.replace(",", "")) * value.unit.scale)


# Texts ------------------------------------------------------------------------------------------------------------

_MONEY = re.compile(r"(?<![\d.,\s])(\d[\d,]*(?:\.\d+)?)(万元|亿元)")


def in_yuan(text: str, draw: random.Random) -> str:
    """Half of the amounts in 元 instead, with thousands separators."""

    def yuan(found: re.Match[str]) -> str:
        number = Decimal(found[1].replace(",", "")) * {"万元": 10**4, "亿元": 10**8}[found[2]]
        return f"{number:,.2f}元".replace(".00元", "元") if draw.random() < 0.5 else found.group()

    return _MONEY.sub(yuan, text)


def moved(text: str, draw: random.Random) -> str:
    """The sections after the first in another order."""
    head, *sections = re.split(r"(?m)^(?=[ \u3000]*[一二三四五六]、|#\. )", text)
    first, rest = sections[:1], sections[1:]
    seal = re.search(r"\n[ \u3000]{8,}\S[^\n]*(?:\n.*)?\Z", rest[-1], re.DOTALL) if rest else None
    if rest and seal:
        rest[-1] = rest[-1][: seal.start()] + "\n"
    draw.shuffle(rest)
    ordered = [each if each.endswith("\n") else each + "\n" for each in (*first, *rest)]
    numbered = [
        re.sub(r"^(\s*)[一二三四五六](?=、)", rf"\g<1>{'一二三四五六'[at]}", each)
        for at, each in enumerate(ordered)
    ]
    return head + "".join(numbered) + (seal.group() if seal else "")


def distracted(text: str, draw: random.Random) -> str:
    """Sentences with years, laws, document numbers, standards and telephone numbers, in paragraphs of their own."""
    lines = text.rstrip("\n").split("\n")
    ends = [
        at for at, line in enumerate(lines) if line.endswith("。") and at and not line.startswith(("|", "{"))
    ]
    for at in sorted(draw.sample(ends, min(4, len(ends))), reverse=True):
        lines.insert(at + 1, "    " + draw.choice(DISTRACTORS))
    return "\n".join(lines) + "\n"


def broken(text: str, draw: random.Random) -> str:
    """Lines broken inside words and numbers; headings, rows and titles are left whole."""
    return "\n".join(
        _broken(line, draw) if "。" in line and "\t" not in line else line for line in text.split("\n")
    )


def _broken(line: str, draw: random.Random) -> str:
    start = re.match(r"\s*(?:[一二三四五六]、|（[一二三四五六]）|\d[.、])?[^。：，]*[。：，]?", line)
    assert start is not None
    places = [at for at in range(start.end() + 1, len(line) - 1) if _may_break(line, at)]
    for at in sorted(draw.sample(places, min(3, len(places))), reverse=True):
        line = line[:at] + "\n" + line[at:]
    return line


def _may_break(line: str, at: int) -> bool:
    """Whether a break can be told from the end of a paragraph, from a list number and from a blank between two numbers."""
    return (
        line[at - 1] not in "。；：！？ 　"
        and line[at] not in "（(. 　"
        and not re.match(r"\d{1,2}[、.）]|[一二三四五六七八九十]+[、是]|20\d\d", line[at:])
    )


def wide(text: str, _: random.Random) -> str:
    return text.translate(WIDE)


def narrow(text: str, _: random.Random) -> str:
    return text.translate(NARROW)


def numerals(text: str, _: random.Random) -> str:
    """Whole amounts of money and counts below a hundred as a person would write them out."""

    def written(found: re.Match[str]) -> str:
        number = int(found[1])
        return (_chinese(number) if 10 < number < 10**4 else found[1]) + found[2]

    return re.sub(r"(?<![\d.,，\s—\-~～至])(\d{2,4})(万元|期|场|次|台|座|份|件)(?!余)", written, text)


def _chinese(number: int) -> str:
    said, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            said += ("零" if zero and said else "") + "零一二三四五六七八九"[digit] + unit
        zero = not digit
    return said.removeprefix("一") if 10 < number < 20 else said


MUTATIONS: dict[str, Mutation] = {
    "in yuan": in_yuan,
    "sections moved": moved,
    "distractors": distracted,
    "full width": wide,
    "half width": narrow,
    "numerals": numerals,
    "CRLF": lambda text, _: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("mutation", [*MUTATIONS, "broken"])
@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_says_the_same(path: Path, mutation: str, seed: int, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if mutation in ("in yuan", "numerals"):  # what writes figures anew knows them in half width
        text = text.translate(NARROW)
    mutated = {**MUTATIONS, "broken": broken}[mutation](text, random.Random(seed))
    changed = tmp_path / path.name
    changed.write_text(mutated, encoding="utf-8", newline="")
    got = read(changed)
    assert figures(got) == figures(read(path))
    assert all(is_cut_true(fact, mutated) for path in got.walk() for fact in path[-1].facts.values())


def is_cut_true(fact: Fact, text: str) -> bool:
    span = fact.location.span if fact.location else None
    return not fact.quote or span is None or text[span[0] : span[1]] == fact.quote


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("mutation", [*(name for name in MUTATIONS if name != "CRLF"), "none"])
@pytest.mark.parametrize("path", WORDS, ids=lambda path: path.stem)
def test_a_word_or_pdf_file_says_the_same(path: Path, mutation: str, seed: int, tmp_path: Path) -> None:
    """Runs of Word are cut elsewhere each time, lines and pages of PDF end elsewhere."""
    text = path.read_text(encoding="utf-8")
    if mutation in ("in yuan", "numerals"):  # what writes figures anew knows them in half width
        text = text.translate(NARROW)
    mutated = {**MUTATIONS, "none": lambda text, _: text}[mutation](text, random.Random(seed))
    is_word = path.name.startswith("w")
    changed = tmp_path / f"{path.name.split('.')[0]}.{'docx' if is_word else 'pdf'}"
    changed.write_bytes(made.docx(mutated, seed + 7) if is_word else made.pdf(mutated, 27 + 4 * seed, 24))
    assert figures(read(changed)) == figures(read(FILES / changed.name))


# Tables -----------------------------------------------------------------------------------------------------------

Source = dict[str, Any]


def rows_of(source: Source) -> Iterator[dict[str, Any]]:
    yield from source["sheets"].values()


def as_text(source: Source) -> Source:
    """Numbers kept as text, except those that a format shows otherwise."""
    for sheet in rows_of(source):
        shown = {made.place(address) for address in sheet.get("formats", ())}
        sheet["rows"] = [
            [str(value) if isinstance(value, int | float) and (at, column) not in shown else value for column, value in enumerate(row)]
            for at, row in enumerate(sheet["rows"])
        ]  # fmt: skip
    return source


def in_wide(source: Source) -> Source:
    for sheet in rows_of(source):
        sheet["rows"] = [[value.translate(WIDE) if isinstance(value, str) and not value.startswith("=") else value for value in row] for row in sheet["rows"]]  # fmt: skip
    return source


def padded(source: Source) -> Source:
    """Empty rows below, and empty columns at the right."""
    for sheet in rows_of(source):
        width = max(map(len, sheet["rows"]), default=0)
        sheet["rows"] = [[*row, *[None] * (width + 2 - len(row))] for row in sheet["rows"]] + [
            [None] * width
        ] * 4
    return source


def renamed(source: Source) -> Source:
    source["sheets"] = {f"附件{at}": sheet for at, sheet in enumerate(rows_of(source), 1)}
    return source


def spaced(source: Source) -> Source:
    """Headings and names with blanks and line ends in them, as they are set to look well."""
    for sheet in rows_of(source):
        sheet["rows"] = [
            [f"{value[:2]}\n{value[2:]}" if isinstance(value, str) and re.fullmatch("年初预算数?|实际支出|年度指标值|执行率", value) else value for value in row]
            for row in sheet["rows"]
        ]  # fmt: skip
    return source


CHANGES: Mapping[str, Callable[[Source], Source]] = {
    "numbers as text": as_text,
    "full width": in_wide,
    "padded": padded,
    "renamed": renamed,
    "spaced": spaced,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_says_the_same(path: Path, change: str, tmp_path: Path) -> None:
    changed = CHANGES[change](yaml.safe_load(path.read_text(encoding="utf-8")))
    source = tmp_path / path.name
    source.write_text(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), encoding="utf-8")
    ((document, data),) = made.made(source)
    document.write_bytes(data)
    original = next(
        each for each in FILES.glob(f"{path.name.split('.')[0]}.*") if each.suffix == document.suffix
    )
    assert figures(read(document)) == figures(read(original))
