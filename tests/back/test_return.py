"""`perfrules return`: what is written for whom, what a reviewer strikes out, what is never written over."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from openpyxl import load_workbook
from tests.back import hard

from making.office_files import docx
from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.documents import word_document
from perfrules.documents.comments import Author
from perfrules.model.report import Origin, Report
from perfrules.plugins import catalog
from perfrules.reporters.back import Asked, sending
from perfrules.reporters.back.items import items
from perfrules.reporters.back.letter import Kind, letter
from perfrules.reporters.back.words import first_of, period_said

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "files"
REPORT = ROOT / "examples" / "yunling" / "wangxinban.txt"
NAME = "云岭县互联网信息办公室"
CATALOG = catalog()
RULES = pipeline.prepare(None, CATALOG, with_examples=False)


def report_of(path: Path = REPORT) -> Report:
    return pipeline.check_paths([path], RULES, CATALOG).reports[0]


def told(folder: Path) -> dict[str, list[str]]:
    return {each.name: sorted(file.name for file in each.iterdir()) for each in sorted(folder.iterdir())}


def texts(content: bytes) -> list[str]:
    """The paragraphs of a Word document."""
    return [line for line in word_document("a.docx", content).text.split("\n") if line]


def rows(path: Path, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in load_workbook(path)[sheet].iter_rows()]


@pytest.fixture
def word_report(tmp_path: Path) -> Path:
    """The report of the examples as a Word document, in a folder of its own."""
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "网信办.docx"
    path.write_bytes(docx(REPORT.read_text(encoding="utf-8")))
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_department_has_a_folder_with_its_files(
    word_report: Path,
    tmp_path: Path,
    language: str,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    for name in ("x02-laji.xlsx", "x13-zhengti.xlsx", "p10-weisheng.pdf", "x03-xunzhen.xlsx"):
        shutil.copy(FILES / name, word_report.parent)
    files = sorted(word_report.parent.iterdir())
    target = tmp_path / "退回"
    assert outcome(["return", *map(str, files), "--to", str(target), "--lang", language]) == 0
    assert told(target) == {
        NAME: ["反馈单.xlsx", "核实函(代拟稿).docx", "网信办.docx"],
        "岚溪县城市管理局": ["x02-laji.xlsx", "反馈单.xlsx", "核实函(代拟稿).docx"],
    }
    golden(f"return.{language}.txt", capsys.readouterr().out.replace(str(tmp_path), ""))


def test_the_comments_say_what_where_and_how_it_was_computed(
    word_report: Path, tmp_path: Path, golden: Callable[[str, str], None]
) -> None:
    for language in ("zh", "en"):
        target = tmp_path / language
        assert outcome(["return", str(word_report), "--to", str(target), "--lang", language, "--author", "绩效股", "--date", "2022-07-15"]) == 0  # fmt: skip
        parts = hard.parts((target / NAME / "网信办.docx").read_bytes())
        comments = ET.fromstring(parts["word/comments.xml"])
        assert {(each.get(f"{hard.W}author"), each.get(f"{hard.W}date")) for each in comments} == {("绩效股", "2022-07-15T00:00:00Z")}  # fmt: skip
        said = ["\n".join("".join(p.itertext()) for p in each) for each in comments]
        golden(f"comments.{language}.txt", "\n\n".join(said) + "\n")
        words = dict(hard.commented_words(parts["word/document.xml"]))
        assert [words[str(at)].replace(" ", "") for at in range(5)] == ["69.86%", "94.41%", "3个", "2.7505万元", "13.91万元"]  # fmt: skip


def test_files_without_comments_get_a_sheet_with_quotes_and_places(tmp_path: Path) -> None:
    json_file = tmp_path / "某局.json"
    whole = {"perfrules": "submission/1", "department": "某:局/*?", "period": {"to": "2022-06-30"}, "lines": {"project": {"adjusted_budget": "10万元", "spent": "2万元"}}}  # fmt: skip
    json_file.write_text(json.dumps(whole), encoding="utf-8")
    target = tmp_path / "to"
    files = [str(REPORT), str(json_file), str(FILES / "o01-zhengti.xls"), str(FILES / "c02-minzheng.csv")]
    outcome(["return", *files, "--to", str(target)])
    assert told(target)["某_局___"] == ["反馈单.xlsx", "核实函(代拟稿).docx", "核对意见.xlsx"]
    found = rows(target / NAME / "核对意见.xlsx", "核对意见")
    assert found[1] == ["文件", "位置", "原文", "核对意见"]
    assert [row[:3] for row in found[2:]] == [
        ["wangxinban.txt", "第31行", "69.86%"],
        ["wangxinban.txt", "第31行", "94.41%"],
        ["wangxinban.txt", "第49行", "3 个"],
        ["wangxinban.txt", "第31行", "2.7505 万元"],
        ["wangxinban.txt", "第29行", "13.91 万元"],
    ]
    assert str(found[2][3]).startswith("【请更正】占比所用分母与所称不符 (反馈单第1项)\n报告称")


def test_a_page_of_a_pdf_is_named(tmp_path: Path) -> None:
    from making.office_files import pdf

    path = tmp_path / "网信办.pdf"
    path.write_bytes(pdf(REPORT.read_text(encoding="utf-8")))
    assert outcome(["return", str(path), "--to", str(tmp_path / "to")]) == 0
    found = rows(tmp_path / "to" / NAME / "核对意见.xlsx", "核对意见")
    assert str(found[2][1]).startswith("第1页第")


def test_macro_files_and_names_stay(tmp_path: Path) -> None:
    path = tmp_path / "报告.docm"
    whole = {**hard.parts(docx(REPORT.read_text(encoding="utf-8"))), "word/vbaProject.bin": b"\0\1\2"}
    path.write_bytes(hard.packed(whole))
    assert outcome(["return", str(path), "--to", str(tmp_path / "to")]) == 0
    made = hard.members((tmp_path / "to" / NAME / "报告.docm").read_bytes())
    assert made["word/vbaProject.bin"] == hard.members(path.read_bytes())["word/vbaProject.bin"]


def test_a_file_whose_comments_are_broken_gets_a_sheet_and_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "报告.docx"
    whole: dict[str, bytes | str] = {**hard.parts(docx(REPORT.read_text(encoding="utf-8")))}
    links = whole["word/_rels/document.xml.rels"]
    assert isinstance(links, bytes)
    link = f'<Relationship Id="rIdc" Type="{hard.OFFICE}/comments" Target="comments.xml"/>'
    whole |= {"word/comments.xml": "<broken", "word/_rels/document.xml.rels": links.decode().replace("</Rel", f"{link}</Rel")}  # fmt: skip
    path.write_bytes(hard.packed(whole))
    assert outcome(["return", str(path), "--to", str(tmp_path / "to")]) == 2
    assert told(tmp_path / "to")[NAME] == ["反馈单.xlsx", "核实函(代拟稿).docx", "核对意见.xlsx"]
    assert "不能批注" in capsys.readouterr().err


def test_the_same_call_gives_the_same_bytes_and_may_be_repeated(word_report: Path, tmp_path: Path) -> None:
    for name in ("a", "b", "a"):
        assert outcome(["return", str(word_report), "--to", str(tmp_path / name)]) == 0
    for path in (tmp_path / "a" / NAME).iterdir():
        assert path.read_bytes() == (tmp_path / "b" / NAME / path.name).read_bytes()


def test_nothing_that_was_filled_in_or_read_is_written_over(
    word_report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["return", str(word_report), "--to", str(tmp_path / "to")]
    assert outcome(call) == 0
    form = tmp_path / "to" / NAME / "反馈单.xlsx"
    book = load_workbook(form)
    book["反馈单"]["F3"] = "已更正"
    book.save(form)
    kept = form.read_bytes()
    assert outcome(call) == 2
    assert "文件已存在且内容不同" in capsys.readouterr().err
    assert form.read_bytes() == kept
    own = tmp_path / "own" / NAME
    own.mkdir(parents=True)
    shutil.copy(word_report, own)
    before = (own / word_report.name).read_bytes()
    assert outcome(["return", str(own / word_report.name), "--to", str(tmp_path / "own")]) == 2
    assert (own / word_report.name).read_bytes() == before


@pytest.mark.parametrize("below", [".", "退回", "退回/再下"])
def test_it_does_not_go_among_what_is_checked(
    word_report: Path, below: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = word_report.parent
    assert outcome(["return", str(folder), "--to", str(folder / below)]) == 2
    assert "不能写在报送材料的文件夹里" in capsys.readouterr().err
    assert [each.name for each in folder.rglob("*")] == [word_report.name]


def test_it_must_be_said_where_to(word_report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["return", str(word_report)]) == 2
    assert "用 --to 文件夹" in capsys.readouterr().err


def test_two_reports_of_one_department_have_two_folders(word_report: Path, tmp_path: Path) -> None:
    other = tmp_path / "in" / "网信办2.docx"
    other.write_bytes(word_report.read_bytes())
    third = tmp_path / "in" / "c" / "网信办.docx"
    third.parent.mkdir()
    third.write_bytes(word_report.read_bytes())
    assert outcome(["return", str(word_report), str(other), str(third), "--to", str(tmp_path / "to")]) == 0
    folders = list(told(tmp_path / "to"))
    assert f"{NAME} 2022-06-30 (网信办2.docx)" in folders
    assert len(folders) == 3
    assert all(each.startswith(f"{NAME} 2022-06-30 (") for each in folders)


def test_documents_of_one_submission_go_back_together(tmp_path: Path) -> None:
    folder = tmp_path / "网信办"
    (folder / "附件").mkdir(parents=True)
    text = REPORT.read_text(encoding="utf-8")
    (folder / "报告.docx").write_bytes(docx(text))
    (folder / "附件" / "报告.docx").write_bytes(docx(text.replace("28.3687", "28.3688")))
    outcome(["return", str(folder), "--to", str(tmp_path / "to")])
    assert told(tmp_path / "to")[NAME] == ["反馈单.xlsx", "报告 (2).docx", "报告.docx", "核实函(代拟稿).docx"]


def test_figures_that_contradict_each_other_are_commented_where_they_stand(
    tmp_path: Path,
) -> None:
    """Of all that is printed of a line only what differs; each place with its file, where there are several."""
    folder = tmp_path / "网信办"
    folder.mkdir()
    text = REPORT.read_text(encoding="utf-8")
    (folder / "报告.docx").write_bytes(docx(text))
    more = f"{NAME}2022 年 1-6 月资金拨付情况\n截至 6 月末，县财政已拨付资金 42.2787 万元，其中：基本支出 28.3699 万元。\n"
    (folder / "附件.docx").write_bytes(docx(more))
    outcome(["return", str(folder), "--to", str(tmp_path / "to")])
    sent = tmp_path / "to" / NAME
    for own, words, other in (("报告.docx", "28.3687", "附件.docx"), ("附件.docx", "28.3699", "报告.docx")):
        parts = hard.parts((sent / own).read_bytes())
        comments = ET.fromstring(parts["word/comments.xml"])
        (about,) = (each for each in comments if "同一数据前后不一致" in "".join(each.itertext()))
        at = dict(hard.commented_words(parts["word/document.xml"]))[about.get(f"{hard.W}id")]
        assert at.replace(" ", "") == f"{words}万元"
        others = "".join(about.itertext()).partition("相关数字: ")[2]
        assert f"({other} 第" in others
        assert own not in others
        assert "49.88" not in others  # the initial budget of the line, the same in both
    annex = "\n".join(texts((sent / "核实函(代拟稿).docx").read_bytes()))
    assert "“28.3687万元”（报告.docx 第" in annex
    assert "“28.3699万元”（附件.docx 第2段）" in annex


def test_of_many_figures_it_is_said_that_there_are_more() -> None:
    assert first_of(["a", "b", "a", "", "c"], 2) == ("a", "b", "等3处")
    assert first_of(["a", "b", "a"], 2) == ("a", "b")


def test_what_is_not_returned_is_named_with_its_period_where_a_department_has_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    whole = {
        "perfrules": "submission/1",
        "department": NAME,
        "period": {"from": "2021-01-01", "to": "2021-12-31"},
        "lines": {"total": {"spent": "3万元"}},
    }
    (tmp_path / "in" / "a.json").write_text(json.dumps(whole), encoding="utf-8")
    shutil.copy(REPORT, tmp_path / "in")
    files = sorted(str(each) for each in (tmp_path / "in").iterdir())
    assert outcome(["return", *files, "--to", str(tmp_path / "to")]) == 0
    assert f"没有退回 (灰) 1 份: {NAME} 2021-12-31" in capsys.readouterr().out


def strike(path: Path, *entries: tuple[int, dict[str, str | None]]) -> None:
    book = load_workbook(path)
    sheet = book["复核单"]
    head = {cell.value: cell.column for cell in sheet[1]}
    for number, entered in entries:
        for name, value in entered.items():
            sheet.cell(number + 1, head[name]).value = value
    book.save(path)


NO: dict[str, str | None] = {"是否发出": "否", "复核人": "李审核", "理由": "=口径一致"}


def test_what_is_struck_out_is_sent_nowhere_and_is_told(
    word_report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = tmp_path / "复核单.xlsx"
    assert outcome(["return", str(word_report), "--review-list", str(review)]) == 0
    assert "(5 项)" in capsys.readouterr().out
    assert [row[5] for row in rows(review, "复核单")][1:] == ["是"] * 5
    strike(review, (1, NO), (5, NO))
    call = ["return", str(word_report), "--to", str(tmp_path / "to"), "--reviewed", str(review)]
    assert outcome(call) == 0
    said = capsys.readouterr().out
    assert "(请更正 1, 请说明 2)" in said
    assert "复核剔除 (2)" in said
    assert f"   {NAME} [ARI106] 占比所用分母与所称不符: =口径一致 (李审核)" in said
    everything = "".join(
        "".join(
            word_document("a.docx", path.read_bytes()).text
            if path.suffix == ".docx" and "函" in path.name
            else ""
        )
        for path in (tmp_path / "to" / NAME).iterdir()
    )
    assert "1项数据请更正，2项情况请说明" in everything
    assert "69.86%" not in everything
    assert "11.1595万元" not in everything
    comments = hard.parts((tmp_path / "to" / NAME / "网信办.docx").read_bytes())["word/comments.xml"].decode()
    assert "69.86%" not in comments
    assert [row[0] for row in rows(tmp_path / "to" / NAME / "反馈单.xlsx", "反馈单")][2:] == ["1", "2", "3"]
    strike(review, *((number, NO) for number in range(1, 6)))
    assert (
        outcome(["return", str(word_report), "--to", str(tmp_path / "none"), "--reviewed", str(review)]) == 0
    )
    assert not (tmp_path / "none").exists()
    assert f"没有退回 (有待处理) 1 份: {NAME}" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_asking_for_the_review_list_sends_nothing(
    word_report: Path, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    review, target = tmp_path / "复核单.xlsx", tmp_path / "to"
    call = ["return", str(word_report), "--to", str(target), "--review-list", str(review), "--lang", language]
    assert outcome(call) == 0
    assert not target.exists()
    said = capsys.readouterr().out
    assert f"perfrules return {word_report} --to {target} --reviewed {review}" in said
    assert ("没有写批注、反馈单和函" in said) is (language == "zh")
    assert outcome(call) == 0  # the same list may be written again
    strike(review, (1, NO))
    kept = review.read_bytes()
    assert outcome(call) == 2
    assert str(review) in capsys.readouterr().err
    assert review.read_bytes() == kept
    assert outcome([*call[:4], "--reviewed", str(review)]) == 0
    assert told(target) == {NAME: ["反馈单.xlsx", "核实函(代拟稿).docx", "网信办.docx"]}


def test_writing_and_reading_a_review_list_are_two_runs(
    word_report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = tmp_path / "复核单.xlsx"
    assert outcome(["return", str(word_report), "--review-list", str(review)]) == 0
    both = ["--review-list", str(tmp_path / "other.xlsx"), "--reviewed", str(review)]
    assert outcome(["return", str(word_report), "--to", str(tmp_path / "to"), *both]) == 2
    assert "是两步" in capsys.readouterr().err
    assert not (tmp_path / "to").exists()
    assert not (tmp_path / "other.xlsx").exists()


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"是否发出": "不"}, "F2: “是否发出”应为“是”或“否”"),
        ({"是否发出": None}, "F2: “是否发出”应为“是”或“否”"),
        ({"是否发出": "否", "理由": "x"}, "G2: 不发出的一行缺少“复核人”"),
        ({"是否发出": "否", "复核人": "x"}, "H2: 不发出的一行缺少“理由”"),
        ({"编号": None}, "J2: 这一行没有编号"),
        ({"编号": "0" * 16}, "有 1 项发现不在复核单中"),
    ],
)
def test_a_review_list_that_is_not_whole_stops_everything(
    word_report: Path,
    tmp_path: Path,
    entered: dict[str, str | None],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    review = tmp_path / "复核单.xlsx"
    outcome(["return", str(word_report), "--review-list", str(review)])
    strike(review, (1, entered))
    call = ["return", str(word_report), "--to", str(tmp_path / "to"), "--reviewed", str(review)]
    assert outcome(call) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "to").exists()


def test_other_files_are_no_review_list(
    word_report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path, words in ((tmp_path / "none.xlsx", "打不开复核单"), (FILES / "x02-laji.xlsx", "不是 perfrules 写出的复核单"), (REPORT, "已损坏")):  # fmt: skip
        assert (
            outcome(["return", str(word_report), "--to", str(tmp_path / "to"), "--reviewed", str(path)]) == 2
        )
        assert words in capsys.readouterr().err


@pytest.mark.parametrize("kind", list(Kind))
def test_the_letter(kind: Kind, golden: Callable[[str, str], None]) -> None:
    report = report_of()
    said = texts(letter(report, items(report), kind, ["网信办.docx"], False))
    golden(f"letter.{kind.value}.txt", "\n".join(said) + "\n")
    whole = "".join(said)
    assert not [word for word in ("经复核", "盖章", "违规", "责令", "逾期", "处分") if word in whole]
    assert "计算均依据报告所列数据，最终以账面及合同资料为准。" in said
    assert ("（代拟稿）" in said) is (kind is Kind.DRAFT)
    assert letter(report, items(report), kind, [], True) == letter(report, items(report), kind, [], True)


def test_of_a_whole_year_the_letter_says_no_monitoring() -> None:
    report = evolve(report_of(), period=(date(2022, 1, 1), date(2022, 12, 31)))
    title = texts(letter(report, items(report), Kind.DRAFT, [], True))[0]
    assert title == "关于核实2022年度绩效报告有关数据的函"


def test_python_docx_opens_the_letter() -> None:
    library = pytest.importorskip("docx")
    report = report_of()
    document = library.Document(BytesIO(letter(report, items(report), Kind.DRAFT, [], True)))
    assert document.paragraphs[0].text == "关于核实2022年1—6月绩效监控报告有关数据的函"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [
        "序号",
        "类别",
        "报告原文\n及位置",
        "核对意见",
    ]
    assert len(document.tables[0].rows) == 5


def test_findings_of_one_origin_are_one_matter_and_what_is_struck_out_leaves_it() -> None:
    report = report_of()
    keys = {each.rule + each.subject.id: each.fingerprint for each in report.findings}
    joined = evolve(report, origins=(Origin((), (keys["EXE101department/project"], keys["ARI106department/total/claim:1"])),))  # fmt: skip
    assert [[each.rule for each in item.findings] for item in items(joined)] == [["ARI106", "EXE101"], ["ARI106"], ["CON103"], ["EXE106"]]  # fmt: skip
    assert [item.numbers for item in items(joined)] == [(1, 2), (3,), (4,), (5,)]
    left = items(joined, {keys["ARI106department/total/claim:1"]})
    assert [[each.rule for each in item.findings] for item in left] == [
        ["ARI106"],
        ["CON103"],
        ["EXE101"],
        ["EXE106"],
    ]


def test_findings_on_the_offices_own_waivers_are_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(
        f"waivers:\n  - {{rule: EXE104, department: {NAME}, subject: department/project, reason: 无, approved_by: 股, expires: 2022-12-31}}\n",
        encoding="utf-8",
    )
    assert outcome(["return", str(REPORT), "--to", str(tmp_path / "to"), "--waivers", str(path)]) in (0, 2)
    shown = "".join(str(row) for row in rows(tmp_path / "to" / NAME / "反馈单.xlsx", "反馈单")) if (tmp_path / "to").exists() else ""  # fmt: skip
    assert "豁免" not in shown


def test_nothing_to_send_gives_nothing() -> None:
    report = report_of(FILES / "x13-zhengti.xlsx")
    assert sending(report, {}, (), Asked(Author("某"))) is None


def test_what_is_waived_is_not_sent(word_report: Path, tmp_path: Path) -> None:
    assert outcome(["return", str(word_report), "--to", str(tmp_path / "first")]) == 0
    form = tmp_path / "first" / NAME / "反馈单.xlsx"
    book = load_workbook(form)
    for column, value in zip(
        "FGHIJK", ("有说明", "待验收", "同意", "王科长", "2022-07-20", "2022-12-31"), strict=True
    ):
        book["反馈单"][f"{column}6"] = value
    book.save(form)
    assert outcome(["return", str(word_report), "--to", str(tmp_path / "second"), "--replies", str(form), "--letter", "none"]) == 0  # fmt: skip
    assert told(tmp_path / "second")[NAME] == ["反馈单.xlsx", "网信办.docx"]
    found = rows(tmp_path / "second" / NAME / "反馈单.xlsx", "反馈单")
    assert len(found) == 2 + 4


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2022-01-01", "2022-06-30", "2022年1—6月"),
        ("2022-01-01", "2022-12-31", "2022年度"),
        ("2022-06-01", "2022-06-30", "2022年6月"),
        (None, "2022-06-30", "截至2022年6月30日"),
        ("2022-01-01", "2022-06-15", "2022年1月1日至2022年6月15日"),
        ("2021-07-01", "2022-06-30", "2021年7月1日至2022年6月30日"),
        (None, None, ""),
    ],
)
def test_periods_as_titles_have_them(start: str | None, end: str | None, said: str) -> None:
    from datetime import date

    first, last = (date.fromisoformat(each) if each else None for each in (start, end))
    assert period_said((first, last)) == said


@pytest.mark.parametrize(
    "path", sorted([*FILES.glob("w*.docx"), *FILES.glob("x*.xlsx")]), ids=lambda path: path.stem
)
def test_a_returned_file_reads_as_it_did(path: Path) -> None:
    """All findings that there are put in at once, for every labelled file: the same facts, claims and places."""
    report = report_of(path)
    made = sending(report, {report.inputs[0].path: path.read_bytes()}, (), Asked(Author("某"), None))
    if made is None:
        return
    again = next(each for each in CATALOG.readers if each.accepts(path, made.files[path.name]))
    after = again.read(str(path), made.files[path.name], CATALOG.types)
    before = again.read(str(path), path.read_bytes(), CATALOG.types)
    assert evolve(after, documents=()) == evolve(before, documents=())
