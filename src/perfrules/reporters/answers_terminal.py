"""What `perfrules eval` shows in a terminal: for each subject the value, how it came about, and the words it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from perfrules.bilingual import Language
from perfrules.language import calculation, lacks_said, shown
from perfrules.language.amounts import exactly
from perfrules.model.answer import Answer, Asked, Asking
from perfrules.model.fact import State
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES, label_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Number, Unknown
from perfrules.model.unit import Kind
from perfrules.plugins.hooks import Page
from perfrules.reporters.facts_json import decimal_or_fraction
from perfrules.reporters.facts_terminal import formula_said
from perfrules.reporters.layout import Styled, block, labelled, rendered
from perfrules.reporters.words import UNNAMED, printed_said

GAP = {"zh": 8, "en": 12}
"""The columns that labels take."""


def answers_terminal(asking: Asking, language: Language, page: Page) -> str:
    """All answers as text for a terminal of that width."""
    head = labelled("表达式" if language == "zh" else "Expression", asking.expression, page, 0, GAP[language])
    parts = (_submission(each, asking, language, page) for each in asking.submissions)
    return rendered(chain(head, chain.from_iterable(parts)), page)


def _submission(asked: Asked, asking: Asking, language: Language, page: Page) -> Iterator[Styled]:
    submission = asked.submission
    files = "; ".join(each.path for each in submission.documents)
    yield Styled("")
    yield from _titled(f"{submission.department.name or UNNAMED.said(language)}  {files}", page, 0)
    found = {each.subject.type for each in asked.answers}
    for name in (each for each in asking.types if each not in found):
        absent = f"没有可问的对象: {_type_said(name, language)}"
        yield from block(absent if language == "zh" else f"nothing to ask: no {name} is there", page)
    for answer in asked.answers:
        yield from _titled(_called(answer.path, language), page, 3)
        for label, text in _rows(answer, language, several=len(submission.documents) != 1):
            yield from labelled(label, text, page, 6, GAP[language])


def _titled(text: str, page: Page, indent: int) -> Iterator[Styled]:
    yield from (Styled(line.text, "title") for line in block(text, page, indent))


def _called(path: tuple[Subject, ...], language: Language) -> str:
    """The subject, below what it belongs to, with its type: `项目支出 / 19.77% (占比 claim)`."""
    below = path[1:] or path
    return f"{' / '.join(_name(each, language) for each in below)} ({_type_said(path[-1].type, language)})"


def _name(subject: Subject, language: Language) -> str:
    if subject.type == "line":
        return label_of(subject.id.rpartition("/")[2]).said(language)
    return subject.name or subject.id


def _type_said(name: str, language: Language) -> str:
    return f"{CORE_TYPES[name].label.zh} {name}" if language == "zh" else name


def _rows(answer: Answer, language: Language, *, several: bool) -> Iterator[tuple[str, str]]:
    zh, trace = language == "zh", answer.trace
    yield "结果" if zh else "Result", _result(trace, language)
    steps, facts = calculation(trace, language), trace.distinct_facts()
    if steps != shown(trace.value, language) and (facts or not isinstance(trace.value, Unknown)):
        yield "计算" if zh else "Computed", steps
    for index, fact in enumerate(each for each in facts if each.quote):
        yield (
            ("" if index else "原文" if zh else "Printed"),
            printed_said(fact, language, with_source=several),
        )
    for fact in (each for each in facts if each.state is State.ASSUMED):
        yield "假定" if zh else "Assumed", formula_said(fact.formula, language)


def _result(trace: Trace, language: Language) -> str:
    """The value; exact besides where it is shown rounded; that an equality holds within the printed digits only."""
    zh, said = language == "zh", [shown(trace.value, language)]
    if isinstance(trace.value, Number) and (exact := _exact(trace.value)):
        said.append(f"(精确值 {exact})" if zh else f"(exactly {exact})")
    if trace.lacks:
        said.append(f"({lacks_said(trace.lacks, language)})")
    if trace.by_rounding:
        said.append("(按所列位数四舍五入后相等)" if zh else "(equal within the printed digits)")
    return " ".join(said)


def _exact(number: Number) -> str:
    """The exact value where the shown one is rounded, else nothing: a ratio is shown with two decimals."""
    exact, unit = number.interval.exact, number.unit
    if exact is None:
        return ""
    if unit.kind is not Kind.RATIO:
        scaled = exact / unit.scale
        return "" if exactly(scaled) else f"{decimal_or_fraction(scaled)}{unit.name}"
    if (exact * 10_000).denominator == 1:
        return ""
    percent = exactly(exact * 100)
    return f"{percent}%" if percent else decimal_or_fraction(exact)
