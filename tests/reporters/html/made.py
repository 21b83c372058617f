"""Reports built by hand, without readers or rules, and pages made of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree.ElementTree import Element

from tests.reporters.html import reading

from perfrules import pipeline
from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding, Ledger, SubjectName
from perfrules.model.interval import Interval
from perfrules.model.quantity import printed_quantity
from perfrules.model.report import Report, Results, RulesetName, Status
from perfrules.model.rule import Severity
from perfrules.model.subject import Subject
from perfrules.model.submission import Document, Submission, Unread
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import MONEY_UNITS
from perfrules.plugins import catalog
from perfrules.reporters.html import html_report

ROOT = Path(__file__).parents[3]
WAN = MONEY_UNITS["万元"]
CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
CORE = pipeline.prepare("core", CATALOG, with_examples=False)
LINE = SubjectName("line", "department/total", "合计", "department")
TEXT = "青岚县档案馆报告\n\n年初预算20万元，实际支出30万元。\n另有3万元待查。\n"


def page_of(*paths: str, language: Language = "zh") -> str:
    return html_report(pipeline.check_paths([Path(each) for each in paths], CORE, CATALOG).results, language)


def at(text: str, words: str, source: str) -> Location:
    start = text.index(words)
    line = text[:start].count("\n") + 1
    return Location(source, f"¶{line}", (start, start + len(words)), line)


def money(field: str, words: str, source: str, text: str = TEXT) -> Fact:
    return Fact(field, printed_quantity(words[:-2], WAN), location=at(text, words, source), quote=words)


def read(fact: Fact) -> Trace:
    assert not isinstance(fact.value, (str, date))
    assert fact.value.interval is not None
    assert fact.value.slack is not None
    return Trace(fact.field, Number(fact.value.interval, fact.value.slack, fact.value.unit), fact=fact)


def finding(source: str, **changes: object) -> Finding:
    spent, budget = money("spent", "30万元", source), money("adjusted_budget", "20万元", source)
    parts: dict[str, object] = {
        "rule": "EXE114",
        "topic": "overspend",
        "title": Bilingual("支出大于预算", "more spent than budgeted"),
        "severity": Severity.WARNING,
        "subject": LINE,
        "message": Bilingual(
            "合计支出30万元，预算20万元。请说明。", "30万元 spent of 20万元. Please explain."
        ),
        "trace": Trace("spent <= adjusted_budget", False, "<=", (read(spent), read(budget))),
        "values": {},
        "facts": (spent, budget),
        "fingerprint": "f1",
        "margin": Number(Interval.point(Fraction(100000)), Interval.point(Fraction(100000)), WAN),
    }
    return Finding(**{**parts, **changes})  # type: ignore[arg-type]


def report(source: str, data: bytes = TEXT.encode(), **changes: object) -> Report:
    parts: dict[str, object] = {
        "tool": "9.9",
        "ruleset": RulesetName("county", "3", "0" * 64),
        "inputs": (Document(source, sha256(data).hexdigest(), "text"),),
        "department": "青岚县档案馆",
        "period": (date(2023, 1, 1), date(2023, 6, 30)),
        "as_of": date(2023, 6, 30),
        "status": Status.FINDINGS,
        "submission": Submission(Subject("department", "department", "青岚县档案馆"), text=TEXT),
        "findings": (finding(source),),
        "ledger": Ledger(()),
        "unread": (Unread(at(TEXT, "3万元", source), "3万元", "ambiguous"),),
    }
    parts["inputs"] = (Document(source, sha256(data).hexdigest(), "text"),)
    return Report(**{**parts, **changes})  # type: ignore[arg-type]


def page(*reports: Report, language: Language = "zh", faults: tuple[Fault, ...] = ()) -> Element:
    return reading.lawful(html_report(Results(reports, faults), language))


def marked(root: Element) -> dict[str, str]:
    """The words of each place that has an id."""
    return {each.get("id", ""): reading.words(each) for each in reading.named(root, "mark") if each.get("id")}


def links(root: Element) -> list[tuple[str, str]]:
    return [(reading.words(each), each.get("href", "")) for each in reading.named(root, "a")]
