"""What the tests of pages share: the working folder, and a report on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.html.made import ROOT, TEXT


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "报告.txt"
    path.write_bytes(TEXT.encode())
    return str(path)
