"""The looks of cells: a heading, texts, words in the colour of a severity or a light, and numbers by their decimals."""

from __future__ import annotations

from perfrules.bilingual import Language
from perfrules.reporters.rows import Mark

HEADING, TEXT, QUOTED, WHOLE = 1, 2, 3, 4
FILLS: dict[Mark, str] = {
    "error": "F8D7DA",
    "warning": "FFE8B3",
    "notice": "DCEBFA",
    "grey": "D9D9D9",
    "findings": "FFE8B3",
    "green": "D5EED8",
}
_FIRST_DECIMAL = 4
"""The style of a number without decimals; those with one, two … follow."""
_MOST_DECIMALS = 15
_FIRST_MARK = _FIRST_DECIMAL + _MOST_DECIMALS + 1
MARKS: dict[Mark, int] = {mark: _FIRST_MARK + place for place, mark in enumerate(FILLS)}
_FONTS = {"zh": "宋体", "en": "Calibri"}
_FIRST_FORMAT = 164
"""Numbers below are the formats that workbooks know without being told."""


def of_number(digits: str) -> int:
    """The style that shows a number with the decimals it has."""
    return _FIRST_DECIMAL + min(len(digits.partition(".")[2]), _MOST_DECIMALS)


def styles_xml(language: Language) -> str:
    """The part of the workbook that holds all styles."""
    formats = "".join(
        f'<numFmt numFmtId="{_FIRST_FORMAT + places}" formatCode="0.{"0" * places}"/>'
        for places in range(1, _MOST_DECIMALS + 1)
    )
    fills = "".join(_fill(colour) for colour in ("E7EDF3", *FILLS.values()))
    font = f'<name val="{_FONTS[language]}"/><family val="2"/>'
    styles = [*_plain(), *_numbers(), *_marks()]
    return (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<numFmts count="{_MOST_DECIMALS}">{formats}</numFmts>'
        f'<fonts count="2"><font><sz val="10"/>{font}</font><font><b/><sz val="10"/>{font}</font></fonts>'
        f'<fills count="{3 + len(FILLS)}"><fill><patternFill patternType="none"/></fill>'
        f'<fill><patternFill patternType="gray125"/></fill>{fills}</fills>'
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        '<border><left/><right/><top/><bottom style="thin"><color rgb="FF7F8FA0"/></bottom><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(styles)}">{"".join(styles)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _fill(colour: str) -> str:
    solid = f'<fgColor rgb="FF{colour}"/><bgColor indexed="64"/>'
    return f'<fill><patternFill patternType="solid">{solid}</patternFill></fill>'


def _style(parts: str = "", alignment: str = "", *, font: int = 0, fill: int = 0, border: int = 0) -> str:
    inner = f"<alignment {alignment}/>" if alignment else ""
    return (
        f'<xf fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
        f' applyFont="1" applyFill="1" applyAlignment="1" {parts}>{inner}</xf>'
    )


_WRAPPED = 'vertical="top" wrapText="1"'


def _plain() -> list[str]:
    heading = 'horizontal="center" vertical="center" wrapText="1"'
    return [
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
        _style('numFmtId="0"', heading, font=1, fill=2, border=1),
        _style('numFmtId="0"', _WRAPPED),
        _style('numFmtId="0" quotePrefix="1"', _WRAPPED),
    ]


def _numbers() -> list[str]:
    formats = [1, *(_FIRST_FORMAT + places for places in range(1, _MOST_DECIMALS + 1))]
    return [
        _style(f'numFmtId="{each}" applyNumberFormat="1"', 'horizontal="right" vertical="top" indent="1"')
        for each in formats
    ]


def _marks() -> list[str]:
    return [_style('numFmtId="0"', _WRAPPED, fill=3 + place) for place in range(len(FILLS))]
