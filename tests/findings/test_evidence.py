"""A finding points to what decided it: the words that were found, the rows that are alike, and to nothing that passed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.findings.consistent import JUNE, checked

from perfrules import pipeline
from perfrules.findings.evidence import deciding
from perfrules.language import calculation
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.trace import Trace
from perfrules.plugins import catalog


def only(report: Report, rule: str) -> Finding:
    (found,) = (each for each in report.findings if each.rule == rule)
    return found


LETTER = """\
云岭县档案馆2022年上半年绩效监控报告
一、目标实现情况
培训4期。
二、存在的问题
暂无。
三、整改措施
完善制度。
填写（200字以内）由办公室负责，9月30日前办结（200字以内）。
"""


def read(path: Path) -> Report:
    every = catalog()
    (report,) = pipeline.check_paths([path], pipeline.prepare("core", every), every).results.reports
    return report


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("letter") / "报告.txt"
    path.write_bytes(LETTER.encode())
    return read(path)


def test_a_prompt_left_in_is_pointed_at_where_it_stands_and_not_at_a_section_that_passed(
    prompts: Report,
) -> None:
    found = only(prompts, "CMP102")
    assert [(each.field, each.quote) for each in found.facts] == [("measures", "（200字以内）")] * 2
    first, second = (each.location for each in found.facts)
    assert first is not None
    assert second is not None
    assert (first.address, first.line, first.column) == ("¶8", 8, 3)
    assert second.column == 26
    for where in (first, second):
        assert where.span is not None
        assert LETTER[slice(*where.span)] == "（200字以内）"


def test_the_calculation_says_which_words_and_not_all_that_were_looked_for(prompts: Report) -> None:
    trace = only(prompts, "CMP102").trace
    assert calculation(trace, "zh") == '整改措施 含 "（200字以内）"'
    assert calculation(trace, "en") == 'measures has "（200字以内）"'


def test_a_section_that_lacks_something_is_pointed_at_by_its_first_sentence() -> None:
    text = "完善制度。\n加快进度。\n"
    lines = (Location("报告.txt", "¶7", (100, 106), 7, 1), Location("报告.txt", "¶8", (106, 112), 8, 1))
    measures = Fact("measures", text, location=Location("报告.txt", "¶7", (100, 112), 7, 1), lines=lines)
    asked = Trace("", False, "has", (Trace("measures", text, fact=measures), Trace("", "办公室")))
    (found,) = deciding(asked)
    assert (found.quote, found.location) == ("完善制度。", Location("报告.txt", "¶7", (100, 105), 7, 1))


def test_a_slip_of_the_pen_is_pointed_at_by_its_own_characters(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(LETTER.replace("暂无。", "合同款尚未付清。\n首付款己支付。").encode())
    (fact,) = only(read(path), "CON108").facts
    assert fact.location is not None
    assert (fact.quote, fact.location.address, fact.location.column) == ("款己支付", "¶6", 3)


TARGETS = ["培训期数", "开展志愿服务", "受益人口", "开展志愿服务", "群众满意度"]


def named_twice() -> Finding:
    rows = [{"level1": "产出指标", "level2": "数量指标", "name": each, "planned": "3次"} for each in TARGETS]
    return only(
        checked(
            {
                "period": JUNE,
                "projects": [{"name": "志愿服务经费", "targets": {"complete": True, "rows": rows}}],
            }
        ),
        "TGT121",
    )


def test_only_the_targets_that_are_alike_are_named() -> None:
    found = named_twice()
    assert "名称相同的(开展志愿服务)" in found.message.zh
    assert "the same name (开展志愿服务)" in found.message.en
    assert {each.value for each in found.facts} == {"开展志愿服务"}
    for innocent in ("培训期数", "受益人口", "群众满意度"):
        assert innocent not in found.message.zh + found.message.en


def test_a_count_says_what_was_counted() -> None:
    assert calculation(named_twice().trace, "zh") == "2个(开展志愿服务) ≠ 1"
    claimed = {"claimed": 3, "named": ["设备购置经费", "业务培训经费"], "complete": True}
    trace = only(checked({"period": JUNE, "problem_projects": claimed}), "CON103").trace
    assert calculation(trace, "zh").endswith("≠ 2个(设备购置经费、业务培训经费)")
    assert calculation(trace, "en").endswith("≠ 2 (设备购置经费, 业务培训经费)")


def test_points_that_are_rounded_are_points_and_no_percentage() -> None:
    project = {
        "name": "普查经费",
        "adjusted_budget": "20万元",
        "spent": "15万元",
        "execution_weight": "10",
        "execution_score": "10",
    }
    year = {"from": "2022-01-01", "to": "2022-12-31"}
    said = calculation(only(checked({"period": year, "projects": [project]}), "TGT119").trace, "zh")
    # 10 × 15 ÷ 20 = 7.5, to the whole number 8
    assert said.endswith("四舍五入(10 × 15万元 ÷ 20万元, 0) = 8 ≠ 10")
    assert "800" not in said


def test_a_difference_of_ratios_is_in_percentage_points_in_the_message_too() -> None:
    target = {
        "level1": "满意度指标",
        "name": "群众满意度",
        "operator": "≥",
        "planned": "90%",
        "expected": "85%",
        "likelihood": "确定能",
    }
    found = only(checked({"period": JUNE, "projects": [{"name": "法律服务", "targets": [target]}]}), "TGT116")
    assert "少5.00个百分点" in found.message.zh
    assert "5.00 percentage points less" in found.message.en


def test_a_rate_that_is_shown_is_shown_as_printed() -> None:
    target = {"level1": "产出指标", "name": "培训合格率", "operator": "≥", "planned": "95%", "actual": "106%"}
    found = only(checked({"period": JUNE, "projects": [{"name": "培训", "targets": [target]}]}), "TGT106")
    assert "目标值或完成值为106%，" in found.message.zh
    assert calculation(found.trace, "zh") == "106% > 100%"
