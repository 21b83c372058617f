"""Tables of tables and members of members, of types made for it; `outer` looks past a row that has such a table too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.bilingual import Bilingual
from perfrules.language import Context, Scope, check, to_python
from perfrules.model.fact import Fact
from perfrules.model.quantity import printed_quantity
from perfrules.model.subject import Completeness, Field, Subject, SubjectType, Table, TableField
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import NUMBER, Kind

NAME = Field("name", Bilingual("名称", "name"), Kind.TEXT)


def type_of(name: str, row: str) -> SubjectType:
    label = Bilingual(name, name)
    return SubjectType(name, label, (NAME,), (TableField("papers", Bilingual("文件", "papers"), row),))


TYPES = {"folder": type_of("folder", "folder"), "office": type_of("office", "paper"), "paper": type_of("paper", "page"), "page": type_of("page", "page")}  # fmt: skip


def holding(kind: str, name: str, *rows: Subject) -> Subject:
    return Subject(kind, name, tables={"papers": Table(rows, Completeness.COMPLETE)})


def tree(kind: str, row: str, leaf: str) -> Subject:
    """Two papers, the first of three pages and the second of none."""
    leaves = [holding(leaf, f"leaf:{number}") for number in range(3)]
    return holding(kind, "root", holding(row, "first", *leaves), holding(row, "second"))


@pytest.mark.parametrize("tree", [tree("folder", "folder", "folder"), tree("office", "paper", "page")])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sum(count(papers) for papers)", 3 + 0),
        ("sum(count(outer.papers) for papers)", 2 + 2),
        ("sum(count(外层.文件) for 文件)", 2 + 2),
    ],
)
def test_outer_looks_past_the_row(tree: Subject, text: str, expected: int) -> None:
    value = to_python(check(text, Scope(TYPES, (tree.type,), {})))(Context((tree,), {})).value
    assert isinstance(value, Number)
    assert value.interval.exact == Fraction(expected)


def test_a_table_of_a_member_that_is_not_there_is_missing_below_its_name() -> None:
    papers = type_of("branch", "paper")
    label = Bilingual("分局", "branch")
    office = SubjectType("office", label, (), (), {"branch": ("branch", label)})
    scope = Scope(
        {"office": office, "branch": papers, "paper": TYPES["paper"], "page": TYPES["page"]}, ("office",), {}
    )
    value = to_python(check('has_row(branch.papers, "甲")', scope))(
        Context((Subject("office", "office"),), {})
    ).value
    assert value == Unknown((Lack(Reason.MISSING, "office/branch", "papers"),))


def test_members_of_members_are_reached_by_their_names() -> None:
    label = Bilingual("室", "room")
    types = {
        "office": SubjectType("office", label, (), (), {"branch": ("branch", Bilingual("分局", "branch"))}),
        "branch": SubjectType("branch", label, (), (), {"room": ("room", label)}),
        "room": SubjectType("room", label, (NAME,), (TableField("papers", label, "paper"),)),
        "paper": SubjectType("paper", label, (Field("pages", Bilingual("页数", "pages"), Kind.NUMBER),)),
    }
    papers = Table(
        (Subject("paper", "p", facts={"pages": Fact("pages", printed_quantity("3", NUMBER))}),),
        Completeness.COMPLETE,
    )
    room = Subject("room", "r", facts={"name": Fact("name", "甲")}, tables={"papers": papers})
    office = Subject("office", "o", members={"branch": Subject("branch", "b", members={"room": room})})
    for text in (
        'branch.room.name == "甲"',
        "sum(pages for 分局.室.papers where pages > 1) == 3",
        'office.branch.room.名称 == "甲"',
    ):
        assert to_python(check(text, Scope(types, ("office",), {})))(Context((office,), {})).value is True
