"""A county made by examples/county.py: every planted fault is found once, and no error that was not planted."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import county
from making.faults import FAULTS
from perfrules import pipeline
from perfrules.model.finding import SubjectName
from perfrules.model.report import Status
from perfrules.plugins import catalog
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.terminal import terminal_report

DEPARTMENTS = 36
CATALOG = catalog()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, str]]]]:
    folder = tmp_path_factory.mktemp("county")
    files, key = county.county(DEPARTMENTS, len(FAULTS), 7)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder, json.loads(json.dumps(key))


@pytest.fixture(scope="module")
def run(made: tuple[Path, object]) -> pipeline.Run:
    ruleset = pipeline.prepare(None, CATALOG, with_examples=False)
    return pipeline.check_paths([made[0]], ruleset, CATALOG)


def is_of(line: dict[str, str], rule: str, subject: SubjectName) -> bool:
    about = (subject.id, subject.parent, subject.name, subject.type)
    return rule == line["rule"] and line["subject"] in about


def test_every_fault_and_every_format_is_there(
    made: tuple[Path, dict[str, list[dict[str, str]]]],
) -> None:
    folder, key = made
    assert {each["what"] for each in key["faults"]} == {each.what for each in FAULTS}
    suffixes = {path.suffix for path in folder.rglob("*.*")}
    assert suffixes >= {".docx", ".txt", ".xlsx", ".csv", ".json", ".pdf", ".xls"}
    texts = [path.read_bytes() for path in folder.rglob("绩效监控报告.txt")]
    assert {_is_utf8(each) for each in texts} == {True, False}


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_every_planted_fault_is_found_once(
    made: tuple[Path, dict[str, list[dict[str, str]]]], run: pipeline.Run
) -> None:
    for line in made[1]["faults"]:
        own = [report for report in run.reports if report.department == line["department"]]
        found = [finding for report in own for finding in report.findings]
        hits = [each for each in found if is_of(line, each.rule, each.subject)]
        assert [hit.severity.value for hit in hits] == [line["severity"]], line


def test_every_planted_fault_has_one_line_in_the_summary(
    made: tuple[Path, dict[str, list[dict[str, str]]]], run: pipeline.Run
) -> None:
    told = terminal_report(run.results, "zh", Page(width=160))
    lines = [re.sub(r" \d{4}-\d\d-\d\d ", " ", line).split() for line in told.splitlines()]
    for planted in made[1]["faults"]:
        alike = (planted["department"], planted["rule"])
        same = [each for each in made[1]["faults"] if (each["department"], each["rule"]) == alike]
        assert len([line for line in lines if tuple(line[:2]) == alike]) == len(same), alike


def test_nothing_is_found_that_was_not_planted(
    made: tuple[Path, dict[str, list[dict[str, str]]]], run: pipeline.Run
) -> None:
    found = [(report.department, finding) for report in run.reports for finding in report.findings]
    extra = [
        (department, finding.rule, finding.subject.id)
        for department, finding in found
        if not any(
            line["department"] == department and is_of(line, finding.rule, finding.subject)
            for line in made[1]["faults"]
        )
    ]
    assert extra == []
    assert len(found) == len(made[1]["faults"])


def test_what_cannot_be_read_is_named_with_its_reason(
    made: tuple[Path, dict[str, list[dict[str, str]]]], run: pipeline.Run
) -> None:
    folder, key = made
    faults = {Path(str(each.where)).relative_to(folder).as_posix(): each.code for each in run.faults}
    assert {each["file"]: f"read.{each['code']}" for each in key["unreadable"]}.items() <= faults.items()
    assert len(faults) == len(key["unreadable"])
    assert [each.code for each in run.results.remarks] == ["read.lock"]
    page = terminal_report(run.results, "zh", Page(width=120))
    for each in key["unreadable"]:
        assert each["file"].split("/")[0] in page
    open_ones = {report.department for report in run.reports if report.status is Status.GREY}
    assert {Path(each["file"]).parent.name for each in key["unreadable"]} <= open_ones
    greens = {report.department for report in run.reports if report.status is Status.GREEN}
    assert not greens & {line["department"] for line in key["faults"] if line["severity"] == "error"}


def test_the_same_seed_gives_the_same_bytes() -> None:
    once, again, other = (county.county(10, 12, seed) for seed in (3, 3, 4))
    assert once == again
    assert once[0] != other[0]


def test_the_script_writes_a_county_and_its_key(tmp_path: Path) -> None:
    call = [sys.executable, str(Path(county.__file__)), str(tmp_path), "--departments", "9", "--faults", "3"]
    done = subprocess.run(call, check=True, capture_output=True, text=True, encoding="utf-8")
    key = json.loads((tmp_path / "key.json").read_text(encoding="utf-8"))
    assert len(key["faults"]) == 3
    assert all((tmp_path / "reports" / each["file"]).is_file() for each in key["unreadable"])
    assert "3 faults" in done.stdout
    assert len(list((tmp_path / "reports").iterdir())) == 9 + len(key["unreadable"])


def test_submissions_of_one_department_are_told_apart_by_their_period(run: pipeline.Run) -> None:
    quiet = terminal_report(run.results, "zh", Page(detail=Detail.QUIET))
    lines = [line for line in quiet.splitlines() if " 云岭县教育局 " in line]
    assert {end for line in lines for end in ("2021-12-31", "2022-06-30") if end in line} == {
        "2021-12-31",
        "2022-06-30",
    }
    assert len(lines) == 2
