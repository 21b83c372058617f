"""Rulesets load whole, or say everything that is wrong with them and where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from perfrules.errors import RulesetError
from perfrules.plugins import catalog
from perfrules.rules import compile_ruleset, load_ruleset, shipped

HEAD = "id: t\nversion: '1.10'\ntitle: {zh: 试, en: test}\n"
RULE = """\
id: R1
title: {zh: 题, en: title}
topic: sum_mismatch
severity: error
for: department
assert: total.spent ≈ basic.spent + project.spent
message: {zh: "合计{total.spent}", en: "total {total.spent}"}
why: {zh: 因, en: because}
examples: {pass: [{submission: {}}], violation: [{submission: {}}]}
"""


def written(folder: Path, head: str = HEAD, rule: str = RULE) -> Path:
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_text(head, encoding="utf-8")
    (folder / "rules" / "R1.yaml").write_text(rule, encoding="utf-8")
    return folder


def compiled(folder: Path) -> object:
    everything = catalog()
    return compile_ruleset(load_ruleset(folder), everything.types, everything.functions)


def codes(folder: Path) -> list[tuple[str, int | None]]:
    with pytest.raises(RulesetError) as caught:
        compiled(folder)
    return [(fault.code, fault.where.line if fault.where else None) for fault in caught.value.faults]


def test_scalars_stay_text(tmp_path: Path) -> None:
    assert load_ruleset(written(tmp_path)).version == "1.10"


def test_the_shipped_core_ruleset_compiles() -> None:
    assert compiled(shipped() / "core")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "topic: sum_mismatch",
            "topik: sum_mismatch",
            [("ruleset.unknown_key", 3), ("ruleset.missing_key", 1)],
        ),
        ("severity: error", "severity: fatal", [("ruleset.not_a_choice", 4)]),
        ("severity: error", "severity: error\nseverity: notice", [("ruleset.duplicate_key", 5)]),
        ("title: {zh: 题, en: title}", "title: 题", [("ruleset.not_mapping", 2)]),
        ("title: {zh: 题, en: title}", "title: {zh: 题}", [("ruleset.missing_key", 2)]),
        ("why: {zh: 因, en: because}", "why: {zh: [a], en: because}", [("ruleset.not_text", 8)]),
        ("for: department", "for: departmint", [("ruleset.unknown_for", 1)]),
        ("severity: error", "severity: error\nsince: 2022-13-01", [("ruleset.not_date", 5)]),
        ("severity: error", "severity: error\nyields_to: [R9]", [("ruleset.unknown_yields_to", 1)]),
        ("severity: error", "severity: error\nrequired: [project]", [("ruleset.unknown_required", 1)]),
        ('{total.spent}", en', '{total.spent as furlongs}", en', [("ruleset.format", 1)]),
        ('{total.spent}", en', '{margin}", en', [("ruleset.not_given", 1)]),
        ("for: department", "for: []", [("ruleset.asks_nothing", 1)]),
        ("examples: {pass", "examples: {pas", [("ruleset.unknown_key", 9), ("ruleset.missing_key", 9)]),
        ("id: R1", "id: [R1", [("ruleset.not_yaml", 2)]),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str, int]]
) -> None:
    assert codes(written(tmp_path, rule=RULE.replace(old, new, 1))) == expected


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = written(tmp_path, HEAD + "colour: red\n", RULE.replace("severity: error", "severity: fatal"))
    (folder / "rules" / "R2.yaml").write_text(RULE, encoding="utf-8")
    assert codes(folder) == [
        ("ruleset.unknown_key", 4),
        ("ruleset.not_a_choice", 4),
        ("ruleset.duplicate_rule", 1),
    ]


def test_a_wrong_expression_is_shown_where_it_stands(tmp_path: Path) -> None:
    folder = written(tmp_path, rule=RULE.replace("basic.spent +", "basic.spend +"))
    with pytest.raises(RulesetError) as caught:
        compiled(folder)
    (fault,) = caught.value.faults
    assert fault.where is not None
    assert (fault.where.line, fault.where.column) == (6, RULE.splitlines()[5].index("basic.spent") + 1)
    assert "spent" in fault.said("zh")


def test_an_alias_bomb_ends_in_a_message(tmp_path: Path) -> None:
    levels = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 30))
    folder = written(tmp_path, rule="x0: &x0 [a]\n" + levels)
    assert ("ruleset.too_deep", 1) in codes(folder)


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 50_000, "{a: " * 50_000])
def test_a_tower_of_brackets_ends_in_a_message(tmp_path: Path, text: str) -> None:
    assert "ruleset.too_deep" in [code for code, _ in codes(written(tmp_path, rule=text))]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "ruleset.empty"), ("- - -", "ruleset.not_mapping"), ("a: b: c", "ruleset.not_yaml")],
)
def test_a_ruleset_file_that_is_none(tmp_path: Path, text: str, code: str) -> None:
    assert code in [found for found, _ in codes(written(tmp_path, head=text))]


def test_a_ruleset_file_in_another_encoding(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "rules" / "R1.yaml").write_bytes(RULE.encode("gb18030"))
    assert codes(folder) == [("ruleset.unreadable", None)]


def test_a_ruleset_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(RulesetError, match="core"):
        load_ruleset("kore")


PARAMETERS = """\
parameters:
  line:
    title: {zh: 线, en: line}
    values:
      - {since: 2020-01-01, value: 30%}
      - {since: 2023-01-01, value: {4: 25%, 6: 40%, 8: 60%}}
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("30%", "60% * $line", "expression.unknown_parameter"),
        ("30%", "30万元", "ruleset.mixed_kinds"),
        ("6: 40%", "13: 40%", "ruleset.not_a_month"),
        ("since: 2020-01-01", "since: long ago", "ruleset.not_date"),
    ],
)
def test_a_parameter_at_fault(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in [found for found, _ in codes(written(tmp_path, HEAD + PARAMETERS.replace(old, new, 1)))]


def test_values_of_a_parameter_are_kept_by_date(tmp_path: Path) -> None:
    line = load_ruleset(written(tmp_path, HEAD + PARAMETERS)).parameters["line"]
    assert [value.since for value in line.values] == [date(2020, 1, 1), date(2023, 1, 1)]
    assert {month: each.text for month, each in line.values[1].by_month.items()} == {
        4: "25%",
        6: "40%",
        8: "60%",
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("6: 40%", "04: 40%", ("ruleset.duplicate_key", 9, 49)),
        ("since: 2023-01-01", "since: 2020-01-01", ("ruleset.two_values", 9, 9)),
    ],
)
def test_two_values_for_one_time_are_a_fault_at_the_second(
    tmp_path: Path, old: str, new: str, fault: tuple[str, int, int]
) -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(written(tmp_path, HEAD + PARAMETERS.replace(old, new, 1)))
    places = [(each.code, each.where) for each in caught.value.faults]
    assert [(code, where and where.line, where and where.column) for code, where in places] == [fault]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("[1, 2]", [("ruleset.not_mapping", 1)] * 2),
        ("- [a]\n- b\n", [("ruleset.not_mapping", 1), ("ruleset.not_mapping", 2)]),
        ("[{}, {}]", [("ruleset.missing_key", 1)] * 18),
        (RULE.replace("id: R1", "id: ''"), [("ruleset.nameless", 1)]),
    ],
)
def test_a_rule_without_a_name_is_told_as_what_it_is(
    tmp_path: Path, rule: str, expected: list[tuple[str, int]]
) -> None:
    assert codes(written(tmp_path, rule=rule)) == expected
