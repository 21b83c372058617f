"""Text in the two languages every message of perfrules exists in: Chinese first, English too."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Language = Literal["zh", "en"]
"""The languages of reports and messages; Chinese is the default."""


@frozen
class Bilingual:
    """One text in both languages.

    >>> Bilingual("实际支出", "spent").said("en")
    'spent'
    """

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en
