"""Tables of tables, of types made for it: `outer` looks past the row though it has a table of that name too."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.bilingual import Bilingual
from perfrules.language import Context, Scope, check, to_python
from perfrules.model.subject import Completeness, Field, Subject, SubjectType, Table, TableField
from perfrules.model.truth import Lack, Number, Reason, Unknown
from perfrules.model.unit import Kind

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
