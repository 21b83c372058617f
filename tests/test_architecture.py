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
RULESETS = sorted((ROOT / "rulesets").rglob("*.yaml"))
LONGER = {"language/whole/lowering.py": 490}
"""One look at every node of the language; to be parted."""
DOUBLES = "language/to_doubles.py"
"""The filter, which decides nothing that rounding could."""
EXACT = ("model", "language", "rules", "findings", "indicators")
LONGEST = 300
ACCUSING = ("违规", "虚报", "瞒报", "挪用", "故意", "闲置沉淀", "系统认定", "造假", "弄虚作假")
LINT = "rules/lint.py"
LOOKED_FOR = {("readers/narrative/words.py", "违规")}  # a word that is read and never said
CLOCKS = {"now", "today", "utcnow", "perf_counter", "monotonic", "localtime", "gmtime", "time_ns"}
RICH_MAY_BE_IN = ("cli/", "reporters/layout.py", "reporters/terminal", "reporters/facts_terminal.py")
HEAVY = (
    "rich",
    "openpyxl",
    "xlrd",
    "yaml",
    "click",
    "pluggy",
    "cattrs",
    "hypothesis",
    "duckdb",
    "sqlglot",
    "pyspark",
    "msgspec",
    "pdfplumber",
)


def relative(path: Path) -> str:
    return path.relative_to(SOURCES).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """The top names of all that a file imports, lazily or not."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(each.name.split(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def names(path: Path) -> Iterator[tuple[str, int]]:
    """Every bare and dotted name a file uses, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 50
    assert len(RULESETS) > 5
    assert {relative(path).split("/")[0] for path in FILES} >= set(EXACT)


def test_the_layers_hold() -> None:
    program = (
        "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run(['--no-cache']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout, done.stdout


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_file_is_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGER.get(relative(path), LONGEST)


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if relative(path).split("/")[0] in EXACT and relative(path) != DOUBLES],
    ids=relative,
)
def test_no_float_where_arithmetic_is_exact(path: Path) -> None:
    for node in ast.walk(tree(path)):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
    assert [line for name, line in names(path) if name == "float"] == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_nothing_reads_the_clock(path: Path) -> None:
    assert "time" not in imported(path)
    assert [line for name, line in names(path) if name in CLOCKS] == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_only_the_command_line_and_the_terminal_reports_know_rich(path: Path) -> None:
    assert "rich" not in imported(path) or relative(path).startswith(RICH_MAY_BE_IN)


def texts() -> Iterator[tuple[str, str]]:
    """Every string in the sources and the whole of each ruleset file, with its place."""
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield relative(path), node.value
    for path in RULESETS:
        yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_no_message_accuses() -> None:
    """Those that lint looks for aside."""
    said = {(place, word) for place, text in texts() for word in ACCUSING if word in text and place != LINT}
    assert said == LOOKED_FOR


def test_importing_perfrules_loads_nothing_heavy() -> None:
    program = f"import sys, perfrules; print(*(each for each in {HEAVY} if each in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
