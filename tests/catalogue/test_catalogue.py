"""The catalogue: ninety-nine conditions in order, each said in the language or with its reason; what is shipped is said alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import frozen

from perfrules.language import Checked, Scope, check, parse
from perfrules.language.syntax import Listing, Literal, below
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import Kind
from perfrules.rules import load_ruleset

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
GROUPS = {"ARI": 12, "EXE": 17, "TGT": 22, "CMP": 8, "CON": 13, "PEER": 6, "YOY": 10, "TXT": 11}
IDS = [f"{group}{number}" for group, size in GROUPS.items() for number in range(101, 101 + size)]
NEEDS_MORE = {
    "Several documents": [
        *("EXE110", "EXE113", "CMP107", "CON105", "PEER106"),
        *("YOY101", "YOY102", "YOY103", "YOY104", "YOY105", "YOY106", "YOY107", "YOY109"),
    ],
    "Several departments": ["CON113", "PEER101", "PEER102", "PEER104"],
}
PARTS = {"ARI107": "ARI106", "EXE103": "EXE102"}
"""Conditions that are part of a shipped rule of another id."""


@frozen
class Condition:
    """One line of the catalogue; `asked` are the subject types of each rule that says it."""

    id: str
    shipped: bool
    title: str
    asked: tuple[tuple[str, ...], ...]
    condition: str
    when: str
    note: str


def cells(pattern: str) -> list[list[str]]:
    lines = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(pattern, line)
    ]


def code(cell: str) -> str:
    return "" if cell == "—" else cell.removeprefix("`").removesuffix("`")


def condition(row: list[str]) -> Condition:
    id, title, asked, said, when, note = row
    types = tuple(tuple(re.findall(r"`(\w+)`", each)) for each in asked.split("或"))
    return Condition(id[:7].strip(" ✓"), id.endswith("✓"), title, types, code(said), code(when), note)


CONDITIONS = [condition(row) for row in cells(r"\| [A-Z]{3,4}\d{3} ")]
SAID = [each for each in CONDITIONS if each.condition]
PARAMETERS = {code(row[0])[1:]: (row[1], code(row[2])) for row in cells(r"\| `\$")}


def parameters() -> Scope:
    """The parameters of the page, each checked after those above it, as the surroundings of an expression."""
    kinds: dict[str, Kind] = {}
    lists, texts = set(), {}
    for name, (_, value) in PARAMETERS.items():
        checked = check(value, Scope(CORE_TYPES, ("department",), kinds), may_be_list=True)
        kinds[name] = checked.kind
        lists |= {name} if checked.listed else set()
        if checked.kind is Kind.TEXT:
            texts[name] = written(value)
    return Scope(CORE_TYPES, ("department",), kinds, lists=frozenset(lists), texts=texts)


def written(value: str) -> tuple[str, ...]:
    """The texts that a parameter's value writes out."""
    node = parse(value)
    items = below(node) if isinstance(node, Listing) else (node,)
    return tuple(str(item.value) for item in items if isinstance(item, Literal))


SCOPE = parameters()


def checked(expression: str, asked: tuple[str, ...]) -> Checked:
    scope = Scope(CORE_TYPES, asked, SCOPE.parameters, lists=SCOPE.lists, texts=SCOPE.texts)
    return check(expression, scope, Kind.TRUTH)


def expressions(each: Condition) -> list[Checked]:
    """What a condition says, checked in the scope of each rule that says it."""
    said = [text for text in (each.condition, each.when) if text]
    return [checked(text, asked) for asked in each.asked for text in said]


def test_there_are_ninety_nine_conditions_in_order() -> None:
    assert len(IDS) == 99
    assert [each.id for each in CONDITIONS] == IDS


def test_titles_are_in_both_languages_and_none_is_twice() -> None:
    assert all(re.fullmatch(r"[^/]*[一-鿿][^/]* / [^/一-鿿]+", each.title) for each in CONDITIONS)
    assert len({each.title for each in CONDITIONS}) == 99


@pytest.mark.parametrize("each", SAID, ids=lambda each: each.id)
def test_every_condition_parses_and_checks(each: Condition) -> None:
    assert all(each.asked)
    assert expressions(each)


def test_what_is_not_said_needs_more_than_one_submission() -> None:
    for reason, ids in NEEDS_MORE.items():
        assert [each.id for each in CONDITIONS if each.note.startswith(reason)] == ids
    left = {each.id for each in CONDITIONS if not each.condition}
    assert left == {id for ids in NEEDS_MORE.values() for id in ids}
    assert not any(each.when for each in CONDITIONS if not each.condition)


@pytest.mark.parametrize("each", SAID, ids=lambda each: each.id)
def test_its_names_are_in_the_glossary(each: Condition) -> None:
    for name in {name for one in expressions(each) for name in one.reads}:
        assert f"| `{name}` |" in GLOSSARY, name


def test_what_is_marked_as_shipped_is_a_rule_of_core() -> None:
    rules = load_ruleset(ROOT / "rulesets" / "core").rules
    shipped = {each.id for each in CONDITIONS if each.shipped}
    assert {PARTS.get(id, id) for id in shipped} <= set(rules)
    assert {each.id for each in CONDITIONS if each.condition} == shipped


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_are_of_their_kind_and_used(name: str) -> None:
    kind = SCOPE.parameters[name].value + " list" * (name in SCOPE.lists)
    assert PARAMETERS[name][0] == kind
    texts = [text for each in CONDITIONS for text in (each.condition, each.when)]
    texts += [value for _, value in PARAMETERS.values()]
    assert any(re.search(rf"\${name}\b", text) for text in texts)


def test_parameters_of_the_core_ruleset_have_its_values() -> None:
    for name, parameter in load_ruleset(ROOT / "rulesets" / "core").parameters.items():
        for value in parameter.values[-1:] if name in PARAMETERS else ():
            assert value.value is not None
            assert PARAMETERS[name][1] == value.value.text
