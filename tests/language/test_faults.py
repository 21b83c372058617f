"""What a person sees of a wrong expression: where it stands in the ruleset, all faults at once, both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from perfrules.errors import ExpressionError
from perfrules.language import BUILTINS, Scope, check
from perfrules.language.syntax import Listing, Node, below
from perfrules.location import Location
from perfrules.model.rule import Expression
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import Kind

SCOPE = Scope(CORE_TYPES, ("line",), {"floor": Kind.RATIO}, frozenset({"ceiling_of_spending"}))


def refused(
    expression: Expression | str, scope: Scope = SCOPE, expected: Kind | None = None
) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        check(expression, scope, expected)
    return caught.value


def test_a_fault_stands_where_the_ruleset_has_it() -> None:
    where = Location("county.yaml", line=12, column=11)
    fault = refused(Expression("spent > spend", where)).faults[0]
    assert str(fault.where) == "county.yaml:12:19", "eight characters after the start of the expression"


def test_a_fault_in_a_later_line_has_that_line() -> None:
    where = Location("county.yaml", line=12, column=11)
    fault = refused(Expression("spent >\n  spend", where)).faults[0]
    assert fault.where is not None
    assert fault.where.line == 13
    assert fault.excerpt == "  spend"
    assert fault.caret == (2, 7)


def test_all_faults_of_an_expression_come_at_once() -> None:
    faults = refused("spend > 3 and name + 1 > 2 and $flor > 1").faults
    assert [fault.code for fault in faults] == [
        "expression.unknown_name",
        "expression.units",
        "expression.unknown_parameter",
    ]


def test_a_fault_in_chinese_has_an_excerpt_a_caret_and_a_hint() -> None:
    assert refused("实际支处 > 3元").said("zh").splitlines() == [
        "line 没有字段 实际支处",
        "    实际支处 > 3元",
        "    ^^^^^^^^",
        "    提示: 是否为 实际支出?",
    ]


def test_a_fault_in_english_says_the_same() -> None:
    assert refused("spent / appropriated >= 30").said("en").splitlines() == [
        "a ratio is compared with a percentage",
        "    spent / appropriated >= 30",
        "                            ^^",
        "    hint: did you mean 30%?",
    ]


def test_full_width_punctuation_keeps_the_columns_true() -> None:
    fault = refused("（实际支出）＞ 3元 and spend ＞ 3元").faults[0]
    assert fault.excerpt == "（实际支出）＞ 3元 and spend ＞ 3元"
    assert fault.excerpt[slice(*fault.caret or (0, 0))] == "spend"


def test_an_expression_of_another_kind_than_expected_is_refused() -> None:
    fault = refused("spent", expected=Kind.TRUTH).faults[0]
    assert (fault.message.zh, fault.message.en) == (
        "此处应为条件, 实为金额",
        "expected a condition here, found money",
    )


def test_a_number_serves_where_a_ratio_is_expected() -> None:
    assert check("1", SCOPE, Kind.RATIO).kind is Kind.NUMBER


def test_a_name_only_some_of_the_asked_types_have_is_said_so() -> None:
    both = Scope(CORE_TYPES, ("line", "project"), {})
    fault = refused('type == "甲"', both).faults[0]
    assert fault.hint is not None
    assert (fault.hint.zh, fault.hint.en) == ("只有 project 有 type", "only project has type")


def test_a_parameter_left_unset_may_be_asked_about_but_not_used() -> None:
    assert check("is_set($ceiling_of_spending)", SCOPE).parameters == frozenset()
    assert refused("spent > $ceiling_of_spending").faults[0].code == "expression.unset_parameter"


def test_a_parameter_guarded_by_is_set_is_not_needed() -> None:
    assert check("if is_set($floor) then $floor else 30%", SCOPE).parameters == frozenset()
    assert check("$floor > 30%", SCOPE).parameters == {"floor"}


def test_the_fields_an_expression_reads_are_told_by_their_english_names() -> None:
    assert check("实际支出 / 调整预算 >= $floor", SCOPE).reads == {"spent", "adjusted_budget"}


@pytest.mark.parametrize("text", ["1" + " + 1" * 100, "(" * 101 + "1" + ")" * 101, "- " * 101 + "1"])
def test_what_is_nested_too_deep_is_refused(text: str) -> None:
    assert refused(text).faults[0].code == "expression.too_deep"


def test_a_hundred_levels_are_not_too_deep() -> None:
    assert check("1" + " + 1" * 99, SCOPE).kind is Kind.NUMBER


def test_what_is_too_long_is_refused() -> None:
    assert refused("1" + " " * 10_000).faults[0].code == "expression.too_long"
    assert check("1" + " " * 9_999, SCOPE).kind is Kind.NUMBER


@pytest.mark.parametrize("name", sorted(BUILTINS))
def test_every_function_is_told_in_both_languages(name: str) -> None:
    assert BUILTINS[name].about.zh
    assert BUILTINS[name].about.en
    assert BUILTINS[BUILTINS[name].alias] is BUILTINS[BUILTINS[name].name]


def test_a_fault_over_several_lines_stands_in_the_first_of_them() -> None:
    where = Location("county.yaml", "rules", line=12, column=11)
    fault = refused(Expression("spent > 1元\n  and spent > 2元\n  and (spent\n  > 30%)", where)).faults[0]
    assert fault.where == Location("county.yaml", "rules", None, 14, 7)
    assert (fault.excerpt, fault.caret) == ("  and (spent", (6, 12))


def test_a_place_known_by_its_line_alone_has_no_column() -> None:
    for text, line in (("spend > 3元", 12), ("spent >\n spend", 13)):
        fault = refused(Expression(text, Location("county.yaml", line=12))).faults[0]
        assert fault.where == Location("county.yaml", line=line)


def test_what_is_missing_at_the_end_has_a_caret_one_wide() -> None:
    assert refused("spent >").faults[0].caret == (7, 8)


def test_every_node_of_a_checked_expression_has_its_kind() -> None:
    checked = check('name in ["甲", "乙"] and has_text(name, ["丙"]) and spent in [1元..2元)', SCOPE)
    assert checked.listed is False
    untyped = [node for node in nodes(checked.node) if id(node) not in checked.kinds]
    assert untyped == []
    assert {checked.kinds[id(node)] for node in nodes(checked.node) if isinstance(node, Listing)} == {
        Kind.TEXT
    }


def test_of_a_ratio_and_a_number_the_choice_is_a_ratio() -> None:
    for text in ("if spent > 1元 then 1 else 30%", "if spent > 1元 then 30% else 1"):
        assert check(text, SCOPE).kind is Kind.RATIO


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for each in below(node):
        yield from nodes(each)


@pytest.mark.parametrize(
    ("asked", "text", "hint"),
    [
        # two names run together: the left one is known, or there is none and the right one is known
        ("line", "实际支出或已拨付 > 3元", "is a space missing around 或 (or)?"),
        ("line", "非实际支出", "is a space missing around 非 (not)?"),
        ("line", "实际支出且已拨付且全年预计 > 3元", "is a space missing around 且 (and)?"),
        ("line", "实际支出且乙甲 > 3元", "is a space missing around 且 (and)?"),
        ("line", "乙甲丙丁戊己庚辛且实际支出 > 3元", None),
        ("line", "非乙甲丙丁 > 3元", None),
        ("line", "乙甲丙丁 > 3元", None),
        # only some of the types have it
        ("line project", "type == \"甲\"", "only project has type"),
        ("line project", "project.type == \"甲\"", "only project has project.type"),
        # tables
        ("department", "count(project) > 3", "did you mean projects?"),
        ("department", "count(nothing.such) > 3", None),
        ("line", "spent Xa > 3元", None),
        ("line", "spent 且 > 3元", None),
        # a character that cannot stand there, and what it advises
        ("line", "spent @ 3元", None),
        ("line", "spent > 3 ‰", "the unit follows its number directly, as in 30%"),
        ("line", "spent > 3 ％", "the unit follows its number directly, as in 30%"),
        ("line", "name == “甲", "text stands between two quotation marks on one line"),
        ("line", "name == 「甲", "text stands between two quotation marks on one line"),
        ("line", "name == ＂甲", "text stands between two quotation marks on one line"),
    ],
)  # fmt: skip
def test_what_a_fault_advises(asked: str, text: str, hint: str | None) -> None:
    found = refused(text, Scope(CORE_TYPES, tuple(asked.split()), {})).faults[0].hint
    assert (found and found.en) == hint


@pytest.mark.parametrize(
    ("asked", "text", "message"),
    [
        ("line project", "nosuch > 3元", "line, project has no field nosuch"),
        ("line", "total.nosuch > 3元", "line has no field total.nosuch"),
        ("department", "count(outer.projects) > 3", "there is no table outer.projects"),
        ("department", "count(total.nosuch) > 3", "there is no table total.nosuch"),
    ],
)
def test_a_name_that_stands_for_nothing_is_told_whole(asked: str, text: str, message: str) -> None:
    assert refused(text, Scope(CORE_TYPES, tuple(asked.split()), {})).faults[0].message.en == message


def test_only_the_value_of_a_parameter_may_be_a_list() -> None:
    assert refused("[spent, 1元]").faults[0].code == "expression.list_as_value"
    listed = check("[spent, 1元]", SCOPE, may_be_list=True)
    assert (listed.text, listed.kind, listed.listed) == ("[spent, 1元]", Kind.MONEY, True)
    assert listed.reads == {"spent"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a" * 100 + " > 3元", "unknown_name"),
        ("a" * 101 + " > 3元", "name_too_long"),
        ("$" + "a" * 90 + " > 3元", "unknown_parameter"),
        ("$" + "a" * 101 + " > 3元", "name_too_long"),
        ("1" * 40 + " > spent", "not_comparable"),
        ("1" * 41 + " > spent", "too_many_digits"),
    ],
)
def test_how_long_names_and_numbers_may_be(text: str, code: str) -> None:
    assert refused(text).faults[0].code == f"expression.{code}"


def test_a_keyword_of_two_words_is_told_in_both() -> None:
    fault = refused("spent > or   else 3元").faults[0]
    assert (fault.message.en, fault.caret) == ("or else cannot stand here", (8, 17))
