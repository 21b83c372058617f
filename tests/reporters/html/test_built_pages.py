"""Every part of a page, from reports built by hand: links, lights, origins, hostile words, files changed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reporters.html import reading
from tests.reporters.html.made import (
    LINE,
    TEXT,
    at,
    finding,
    links,
    marked,
    money,
    page,
    page_of,
    read,
    report,
)

from perfrules import pipeline
from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.correction import Correction
from perfrules.model.finding import Explanation, Ledger, Outcome, SubjectName, Verdict
from perfrules.model.reply import Answer, Opinion, Replied, Reply, Standing
from perfrules.model.report import Decider, Origin, Report, Results, Status, Wanted
from perfrules.model.rule import Severity
from perfrules.model.submission import Unread
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Reason
from perfrules.model.waiver import Waiver, WaiversName
from perfrules.plugins import Page, catalog
from perfrules.plugins.hooks import Detail
from perfrules.reporters.html import html_report
from perfrules.reporters.html.markup import cleaned


def test_a_finding_leads_to_its_words_and_they_lead_back(source: str) -> None:
    root = page(report(source))
    card = reading.by_id(root, "f1")
    to = {href: words for words, href in links(card)}
    places = marked(root)
    assert {places[href[1:]] for href in to} == {"30万元", "20万元"}
    backs = list(reading.named(root, "sup"))
    assert {href for each in backs for _, href in links(each)} == {"#f1", "#u1"}
    labels = {each.get("aria-label") for sup in backs for each in reading.named(sup, "a")}
    assert "发现1: 支出大于预算 – 实际支出" in labels


def test_figures_left_unread_are_marked_otherwise_and_told(source: str) -> None:
    root = page(report(source))
    (mark,) = (each for each in reading.by_class(root, "unread") if each.tag == "mark" and each.get("id"))
    assert reading.words(mark) == "3万元"
    assert "可有两种读法" in reading.words(reading.by_id(root, "u1"))
    assert ("“3万元” (第4行)", f"#{mark.get('id')}") in links(reading.by_id(root, "u1"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_findings_of_one_origin_are_told_together(source: str, language: Language) -> None:
    several = tuple(finding(source, fingerprint=f"f{at}", rule=f"ARI10{at}") for at in range(1, 4))
    origin = Origin((money("spent", "30万元", source),), ("f1", "f3"))
    alone = Origin((money("adjusted_budget", "20万元", source),), ("f2",))
    root = page(report(source, findings=several, origins=(origin, alone)), language=language)
    (told,) = reading.by_class(root, "origins")
    assert [href for _, href in links(told)][:2] == ["#f1", "#f3"]
    assert (
        "2 项发现 (1、3) 出于同一处, 请先查看" if language == "zh" else "2 findings (no. 1, 3) have one cause"
    ) in reading.words(told)
    assert "“30万元”" in reading.words(told)
    together = {each.get("id"): reading.by_class(each, "together") for each in reading.by_class(root, "card")}
    assert [href for _, href in links(together["f3"][0])] == ["#f1"]
    assert together["f2"] == []


@pytest.mark.parametrize(("language", "said"), [("zh", "合计的调整预算、年初预算: 列出后可判断 2 项 (EXE101、EXE104)"), ("en", "adjusted budget of 合计, initial budget: decides 2 more (EXE101, EXE104)")])  # fmt: skip
def test_what_would_decide_more_is_asked_for(source: str, language: Language, said: str) -> None:
    verdicts = (("EXE101", LINE.id), ("EXE104", LINE.id))
    root = page(
        report(
            source,
            deciders=(
                Decider(
                    LINE,
                    "adjusted_budget",
                    verdicts,
                    None,
                    (Wanted(SubjectName("department", "department", "甲"), "initial_budget"),),
                ),
            ),
        ),
        language=language,
    )
    assert said in reading.words(reading.by_class(root, "deciders")[0])


def test_waived_corrected_and_unread_files_are_told_with_who_and_why(source: str) -> None:
    waiver = Waiver(
        "EXE114",
        "青岚县档案馆",
        LINE.id,
        "合同约定年末付款",
        "李主任",
        date(2023, 12, 31),
        Location("w.yaml"),
        "EXE114",
    )
    where = at(TEXT, "3万元", source)
    correction = Correction(
        "报告.txt",
        "0",
        where,
        "3万元",
        TEXT,
        "",
        "合计",
        "上年结转",
        None,
        "王会计",
        date(2023, 7, 2),
        "核对账簿",
    )
    open_ = Verdict("ARI101", LINE, Outcome.UNDETERMINED, (Lack(Reason.MISSING, LINE.id, "spent"),))
    ledger = Ledger((open_, Verdict("EXE114", LINE, Outcome.WAIVED, waiver=waiver)))
    fault = Fault(
        "read.x", Bilingual("文件是空的", "empty"), Location("a.txt"), Bilingual("重新导出", "export it")
    )
    told = report(
        source,
        ledger=ledger,
        corrections=(correction,),
        open_required=(open_,),
        status=Status.GREY,
        findings=(),
    )
    root = page(told, faults=(fault,))
    text = reading.words(reading.by_id(root, "ledger"))
    assert "合同约定年末付款 (李主任批准, 有效至 2023-12-31)" in text
    assert "未读入 → 合计 上年结转; 王会计 2023-07-02: 核对账簿" in text
    assert "缺 实际支出" in text
    assert "a.txt: 文件是空的 (重新导出)" in reading.words(reading.by_id(root, "faults"))
    light = reading.words(reading.by_class(root, "light")[0])
    assert "[灰]" in light
    assert "应判断而未判断 1; 未读入而需查看的数字 1" in light


def test_answers_are_told_with_what_has_become_of_each_finding(source: str) -> None:
    where = Location("反馈单.xlsx", "反馈单!F5")
    waived = Reply(
        "EXE114", "青岚县档案馆", LINE.id, "f1", Answer.EXPLAINED, "合同约定\n年末付款", where,
        opinion=Opinion.AGREED, reviewer="李主任", reviewed_on=date(2023, 7, 5), expires=date(2023, 12, 31),
    )  # fmt: skip
    gone = Reply("ARI101", "青岚县档案馆", "department", "f2", Answer.CORRECTED, "", where)
    told = report(
        source,
        replies=(Replied(waived, Standing.WAIVED), Replied(gone, Standing.GONE)),
        reply_forms=(WaiversName("反馈单.xlsx", "0" * 64),),
    )
    rows = rows_of(page(told))
    assert [
        "EXE114",
        "合计",
        "有说明: 合同约定 年末付款",
        "同意, 李主任, 2023-07-05, 有效至 2023-12-31",
        "已按答复豁免",
    ] in rows
    assert ["ARI101", "部门", "已更正", "", "本次未再发现"] in rows
    assert "反馈单.xlsx" in reading.words(reading.by_class(page(told), "head")[0])


@pytest.mark.parametrize(("change", "said"), [("edit", "文件在核查之后有改动"), ("remove", "文件已不在原处")])
def test_of_a_file_that_has_changed_or_gone_only_the_quotes_are_shown(
    source: str, change: str, said: str
) -> None:
    told = report(source)
    path = Path(source)
    path.write_text(TEXT + "后来加的一句", encoding="utf-8") if change == "edit" else path.unlink()
    root = page(told)
    assert said in reading.words(reading.by_class(root, "trouble")[0])
    assert "后来加的一句" not in reading.words(root)
    assert reading.by_class(root, "paper") == []
    assert sorted(marked(root).values()) == ["20万元", "30万元", "3万元"]


def test_marks_that_have_no_place_in_the_text_are_listed_below_it(source: str) -> None:
    elsewhere = Unread(Location(source, "word/embeddings/a.xlsx"), "a.xlsx", "embedded")
    beyond = Unread(Location(source, "¶9", (900, 903)), "9万元", "no_field")
    other = Unread(Location("waivers.yaml", "/0"), "EXE101", "not_read")
    root = page(report(source, unread=(elsewhere, beyond, other)))
    assert {"a.xlsx", "9万元", "EXE101"} <= set(marked(root).values())


def test_what_was_filed_field_by_field_is_a_table() -> None:
    root = reading.lawful(page_of("examples/yunling/nongjizhan.json"))
    rows = [[reading.words(cell).strip() for cell in row] for row in reading.named(root, "tr")]
    assert ["机手培训经费", "实际支出", "6.60万元", "/projects/rows/1/spent"] in rows


def test_overlapping_marks_are_cut_where_they_meet(source: str) -> None:
    long = Explanation("预算20万元，实际支出30万元", at(TEXT, "预算20万元，实际支出30万元", source))
    root = page(report(source, findings=(finding(source, explanation=long),)))
    (line,) = (each for each in reading.named(root, "li") if each.get("value") == "3")
    marks = [(reading.words(each), each.get("class")) for each in reading.named(line, "mark")]
    assert marks == [
        ("预算", "explained"),
        ("20万元", "warning"),
        ("，实际支出", "explained"),
        ("30万元", "warning"),
    ]


def groups_of(found: str, told: Report) -> list[str]:
    root = reading.lawful(html_report(Results((told,)), "zh", Page(group_by=found)))
    return [reading.words(next(iter(each))) for each in reading.by_class(root, "group")]


def test_findings_are_grouped_as_was_asked(source: str) -> None:
    several = (
        finding(source, fingerprint="f1", rule="ARI101"),
        finding(source, fingerprint="f2", rule="EXE114", severity=Severity.ERROR),
        finding(source, fingerprint="f3", rule="ARI101"),
    )
    origins = (Origin((money("spent", "30万元", source),), ("f2", "f3")), Origin((), ("f1",)))
    told = report(source, findings=several, origins=origins)
    assert groups_of("severity", told) == ["请更正 (1)", "请说明 (2)"]
    assert groups_of("department", told) == ["请更正 (1)", "请说明 (2)"]
    assert groups_of("rule", told) == ["EXE114 支出大于预算 (1)", "ARI101 支出大于预算 (2)"]
    assert groups_of("cause", told) == ["“30万元” 实际支出 (第3行) (2)", "其他 (1)"]


def test_every_verdict_is_there_where_all_is_asked_for(source: str) -> None:
    passed = Verdict(
        "ARI101",
        LINE,
        Outcome.PASS,
        trace=Trace("spent == spent", True, "==", (read(money("spent", "30万元", source)),) * 2),
    )
    told = report(source, ledger=Ledger((passed,)))
    whole = reading.lawful(html_report(Results((told,)), "zh", Page(detail=Detail.VERBOSE)))
    assert ["ARI101", "合计", "通过", "30万元 = 30万元"] in rows_of(whole)
    assert not any("通过" in row for row in rows_of(page(told)))


def rows_of(root: Element) -> list[list[str]]:
    return [[reading.words(cell).strip() for cell in row] for row in reading.named(root, "tr")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_projects_are_told_with_indicators_targets_and_what_is_asked_for(language: Language) -> None:
    whole = catalog(())
    ruleset = pipeline.prepare("core", whole, with_examples=False)
    results = pipeline.check_paths([Path("examples/yunling/wangxinban.txt")], ruleset, whole).results
    root = reading.lawful(html_report(results, language))
    (projects,) = reading.by_class(root, "projects")
    told = reading.words(projects)
    assert ("请提供" if language == "zh" else "Please give") in told
    rows = rows_of(projects)
    assert any(row[1:2] == ["未能计算" if language == "zh" else "not computed"] for row in rows)


def test_a_sheet_that_is_none_of_the_forms_is_marked_at_its_name() -> None:
    root = reading.lawful(page_of("tests/files/x34-huizong.xlsx"))
    captions = [each for each in reading.named(root, "caption") if list(reading.named(each, "mark"))]
    assert [reading.words(each) for each in captions] == ["全县汇总?"]


# Hostile words.

HOSTILE = "<script>alert(1)</script>]]>\"'><img src=x onerror=alert(1)>&lt;\x00\u202e"


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_names_are_words_like_others(source: str, count: int, language: Language) -> None:
    name = SubjectName("project", HOSTILE, HOSTILE)
    both = Bilingual(HOSTILE, HOSTILE)
    worst = finding(
        source, rule=HOSTILE, title=both, subject=name, message=both, explanation=Explanation(HOSTILE)
    )
    unread = Unread(Location(HOSTILE, HOSTILE), HOSTILE, HOSTILE)
    open_ = Verdict(HOSTILE, name, Outcome.UNDETERMINED, (Lack(Reason.MISSING, HOSTILE, HOSTILE, both),))
    decider = Decider(name, HOSTILE, ((HOSTILE, HOSTILE),), both)
    told = report(
        source,
        department=HOSTILE,
        findings=(worst,),
        unread=(unread,),
        ledger=Ledger((open_,)),
        deciders=(decider,),
    )
    root = page(*[told] * count, language=language, faults=(Fault("x", both, Location(HOSTILE)),))
    assert len(list(reading.named(root, "script"))) == 1
    assert list(reading.named(root, "img")) == []
    assert cleaned(HOSTILE) in reading.words(reading.by_class(root, "card")[0])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.text(st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_any_message_stands_on_the_page_as_it_is(source: str, said: str) -> None:
    found = finding(source, message=Bilingual(said, said))
    root = page(report(source, findings=(found,)))
    (message,) = reading.by_class(root, "message")
    assert reading.words(message) == cleaned(said)
