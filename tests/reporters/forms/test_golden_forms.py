"""Every form of the county has a golden file in both languages, and the same results give the same bytes in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.reporters.forms.runs import ROOT, everything

from perfrules.model.report import Results
from perfrules.plugins import catalog
from perfrules.plugins.hooks import Detail, Page

LANGUAGES = ("zh", "en")
TEXTS = {"csv": "csv", "markdown": "md", "sarif": "sarif", "junit": "junit.xml"}


def written(form: str, results: Results, language: Any, page: Page = Page()) -> str | bytes:
    return catalog().reporters[form].write(results, language, page)


MOST = 60
"""Rows of a sheet that a golden file has: the ledger goes on like this."""


def shown(workbook: bytes) -> str:
    """A workbook as text: each sheet with its areas, and its cells with what kind of value they hold."""
    book = load_workbook(BytesIO(workbook))
    lines = []
    for sheet in book:
        lines.append(f"== {sheet.title} {sheet.dimensions} {sheet.freeze_panes} {sheet.auto_filter.ref}")
        for row in sheet.iter_rows(max_row=MOST):
            cells = [f"{cell.value!r}" for cell in row if cell.value is not None]
            lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("form", "ending"), TEXTS.items())
def test_texts_are_as_they_were(
    form: str, ending: str, language: str, golden: Callable[[str, str], None]
) -> None:
    text = written(form, everything(), language)
    assert isinstance(text, str)
    golden(f"forms/county.{language}.{ending}", text.replace("\r\n", "\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbooks_are_as_they_were(language: str, golden: Callable[[str, str], None]) -> None:
    workbook = written("xlsx", everything(), language)
    assert isinstance(workbook, bytes)
    golden(f"forms/county.{language}.xlsx.txt", shown(workbook))


PROGRAM = """
import hashlib, sys
from pathlib import Path
from perfrules import pipeline
from perfrules.plugins import catalog
from perfrules.plugins.hooks import Page
found = catalog()
results = pipeline.check_paths([Path("examples/yunling")], pipeline.prepare(None, found, with_examples=False), found).results
for name, form in found.reporters.items():
    for language in ("zh", "en"):
        said = form.write(results, language, Page())
        print(name, language, hashlib.sha256(said if isinstance(said, bytes) else said.encode()).hexdigest())
"""


def test_the_same_results_give_the_same_bytes_in_every_process() -> None:
    def run(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai" if seed == "1" else "UTC"}
        done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)  # fmt: skip
        return done.stdout

    first = run("1")
    assert len(first.splitlines()) >= 14
    assert {line.split()[0] for line in first.splitlines()} >= {"xlsx", "csv", "markdown", "sarif", "junit", "json", "rich"}  # fmt: skip
    assert run("2") == first


def test_what_is_shown_hangs_on_the_detail_asked_for() -> None:
    for form in ("sarif", "junit", "markdown"):
        quiet, normal, verbose = (
            len(written(form, everything(), "zh", Page(detail=each))) for each in Detail
        )
        assert quiet <= normal < verbose
