"""The JSON Schema of submissions: it takes what the reader takes, and the reader refuses what it refuses."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from tests.files.labels import labelled

from perfrules import pipeline, readers
from perfrules.cli.main import program
from perfrules.errors import ReadError
from perfrules.model.subject_types import CORE_TYPES
from perfrules.plugins import catalog
from perfrules.readers.submission_schema import submission_schema

ROOT = Path(__file__).parents[2]
CATALOG = catalog()
SCHEMA = submission_schema(CATALOG.types)
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema_and_the_command_prints_it() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    printed = CliRunner().invoke(program, ["rules", "schema", "--of", "submission"]).output
    assert json.loads(printed) == SCHEMA


def test_the_documented_example_and_the_shipped_one_are_valid() -> None:
    page = (ROOT / "docs/submission.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example is not None
    VALIDATOR.validate(json.loads(example[1]))
    VALIDATOR.validate(json.loads((ROOT / "examples/yunling/nongjizhan.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [each.path for each in labelled()], ids=lambda path: path.stem)
def test_what_was_read_of_a_document_is_valid_when_written(path: Path) -> None:
    (submission,) = pipeline.read_paths([path], CATALOG).submissions
    VALIDATOR.validate(json.loads(readers.submission_json(submission)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"departments": "安泉县水利局"},
        {"department": 7},
        {"period": {"from": "2023年1月", "to": "2023-06-30"}},
        {"unit": "两"},
        {"lines": {"all": {"spent": "3万元"}}},
        {"lines": {"total": {"spend": "3万元"}}},
        {"lines": {"total": {"spent": {"value": 3}}}},
        {"lines": {"total": {"claims": [{"printed": "46.30", "numerator": "spent"}]}}},
        {"lines": {"total": {"claims": [{"printed": "46.30%", "numerator": "budget"}]}}},
        {"lines": {"total": {"claims": [{"printed": "46.30%"}]}}},
        {"projects": [{"spent": "3万元"}]},
        {"projects": {"complete": "perhaps", "rows": []}},
        {"counts": [{"what": "检查"}]},
        {"sections": {"goals": "…"}},
    ],
)
def test_what_it_refuses_the_reader_refuses(wrong: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(wrong)
    with pytest.raises(ReadError):
        readers.submission_from(wrong, "a.json", CORE_TYPES)
