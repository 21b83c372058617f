"""Where a node stands in its text: what is cut out there is read as that node again, and nothing more is cut out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

from perfrules.language import Node, parse
from perfrules.language.syntax import below
from perfrules.testing import any_conditions


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for each in below(node):
        yield from nodes(each)


@pytest.mark.parametrize(
    "text",
    [
        "  3元 > spent  # 注释",
        "spent + appropriated - 2 * forecast / -unspent",
        "( spent + 1元 ) * 2",
        "(((spent)))",
        "1元 < spent <= 5元 == false",
        "spent in ( 1元 .. 5元 ]",
        "spent in [ 1元 , 5元 ]",
        "spent in [1元]",
        "name in $names",
        "a and b and not c or not ( d )",
        "if a then b else c + 1",
        "if a then if b then c else d else e",
        "a or else b or else c",
        'name has "甲" and name starts  with "乙" and name ends with “丙” and name matches "丁"',
        "planned is money",
        "is_known ( spent ) and 已设( $floor )",
        "max(spent, [1元, 2元]) > min( ) + round(spent)",
        "has_row( projects , name )",
        "sum( spent for projects where spent > 1元 ) > 3元",
        "count( projects ) + count(distinct name for total . projects)",
        "outer . 外层 . 部门 . name",
        "2022-06-30 - period_to > 3天",
        "（实际支出＋１元）＞ 3元",
        "true or\n  false\n  and true",
    ],
)
def test_what_stands_where_a_node_stands_is_the_node(text: str) -> None:
    check_spans(text)


@given(any_conditions())
def test_every_node_of_any_condition_stands_where_it_says(text: str) -> None:
    check_spans(text)


def check_spans(text: str) -> None:
    whole = parse(text)
    for node in nodes(whole):
        said = text[slice(*node.span)]
        assert said == said.strip()
        assert said
        assert parse(said) == node
    assert whole.span[0] == len(text) - len(text.lstrip())
    before_comment = text.partition("#")[0].rstrip()
    assert whole.span[1] == len(before_comment)
