"""A row for each figure that was read or inferred, and one for each indicator of a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.bilingual import Bilingual, Language
from perfrules.language import calculation, lacks_said
from perfrules.model.fact import Fact
from perfrules.model.project_report import IndicatorResult, ProjectReport
from perfrules.model.report import Report, Results
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of, title_of
from perfrules.model.truth import Unknown
from perfrules.reporters.facts_terminal import HIDDEN, formula_said
from perfrules.reporters.rows.cells import Row, Table, amount, columns, printed, shortened
from perfrules.reporters.rows.names import called, named_apart
from perfrules.reporters.words import STATES, TYPES, UNNAMED, place_said

LINKED = ("numerator", "named_base")
"""Fields of a ratio that repeat figures printed elsewhere."""
FACTS = columns(
    ("部门", "Department", 24),
    ("对象类型", "Kind of subject", 11),
    ("对象", "Subject", 34),
    ("项目", "Item", 24),
    ("数值", "Value", 16),
    ("单位", "Unit", 8),
    ("限定", "Qualifier", 9),
    ("原文", "Printed words", 24),
    ("原文标签", "Words before it", 24),
    ("状态", "State", 10),
    ("由来", "How it came about", 40),
    ("文件", "File", 34),
    ("位置", "Place", 14),
)
INDICATORS = columns(
    ("部门", "Department", 24),
    ("项目", "Project", 30),
    ("项目类型", "Type", 24),
    ("指标", "Indicator", 26),
    ("数值", "Value", 14),
    ("单位", "Unit", 9),
    ("显示", "Shown", 14),
    ("算式", "Calculation", 50),
    ("目标", "Target", 14),
    ("是否达到", "Met", 11),
    ("未能计算的原因", "Why it is not computed", 40),
)


def facts_table(results: Results, language: Language) -> Table:
    """Every printed, derived and assumed figure; what projects' indicators come to stands in their own table."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            computed = _computed(report)
            for path in report.submission.walk():
                left_out = computed.get(path[-1].id, frozenset())
                for fact in _facts(path[-1], left_out):
                    yield department, *_fact(path, fact, language)

    return Table(Bilingual("数据", "Facts"), FACTS, rows)


def _computed(report: Report) -> Mapping[str, frozenset[str]]:
    """The names of the indicators of each project."""
    return {
        each.subject.id: frozenset(one.indicator.name for one in each.indicators) for each in report.projects
    }


def _facts(subject: Subject, left_out: frozenset[str]) -> Iterator[Fact]:
    """The facts that say something of a subject, each with its further prints."""
    hidden = (*HIDDEN, *(LINKED if subject.type == "claim" else ()), *left_out)
    for name, fact in subject.facts.items():
        if name not in hidden:
            yield from (fact, *fact.witnesses)


def _fact(path: tuple[Subject, ...], fact: Fact, language: Language) -> Row:
    state = STATES[fact.state.value].said(language) if fact.state.value in STATES else ""
    source = fact.location.source if fact.location else ""
    return (
        TYPES[path[-1].type].said(language) if path[-1].type in TYPES else path[-1].type,
        _subject(path, language),
        _item(path[-1], fact, language),
        *printed(fact, language),
        fact.quote,
        fact.label,
        state,
        shortened(formula_said(fact.formula, language)),
        source,
        place_said(fact.location, language),
    )


def _subject(path: tuple[Subject, ...], language: Language) -> str:
    """Whose figure it is: the names on the way to it, without the department's; a ratio goes by its owner."""
    owners = path[:-1] if path[-1].type == "claim" else path
    names = [called(each, language) for each in owners[1:]]
    return " / ".join(filter(None, names)) or path[0].name or UNNAMED.said(language)


def _item(subject: Subject, fact: Fact, language: Language) -> str:
    if subject.type != "claim":
        return title_of(fact).said(language)
    parts = [subject.facts.get(name) for name in ("numerator_name", "base_name")]
    called = [label_of(str(each.value)).said(language) if each else UNNAMED.said(language) for each in parts]
    return " / ".join(called)


def indicators_table(results: Results, language: Language) -> Table:
    """Every indicator of every project, with its target and what keeps it from being computed."""

    def rows() -> Iterator[Row]:
        for report, department in named_apart(results.reports, language):
            for project in report.projects:
                for each in project.indicators:
                    yield department, *_indicator(project, each, language)

    return Table(Bilingual("指标", "Indicators"), INDICATORS, rows)


def _indicator(project: ProjectReport, result: IndicatorResult, language: Language) -> Row:
    value = result.trace.value
    lacks = value.lacks if isinstance(value, Unknown) else result.trace.lacks
    return (
        project.subject.name,
        project.label.said(language),
        result.indicator.title.said(language),
        *(amount(value, language) if not isinstance(value, Unknown) else ("", "", "")),
        "" if isinstance(value, Unknown) else calculation(result.trace, language),
        *_target(result, language),
        lacks_said(lacks, language) if lacks else "",
    )


def _target(result: IndicatorResult, language: Language) -> tuple[str, str]:
    """The project's own target, and whether it is met."""
    if result.target is None:
        return "", ""
    zh, met = language == "zh", result.target.met
    _, _, said = amount(result.target.planned.value, language)
    planned = f"{result.target.operator}{said}"
    if isinstance(met, Unknown):
        return planned, "不能比较" if zh else "cannot be compared"
    return planned, ("达到" if zh else "met") if met else ("未达到" if zh else "not met")
