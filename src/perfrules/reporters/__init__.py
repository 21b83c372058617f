"""Stage 5: findings → page or file. In: the results of a run. Out: their whole text in one form and language."""

from __future__ import annotations

from perfrules.bilingual import Bilingual, Language
from perfrules.model.report import Results
from perfrules.plugins.hooks import Page, Reporter, hookimpl

__all__ = ["perfrules_reporters"]


@hookimpl
def perfrules_reporters() -> list[Reporter]:
    """The reporters of the core: the terminal report and JSON."""
    return [
        Reporter("rich", Bilingual("终端报告", "terminal report"), _terminal, for_people=True),
        Reporter("json", Bilingual("JSON, 供程序使用", "JSON, for programs"), _json),
        Reporter("html", Bilingual("网页, 一个文件, 可打印", "a page, one file, to print too"), _html),
    ]


def _json(results: Results, language: Language, _: Page) -> str:
    from perfrules.reporters.findings_json import findings_json

    return findings_json(results, language)


def _html(results: Results, language: Language, _: Page) -> str:
    from perfrules.reporters.html import html_report

    return html_report(results, language)


def _terminal(results: Results, language: Language, page: Page) -> str:
    from perfrules.reporters.terminal import terminal_report

    return terminal_report(results, language, page)
