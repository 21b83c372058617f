"""Every amount of money and every ratio that a text prints ends as a fact, a claim, a count, or unread with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.files.labels import labelled

from perfrules import pipeline
from perfrules.documents import TextDocument, text_document
from perfrules.documents.sheets import sheets_of
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers import read_text
from perfrules.reporters.words import WHY_UNREAD

FILES = sorted((Path(__file__).parents[2] / "examples").rglob("*.txt"))
SEEN = re.compile(
    r"\d[\d,]*(?:\.\d+)?\s*(?:亿|百万|千万|万|千|百)*元|\d+(?:\.\d+)?\s*[%％‰]|\d[\d,]*(?:\.\d+)?\s*[万亿](?=[，。；：、（）已待/]|$)"
)
"""Figures as a search finds them that knows nothing of the reader."""
NUMBERS = (
    "29.5342万元",
    "1,286.50元",
    "1.2亿元",
    "0万元",
    "46.30%",
    "7.5 万元",
    "５.５万元",
    "30％",
    "2‰",
    "10万",
    "1.2亿",
    "1,200.5万",
)
SENTENCES = (
    "年初预算{}，调整预算{}，实际支出{}，占调整预算的{}。",
    "其中：基本支出{}，项目支出{}。",
    "上年同期为{}，同比增长{}。",
    "合同价{}，质保金{}。",
    "查处罚款{}，同比下降{}。",
    "{}已转入专户，{}待拨。",
    "群众满意度达{}，较上年提高{}个百分点。",
    "1、道路养护经费：预算{}，支出{}，执行率{}。",
    "下一步，计划支付{}，力争执行率达到{}。",
    "向上争取资金{}；带动投资{}（其中社会资本{}）。",
    "人均补助{}/人，共发放{}。",
    "见附表，{}",
    "{}",
    "项目名称|年初预算（万元）|执行率\n道路养护|{}|{}\n合计|{}|{}",
    "职能：管理国有资产{}。",
)
HEADS = (
    "安泉县体育局2022年上半年部门整体绩效监控报告",
    "一、基本情况",
    "二、预算执行情况",
    "（一）产出情况",
    "三、存在问题及原因",
    "四、下一步措施",
    "附：情况说明（{}）",
    "截至2022年6月30日，",
)


@st.composite
def reports(draw: st.DrawFn) -> str:
    """Sentences of every kind below headings of every kind, the figures in them drawn by themselves."""
    parts = draw(st.lists(st.sampled_from(SENTENCES) | st.sampled_from(HEADS), min_size=1, max_size=12))
    text = "".join(part if part.startswith("截至") else part + draw(st.sampled_from(["\n", "\n\n", ""])) for part in parts)  # fmt: skip
    return re.sub(r"\{\}", lambda _: draw(st.sampled_from(NUMBERS)), text)


def placed(submission: Submission) -> Iterator[tuple[int, int]]:
    """The spans of everything that was read as a quantity, or told as unread."""
    for path in submission.walk():
        for fact in path[-1].facts.values():
            for each in (fact, *fact.witnesses):
                if each.location and each.location.span and not isinstance(each.value, str):
                    yield each.location.span
    for unread in submission.unread:
        assert unread.why in WHY_UNREAD
        if unread.location.span:
            yield unread.location.span


def lost(document: TextDocument) -> list[str]:
    """The figures of a text that are nowhere, with the words before them."""
    spans = list(placed(read_text(document)))
    return [
        document.text[max(0, found.start() - 20) : found.end()]
        for found in SEEN.finditer(document.text)
        if not any(start < found.end() and found.start() < end for start, end in spans)
    ]


@given(reports())
@settings(max_examples=400, deadline=None)
def test_every_figure_ends_somewhere(text: str) -> None:
    assert lost(text_document("any.txt", text.encode())) == []


BELOW_A_UNIT = (
    "年初预算{}，其中基本支出{}，项目支出{}；1-6月支出{}。",
    "年初预算：{}；基本支出：{}",
    "上年结转：{}",
    "追加{}，调减{}，余额{}，已拨付（{}）。",
    "调整预算：{}；项目支出-{}",
)


@given(
    st.sampled_from(("（金额单位：万元）", "单位：元", "（单位：人民币亿元）", "二、收支情况（单位：千元）")),
    st.lists(st.sampled_from(BELOW_A_UNIT), min_size=1, max_size=5).map("\n".join),
    st.lists(st.sampled_from(("1200", "800.50", "1,526,400.00", "0", "5,000")), min_size=20, max_size=20),
)
@settings(max_examples=200, deadline=None)
def test_every_number_below_a_stated_unit_ends_somewhere(unit: str, body: str, numbers: list[str]) -> None:
    document = text_document("any.txt", f"{HEADS[0]}\n{unit}\n{body.format(*numbers)}\n".encode())
    spans = list(placed(read_text(document)))
    for found in re.finditer(r"(?<=[\u4e00-\u9fff：（-])\d[\d,.]*(?=[，。；）\n])", document.text):
        assert any(start < found.end() and found.start() < end for start, end in spans), found.group()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_figure_of_a_report_ends_somewhere(path: Path) -> None:
    document = text_document(str(path), path.read_bytes())
    assert lost(document) == []
    assert SEEN.search(document.text) or path.stem == "shuiwenzhan"


def test_a_figure_that_is_dropped_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    document = text_document("any.txt", "另有24.5万元，见附表。".encode())
    assert lost(document) == []
    monkeypatch.setattr(f"{__name__}.placed", lambda _: iter(()))
    assert lost(document) == ["另有24.5万元"]


TABLES = [each.path for each in labelled() if each.path.suffix in (".xlsx", ".xls", ".csv")]
IN_A_CELL = re.compile(r"\d\s*(?:[亿万千百]*元|[%‰])|(?<!\d)-?\d[\d,]*\.\d+(?!\d)")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_no_figure_of_a_cell_is_lost(path: Path) -> None:
    """Every cell that holds an amount, a ratio or a number with decimals is the place of a fact or of something unread."""
    (submission,) = pipeline.read_paths([path], catalog()).submissions
    told = {each.location.address for each in submission.unread}
    for subjects in submission.walk():
        for fact in subjects[-1].facts.values():
            told |= {each.location.address for each in (fact, *fact.witnesses) if each.location is not None}
    seen = {
        cell.address
        for sheet in sheets_of(path.name, path.read_bytes())
        if sheet.name not in told
        for row in sheet.rows
        for cell in row
        if IN_A_CELL.search(cell.text)
    }
    assert seen
    assert seen <= told
