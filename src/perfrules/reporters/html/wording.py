"""The words of the page, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.model.report import Report, Status
from perfrules.model.rule import Severity
from perfrules.plugins.hooks import Page
from perfrules.reporters.words import LIGHTS, SEVERITIES, UNNAMED


@frozen
class Say:
    """Says things in one language, as fully as the page that was asked for."""

    language: Language
    page: Page = field(factory=Page)

    def __call__(self, zh: str, en: str) -> str:
        """The one of both that is in the language."""
        return zh if self.language == "zh" else en

    def of(self, text: Bilingual) -> str:
        """A text that exists in both languages."""
        return text.said(self.language)

    def listed(self, items: Iterable[str]) -> str:
        """Things one after another."""
        return self("、", ", ").join(items)

    def severity(self, severity: Severity) -> str:
        """What a finding of that severity asks for."""
        return self.of(SEVERITIES[severity])

    def named(self, name: str) -> str:
        """A name, or that none was recognised."""
        return name or self.of(UNNAMED)


FAMILIES = {
    "ARI": Bilingual("算术", "ARI"),
    "EXE": Bilingual("执行", "EXE"),
    "TGT": Bilingual("指标", "TGT"),
    "CMP": Bilingual("完整", "CMP"),
    "CON": Bilingual("一致", "CON"),
    "PEER": Bilingual("横比", "PEER"),
    "YOY": Bilingual("前后", "YOY"),
    "TXT": Bilingual("文字", "TXT"),
}
"""Families of rules in the space of a narrow column, in their order."""
OTHERS = Bilingual("其他", "other")
LIGHT_MARKS = {Status.GREY: "○", Status.FINDINGS: "▲", Status.GREEN: "●"}
"""Shapes beside the words of the lights, so that colour is never alone."""


def light_words(report: Report, say: Say) -> str:
    """The light in a few words; of a report with findings that something is open besides, where it is."""
    partly = report.status is Status.FINDINGS and report.left_open > 0
    more = say(" (部分未能判断)", " (partly undetermined)") if partly else ""
    return f"{LIGHT_MARKS[report.status]} {say.of(LIGHTS[report.status])}{more}"
