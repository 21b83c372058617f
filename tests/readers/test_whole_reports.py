"""The figures of whole reports, listed by hand: every one comes out, with its place, and nothing else does."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from perfrules import readers
from perfrules.documents import decode, text_document
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import Completeness, Subject
from perfrules.model.submission import Submission

MONEY = {  # in yuan
    ("total", "initial_budget"): 562900,
    ("basic", "initial_budget"): 498800,
    ("project", "initial_budget"): 64100,
    ("total", "carried_over"): 0,
    ("total", "adjustment"): 75000,
    ("basic", "adjustment"): 0,
    ("project", "adjustment"): 75000,
    ("total", "appropriated"): 422787,
    ("basic", "appropriated"): 283687,
    ("project", "appropriated"): 139100,
    ("total", "spent"): 295342,
    ("basic", "spent"): 267837,
    ("project", "spent"): 27505,
}
DERIVED = {
    ("basic", "carried_over"): 0,
    ("project", "carried_over"): 0,
    ("total", "adjusted_budget"): 637900,
    ("basic", "adjusted_budget"): 498800,
    ("project", "adjusted_budget"): 139100,
}
CLAIMS = {
    "total": ("69.86%", "spent", "adjusted_budget"),
    "basic": ("94.41%", "spent", "budget"),
    "project": ("19.77%", "spent", "budget"),
}
COUNTS = [  # two offices in words, then the goals section: at least, below, unit, change in percent
    (2, None, "个", None),
    (10, None, "期", None),
    (20, 30, "期", None),
    (20, 30, "次", None),
    (10000, 20000, "份", None),
    (90000, 100000, "人次", None),
    (16, None, "家", None),
    (10, None, "家", None),
    (4, None, "家", None),
    (263, None, "个", None),
    (54, None, "个", None),
    (10, None, "个", None),
    (7, None, "次", None),
    (6, None, "家", None),
    (1, None, "家", None),
    (6, None, "个", None),
    (7, None, "期", -30),
    (16, None, "期", -61),
]
SEED_NAMES = [
    "股室",
        "网信课堂视频", "相关宣传报道", "线下宣传", "宣传材料", "覆盖人群", "检查党政机关", "企业", "医院", "属地网站",
    "政务新媒体账户", "自媒体", "联合执法", "约谈违规网站", "违规抖音账号", "信息化项目审核及备案工作", "市级黄色预警", "本级蓝色预警",
]  # fmt: skip
LINES_OF_SEED = {"initial_budget": 51, "carried_over": 51, "adjustment": 51, "appropriated": 53, "spent": 55}


def amount(fact: Fact) -> Fraction | None:
    return fact.value.exact if isinstance(fact.value, Quantity) else None


def money(submission: Submission, *states: State) -> dict[tuple[str, str], Fraction | None]:
    return {
        (line, field): amount(fact)
        for line, member in submission.department.members.items()
        for field, fact in member.facts.items()
        if isinstance(fact.value, Quantity) and fact.state in states
    }


def claims(submission: Submission) -> dict[str, tuple[object, ...]]:
    return {
        line: (claim.name, claim.facts["numerator_name"].value, claim.facts["base_name"].value)
        for line, member in submission.department.members.items()
        for claim in member.table("claims").rows
    }


def every_count(submission: Submission) -> list[Subject]:
    """The counts of the department and of its projects, in the order of the text."""
    found = [path[-1] for path in submission.walk() if path[-1].type == "count"]
    return sorted(found, key=lambda row: int(row.id.removeprefix("count:")))


def counts(submission: Submission) -> list[tuple[object, ...]]:
    """The counts of things, those of persons in the offices left out."""
    rows = []
    for row in every_count(submission):
        value, change = row.facts["value"].value, row.facts.get("change")
        assert isinstance(value, Quantity)
        assert value.interval is not None
        if value.unit.name == "名":
            continue
        above = None if value.exact is not None else value.interval.high
        percent = None if change is None else (amount(change) or 0) * 100
        rows.append((value.interval.low, above, value.unit.name, percent))
    return rows


def every_fact(submission: Submission) -> list[Fact]:
    facts = [fact for path in submission.walk() for fact in path[-1].facts.values()]
    return [fact for fact in facts if fact.location is not None and fact.quote]


def check_figures(submission: Submission, text: str) -> None:
    assert money(submission, State.PRINTED) == MONEY
    assert money(submission, State.DERIVED) == DERIVED
    assert money(submission, State.ASSUMED, State.SUSPECT, State.CONFLICTING) == {}
    assert claims(submission) == CLAIMS
    assert counts(submission) == COUNTS
    assert [each for each in submission.unread if each.open] == []
    for fact in every_fact(submission):
        assert fact.location is not None
        assert fact.location.span is not None
        start, end = fact.location.span
        assert text[start:end] == fact.quote
        assert fact.location.line == text[:start].count("\n") + 1


def check_department(submission: Submission) -> None:
    facts = submission.department.facts
    assert submission.period == (date(2022, 1, 1), date(2022, 6, 30))
    assert amount(facts["month"]) == 6
    assert (amount(facts["posts"]), amount(facts["staff"])) == (6, 5)
    assert (facts["claimed_problem_count"].quote, amount(facts["claimed_problem_count"])) == ("3 个", 3)


def test_every_figure_of_the_seed_report(shared: Path) -> None:
    path = shared / "seed-report.txt"
    submission = readers.read(path)
    check_figures(submission, decode(path.read_bytes(), "seed"))
    check_department(submission)
    department = submission.department
    assert "filed_on" not in department.facts
    assert [row.name for row in every_count(submission) if row.facts["unit"].value != "名"] == SEED_NAMES
    assert [len(row.table("counts").rows) for row in department.table("projects").rows] == [5, 9, 1, 2]
    for member in department.members.values():
        for field, line in LINES_OF_SEED.items():
            fact = member.facts[field]
            assert fact.location is not None
            assert fact.location.address == f"¶{line}"


def test_projects_of_the_seed_report(shared: Path) -> None:
    department = readers.read(shared / "seed-report.txt").department
    listed, named = department.table("projects"), department.table("problem_projects")
    assert [row.name for row in listed.rows] == [
        "网信工作专项经费",
        "网络安全公司聘请经费",
        "信息化项目初审经费",
        "舆情处置经费",
    ]
    assert listed.completeness is Completeness.UNKNOWN
    assert [row.name for row in named.rows] == ["网络安全公司聘经费", "信息化项目初审经费"]
    assert named.completeness is Completeness.COMPLETE
    assert named.rows[1].facts["name"].quote == "信息化项\n\n目初审经费"


def test_every_figure_of_the_example_with_faults(examples: Path) -> None:
    path = examples / "wangxinban.txt"
    submission = readers.read(path)
    check_figures(submission, path.read_text(encoding="utf-8"))
    check_department(submission)
    department = submission.department
    assert department.name == "云岭县互联网信息办公室"
    assert department.facts["filed_on"].value == date(2022, 7, 8)
    assert [row.name for row in department.table("projects").rows] == [
        "网络文明宣传专项经费",
        "网络安全技术服务聘请经费",
        "信息系统立项初审经费",
        "网络舆情应对经费",
    ]
    named = department.table("problem_projects")
    assert [row.name for row in named.rows] == ["网络安全技术服务聘经费", "信息系统立项初审经费"]
    assert named.completeness is Completeness.COMPLETE


def test_claims_are_linked_to_the_very_facts_they_speak_of(examples: Path) -> None:
    for member in readers.read(examples / "wangxinban.txt").department.members.values():
        (claim,) = member.table("claims").rows
        assert claim.facts["numerator"] is member.facts["spent"]
        assert claim.facts["named_base"] is member.facts["adjusted_budget"]


def test_sections_are_cut_from_the_report_as_they_stand(examples: Path) -> None:
    path = examples / "wangxinban.txt"
    text, facts = path.read_text(encoding="utf-8"), readers.read(path).department.facts
    for name, first, last in [
        ("duties", "1. 承办县网络安全", "应急处置。"),
        ("achievements", "我办把年初目标", "同比下降 61%。"),
        ("problems", "（一）从监控情况看", "一次付清。"),
        ("measures", "（二）下一步", "下年预算。"),
    ]:
        value, where = str(facts[name].value), facts[name].location
        assert value.startswith(first)
        assert value.endswith(last)
        assert where is not None
        assert where.span is not None
        assert text[slice(*where.span)] == value


def test_a_faultless_report_is_read_the_same_in_gb18030(examples: Path, files: Path) -> None:
    one, other = readers.read(examples / "shuiwenzhan.txt"), readers.read(files / "shuiwenzhan-gb18030.txt")
    assert money(one, State.PRINTED) == money(other, State.PRINTED)
    assert len(money(one, State.PRINTED)) == 15
    assert claims(one) == claims(other)
    assert one.department.facts["staff"].quote == "11 人"


@pytest.mark.parametrize(("name", "department"), [("nongjizhan.json", "云岭县农机推广站")])
def test_an_example_in_the_submission_format(examples: Path, name: str, department: str) -> None:
    submission = readers.read(examples / name)
    assert submission.department.name == department
    assert money(submission, State.DERIVED)[("project", "adjusted_budget")] == 400000
    assert submission.department.table("projects").completeness is Completeness.COMPLETE


@pytest.mark.parametrize(
    ("measures", "assumed"),
    [
        ("对连续两个监控期未整改到位的，商财政部门调减预算。", True),
        ("将监控结果作为下一年度预算安排的依据，必要时调减预算。", True),
        ("建议县财政在年中调剂时予以支持。", True),
        ("经商财政部门，年中调减预算3万元。", False),
        ("年中调减了预算。", False),
    ],
)
def test_what_may_come_is_no_mention_of_this_year(measures: str, assumed: bool) -> None:
    submission = readers.submission_from(
        {"lines": {"total": {"initial_budget": "26万元"}}, "sections": {"measures": measures}}, "x"
    )
    fact = submission.department.members["total"].facts.get("adjustment")
    assert (fact is not None and fact.state is State.ASSUMED) is assumed


@pytest.mark.parametrize(
    "seal", ["　　云岭县档案馆\n　　2022年7月6日", "云岭县档案馆2022年7月6日", "2022年7月6日"]
)
def test_the_seal_is_no_part_of_the_measures(seal: str) -> None:
    text = f"云岭县档案馆2022年上半年绩效监控报告\n一、预算执行情况\n年初预算12.50万元。\n二、下一步措施\n加强管理，提高认识。\n{seal}\n"
    facts = readers.read_text(text_document("a.txt", text.encode())).department.facts
    assert facts["measures"].value == "加强管理，提高认识。"
    assert facts["filed_on"].value == date(2022, 7, 6)
    assert facts["filed_on"].quote == "2022年7月6日"
