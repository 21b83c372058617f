"""Reports built by hand, without readers or rules: every part of a finding, every light, and hostile words."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from unicodedata import east_asian_width

import pytest

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.fact import Fact, State
from perfrules.model.finding import Also, Explanation, Finding, Ledger, Outcome, SubjectName, Verdict
from perfrules.model.interval import Interval
from perfrules.model.quantity import printed_quantity
from perfrules.model.report import Report, Results, RulesetName, Status
from perfrules.model.rule import Basis, Severity
from perfrules.model.subject import Completeness, Subject, Table
from perfrules.model.submission import Document, Submission, Unread
from perfrules.model.trace import Trace
from perfrules.model.truth import Lack, Number, Reason
from perfrules.model.unit import MONEY_UNITS, Kind, Unit
from perfrules.plugins import Page
from perfrules.reporters.facts_json import facts_json
from perfrules.reporters.facts_terminal import facts_terminal, formula_said
from perfrules.reporters.findings_json import findings_json
from perfrules.reporters.ledger_lines import files_told
from perfrules.reporters.terminal import terminal_report

WAN = MONEY_UNITS["万元"]
DEPARTMENT = SubjectName("department", "department", "青岚县档案馆")
LINE = SubjectName("line", "department/total", "合计", "department")


def at(line: int, start: int, end: int) -> Location:
    return Location("report.txt", f"¶{line}", (start, end), line)


def money(field: str, digits: str, line: int = 9, start: int = 0, **more: object) -> Fact:
    quote = f"{digits} 万元"
    return Fact(
        field,
        printed_quantity(digits, WAN),
        location=at(line, start, start + len(quote)),
        quote=quote,
        **more,  # type: ignore[arg-type]
    )


def read(fact: Fact) -> Trace:
    assert not isinstance(fact.value, (str, date))
    assert fact.value.interval is not None
    assert fact.value.slack is not None
    return Trace(fact.field, Number(fact.value.interval, fact.value.slack, fact.value.unit), fact=fact)


SPENT, BUDGET = money("spent", "30", 9, 4), money("adjusted_budget", "20", 8, 2)


def finding(**changes: object) -> Finding:
    parts: dict[str, object] = {
        "rule": "XXX1",
        "topic": "overspend",
        "title": Bilingual("支出大于预算", "more spent than budgeted"),
        "severity": Severity.WARNING,
        "subject": LINE,
        "message": Bilingual(
            "合计支出30万元，预算20万元。请说明。", "30万元 spent of 20万元. Please explain."
        ),
        "trace": Trace("spent <= adjusted_budget", False, "<=", (read(SPENT), read(BUDGET))),
        "values": {"spent": read(SPENT)},
        "facts": (SPENT, BUDGET),
        "fingerprint": "f1",
    }
    return Finding(**{**parts, **changes})  # type: ignore[arg-type]


def report(**changes: object) -> Report:
    parts: dict[str, object] = {
        "tool": "9.9",
        "ruleset": RulesetName("county", "3", "0" * 64),
        "inputs": (Document("report.txt", "1" * 64, "text"),),
        "department": DEPARTMENT.name,
        "period": (date(2023, 1, 1), date(2023, 6, 30)),
        "as_of": date(2023, 6, 30),
        "status": Status.GREEN,
        "submission": Submission(Subject("department", "department", DEPARTMENT.name)),
        "findings": (),
        "ledger": Ledger(()),
    }
    return Report(**{**parts, **changes})  # type: ignore[arg-type]


def lines(language: Language, *reports: Report, width: int = 80) -> list[str]:
    return terminal_report(Results(tuple(reports)), language, Page(width)).splitlines()


def line_with(words: str, found: list[str]) -> str:
    return next(line for line in found if words in line)


def test_a_finding_shows_all_its_evidence() -> None:
    full = finding(
        explanation=Explanation("设备提前到货", at(20, 90, 96)),
        also=(Also("XXX2", SubjectName("project", "p1", "库房改造")),),
        basis=(
            Basis("某某办法", "9号", "第三条", "原文", confirmed=True),
            Basis("未核对的文件", "1号", "第一条"),
        ),
        margin=Number(Interval.point(Fraction(100000)), Interval.point(Fraction(100000)), WAN),
    )
    text = lines("zh", report(status=Status.FINDINGS, findings=(full,)))
    assert "1. 支出大于预算 [XXX1]" in text
    assert "   计算      30万元 > 20万元" in text
    assert "   相差      10万元" in text
    assert "   报告说明  “设备提前到货” 第20行" in text
    assert "   一并      库房改造 [XXX2]" in text
    assert "   依据      某某办法9号第三条" in text
    assert "   原文      “30万元” 实际支出 (第9行)" in text
    assert not any("未核对的文件" in line for line in text)


def test_without_a_confirmed_basis_the_ruleset_is_named_as_the_source_of_a_line() -> None:
    limited = finding(limit=Trace("$cap", read(BUDGET).value))
    told = report(status=Status.FINDINGS, findings=(limited,))
    assert "   依据      本轮参考线(规则集 county)" in lines("zh", told)
    assert "   Basis        this round's line (ruleset county)" in lines("en", told)


def test_findings_stand_under_what_they_ask_for_the_gravest_first() -> None:
    found = tuple(finding(severity=each) for each in (Severity.ERROR, Severity.WARNING, Severity.NOTICE))
    told = report(status=Status.FINDINGS, findings=found)
    zh, en = lines("zh", told), lines("en", told)
    assert [line for line in zh if line.endswith(" (1)")] == ["请更正 (1)", "请说明 (1)", "提示 (1)"]
    heads = ["Please correct (1)", "Please explain (1)", "Please note (1)"]
    assert [line for line in en if line in heads] == heads


LACK = Lack(Reason.MISSING, "department/total", "spent")
OPEN = Verdict("XXX1", LINE, Outcome.UNDETERMINED, (LACK,))


def grey(**changes: object) -> Report:
    unread = (Unread(at(5, 7, 10), "3 万元", "ambiguous"),)
    return report(status=Status.GREY, ledger=Ledger((OPEN,)), open_required=(OPEN,), unread=unread, **changes)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("zh", ["[灰]", "不能视为通过", "应判断而未判断 1", "未读入而需查看的数字 1"]),
        ("en", ["[grey]", "this is no pass", "required, undetermined 1", "figures left unread, please look 1"]),
    ],
)  # fmt: skip
def test_a_grey_report_says_what_is_open_and_never_that_it_passed(
    language: Language, parts: list[str]
) -> None:
    text = lines(language, grey(), width=200)
    light = line_with(parts[0], text)
    assert all(part in light for part in parts)


def test_what_is_undetermined_is_told_by_what_it_lacks() -> None:
    names = ("甲", "乙", "丙", "丁", "戊", "己")
    same = [
        Verdict("XXX1", SubjectName("project", f"p{name}", name), Outcome.UNDETERMINED, (LACK,))
        for name in names
    ]
    vague = (Lack(Reason.APPROXIMATE, "p9", "spent"),)
    other = Verdict("XXX1", SubjectName("project", "p9", "庚"), Outcome.UNDETERMINED, vague)
    told = report(ledger=Ledger((*same, other)), open_required=(other,))
    ledger = [line.strip() for line in lines("zh", told) if line.strip().startswith("XXX1")]
    assert ledger[0].startswith("XXX1    (应判断) 未能判断 1: 庚;")
    assert ledger[1] == "XXX1    未能判断 6: 甲、乙、丙、丁 ...; 缺 实际支出"


def test_the_sums_of_the_ledger_add_up_on_the_page() -> None:
    outcomes = [*Outcome, Outcome.PASS]
    verdicts = tuple(Verdict("XXX1", LINE, outcome) for outcome in outcomes)
    text = lines("zh", report(ledger=Ledger(verdicts)))
    assert "   规则 × 对象 6 = 通过 2 + 不符 1 + 未能判断 1 + 不适用 1 + 豁免 1" in text


def test_a_long_list_of_unread_figures_is_cut_and_says_so() -> None:
    unread = tuple(Unread(at(each, 0, 2), f"{each}元", "no_field", open=each == 25) for each in range(1, 26))
    text = lines("zh", report(unread=unread))
    start = text.index("未读入的数字 (25)")
    assert "“25元” (第25行) 请查看" in text[start + 1]
    assert "   另有 5 个, 见 JSON 输出" in text


def test_a_department_and_period_that_were_not_recognised_are_told_as_such() -> None:
    text = lines("zh", report(department="", period=(None, None), as_of=None))
    assert "部门      (未能识别)" in text
    assert "期间      (未能识别)" in text


def test_rules_of_another_day_than_the_cut_off_are_told() -> None:
    assert "规则日期  2024-01-01" in lines("zh", report(as_of=date(2024, 1, 1)))
    assert not any("规则日期" in line for line in lines("zh", report()))


@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_list_of_all_submissions_stays_in_columns_whatever_the_names(width: int) -> None:
    long = report(
        department="青岚县" + "自然资源和规划" * 5 + "局", status=Status.FINDINGS, findings=(finding(),)
    )
    text = lines("zh", long, grey(), report(), width=width)
    listed = text[text.index("共 3 份") :]
    columns = [
        sum(2 if east_asian_width(each) in "WF" else 1 for each in line[: line.rindex(light)])
        for light in ("灰", "有待处理", "绿")
        for line in listed
        if line.endswith(light)
    ]
    assert len(columns) == 3
    assert len(set(columns)) == 1
    assert listed[2].startswith("青岚县档案馆")  # the grey one first


def test_words_of_a_report_cannot_steer_the_terminal() -> None:
    hostile = "档案馆\x1b[2J\x07\n伪造的一行\u202e\u2028"
    told = report(
        department=hostile,
        status=Status.FINDINGS,
        findings=(finding(message=Bilingual(hostile, hostile), explanation=Explanation(hostile)),),
        unread=(Unread(at(1, 0, 1), hostile, "no_field"),),
    )
    for page in (Page(80), Page(80, colour=True)):
        text = terminal_report(Results((told, told)), "zh", page)
        assert not set(text) & {"\x07", "\u202e", "\u2028", "\r"}
        assert "\x1b[2J" not in text
        assert not any(line.startswith("伪造") for line in text.splitlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fixed_word_can_be_printed_in_gbk(language: Language) -> None:
    full = report(status=Status.FINDINGS, findings=(finding(explanation=Explanation("因", at(1, 0, 1))),))
    terminal_report(Results((full, grey(), report())), language, Page(80)).encode("gbk")


def test_colour_does_not_hang_on_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in terminal_report(Results((grey(),)), "zh", Page(80, colour=True))
    assert "\x1b[" not in terminal_report(Results((grey(),)), "zh", Page(80))


def test_files_that_were_not_read_are_listed_with_the_reports() -> None:
    faults = (Fault("read.empty", Bilingual("文件是空的", "the file is empty"), Location("a.txt")),)
    assert files_told(faults, (), "zh", Page(80)).splitlines() == ["", "未能读取 (1)", "   a.txt: 文件是空的"]
    assert "a.txt: the file is empty" in files_told(faults, (), "en", Page(80))
    assert files_told((), (), "zh", Page(80)) == ""
    lock = Fault("read.lock", Bilingual("可能正在编辑", "may be open"), Location("~$a.txt"))
    assert files_told((), (lock,), "zh", Page(80)).splitlines() == [
        "",
        "另请留意 (1)",
        "   ~$a.txt: 可能正在编辑",
    ]
    assert files_told(faults, (lock,), "en", Page(80)).splitlines()[1::3] == ["Not read (1)", "Also told (1)"]


def check_json(*reports: Report, language: Language = "zh") -> dict[str, object]:
    found = json.loads(findings_json(Results(tuple(reports)), language))
    assert isinstance(found, dict)
    return found


def test_one_report_is_the_contract_itself_and_its_keys_keep_their_order() -> None:
    contract = check_json(report(status=Status.FINDINGS, findings=(finding(),)))
    assert list(contract) == [
        "tool", "ruleset", "plugins", "inputs", "as_of", "period", "status", "summary", "findings",
        "origins", "deciders", "ledger", "subjects", "printed", "content", "projects", "unread",
    ]  # fmt: skip
    findings = contract["findings"]
    assert isinstance(findings, list)
    assert list(findings[0]) == [
        "rule", "plugin", "topic", "title", "severity", "subject", "outcome", "message", "values", "recomputed", "calculation",
        "cause", "measure", "limit", "margin", "explanation", "also", "basis", "locations", "fingerprint",
    ]  # fmt: skip


def test_several_reports_are_listed_below_their_sums() -> None:
    red = report(status=Status.FINDINGS, findings=(finding(), finding(severity=Severity.ERROR)))
    contract = check_json(red, grey(), report(as_of=date(2023, 6, 30)))
    assert list(contract) == ["tool", "ruleset", "as_of", "status", "summary", "reports"]
    assert contract["as_of"] == "2023-06-30"
    assert contract["status"] == "grey"  # grey is counted first, whatever was found in others
    assert contract["summary"] == {
        "reports": 3, "findings": 1, "grey": 1, "green": 1, "errors": 1, "warnings": 1, "notices": 0,
        "pass": 0, "violation": 0, "undetermined": 1, "not_applicable": 0, "waived": 0,
        "rules_by_subjects": 1, "open_required": 1, "unread": 1, "unread_open": 1,
        "papers_unread": 0, "papers_unread_open": 0,
    }  # fmt: skip
    assert check_json(grey(as_of=None), report())["as_of"] is None
    assert check_json(grey(), report())["status"] == "grey"
    assert check_json(red, report())["status"] == "findings"


def test_a_run_is_grey_where_a_file_was_not_read_and_one_report_is_never_green_then() -> None:
    red = report(status=Status.FINDINGS, findings=(finding(),))
    broken = Fault("read.broken", Bilingual("坏", "broken"), Location("b.docx"))
    lock = Fault("read.lock", Bilingual("锁", "lock"), Location("~$a.docx"))

    def status(*reports: Report, faults: tuple[Fault, ...] = (), remarks: tuple[Fault, ...] = ()) -> str:
        found = json.loads(findings_json(Results(reports, faults, remarks), "zh"))
        return str(found["status"])

    assert status(report(), report(), faults=(broken,)) == "grey"
    assert status(red, report(), faults=(broken,)) == "grey"
    assert status(report(), faults=(broken,)) == "grey"
    assert status(red, faults=(broken,)) == "findings"
    assert status(report(), report(), remarks=(lock,)) == status(report(), remarks=(lock,)) == "green"


def test_values_of_every_kind_are_exact_and_shown() -> None:
    approximate = Interval(Fraction(20), Fraction(30), True, False)
    third = Interval.point(Fraction(1, 3))
    people = Unit(Kind.COUNT, "人")
    values = {
        "money": read(SPENT),
        "third": Trace("a / b", Number(third, third, Unit(Kind.RATIO, ""))),
        "some": Trace("n", Number(approximate, approximate, people)),
        "base": Trace("base_name", "adjusted_budget"),
        "day": Trace("period_to", date(2023, 6, 30)),
    }
    contract = check_json(report(status=Status.FINDINGS, findings=(finding(values=values),)))
    findings = contract["findings"]
    assert isinstance(findings, list)
    found = findings[0]["values"]
    assert found["money"] == {"value": "30", "unit": "万元", "shown": "30万元"}
    assert found["third"] == {"value": "1/3", "unit": "", "shown": "33.33%"}
    assert found["some"]["value"] is None
    assert found["base"] == {"value": "adjusted_budget", "unit": "", "shown": "调整预算"}
    assert found["day"]["value"] == "2023-06-30"


def test_only_confirmed_bases_are_in_the_contract() -> None:
    bases = (Basis("某某办法", "9号", "第三条", "原文", confirmed=True), Basis("未核对的文件"))
    contract = check_json(report(status=Status.FINDINGS, findings=(finding(basis=bases),)))
    findings = contract["findings"]
    assert isinstance(findings, list)
    assert findings[0]["basis"] == [
        {"document": "某某办法", "number": "9号", "article": "第三条", "quote": "原文", "confirmed": True}
    ]


def test_the_ledger_tells_what_a_verdict_lacks_and_which_guard_ruled_it_out() -> None:
    ruled_out = Verdict("XXX2", LINE, Outcome.NOT_APPLICABLE, guard="spent > 0")
    contract = check_json(report(ledger=Ledger((OPEN, ruled_out))))
    assert contract["ledger"] == [
        {
            "rule": "XXX1",
            "subject": "department/total",
            "outcome": "undetermined",
            "reasons": [{"reason": "missing", "subject": "department/total", "field": "spent"}],
        },
        {
            "rule": "XXX2",
            "subject": "department/total",
            "outcome": "not_applicable",
            "reasons": [{"reason": "guard", "guard": "spent > 0"}],
        },
    ]


def conflicting() -> Submission:
    other = money("spent", "31", 12, 60, state=State.CONFLICTING)
    spent = money("spent", "30", 9, 40, state=State.CONFLICTING, witnesses=(other,))
    adjusted = Fact(
        "adjusted_budget",
        printed_quantity("2.5", WAN),
        State.DERIVED,
        formula="initial_budget + total.carried_over",
    )
    label = Fact("line", "total")
    total = Subject(
        "line",
        "department/total",
        facts={"line": label, "spent": spent, "adjusted_budget": adjusted},
        name="合计",
    )
    people = printed_quantity("6", Unit(Kind.COUNT, "名"))
    posts = Fact("posts", people, location=at(3, 1, 3), quote="6名")
    row = Subject(
        "count",
        "department/count:1",
        facts={
            "name": Fact("name", "一个名称非常长而且一行放不下的统计事项"),
            "value": Fact("value", people, location=at(4, 5, 7), quote="6名"),
        },
        name="一个名称非常长而且一行放不下的统计事项",
    )
    department = Subject(
        "department",
        "department",
        facts={"posts": posts},
        tables={"counts": Table((row,), Completeness.UNKNOWN)},
        members={"total": total},
        name=DEPARTMENT.name,
    )
    return Submission(department, (Document("report.txt", "1" * 64, "text"),))


def test_all_witnesses_of_a_conflict_are_read_and_marked() -> None:
    contract = json.loads(facts_json((conflicting(),)))
    found = [(each["value"], each["state"], each["location"]["address"]) for each in contract["facts"]]
    assert found == [("30", "conflicting", "¶9"), ("31", "conflicting", "¶12")]
    assert [(each["what"], each.get("field"), each["value"]) for each in contract["counts"]] == [
        ("编制", "posts", "6"),
        ("一个名称非常长而且一行放不下的统计事项", None, "6"),
    ]
    assert [(each["field"], each["value"], each["state"]) for each in contract["inferred"]] == [
        ("adjusted_budget", "2.5", "derived")
    ]


def test_what_was_read_stands_in_columns_with_formulas_in_words() -> None:
    text = facts_terminal((conflicting(),), "zh", Page(60)).splitlines()
    assert line_with("调整预算", text).split()[:5] == ["调整预算", "2.5万元", "推算:", "年初预算", "+"]
    rows = [line for line in text if line.endswith("行") or "前后不一" in line]
    places = {
        sum(2 if east_asian_width(each) in "WF" else 1 for each in row[: row.index("第")]) for row in rows
    }
    assert len(rows) == 4
    assert len(places) == 1


def test_a_formula_is_said_in_words() -> None:
    assert formula_said("initial_budget + carried_over", "zh") == "年初预算 + 上年结转"
    assert formula_said("total.carried_over = 0", "zh") == "合计的上年结转 = 0"
    assert formula_said("total.carried_over = 0", "en") == "total carried over = 0"
