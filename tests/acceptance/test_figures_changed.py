"""The main job on a whole report, and on the same report with each figure changed a little, more, and tenfold.

What must be found is computed by `oracle`, which knows nothing of perfrules.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from perfrules import pipeline
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.plugins import catalog
from perfrules.readers import perfrules_readers

ROOT = Path(__file__).parents[2]
OWN = ROOT / "examples" / "yunling" / "wangxinban.txt"
SEED = ROOT.parent / "shared" / "seed-report.txt"
EPSILON = Decimal("0.0000001")


def _oracle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("oracle", Path(__file__).with_name("oracle.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


oracle = _oracle()
NUMBER = r"([\d.]+)"
ADDED = r"追加预算(?:经费)? "
RELEASED = r"(?:已拨付资金|拨付我办资金) "
PLACES = {
    "total.initial": rf"年初(?:部门)?预算(?:经费)? {NUMBER}",
    "basic.initial": rf"（基本支出 {NUMBER} 万元",
    "project.initial": rf"万元，项目支出 {NUMBER} 万元）",
    "carried": rf"上年结转(?:资金|经费) {NUMBER}",
    "total.added": rf"{ADDED}{NUMBER}",
    "basic.added": rf"{ADDED}[\d.]+ 万元，其中：?基本支出 {NUMBER}",
    "project.added": rf"{ADDED}[\d.]+ 万元，其中：?基本支出 [\d.]+ 万元，项目支出 {NUMBER}",
    "total.released": rf"{RELEASED}{NUMBER}",
    "basic.released": rf"{RELEASED}[\d.]+ 万元，其中：基本支出 {NUMBER}",
    "project.released": rf"{RELEASED}[\d.]+ 万元，其中：基本支出 [\d.]+ 万元[、，]项目支出 {NUMBER}",
    "total.spent": rf"实际支出 {NUMBER}",
    "total.rate": rf"占调整后?预算的 {NUMBER}%",
    "basic.spent": rf"其中：基本支出 {NUMBER} 万元，占",
    "basic.rate": rf"占基本支出预算的 {NUMBER}%",
    "project.spent": rf"项目支出 {NUMBER} 万元，占",
    "project.rate": rf"占项目支出预算的 {NUMBER}%",
    "claimed": r"主要项目有 (\d+) 个",
    "yellow.value": r"黄色预警 (\d+) 期",
    "yellow.fall": r"同期相比下降 (\d+)%",
    "blue.value": r"蓝色预警 (\d+) 期",
    "blue.fall": r"同比下降 (\d+)%",
}
SUMS = {"ARI101": "initial", "ARI102": "added", "ARI104": "released", "ARI105": "spent"}
CATALOG = catalog(found=None)
CORE = pipeline.prepare("core", CATALOG)


def figures(text: str) -> dict[str, str]:
    found = {}
    for key, pattern in PLACES.items():
        match = re.search(pattern, text)
        assert match, key
        found[key] = match[1]
    return {**found, "named": "2"}


def changed(text: str, key: str, value: str) -> str:
    match = re.search(PLACES[key], text)
    assert match
    return text[: match.start(1)] + value + text[match.end(1) :]


def variants(printed: dict[str, str], key: str) -> Iterator[str]:
    """One unit of the last digit up and down, just inside and just outside the slack, and ten times."""
    value = Decimal(printed[key])
    unit = Decimal(1).scaleb(value.as_tuple().exponent)
    steps = [unit, -unit]
    if key in ("claimed", "yellow.value", "blue.value"):
        yield from (str(value + step) for step in (*steps, value * 9) if value + step > 0)
        return
    slack = oracle.half(printed[key])
    if "." in key and key.split(".")[1] in SUMS.values():
        field = key.split(".")[1]
        slack = sum(oracle.half(printed[f"{line}.{field}"]) for line in oracle.LINES) - slack
    for step in (*steps, slack - EPSILON, slack + EPSILON, -slack + EPSILON, -slack - EPSILON, value * 9):
        if value + step >= 0:
            yield f"{value + step:f}"


def report_on(text: str) -> Report:
    reader = next(each for each in perfrules_readers() if each.name == "text")
    submission = reader.read("report.txt", text.encode(), CATALOG.types)
    return pipeline.check(submission, CORE, CATALOG)


def found_in(report: Report) -> set[tuple[str, str]]:
    told = [finding for finding in report.findings if finding.severity is not Severity.NOTICE]
    pairs = []
    for finding in told:
        about = finding.subject.id.removeprefix("department/")
        if finding.rule in SUMS:
            about = SUMS[finding.rule]
        elif finding.subject.type == "claim":
            about = finding.subject.parent.removeprefix("department/")
        elif finding.subject.type == "count":
            about = "yellow" if "黄色" in finding.subject.name else "blue"
        pairs.append((finding.topic, about))
    assert len(pairs) == len(set(pairs)), "one cause, one finding"
    return set(pairs)


def document(path: Path) -> str:
    if not path.exists():
        pytest.skip(f"{path.name} is not here; the same is covered by {OWN.name}")
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("path", [OWN, SEED], ids=["own", "seed"])
def test_the_report_as_it_is(path: Path) -> None:
    text = document(path)
    printed = figures(text)
    expected = {
        ("wrong_base", "total"),
        ("wrong_base", "basic"),
        ("slow_progress", "project"),
        ("idle_appropriation", "project"),
        ("count_mismatch", "department"),
    }
    assert oracle.expected(printed) == expected
    assert found_in(report_on(text)) == expected


@pytest.mark.parametrize("path", [OWN, SEED], ids=["own", "seed"])
@pytest.mark.parametrize("key", PLACES)
def test_a_changed_figure_changes_what_is_found_as_it_should(path: Path, key: str) -> None:
    text = document(path)
    printed = figures(text)
    tried = 0
    for value in variants(printed, key):
        expected = oracle.expected({**printed, key: value})
        assert found_in(report_on(changed(text, key, value))) == expected, f"{key} = {value}"
        tried += 1
    assert tried >= 2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("project.spent", "4.173"),  # exactly 30% of 13.91
        ("project.spent", "4.1729"),
        ("project.spent", "4.1731"),
        ("project.spent", "6.955"),  # exactly half of 13.91
        ("project.spent", "6.9549"),
        ("project.released", "11.128"),  # exactly 80% of 13.91
        ("project.released", "11.1279"),
        ("project.added", "7.45"),  # the total still rounds to it; more is released than budgeted
        ("project.spent", "0"),
        ("total.released", "0"),
        ("basic.rate", "53.70"),
        ("total.rate", "46.30"),
        ("total.rate", "52.47"),  # on the initial budget
        ("total.rate", "46.3"),
        ("total.rate", "46"),
        ("project.rate", "42.91"),  # on the initial budget: a bare 预算 accepts it
    ],
)
def test_on_the_very_line(key: str, value: str) -> None:
    text = document(OWN)
    printed = {**figures(text), key: value}
    assert found_in(report_on(changed(text, key, value))) == oracle.expected(printed)
