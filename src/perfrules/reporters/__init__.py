"""Stage 5: findings → page or file. In: reports. Out: their whole text in one form and language."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.model.report import Report
from perfrules.plugins.hooks import Page, Reporter, hookimpl

__all__ = ["perfrules_reporters"]


@hookimpl
def perfrules_reporters() -> list[Reporter]:
    """The reporters of the core: the terminal report and JSON."""
    return [
        Reporter("rich", Bilingual("终端报告", "terminal report"), _terminal),
        Reporter("json", Bilingual("JSON, 供程序使用", "JSON, for programs"), _json),
    ]


def _json(reports: Sequence[Report], language: Language, _: Page) -> str:
    from perfrules.reporters.findings_json import findings_json

    return findings_json(reports, language)


def _terminal(reports: Sequence[Report], language: Language, page: Page) -> str:
    from perfrules.reporters.terminal import terminal_report

    return terminal_report(reports, language, page)
