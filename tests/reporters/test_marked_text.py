"""`perfrules read --text`: the text as it stands, what was understood and what was not marked in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.plugins import catalog
from perfrules.plugins.hooks import Page
from perfrules.reporters.marked_text import marked_text

TEXT = "安泉县体育局2022年上半年部门整体绩效监控报告\n一、预算\n截至2022年6月30日，部门年初预算100万元，实际支出60\n万元。经费24.5万元，见附表。查处罚款3万元。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_figures_are_marked_by_what_became_of_them(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["read", str(report), "--text"]) == 0
    told = "".join(capsys.readouterr().out.split())
    assert "部门年初预算【100万元】，实际支出【60万元】。经费【?24.5万元】，见附表。" in told
    assert "罚款【-3万元】。" in told


def test_without_marks_the_text_is_the_text(report: Path) -> None:
    reading = pipeline.read_paths([report], catalog())
    shown = marked_text(reading.documents, reading.submissions, "zh", Page(100, colour=False))
    body = "".join("".join(shown.split("\n")[2:]).split())
    plain = body.replace("【?", "").replace("【-", "").replace("【", "").replace("】", "")
    assert plain == "".join(TEXT.split())


def test_a_colour_terminal_colours_the_marks(report: Path) -> None:
    reading = pipeline.read_paths([report], catalog())
    shown = marked_text(reading.documents, reading.submissions, "en", Page(100, colour=True))
    assert "\x1b[1;32m【100万元】" in shown
    assert "\x1b[1;31m【?24.5万元】" in shown
    assert "\x1b[33m【-3万元】" in shown


def test_a_pipe_shows_no_text_unless_it_is_asked_for(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["read", str(report)]) == 0
    assert "见附表" not in capsys.readouterr().out
