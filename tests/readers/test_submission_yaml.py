"""Submissions in YAML: the same as in JSON, figures as they stand; what is no plain YAML is refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import evolve

from perfrules.errors import ReadError
from perfrules.model.quantity import Quantity
from perfrules.readers import read_json, read_yaml

YAML = """\
perfrules: submission/1
department: 安泉县水利局
period: {from: 2023-01-01, to: 2023-06-30}
unit: 万元
filed_on: ~
lines:
  total: {initial_budget: 320.50, spent: "150.25"}
projects:
  complete: true
  rows:
    - name: 河道清淤
      spent: 0.10
      targets:
        - {name: 清淤长度, operator: ≥, planned: 12公里}
"""
SAME: dict[str, Any] = {
    "perfrules": "submission/1",
    "department": "安泉县水利局",
    "period": {"from": "2023-01-01", "to": "2023-06-30"},
    "unit": "万元",
    "lines": {"total": {"initial_budget": "320.50", "spent": "150.25"}},
    "projects": {
        "complete": True,
        "rows": [
            {
                "name": "河道清淤",
                "spent": "0.10",
                "targets": [{"name": "清淤长度", "operator": "≥", "planned": "12公里"}],
            }
        ],
    },
}


def test_it_is_the_same_as_in_json() -> None:
    written = read_yaml("s", YAML.encode())
    other = read_json("s", json.dumps(SAME, ensure_ascii=False).encode())
    assert evolve(written, documents=()) == evolve(other, documents=())


def test_figures_keep_their_digits() -> None:
    (project,) = read_yaml("s.yaml", YAML.encode()).department.table("projects").rows
    value = project.facts["spent"].value
    assert isinstance(value, Quantity)
    assert value.digits == "0.10"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("department: a\nlines: }", "submission.not_yaml", 2),
        ("department: &a 局\nfiled_on: *a\n", "submission.anchor", 1),
        ("department: !!python/object:os.system 局\n", "submission.anchor", 1),
        ("department: 局\ndepartment: 馆\n", "submission.duplicate_key", 2),
        ("department: 局\n---\ndepartment: 馆\n", "submission.type", 2),
        ("a: " + "[" * 60 + "]" * 60, "submission.nesting", 1),
        ("{a: 1}: 2\n", "submission.type", 1),
        ("- 局\n", "submission.type", None),
        ("# nothing\n", "submission.type", None),
    ],
)
def test_what_is_no_plain_yaml_is_refused_with_its_place(text: str, code: str, line: int | None) -> None:
    with pytest.raises(ReadError) as caught:
        read_yaml("s.yaml", text.encode())
    (fault,) = caught.value.faults
    assert fault.code == code
    assert fault.where is not None
    assert fault.where.line == line
