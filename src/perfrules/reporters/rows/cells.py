"""Cells of tables: texts, counts, and figures as digits, which no form may turn into anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.language import shown
from perfrules.model.fact import Fact
from perfrules.model.quantity import Qualifier, Quantity
from perfrules.model.subject_types import label_of
from perfrules.model.truth import Number, Value
from perfrules.model.unit import Kind
from perfrules.reporters.facts_json import decimal_or_fraction

Mark = Literal["error", "warning", "notice", "grey", "findings", "green"]
"""What a cell tells at a glance: a severity or a light. The words say it too."""
QUALIFIERS = {
    Qualifier.EXACT: Bilingual("", ""),
    Qualifier.ABOUT: Bilingual("约", "about"),
    Qualifier.AT_LEAST: Bilingual("不少于", "at least"),
    Qualifier.AT_MOST: Bilingual("低于", "below"),
}
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")
LONGEST = 200
"""Characters of a section's text that are shown; its place tells where the rest is."""


@frozen
class Figure:
    """A decimal number as its digits (`-7.50`); its unit stands in a cell of its own."""

    digits: str


@frozen
class Marked:
    """A word that is coloured where there is colour."""

    text: str
    mark: Mark


Cell = str | int | Figure | Marked
Row = tuple[Cell, ...]


@frozen
class Column:
    """A heading, and how many characters wide its cells are."""

    title: Bilingual
    width: int


@frozen
class Table:
    """Rows under headings; `rows` gives them anew at each call, one by one.

    `on_paper` is how many columns a printer prints; 0 for all.
    """

    title: Bilingual
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]
    on_paper: int = 0


def columns(*said: tuple[str, str, int]) -> tuple[Column, ...]:
    """Columns from their headings in both languages and their widths."""
    return tuple(Column(Bilingual(zh, en), width) for zh, en, width in said)


def figure_or_text(exact: Fraction) -> Cell:
    """A number exactly: digits where its decimals end, else `p/q` as text."""
    said = decimal_or_fraction(exact)
    return said if "/" in said else Figure(said)


def amount(value: Value, language: Language) -> tuple[Cell, Cell, Cell]:
    """A computed value as figure, unit and what people read.

    A ratio is in %. A figure whose decimals do not end has the digits that are shown; where no single number is known
    it is empty.
    """
    if not isinstance(value, Number):
        return "", "", value if isinstance(value, str) else shown(value, language)
    unit, said = _unit(value), shown(value, language)
    exact = value.interval.exact
    whole: Cell = "" if exact is None else figure_or_text(exact / _scale(value))
    if isinstance(whole, Figure):
        return whole, unit, said
    digits = said.removesuffix(unit)
    return (
        (Figure(digits), unit, said) if exact is not None and _DECIMAL.fullmatch(digits) else ("", unit, said)
    )


def _unit(value: Number) -> str:
    return "%" if value.unit.kind is Kind.RATIO else value.unit.name


def _scale(value: Number) -> Fraction:
    return Fraction(1, 100) if value.unit.kind is Kind.RATIO else value.unit.scale


def printed(fact: Fact, language: Language) -> tuple[Cell, Cell, Cell]:
    """A fact's value as figure, unit and qualifier: as printed, 万余 multiplied out; computed ones as amounts; a text cut if long."""
    value = fact.value
    if isinstance(value, date):
        return value.isoformat(), "", ""
    if isinstance(value, str):
        return shortened(label_of(value).said(language)), "", ""
    if not value.digits and value.interval is not None and value.slack is not None:
        figure, unit, said = amount(Number(value.interval, value.slack, value.unit), language)
        return figure or said, unit if figure else "", ""
    qualifier = QUALIFIERS[value.qualifier].said(language)
    return _digits(value) if value.digits else value.words, value.unit.name, qualifier


def shortened(text: str) -> str:
    """A text on one line, cut where it is long; then its length stands behind."""
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST else f"{joined[:LONGEST]}… ({len(joined)})"


def _digits(value: Quantity) -> Cell:
    if value.factor == 1:
        return Figure(value.digits.lstrip("+"))
    return figure_or_text(Fraction(value.digits) * value.factor)


def listed(texts: Sequence[str], language: Language) -> str:
    """Several texts as one."""
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(text for text in texts if text))
