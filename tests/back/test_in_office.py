"""What goes back opens in LibreOffice: comments at their words and cells, the letter as pages. Pictures of the pages can be looked at.

`RETURN_PICTURES=folder pytest tests/back/test_in_office.py` keeps them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.back import hard, hard_book
from tests.back.test_word_comments import AUTHOR, note
from tests.back.test_workbook_comments import note as cell_note

from making.office_files import docx
from perfrules.cli.main import outcome
from perfrules.documents.comments.word import commented_word
from perfrules.documents.comments.workbook import commented_workbook

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FILES = Path(__file__).parents[1] / "files"
REPORT = Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def converted(folder: Path, form: str, sources: Sequence[Path]) -> None:
    assert OFFICE is not None
    call = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    subprocess.run([*call, "--convert-to", form, "--outdir", str(folder), *map(str, sources)], check=True, capture_output=True, timeout=120)  # fmt: skip


def annotated(root: ET.Element) -> dict[str, str]:
    """The words that LibreOffice shows as commented, by the text of the comment."""
    found: dict[str, str] = {}
    open_: dict[str, tuple[str, list[str]]] = {}

    def walk(element: ET.Element, *, is_comment: bool = False) -> None:
        name = element.get(f"{{{NAMES['office']}}}name", "")
        if element.tag == f"{{{NAMES['office']}}}annotation":
            said = "\n".join("".join(each.itertext()) for each in element.findall("text:p", NAMES))
            found[said] = ""
            open_[name] = (said, [])
            is_comment = True
        elif element.tag == f"{{{NAMES['office']}}}annotation-end" and name in open_:
            said, words = open_.pop(name)
            found[said] = "".join(words)
        if not is_comment:
            tell(element.text)
        for child in element:
            walk(child, is_comment=is_comment)
            if not is_comment:
                tell(child.tail)

    def tell(text: str | None) -> None:
        for _, words in open_.values():
            words.append(text or "")

    walk(root)
    return found


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files as LibreOffice saves them: texts as .fodt, workbooks as .fods, all as .pdf."""
    folder = tmp_path_factory.mktemp("office")
    hard_word = hard.word(is_macro=False)
    words = (
        "56.29万元",
        "万元&追加",
        "3.5万元",
        "1.25万元",
        "42.2787万元",
        "8.88",
        "19.77%",
        "框里的13.91",
        "脚注里的1.5",
    )
    (folder / "hard.docx").write_bytes(commented_word("hard.docx", hard_word, [note(hard_word, each) for each in words], AUTHOR))  # fmt: skip
    book = hard_book.book()
    (folder / "book.xlsx").write_bytes(commented_workbook("book.xlsx", book, [cell_note("A3"), cell_note("C3"), cell_note("D3")], AUTHOR))  # fmt: skip
    sent = folder / "report"
    sent.mkdir()
    (sent / "wangxinban.docx").write_bytes(docx(REPORT.read_text(encoding="utf-8")))
    shutil.copy(FILES / "x04-nongye.xlsx", sent)
    assert outcome(["return", str(sent / "wangxinban.docx"), str(sent / "x04-nongye.xlsx"), "--to", str(folder / "to")]) == 0  # fmt: skip
    for name, path in {
        "returned.docx": "云岭县互联网信息办公室/wangxinban.docx",
        "letter.docx": "云岭县互联网信息办公室/核实函(代拟稿).docx",
        "form.xlsx": "云岭县互联网信息办公室/反馈单.xlsx",
        "returned_book.xlsx": "河湾县农业农村局/x04-nongye.xlsx",
    }.items():
        shutil.copy(folder / "to" / path, folder / name)
    texts, books = sorted(folder.glob("*.docx")), sorted(folder.glob("*.xlsx"))
    converted(folder, "fodt", texts)
    converted(folder, "fods", books)
    noted = '{"ExportNotes":{"type":"boolean","value":"true"}}'
    converted(folder, f"pdf:writer_pdf_Export:{noted}", texts)
    converted(folder, f"pdf:calc_pdf_Export:{noted}", books)
    return folder


def root(path: Path) -> ET.Element:
    return ET.parse(path).getroot()


def test_comments_stand_at_their_words(opened: Path) -> None:
    found = annotated(root(opened / "hard.fodt"))
    assert found["部门自己的批注"] == "94.41%"
    for words in ("56.29万元", "万元&追加", "3.5万元", "1.25万元", "42.2787万元", "8.88", "19.77%"):
        assert found[f"请核对{words}"] == words
    assert {
        "所指文字在文本框中: “框里的13.91”\n请核对框里的13.91",
        "所指文字在脚注中: “脚注里的1.5”\n请核对脚注里的1.5",
    } <= found.keys()


def test_a_returned_report_has_a_comment_at_each_finding(opened: Path) -> None:
    found = annotated(root(opened / "returned.fodt"))
    assert [words.replace(" ", "") for words in found.values()] == [
        "13.91万元",
        "69.86%",
        "94.41%",
        "2.7505万元",
        "3个",
    ]
    assert [*found][1].startswith(
        "【请更正】占比所用分母与所称不符 (反馈单第1项)\n报告称实际支出29.5342万元占调整预算的69.86%。"
    )


def test_notes_stand_in_their_cells(opened: Path) -> None:
    if not (opened / "book.fods").exists():
        pytest.skip("LibreOffice Calc is not installed")
    tables = root(opened / "book.fods").iterfind(".//table:table", NAMES)
    said = ["\n".join("".join(p.itertext()) for p in each.findall("text:p", NAMES)) for table in tables for each in table.iterfind(".//office:annotation", NAMES)]  # fmt: skip
    assert said[0] == "请核对A3"
    assert said[1].replace("\n", "") == "部门自己的批注请核对C3"
    assert "针对 D3:\n请核对D3" in said
    cells = root(opened / "returned_book.fods").iterfind(".//table:table-cell[office:annotation]", NAMES)
    assert ["".join(p.text or "" for p in each.findall("text:p", NAMES)) for each in cells] == [
        "87.40%",
        "18.90",
    ]


def test_pages_are_there_to_be_looked_at(opened: Path, tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed")
    target = Path(os.environ.get("RETURN_PICTURES", tmp_path))
    for pdf in sorted(opened.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-r", "70", "-png", "-l", "3", str(pdf), str(target / pdf.stem)], check=True, capture_output=True)  # fmt: skip
        assert list(target.glob(f"{pdf.stem}-*.png"))
    assert len(list(target.glob("letter-*.png"))) == 3
    assert list(target.glob("returned_book-*.png")) or not (opened / "book.fods").exists()
