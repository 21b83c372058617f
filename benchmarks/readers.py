"""Readers: pages a second of text, Word and PDF, rows a second of a workbook; and how the time grows with the length.

python benchmarks/readers.py [--rounds 5] [--json FILE]

A page is 1,000 characters. Sizes are read in turn, round by round; medians are printed. `growth` is the time of the longest
over that of the shortest, divided by the ratio of their lengths: 1 is linear.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from perfrules.documents.kinds import kind_of
from perfrules.model.subject_types import CORE_TYPES
from perfrules.readers import READERS

PAGE = 1000
PAGES = (5, 20, 80)
ROWS = (100, 400, 1600)
HEAD = "安泉县交通运输局2022年上半年部门整体绩效监控报告\n一、基本情况\n本单位编制12人，在编11人。\n二、预算执行情况\n截至2022年6月30日，部门年初预算9100万元，无上年结转，实际支出4060.5万元，占年初预算的44.62%。\n三、项目情况\n"
ITEM = "{n}、第{n}段道路养护经费：年初预算{n}.5万元，实际支出{n}.25万元，巡查道路{n}公里，处置险情{n}处，群众满意度达到9{n}.5%以上，工作按照安政发〔2022〕{n}号文件的要求进行。\n"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def text(pages: int) -> str:
    """A report of so many pages."""
    lines, number = [HEAD], 0
    length = len(HEAD)
    while length < pages * PAGE:
        number += 1
        lines.append(ITEM.replace("{n}", str(number % 97 + 1)))
        length += len(lines[-1])
    return "".join(lines)


def word(pages: int) -> bytes:
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text(pages).splitlines())
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
    return kept.getvalue()


def pdf(pages: int) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = BytesIO()
    canvas = Canvas(kept)
    lines = [line[at : at + 38] for line in text(pages).splitlines() for at in range(0, len(line), 38)]
    for first in range(0, len(lines), 40):
        canvas.setFont("STSong-Light", 12)
        for at, line in enumerate(lines[first : first + 40]):
            canvas.drawString(60, 780 - 18 * at, line)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def workbook(rows: int) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["安泉县交通运输局项目支出表"])
    sheet.append(["2022年1—6月", "", "单位：万元"])
    sheet.append(["项目名称", "年初预算", "实际支出", "执行率"])
    for number in range(1, rows + 1):
        sheet.append([f"第{number}段道路养护经费", number + 0.5, number / 2, "49.5%"])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


CASES: dict[str, tuple[str, Callable[[int], bytes], tuple[int, ...]]] = {
    "a.txt": ("pages", lambda pages: text(pages).encode(), PAGES),
    "a.docx": ("pages", word, PAGES),
    "a.pdf": ("pages", pdf, PAGES[:2]),
    "a.xlsx": ("rows", workbook, ROWS),
}


def seconds(name: str, data: bytes) -> float:
    """The time of one reading, from bytes to submission."""
    path = Path(name)
    kind_of(name, data)
    reader = next(each for each in READERS if each.accepts(path, data))
    start = time.perf_counter()
    reader.read(name, data, CORE_TYPES)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    files = {(name, size): made(size) for name, (_, made, sizes) in CASES.items() for size in sizes}
    for name, (_, _, sizes) in CASES.items():  # imports, and what is compiled once
        seconds(name, files[name, sizes[0]])
    times: dict[tuple[str, int], list[float]] = {each: [] for each in files}
    for _ in range(given.rounds):
        for (name, size), data in files.items():
            times[name, size].append(seconds(name, data))
    found = []
    for name, (unit, _, sizes) in CASES.items():
        medians = [statistics.median(times[name, size]) for size in sizes]
        growth = (medians[-1] / medians[0]) / (sizes[-1] / sizes[0])
        found.append({"file": name[1:], "unit": unit, "sizes": sizes, "per_second": [round(size / median, 1) for size, median in zip(sizes, medians, strict=True)], "growth": round(growth, 2)})  # fmt: skip
        rates = ", ".join(
            f"{size}: {size / median:,.0f}/s" for size, median in zip(sizes, medians, strict=True)
        )
        print(f"{name[1:]:6} {unit:6} {rates}; growth {growth:.2f}")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
