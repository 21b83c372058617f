"""What the tests of the readers share: the folders of examples, and a way to read a text and to see what came out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfrules.documents import text_document
from perfrules.model.submission import Submission
from perfrules.readers import read_text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def examples() -> Path:
    return ROOT / "examples" / "yunling"


@pytest.fixture
def files() -> Path:
    return ROOT / "tests" / "files"


@pytest.fixture
def shared() -> Path:
    """Reports kept beside the repository; the tests that want them are skipped where they are not."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder of shared reports beside the repository")
    return folder


@pytest.fixture
def read_body() -> Callable[[str], Submission]:
    """Reads a text as the money section of a department's half-year report for 2022."""

    def read(body: str) -> Submission:
        head = "青禾县档案局 2022 年 1-6 月部门整体绩效监控报告\n\n县财政局：\n\n情况如下：\n\n二、预算执行情况\n\n"
        return read_text(text_document("report.txt", f"{head}{body}\n".encode()))

    return read
