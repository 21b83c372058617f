"""What the tests of the forms look at: the county of the examples, every labelled document, and reports made at random."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import strategies as st

from perfrules import pipeline, testing
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PerfrulesError
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Also, Cause, Explanation, Finding, Ledger, Outcome, SubjectName, Verdict
from perfrules.model.interval import Interval
from perfrules.model.report import Decider, Origin, Report, Results, RulesetName, Status
from perfrules.model.rule import Severity
from perfrules.model.subject import Subject
from perfrules.model.submission import Document, Submission, Unread
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.plugins import catalog
from perfrules.plugins.catalog import Catalog
from perfrules.rules import CompiledRuleset

ROOT = Path(__file__).parents[3]
WAIVERS = """\
waivers:
  - rule: EXE101
    department: 云岭县互联网信息办公室
    subject: department/project
    bound: ">= 15%"
    reason: 合同约定验收后一次付清
    approved_by: 预算绩效股
    expires: 2022-12-31
  - rule: EXE106
    department: 云岭县互联网信息办公室
    subject: department/project
    bound: ">= 0%"
    reason: 已报批
    approved_by: 预算绩效股
    expires: 2022-06-01
"""
FAULT = Fault(
    "read.broken",
    Bilingual("文件已损坏, 无法打开", "the file is broken and cannot be opened"),
    Location("examples/yunling/坏 的.docx"),
    Bilingual("另存一份", "save it again"),
)

LOCK = Fault(
    "read.lock",
    Bilingual("文件 wangxinban.txt 可能正在编辑", "wangxinban.txt may be open"),
    Location("examples/yunling/~$wangxinban.txt"),
    Bilingual("保存并关闭", "save and close it"),
)


@cache
def made() -> tuple[Catalog, CompiledRuleset]:
    found = catalog()
    return found, pipeline.prepare(None, found, with_examples=False)


@cache
def county() -> Results:
    """The example county, with paths as somebody gives them who stands at its root."""
    found, ruleset = made()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return pipeline.check_paths([Path("examples/yunling")], ruleset, found).results


@cache
def everything() -> Results:
    """The county with waivers, one in force and one that has expired, a figure and a paper left unread, a file that was not read, a lock."""
    from perfrules.rules import load_waivers

    found, ruleset = made()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(Path, "read_bytes", _with_waivers(Path.read_bytes))
        waivers = load_waivers(Path("豁免.yaml"), ruleset, found.types, found.functions)
        run = pipeline.check_paths([Path("examples/yunling")], ruleset, found, None, waivers)
    left = Unread(Location("examples/yunling/shuiwenzhan.txt", "¶3", (60, 64), 3, 5), "12 万", "no_field")
    paper = Unread(Location("examples/yunling/盖章页.pdf"), "盖章页.pdf", "not_read")
    reports = tuple(
        evolve(each, unread=(left, paper), status=Status.GREY)
        if each.department == "云岭县水文监测站"
        else each
        for each in run.reports
    )
    return Results(reports, (FAULT,), (LOCK,))


def _with_waivers(read):  # type: ignore[no-untyped-def]
    return lambda path: WAIVERS.encode() if path.name == "豁免.yaml" else read(path)


@cache
def labelled(step: int = 1) -> tuple[Report, ...]:
    """Every labelled document (or every second, third …) that is a text, a workbook or a Word file, each checked by itself."""
    found, ruleset = made()
    reports: list[Report] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        files = sorted(Path("tests/files").rglob("*"))
        for path in [each for each in files if each.suffix in (".txt", ".csv", ".md", ".xlsx", ".docx")][
            ::step
        ]:
            try:
                reports += pipeline.check_paths([path], ruleset, found).reports
            except PerfrulesError:
                continue
    return tuple(reports)


HOSTILE = (
    "=1+1", "-2+3", "+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1", "a|b\n| c", "<b>&amp;</b>", "\x00\x1b[2J",
    "\ud800", "\ufffe", "_x0041_", "a\r\nb", "http://a.b www.c.d e@f.g", "# 一", "1. 二", "- 三", "```", "[x](y)", "]]>", "'\"",
    "甲\u202e乙", "𠀀", " ", "\u3000",
)  # fmt: skip
"""Words that mean something to a spreadsheet, to Markdown, to XML or to a terminal."""


def words(least: int = 0) -> st.SearchStrategy[str]:
    return st.text(min_size=least, max_size=6) | st.sampled_from(HOSTILE)


def said() -> st.SearchStrategy[Bilingual]:
    return st.builds(Bilingual, words(1), words(1))


def numbers() -> st.SearchStrategy[Number]:
    values = st.fractions(-(10**6), 10**6, max_denominator=99) | st.integers(0, 10**25).map(Fraction)
    points = values.map(Interval.point) | st.just(Interval(Fraction(20), None, True, False))
    return st.builds(lambda at, unit: Number(at, at, unit), points, testing.units())


def places() -> st.SearchStrategy[Location]:
    sources = st.sampled_from(["报告.txt", "a b/附表.xlsx", "/x/=y.docx", "C:\\u.txt"])
    spans = st.none() | st.tuples(st.integers(0, 99), st.integers(0, 9)).map(lambda it: (it[0], sum(it)))
    lines = st.none() | st.integers(1, 99)
    return st.builds(
        Location, sources, st.sampled_from(["", "¶3", "附表!C7", "/lines/0"]), spans, lines, lines
    )


def known() -> st.SearchStrategy[Fact]:
    return st.builds(Fact, st.sampled_from(["spent", "own_field"]), testing.printed(), location=st.none() | places(), quote=words())  # fmt: skip


def traces() -> st.SearchStrategy[Trace]:
    unknown = st.just(Unknown((Lack(Reason.MISSING, "department", "spent"),)))
    leaves = st.builds(Trace, st.just("spent"), numbers() | unknown, fact=st.none() | known())
    return leaves | st.builds(lambda left, right: Trace("a < b", False, "<", (left, right)), leaves, leaves)


def names() -> st.SearchStrategy[SubjectName]:
    return st.builds(SubjectName, st.sampled_from(["project", "claim", "own_type"]), words(1), words(), st.just("department"))  # fmt: skip


def findings() -> st.SearchStrategy[Finding]:
    maybe = st.none() | traces()
    return st.builds(
        Finding, st.sampled_from(["XXX1", "XXX2"]), st.just("overspend"), said(), st.sampled_from(Severity), names(), said(), traces(),
        st.dictionaries(words(1), traces(), max_size=2), st.lists(known(), max_size=2).map(tuple), st.sampled_from(["f1", "f2", "f3"]),
        maybe, maybe, maybe, st.none() | numbers(), st.lists(st.builds(Cause, words(1), said(), traces()), max_size=1).map(tuple),
        st.none() | st.builds(Explanation, words(), st.none() | places()), st.lists(st.builds(Also, st.just("XXX3"), names()), max_size=1).map(tuple),
        plugin=words(), level=words(),
    )  # fmt: skip


def verdicts() -> st.SearchStrategy[Verdict]:
    lacks = st.just((Lack(Reason.MISSING, "department", "spent"),))
    return st.builds(Verdict, st.sampled_from(["XXX1", "XXX3"]), names(), st.sampled_from(Outcome), lacks | st.just(()), words(), st.none() | traces(), st.booleans(), words())  # fmt: skip


def reports() -> st.SearchStrategy[Report]:
    """Reports of every shape, with words that mean something to the program that opens them."""
    unread = st.builds(Unread, places(), words(), st.sampled_from(["no_field", "其他"]), st.booleans())
    departments = testing.subjects().flatmap(lambda it: words().map(lambda name: evolve(it, name=name)))
    return st.builds(
        _report, departments, st.lists(findings(), max_size=3), st.lists(verdicts(), max_size=4), st.lists(unread, max_size=2),
        st.sampled_from(Status), st.lists(known(), max_size=2),
    )  # fmt: skip


def _report(
    department: Subject,
    found: list[Finding],
    ledger: list[Verdict],
    unread: list[Unread],
    status: Status,
    facts: list[Fact],
) -> Report:
    submission = Submission(department, (Document("报告.txt", "0" * 64, "text"),), tuple(unread))
    prints = tuple(dict.fromkeys(each.fingerprint for each in found))
    origins = (Origin(tuple(facts), prints),) if prints else ()
    open_ = tuple(each for each in ledger if each.outcome is Outcome.UNDETERMINED)
    deciders = tuple(Decider(each.subject, "spent", ((each.rule, each.subject.id),)) for each in open_[:1])
    return Report(
        "9.9", RulesetName("county", "3", "0" * 64), submission.documents, department.name, (None, date(2023, 6, 30)), None, status,
        submission, tuple(found), Ledger(tuple(ledger)), open_, tuple(unread), origins=origins, deciders=deciders,
    )  # fmt: skip
