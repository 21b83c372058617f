"""Every figure stands where it is said to stand: the span cut from the text is its quote, the cell at its address holds it.

The cells are looked up with other means than the readers': in the source the file was made from, or by another library.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path

import pytest
import yaml
from tests.files import made
from tests.files.labels import FILES, labelled

from perfrules import pipeline
from perfrules.location import Location
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.plugins import catalog

CATALOG = catalog()
DOCUMENTS = [each.path for each in labelled()]
WIDE = str.maketrans("０１２３４５６７８９．％，", "0123456789.%,")
Lookup = Callable[[str], str]


def read(path: Path) -> Submission:
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    return submission


def quoted(submission: Submission) -> Iterator[tuple[Location, str]]:
    """The places of all figures, read and unread, with the words that stand there."""
    for path in submission.walk():
        for fact in path[-1].facts.values():
            for each in (fact, *fact.witnesses):
                if each.location is not None and isinstance(each.value, Quantity) and each.quote:
                    yield each.location, each.quote
    for unread in submission.unread:
        if unread.why != "hidden":
            yield unread.location, unread.quote


def bare(text: str) -> str:
    return "".join(text.translate(WIDE).split())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_span_cut_from_the_text_is_the_quote(path: Path) -> None:
    submission = read(path)
    source = path.with_name(f"{path.stem}.source.txt")
    words = (source if source.exists() else path).read_bytes().decode("utf-8", "replace")
    spans = [(where, quote) for where, quote in quoted(submission) if where.span is not None]
    assert bool(spans) == (path.suffix in (".txt", ".docx", ".pdf"))
    for where, quote in spans:
        assert where.span is not None
        assert submission.text[slice(*where.span)] == quote
        assert bare(quote.replace("|", "")) in bare(
            re.sub(r"\{\+|\+\}|\{-.*?-\}|\{field: ([^}]*)\}|[|]", r"\1", words)
        )


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.suffix != ".txt"], ids=lambda path: path.name
)
def test_the_cell_at_an_address_holds_the_value(path: Path) -> None:
    cell = LOOKUPS.get(path.suffix)
    if cell is None:
        pytest.skip("pages and lines are checked by their spans")
    look = cell(path)
    found = [
        (where.address, quote)
        for where, quote in quoted(read(path))
        if "¶" not in where.address and not (path.suffix == ".xlsx" and "!" not in where.address)
    ]
    assert found or path.suffix == ".docx"
    for address, quote in found:
        assert same(look(address), quote), (address, quote, look(address))


def same(held: str, quote: str) -> bool:
    """Whether a cell holds the quote; a ratio that was computed is quoted with the places that its format shows."""
    if quote == "=":  # a formula whose result was not saved
        return held.startswith("=")
    quoted, places = bare(quote), len(bare(quote).rpartition(".")[2].rstrip("%")) if "." in quote else 0
    if quoted.endswith("%") and held.endswith("%") and bare(held) != quoted:
        half = Decimal(bare(held)[:-1]).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return half == Decimal(quoted[:-1])
    kept = (
        quoted.rstrip("0").rstrip(".") if "." in quoted else quoted
    )  # without the zeros that a format shows
    return bare(held) in (quoted, kept)


def of_workbook(path: Path) -> Lookup:
    from openpyxl import load_workbook

    book, typed = (load_workbook(path, data_only=each) for each in (True, False))

    def look(address: str) -> str:
        sheet, _, at = address.rpartition("!")
        cell = book[sheet][at]
        value = typed[sheet][at].value if cell.value is None else cell.value  # =14个 is what somebody typed
        return shown(value, str(cell.number_format))

    return look


def of_old_workbook(path: Path) -> Lookup:
    source = yaml.safe_load(path.with_name(f"{path.stem}.source.yaml").read_text(encoding="utf-8"))

    def look(address: str) -> str:
        sheet, _, at = address.rpartition("!")
        told = source["sheets"][sheet]
        row, column = made.place(at)
        return shown(told["rows"][row][column], told.get("formats", {}).get(at, "General"))

    return look


def shown(value: object, form: str) -> str:
    """A number as a person who knows its format expects it: without zeros at its end, in percent where it is shown so."""
    if isinstance(value, int | float):
        number = f"{round(value * 100, 8) if '%' in form else value:.8f}".rstrip("0").rstrip(".")
        return number + ("%" if "%" in form else "")
    return str(value)


def of_csv(path: Path) -> Lookup:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            rows = list(csv.reader(StringIO(data.decode(encoding))))
            break
        except UnicodeDecodeError:
            continue

    def look(address: str) -> str:
        row, column = made.place(address)
        return rows[row][column]

    return look


def of_word(path: Path) -> Lookup:
    source = path.with_name(f"{path.stem}.source.txt").read_text(encoding="utf-8")
    tables = [[made.cells(row) for row in block] for block in made.blocks(source) if block[0].startswith("|")]

    def look(address: str) -> str:
        table, _, at = address.removeprefix("表").partition("!")
        row, column = made.place(at)
        return tables[int(table) - 1][row][column]

    return look


LOOKUPS: dict[str, Callable[[Path], Lookup]] = {
    ".xlsx": of_workbook,
    ".xls": of_old_workbook,
    ".csv": of_csv,
    ".docx": of_word,
}


@pytest.mark.parametrize("source", sorted(FILES.glob("*.source.*")), ids=lambda path: path.name)
def test_the_documents_are_what_their_sources_say(source: Path, tmp_path: Path) -> None:
    """A document that was made anew reads as the one that is kept."""
    ((path, data),) = made.made(source)
    (tmp_path / path.name).write_bytes(data)
    again, kept = read(tmp_path / path.name), read(path)
    assert [quote for _, quote in quoted(again)] == [quote for _, quote in quoted(kept)]
    if path.suffix in (".docx", ".csv"):
        assert data == path.read_bytes()


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("年初预算1,00万元。", "1,00万元"),
        ("追加预算经费-5万元，见附件。", "-5万元"),
        ("追加预算l5万元。", "l5万元"),
        ("项目支出20.5-30.5万元。", "30.5万元"),
        ("1-6月30万元已转入共管账户。", "30万元"),
    ],
)
def test_a_figure_left_unread_has_its_sign_and_all_of_its_digits(
    tmp_path: Path, sentence: str, quote: str
) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(f"安泉县体育局2022年1-6月部门整体绩效监控报告\n一、预算\n{sentence}\n", encoding="utf-8")
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    (told,) = submission.unread
    assert told.quote == quote
    assert told.location.span
    assert path.read_text(encoding="utf-8")[slice(*told.location.span)] == quote


@pytest.mark.parametrize("mark", ["：", "", "为"])
def test_the_label_of_a_figure_is_whole(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(
        f"安泉县体育局2022年1-6月部门整体绩效监控报告\n一、预算\n年初预算{mark}100万元，实际支出{mark}50万元。\n",
        encoding="utf-8",
    )
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    total = submission.department.members["total"].facts
    assert (total["initial_budget"].label, total["spent"].label) == (f"年初预算{mark}", f"实际支出{mark}")
