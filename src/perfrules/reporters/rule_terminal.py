"""A rule's page for the terminal, in one language."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Language
from perfrules.model.rule_page import Rows, RulePage, Shown, Words
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, fitting, labelled, rendered, table

GAP = 18


def rule_terminal(page: RulePage, language: Language, sheet: Page) -> str:
    """The page as text of the sheet's width."""
    lines = [Styled(f"{page.id}  {page.title.said(language)}  ({page.topic})", "title")]
    for part in page.parts:
        lines += _words(part, language, sheet) if isinstance(part, Words) else _rows(part, language, sheet)
    lines += [Styled(""), Styled("示例" if language == "zh" else "Examples", "title")]
    for example in page.examples:
        lines += _example(example, language, sheet)
    return rendered(lines, sheet)


def _words(part: Words, language: Language, sheet: Page) -> Iterator[Styled]:
    label = part.label.said(language)
    if part.text:
        yield from labelled(label, part.text.said(language), sheet, 0, GAP)
        label = ""
    if part.code:
        yield from labelled(label, part.code, sheet, 0, GAP)


def _rows(part: Rows, language: Language, sheet: Page) -> Iterator[Styled]:
    yield Styled(part.label.said(language))
    rows = [[cell.said(language) for cell in row] for row in (part.header, *part.rows)]
    yield from table(rows, fitting(rows, sheet), sheet)


def _example(example: Shown, language: Language, sheet: Page) -> Iterator[Styled]:
    yield from labelled(example.outcome.said(language), example.note.said(language), sheet, 0, GAP)
    for line in example.submission.split("\n"):
        yield from block(line, sheet, GAP)
    for line in example.steps.said(language).split("\n"):
        if line:
            yield from block(f"= {line}", sheet, GAP)
    if example.message:
        yield from block(example.message.said(language), sheet, GAP)
