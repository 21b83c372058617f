"""Bytes to text and lines to paragraphs: encodings, what is refused and how, soft breaks, folding."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from perfrules import readers
from perfrules.documents import MAX_BYTES, decode, fold, text_document
from perfrules.errors import ReadError

TEXT = "云岭县水文监测站预算执行情况"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_encodings_of_one_text(data: bytes) -> None:
    assert decode(data, "report.txt") == TEXT


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "read.empty", "空"),
        (b"\xef\xbb\xbf \r\n", "read.empty", "空"),
        (b"PK\x03\x04rest", "read.binary", "docx"),
        (b"\xd0\xcf\x11\xe0rest", "read.binary", "doc/xls/wps"),
        (b"%PDF-1.7", "read.binary", "PDF"),
        (b"abc\x00def", "read.binary", "空字节"),
        ("预算\x01".encode(), "read.binary", "U+0001"),
        (b"\xff\xff\xff", "read.encoding", "GB18030"),
        ("預算執行進度與績效監控情況報告彙總".encode("big5"), "read.encoding", "GB18030"),
        (codecs.BOM_UTF8 + b"\xff", "read.encoding", "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_by_name_and_with_a_next_step(data: bytes, code: str, said: str) -> None:
    with pytest.raises(ReadError) as raised:
        decode(data, "report.txt")
    (fault,) = raised.value.faults
    assert fault.code == code
    assert said in fault.message.zh
    assert fault.hint is not None
    assert str(fault.where) == "report.txt"


def test_a_file_past_the_bound_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(ReadError, match="64 MiB"):
        decode(b"a" * (MAX_BYTES + 1), "report.txt")


def test_unknown_formats_are_told_with_the_formats_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "report.xyz"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(ReadError) as raised:
        readers.read(path)
    assert ".txt" in raised.value.said("zh")
    assert "formats that can be read" in raised.value.said("en")


@pytest.mark.parametrize("name", ["missing.txt", ""])
def test_a_path_that_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError, match=r"no such file|not a plain file"):
        readers.read(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("１２．５％（３）", "12.5%（3）"),
        ("1,286.50(元)", "1,286.50（元）"),
        ("３，１２０人", "3,120人"),
        ("共3，120人", "共3，120人"),
        ("22名,实有53人", "22名，实有53人"),
        ("①２③", "①2③"),
    ],
)
def test_folding_is_character_by_character(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("一、支出\n实际支出7\n4.40 万元。", ["一、支出", "实际支出74.40万元。"]),
        ("一、职责\n管理论坛、\n\n博客、搜索引擎。", ["一、职责", "管理论坛、博客、搜索引擎。"]),
        ("第一句，说完了。\n第二段，另起。", ["第一句，说完了。", "第二段，另起。"]),
        ("资金使用，未完\n一、新的标题", ["资金使用，未完", "一、新的标题"]),
        ("监控报告\n\n县财政局：\n\n情况，如下。", ["监控报告", "县财政局：", "情况，如下。"]),
        ("一、单位概况\n我馆成立较早，\r\n面积不大。", ["一、单位概况", "我馆成立较早，面积不大。"]),
        ("情况，好。\n名称|金额\n甲|12 34", ["情况，好。", "名称|金额", "甲|12 34"]),
        ("二、项目\n（1）应急物资储备\n年初预算3万元。\n②队伍\n该项目已实施。", ["二、项目", "（1）应急物资储备", "年初预算3万元。", "②队伍", "该项目已实施。"]),
        ("二、项目\n（1）宣传\n印发手册、张贴海报等，支出3万元。", ["二、项目", "（1）宣传", "印发手册、张贴海报等，支出3万元。"]),
        ("二、项目\n（1）年初预算\n3万元，\n（2）开展应急\n演练，支出3万元。", ["二、项目", "（1）年初预算3万元，", "（2）开展应急演练，支出3万元。"]),
        ("人数为12 34个，见下。", ["人数为12 34个，见下。"]),
        ("如上，特此报告。\n          青禾县档案\n局\n          2022年7\n月1日", ["如上，特此报告。", "青禾县档案局", "2022年7月1日"]),
    ],
)  # fmt: skip
def test_soft_breaks_are_closed_up_and_headings_stay_apart(text: str, paragraphs: list[str]) -> None:
    document = text_document("report.txt", text.encode())
    assert [each.text for each in document.paragraphs] == paragraphs
    for paragraph in document.paragraphs:
        for place, character in enumerate(paragraph.text):
            assert fold(document.text)[paragraph.offsets[place]] == character


def test_places_keep_line_ends_and_count_lines_of_every_kind() -> None:
    document = text_document("report.txt", "甲，乙。\r\n丙，丁。\r戊，己。\n庚，辛。".encode())
    assert [each.line for each in document.paragraphs] == [1, 2, 3, 4]
    where = document.place(document.paragraphs[3], 0, 1)
    assert (where.address, where.line, where.column, document.cut(where)) == ("¶4", 4, 1, "庚")
