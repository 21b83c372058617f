"""What is written as JSON holds to our schemas, which name every key there is and allow no other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from tests.reporters.forms.runs import county, everything, labelled, reports

from perfrules.cli.main import outcome
from perfrules.model.report import Report, Results
from perfrules.reporters.facts_json import facts_json
from perfrules.reporters.findings_json import findings_json
from perfrules.reporters.schemas import OF, facts_schema, findings_schema

FINDINGS = Draft202012Validator(findings_schema())
REPORT = Draft202012Validator({"$ref": "#/$defs/report", "$defs": findings_schema()["$defs"]})
FACTS = Draft202012Validator(facts_schema())
NOWHERE_YET = {"level", "stage_planned"}


def written(*found: Report) -> Any:
    return json.loads(findings_json(Results(found), "zh"))


def read(report: Report) -> Any:
    return json.loads(facts_json([report.submission]))


def faults(validator: Draft202012Validator, instance: object) -> list[str]:
    return [f"{list(each.absolute_path)}: {each.message[:200]}" for each in validator.iter_errors(instance)]


@pytest.mark.parametrize("of", OF)
def test_they_are_schemas_and_the_command_prints_them(of: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["rules", "schema", "--of", of]) == 0
    printed = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(printed)
    assert printed == OF[of]()
    assert printed["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("of", OF)
def test_the_documents_have_them(of: str, golden: Callable[[str, str], None]) -> None:
    golden(f"../../docs/schemas/{of}.schema.json", json.dumps(OF[of](), ensure_ascii=False, indent=2) + "\n")


def objects(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, list):
        for each in schema:
            yield from objects(each)
    elif isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for each in schema.values():
            yield from objects(each)


@pytest.mark.parametrize("of", OF)
def test_no_object_takes_a_key_that_is_not_named(of: str) -> None:
    for each in objects(OF[of]()):
        assert each["additionalProperties"] is False or set(each) == {"type", "additionalProperties"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_county_holds_to_them(language: Any) -> None:
    for results in (county(), everything()):
        assert faults(FINDINGS, json.loads(findings_json(results, language))) == []


def test_every_labelled_document_holds_to_them() -> None:
    assert len(labelled()) > 140
    for report in labelled():
        assert faults(REPORT, written(report)) == []
        assert faults(FACTS, read(report)) == []


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(reports())
def test_reports_made_at_random_hold_to_them(report: Report) -> None:
    assert faults(REPORT, written(report)) == []


def test_what_is_named_is_written_somewhere() -> None:
    """A key that nothing writes would be a promise that nobody keeps."""
    told = [*(written(each) for each in labelled()), json.loads(findings_json(everything(), "zh"))]
    told += [read(each) for each in labelled()]
    seen = {key for each in told for key in keys(each)}
    ours = (facts_schema(), findings_schema())
    named = {key for of in ours for each in objects(of) for key in each.get("properties", ())}
    corrected = {"corrections", "by", "on", "item", "moved_from", "owner", "read_as"}
    replied = {"reply", "replies", "reply_forms", "standing", "answer", "text", "opinion", "reviewer", "reviewed_on", "bound", "period_end"}  # fmt: skip
    assert named - seen <= NOWHERE_YET | corrected | replied


def keys(said: object) -> Iterator[str]:
    if isinstance(said, dict):
        yield from said
        for each in said.values():
            yield from keys(each)
    elif isinstance(said, list):
        for each in said:
            yield from keys(each)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it.update(extra=1), "extra"),
        (lambda it: it.pop("status"), "status"),
        (lambda it: it["findings"][0].update(severity="fatal"), "fatal"),
        (lambda it: it["findings"][0]["margin"].update(value=1.5), "1.5"),
        (lambda it: it["ledger"][0].update(outcome="maybe"), "maybe"),
        (lambda it: it["inputs"][0].update(sha256="abc"), "abc"),
    ],
)
def test_what_is_no_such_report_is_refused(change: Callable[[Any], object], said: str) -> None:
    report = next(each for each in county().reports if each.findings)
    instance = written(report)
    assert faults(REPORT, instance) == []
    change(instance)
    assert any(said in each for each in faults(REPORT, instance))


def test_corrections_hold_to_them() -> None:
    from attrs import evolve

    from perfrules.location import Location
    from perfrules.model.correction import Correction
    from perfrules.model.unit import MONEY_UNITS

    made = Correction("a.txt", "0" * 64, Location("a.txt", "¶1", (0, 2)), "12", "句", "", "", "不采用", MONEY_UNITS["万元"], "某人", date(2022, 7, 1), "理由", "¶2")  # fmt: skip
    report = evolve(county().reports[0], corrections=(made,))
    assert faults(REPORT, written(report)) == []
    assert faults(FACTS, read(evolve(report, submission=evolve(report.submission, corrections=(made,))))) == []  # fmt: skip


def test_replies_hold_to_them() -> None:
    from attrs import evolve

    from perfrules.location import Location
    from perfrules.model.reply import Answer, Opinion, Replied, Reply, Standing
    from perfrules.model.waiver import WaiversName

    report = next(each for each in county().reports if each.findings)
    bare = Reply(
        "EXE101",
        "某局",
        "department",
        "0" * 16,
        Answer.EXPLAINED,
        "待验收",
        Location("反馈单.xlsx", "反馈单!F3"),
    )
    whole = evolve(bare, opinion=Opinion.AGREED, reviewer="某人", reviewed_on=date(2022, 7, 1), expires=date(2022, 12, 31), bound=">= 19.77%")  # fmt: skip
    for reply in (bare, whole):
        replied = evolve(
            report,
            findings=(evolve(report.findings[0], reply=reply), *report.findings[1:]),
            replies=(Replied(reply, Standing.OPEN),),
            reply_forms=(WaiversName("反馈单.xlsx", "0" * 64, date(2022, 7, 1)),),
        )
        assert faults(REPORT, written(replied)) == []
        assert written(replied)["replies"][0]["answer"] == "explained"
