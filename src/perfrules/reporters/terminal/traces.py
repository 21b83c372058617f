"""What a verbose report adds: the checks that pass with their calculations, and the steps of a calculation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import ExpressionError
from perfrules.language import calculation, parse, shown, to_words, told
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.subject_types import label_of
from perfrules.model.trace import Trace
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, labelled
from perfrules.reporters.words import place_said, subject_said

MOST_STEPS = 60


def passed_lines(report: Report, language: Language, page: Page) -> Iterator[Styled]:
    """Every check that passed, with the figures that made it pass; nothing where none did."""
    passed = [each for each in report.ledger.verdicts if each.outcome is Outcome.PASS]
    if not passed:
        return
    yield Styled("")
    yield Styled(f"{'通过' if language == 'zh' else 'Passed'} ({len(passed)})", "title")
    for each in passed:
        yield from labelled(each.rule, _passed(each, language), page, 3, 8)


def _passed(verdict: Verdict, language: Language) -> str:
    said = subject_said(verdict.subject, language)
    if verdict.trace is not None:
        said += f": {calculation(verdict.trace, language)}"
    rounded = "末位四舍五入" if language == "zh" else "within rounding"
    return f"{said} ({rounded})" if verdict.by_rounding else said


def steps(trace: Trace, language: Language, page: Page) -> Iterator[Styled]:
    """The steps of a condition in words, each with what it came to, those inside set in."""
    yield from block("步骤" if language == "zh" else "Steps", page)
    listed = list(_steps(trace, 0, language, dict(_parameters(trace, language))))
    for depth, said in listed[:MOST_STEPS]:
        yield from block(said, page, 6 + 2 * min(depth, 10))
    if len(listed) > MOST_STEPS:
        yield from block("...", page, 6)


def _parameters(trace: Trace, language: Language) -> Iterator[tuple[str, Bilingual]]:
    """What the parameters of the ruleset came to, by name: people know them by that."""
    if trace.operator == "parameter":
        said = told(trace, language)
        yield trace.text.removeprefix("$"), Bilingual(said, said)
    for part in trace.parts:
        yield from _parameters(part, language)


def _in_words(trace: Trace, language: Language, parameters: Mapping[str, Bilingual]) -> str:
    """What a step does; of one that stands for a row of a table the row's name."""

    def label(name: str) -> Bilingual:
        return parameters.get(name) or label_of(name)

    try:
        return to_words(parse(trace.text), language, label)
    except ExpressionError:
        return trace.text


def _steps(
    trace: Trace, depth: int, language: Language, parameters: Mapping[str, Bilingual]
) -> Iterator[tuple[int, str]]:
    said = _in_words(trace, language, parameters)
    value = trace.value
    result = label_of(value).said(language) if isinstance(value, str) else shown(value, language)
    yield depth, f"{said} = {result}{_place(trace, language)}"
    if trace.fact is not None:
        if trace.fact.trace is not None:
            yield from _steps(trace.fact.trace, depth + 1, language, parameters)
        return
    for part in trace.parts:
        if (part.parts or part.fact is not None) and part.operator != "parameter":  # a literal says itself
            yield from _steps(part, depth + 1, language, parameters)


def _place(trace: Trace, language: Language) -> str:
    fact = trace.fact
    return (
        f" ({place_said(fact.location, language)})" if fact is not None and fact.location is not None else ""
    )
