"""The house keeps its shape: layers, sizes, no floats, no clock, lazy libraries, no accusing word."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "perfrules"
FILES = sorted(SOURCES.rglob("*.py"))
EXACT = ("model", "language", "rules", "findings", "indicators")
ACCUSING = ("违规", "虚报", "瞒报", "挪用", "故意", "闲置沉淀", "系统认定", "造假", "弄虚作假")
CLOCKS = {"now", "today", "utcnow", "time", "perf_counter", "monotonic", "localtime"}
RICH_MAY_BE_IN = {"cli", "reporters"}


def relative(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_the_layers_hold() -> None:
    program = (
        "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run(['--no-cache']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "0 broken" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_file_is_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400


@pytest.mark.parametrize("path", [path for path in FILES if relative(path).startswith(EXACT)], ids=relative)
def test_no_float_where_arithmetic_is_exact(path: Path) -> None:
    for node in ast.walk(tree(path)):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_nothing_reads_the_clock(path: Path) -> None:
    for node in ast.walk(tree(path)):
        called = node.func if isinstance(node, ast.Call) else None
        assert not (isinstance(called, ast.Attribute) and called.attr in CLOCKS), getattr(node, "lineno", 0)


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_only_the_command_line_and_the_terminal_reports_know_rich(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if "import rich" in text or "from rich" in text:
        assert relative(path).split("/")[0] in RICH_MAY_BE_IN


def chinese_texts() -> Iterator[tuple[str, str]]:
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield relative(path), node.value
    for path in sorted((ROOT / "rulesets").rglob("*.yaml")):
        yield path.name, path.read_text(encoding="utf-8")


def test_no_message_accuses() -> None:
    told = [(place, word) for place, text in chinese_texts() for word in ACCUSING if word in text]
    readers = [
        (place, word) for place, word in told if place.startswith("readers/")
    ]  # words it looks for, never says
    assert [each for each in told if each not in readers] == []


def test_importing_perfrules_loads_nothing_heavy() -> None:
    heavy = "('rich', 'openpyxl', 'xlrd', 'yaml', 'click', 'pluggy', 'hypothesis')"
    program = f"import sys, perfrules; sys.exit(any(each in sys.modules for each in {heavy}))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
