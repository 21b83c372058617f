"""A plugin computes from facts alone: no files, no network, no clock, no chance. Seen in its sources, and while it runs."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from perfrules.errors import PerfrulesError
from perfrules.testing.contract.breach import Breach, Plugin, breach

CLOCKS = {".now", ".utcnow", ".today", ".time_ns", ".monotonic", ".perf_counter", ".localtime", ".gmtime"}
CHANCE = {"random", "secrets", "uuid"}
OUTSIDE = {
    "socket",
    "subprocess",
    "urllib",
    "http",
    "requests",
    "httpx",
    "shutil",
    "tempfile",
    "sqlite3",
    "ftplib",
}
CALLS = {"open", "input", "print", "exec", "eval", "compile", "__import__"}
METHODS = {
    ".read_text",
    ".read_bytes",
    ".write_text",
    ".write_bytes",
    ".system",
    ".popen",
    ".getenv",
    ".urlopen",
}
"""Calls by their names: with a dot those of an attribute, so that `re.compile` is none of the bare ones."""
EVENTS = ("open", "socket.", "subprocess.", "os.system", "urllib.", "shutil.", "sqlite3.")

_seen: list[str] | None = None
_watching = False


def no_input_or_output(plugin: Plugin) -> Iterator[Breach]:
    """Nothing in the sources reads or writes, and nothing is opened while the examples are computed."""
    for place, name in _named(plugin, OUTSIDE, CALLS | METHODS):
        zh, en = f"{place}: {name} 与外部交换数据", f"{place}: {name} exchanges data with the outside"
        yield breach("pure", zh, en)
    for kind, indicator, example in plugin.cases():
        try:
            plugin.value(kind, indicator, example.given)  # what is imported late is imported now
            with _watched() as events:
                plugin.value(kind, indicator, example.given)
        except PerfrulesError:
            continue  # told with the examples
        for event in dict.fromkeys(events):
            zh = f"指标 {indicator.name} 计算时打开了外部资源: {event}"
            yield breach(
                "pure", zh, f"indicator {indicator.name} reaches outside while it is computed: {event}"
            )


def no_clock(plugin: Plugin) -> Iterator[Breach]:
    """Nothing in the sources asks what day it is, or for a random number."""
    for place, name in _named(plugin, CHANCE | {"time"}, CLOCKS):
        zh, en = f"{place}: {name} 依赖时钟或随机数", f"{place}: {name} depends on the clock or on chance"
        yield breach("clock", zh, en)


def _named(plugin: Plugin, modules: set[str], calls: set[str]) -> Iterator[tuple[str, str]]:
    """Where the sources import one of these modules or call one of these names, with a dot those of an attribute."""
    for path in plugin.sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in _imported(node) | _called(node):
                if name.split(".")[0] in modules or (isinstance(node, ast.Call) and name in calls):
                    yield f"{path.name}:{getattr(node, 'lineno', 0)}", name.removeprefix(".")


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {each.name for each in node.names}
    return {node.module or ""} if isinstance(node, ast.ImportFrom) else set()


def _called(node: ast.AST) -> set[str]:
    if not isinstance(node, ast.Call):
        return set()
    called = node.func
    return {f".{called.attr}" if isinstance(called, ast.Attribute) else getattr(called, "id", "")}


@contextmanager
def _watched() -> Iterator[list[str]]:
    """The events of the interpreter's audit that reach outside, while the block runs."""
    global _seen, _watching
    if not _watching:
        sys.addaudithook(_note)
        _watching = True
    events: list[str] = []
    _seen = events
    try:
        yield events
    finally:
        _seen = None


def _note(event: str, _arguments: object) -> None:
    if _seen is not None and event.startswith(EVENTS):
        _seen.append(event)
