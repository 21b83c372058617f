"""Every message of the parser and the checker, in both languages with caret: golden files to be read by people."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import perfrules.language
from perfrules.errors import ExpressionError
from perfrules.language import Scope, check
from perfrules.location import Location
from perfrules.model.rule import Expression
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.unit import Kind

SOURCES = Path(perfrules.language.__file__).parent
WHERE = Location("county.yaml", line=7, column=9)
PARAMETERS = {"floor": Kind.RATIO, "names": Kind.TEXT, "shape": Kind.TEXT, "other": Kind.TEXT}
NESTED = "count(projects where count(targets where count(projects) > 1) > 1) > 1"
WRONG = {
    "what cannot be read": [
        ("line", "spent @ 3元"),
        ("line", "spent >= 30 %"),
        ("line", 'name == "项目'),
        ("line", "spent ＞＝ （3元"),
        ("line", "spent >"),
        ("line", ""),
        ("line", "spent > 3元 )"),
        ("line", "spent > 3元 and\n  appropriated > > 3元"),
        ("line", "1" * 41 + " > spent"),
        ("line", "spent" * 21 + " > 3元"),
        ("line", "spent > 3元 " * 1000),
        ("line", "(" * 200 + "spent"),
        ("line", " + ".join(["spent"] * 120) + " > 3元"),
        ("line", "a.b.c.d.e.f.g.h.i > 3元"),
        ("department", "period_to < 2022-02-30"),
        ("department", "sum(spent, projects) > 3元"),
        ("department", 'name starts "甲"'),
        ("department", 'name ends "局"'),
        ("line", "max() > 3元"),
        ("line", "spent > 3元 且是否"),
        ("line", "spent > 3元 且"),
        ("line", "实际支出 > 3 万元"),
        ("line", "如果实际支出 > 3元 那么 1 否则 2"),
        ("line", "实际支出 > 3元 否则 2"),
        ("line", '名称含"甲"'),
        ("department", "period_to > 2022-6-30"),
        ("line", "is_set(spent)"),
        ("department", "求和(实际支出 项目)"),
        ("target", "actual is big"),
        ("line", "spent == not appropriated"),
        ("line", "是否 > 3元 非已知"),
        ("line", 'name in ["甲", "乙" "丙"]'),
    ],
    "names": [
        ("line", "实际支处 > 3元"),
        ("line", "spend > 3元"),
        ("line", "实际支出且已拨付 > 3元"),
        ("claim", "targets.planned > 3元"),
        ("department", "projects > 3"),
        ("department", "count(project) > 3"),
        ("department", "count(targets) > 3"),
        ("department", "count(claims) > 3"),
        ("line", "非已知(实际支出)"),
        ("line", "outer.spent > 3元"),
        ("line", "$flor > 3%"),
        ("line", "$unset > 3%"),
        ("line", "rond(spent, 2) > 3元"),
        ("department", "has_row(counts, 5)"),
        ("department", "any(has_row(claims, name) for projects)"),
    ],
    "kinds": [
        ("line", "spent + 30% > 3元"),
        ("line", "spent >= 30%"),
        ("line", "spent / adjusted_budget >= 30"),
        ("line", "spent / adjusted_budget >= 0.3"),
        ("line", "spent / adjusted_budget >= 1.5"),
        ("line", "spent > 200"),
        ("line", "200 > spent"),
        ("line", "(spent > 3元) + spent > 3元"),
        ("target", 'planned < "甲"'),
        ("target", '"甲" < planned'),
        ("line", "spent < appropriated < 30%"),
        ("line", "0% <= spent / appropriated < 30"),
        ("line", "spend < appropriated < 30%"),
        ("department", "posts > 3元"),
        ("line", 'spent > "3元"'),
        ("line", 'name + "甲" == name'),
        ("line", 'name > "甲"'),
        ("department", "period_to - period_from > 6个月"),
        ("department", "period_to ≈ period_from"),
        ("line", "spent and appropriated > 3元"),
        ("line", "if spent > 3元 then spent else 30%"),
        ("line", "name or else spent"),
        ("line", 'spent has "甲"'),
        ("line", "spent is money"),
        ("line", "-name == name"),
        ("line", "is_blank(spent)"),
        ("line", "agrees(spent + appropriated)"),
        ("line", "is_printed(spent + appropriated)"),
        ("line", "is_known(spent, appropriated)"),
        ("line", "abs(spent, appropriated) > 3元"),
        ("line", "round(spent, appropriated) > 3元"),
        ("line", "round(spent) > 3元"),
        ("line", "min(spent, 30%) > 3元"),
        ("department", "count(spent for projects) > 3"),
        ("department", "sum(name for projects) > 3"),
        ("department", "all(spent for projects)"),
        ("project", NESTED),
    ],
    "lists and patterns": [
        ("line", '["甲", "乙"] == name'),
        ("line", "$names == name"),
        ("line", "name in $other"),
        ("line", 'name in ["甲", 3元]'),
        ("line", "spent in $names"),
        ("department", "any(name in spent for projects)"),
        ("line", 'name matches "(甲|乙)"'),
        ("line", 'name matches "[甲-乙]"'),
        ("line", 'name matches "甲{3,2}"'),
        ("line", "name matches name"),
        ("line", "name matches $shape"),
        ("line", 'name matches "' + "甲" * 201 + '"'),
    ],
    "what can never be": [
        ("line", "spent < 0元"),
        ("line", "spent in [5元..3元]"),
        ("line", "spent / adjusted_budget < 30% and spent / adjusted_budget > 60%"),
        ("line", 'line == "total" and line == "basic"'),
        ("line", "false"),
        ("line", "spent / 0 > 3元"),
        ("line", "3家 + 2次 > 4"),
        ("line", "3家 > 2次"),
    ],
    "several at once": [("line", "spend > 3 and name + 1 > 2 and $flor > 1")],
}


def refused(asked: str, text: str) -> ExpressionError:
    scope = Scope(
        CORE_TYPES,
        (asked,),
        PARAMETERS,
        frozenset({"unset"}),
        lists=frozenset({"names"}),
        texts={"shape": ("\\d{4}", "a{2")},
    )
    with pytest.raises(ExpressionError) as caught:
        check(Expression(text, WHERE), scope, Kind.TRUTH)
    return caught.value


CODE_AT = {"fault": 1, "fault_at": 2, "Hopeless": 1}


@cache
def codes() -> set[str]:
    """Every code of a fault that the sources write out."""
    found = {"never_known"}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = CODE_AT.get(name, len(node.args))
                code = node.args[place] if place < len(node.args) else None
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_messages_are_those_of_the_golden_file(language: str, golden: Callable[[str, str], None]) -> None:
    pages = []
    for heading, wrong in WRONG.items():
        told_here = [refused(asked, text).said("zh" if language == "zh" else "en") for asked, text in wrong]
        pages.append(f"== {heading}\n\n" + "\n\n".join(told_here))
    golden(f"expression_faults.{language}.txt", "\n\n".join(pages) + "\n")


def test_every_fault_there_is_has_its_message_shown() -> None:
    shown = {
        fault.code
        for wrong in WRONG.values()
        for asked, text in wrong
        for fault in refused(asked, text).faults
    }
    assert shown == {f"expression.{code}" for code in codes()}
