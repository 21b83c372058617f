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
        Reporter("xlsx", Bilingual("工作簿, 每类内容一张表", "workbook, a sheet for each part"), _xlsx, into_file=True),
        Reporter("csv", Bilingual("CSV, 每个问题一行", "CSV, a row for each finding"), _csv),
        Reporter("markdown", Bilingual("Markdown, 供邮件和知识库", "Markdown, for mail and wikis"), _markdown),
        Reporter("sarif", Bilingual("SARIF 2.1.0, 供编辑器和代码平台", "SARIF 2.1.0, for editors and code hosts"), _sarif),
        Reporter("junit", Bilingual("JUnit XML, 供持续集成", "JUnit XML, for build servers"), _junit),
    ]  # fmt: skip


def _json(results: Results, language: Language, _: Page) -> str:
    from perfrules.reporters.findings_json import findings_json

    return findings_json(results, language)


def _html(results: Results, language: Language, page: Page) -> str:
    from perfrules.reporters.html import html_report

    return html_report(results, language, page)


def _terminal(results: Results, language: Language, page: Page) -> str:
    from perfrules.reporters.terminal import terminal_report

    return terminal_report(results, language, page)


def _xlsx(results: Results, language: Language, _: Page) -> bytes:
    from perfrules.reporters.xlsx import findings_xlsx

    return findings_xlsx(results, language)


def _csv(results: Results, language: Language, _: Page) -> str:
    from perfrules.reporters.plain.findings_csv import findings_csv

    return findings_csv(results, language)


def _markdown(results: Results, language: Language, page: Page) -> str:
    from perfrules.reporters.plain.findings_markdown import findings_markdown

    return findings_markdown(results, language, page)


def _junit(results: Results, language: Language, page: Page) -> str:
    from perfrules.reporters.plain.findings_junit import findings_junit

    return findings_junit(results, language, page)


def _sarif(results: Results, language: Language, page: Page) -> str:
    from perfrules.reporters.sarif import findings_sarif

    return findings_sarif(results, language, page)
