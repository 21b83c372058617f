"""Whatever a text says, reading it ends in a submission whose quotes are cut true, or in a fault told to the user."""

from __future__ import annotations

import json
import re
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.documents import text_document
from perfrules.errors import ReadError
from perfrules.readers import read_json, read_text

PIECES = re.findall(
    r"[^|]+",
    "一、预算执行情况|（一）存在问题|1.|项目经费：|年初预算|上年结转|追加|调减|已拨付|实际支出|基本支出|项目支出|其中|占|调整预算|的|执行率|到位率|"
    "12.5|0|1,286.50|２０|余|万|元|万元|亿元|%|个百分点|次|家|人次|同比下降|主要项目有|个|主要原因是|和|涉及|2022年|1-6月|截止6月末|编制|在编|名|"
    "（|）|《|》|〔2023〕9号|，|。|；|：|、|\n|\n\n|\r\n|\t| |　|-|—|合计|项目名称|单位：万元|①|🀄|99999999999999999999999999999999999999999999",
)
texts = st.lists(st.sampled_from([*PIECES, "|"]), min_size=1, max_size=60).map("".join) | st.text(max_size=80)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = text_document("any.txt", text.encode("utf-8", "replace"))
        submission = read_text(document)
    except ReadError:
        return
    ids = [path[-1].id for path in submission.walk()]
    assert len(ids) == len(set(ids))
    for path in submission.walk():
        for fact in path[-1].facts.values():
            if fact.quote and fact.location is not None and fact.location.span is not None:
                assert document.text[slice(*fact.location.span)] == fact.quote


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=6), st.lists, max_leaves=5),
    texts,
)
@settings(max_examples=100, deadline=None)
def test_any_json_is_read_or_refused(value: object, text: str) -> None:
    keys = [
        "department",
        "period",
        "unit",
        "staffing",
        "lines",
        "projects",
        "counts",
        "problem_projects",
        "sections",
    ]
    for written in (json.dumps(dict.fromkeys(keys, value)), text):
        with suppress(ReadError):
            read_json("any.json", written.encode("utf-8", "replace"))
