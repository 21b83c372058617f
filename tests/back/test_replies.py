"""Answers come back: what was filled in is read, what was approved becomes a bounded waiver, what was changed is told."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from perfrules import pipeline
from perfrules.cli.decisions import _not_read
from perfrules.cli.main import outcome
from perfrules.errors import ReadError
from perfrules.location import Location
from perfrules.model.finding import Outcome
from perfrules.model.reply import ANSWERS, OPINIONS, Answer, Opinion, Standing
from perfrules.plugins import catalog
from perfrules.rules import load_replies
from perfrules.rules.replies import Replies, Row, reply_form
from perfrules.rules.replies.bounds import bound_from, bound_said
from perfrules.rules.replies.form import COLUMNS, ENTERED, HELP, KEPT, SHEET

CATALOG = catalog()
RULES = pipeline.prepare(None, CATALOG, with_examples=False)
REPORT = Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt"
NAME = "云岭县互联网信息办公室"
HEAD = {column.name: at for at, column in enumerate(COLUMNS, 1)}
APPROVED = {"部门答复": "有说明", "说明": "合同约定验收后付清", "财政审核意见": "同意", "审核人": "王科长", "审核日期": "2022-07-20", "有效期": "2022-12-31"}  # fmt: skip


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What goes back of the report of the examples."""
    target = tmp_path_factory.mktemp("sent")
    assert outcome(["return", str(REPORT), "--to", str(target)]) == 0
    return target / NAME


@pytest.fixture
def form(sent: Path, tmp_path: Path) -> Path:
    """The form that goes out with the report of the examples."""
    shutil.copytree(sent, tmp_path / "to" / NAME)
    return tmp_path / "to" / NAME / "反馈单.xlsx"


def fill(path: Path, *rows: tuple[int, dict[str, Any]]) -> None:
    """Enters something into rows of a form, the first finding being 1."""
    book = load_workbook(path)
    for number, entered in rows:
        for name, value in entered.items():
            book[SHEET].cell(number + 2, HEAD[name]).value = value
    book.save(path)


def loaded(*paths: Path, day: date | None = None) -> Replies:
    return load_replies(paths, RULES, CATALOG.types, CATALOG.functions, day)


def checked(replies: Replies, path: Path = REPORT) -> Any:
    return pipeline.check_paths([path], RULES, CATALOG, replies=replies).reports[0]


def test_an_approved_answer_waives_its_finding(form: Path) -> None:
    before = checked(Replies())
    (slow,) = (each for each in before.findings if each.rule == "EXE101")
    fill(form, (4, APPROVED))
    replies = loaded(form)
    (waiver,) = (each.waiver for each in replies.waivers)
    assert (waiver.rule, waiver.subject, waiver.reason) == (
        "EXE101",
        "department/project",
        "合同约定验收后付清",
    )
    assert (waiver.approved_by, waiver.expires, waiver.approved_on) == (
        "王科长",
        date(2022, 12, 31),
        date(2022, 7, 20),
    )
    assert waiver.bound is not None
    assert waiver.bound.text == ">= 19.77%"  # 2.7505 of 13.91 is 19.7735 %
    after = checked(replies)
    assert {each.rule for each in before.findings} - {each.rule for each in after.findings} == {"EXE101"}
    (verdict,) = (each for each in after.ledger.verdicts if each.outcome is Outcome.WAIVED)
    assert verdict.waiver is not None
    assert verdict.waiver.location == Location(form.as_posix(), "反馈单!F6")
    assert [(each.reply.fingerprint, each.standing) for each in after.replies] == [(slow.fingerprint, Standing.WAIVED)]  # fmt: skip


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"部门答复": "有说明", "说明": "待验收"}, None),
        ({"部门答复": "已更正"}, None),
        ({**APPROVED, "财政审核意见": "不同意"}, Opinion.REFUSED),
        ({**APPROVED, "部门答复": "已更正"}, Opinion.AGREED),  # looked at in the file, not waived
    ],
)
def test_an_answer_that_is_merely_given_stays_open_and_is_shown(
    form: Path, entered: dict[str, str], said: Opinion | None
) -> None:
    fill(form, (4, entered))
    after = checked(loaded(form))
    (slow,) = (each for each in after.findings if each.rule == "EXE101")
    assert slow.reply is not None
    assert ANSWERS[slow.reply.answer].zh == entered["部门答复"]
    assert slow.reply.opinion is said
    assert [each.standing for each in after.replies] == [Standing.OPEN]


@pytest.mark.parametrize(
    ("spent", "is_waived"), [("2.7505", True), ("2.76", True), ("2.74", False), ("0.5", False)]
)
def test_the_waiver_goes_as_far_as_what_was_looked_at(
    form: Path, tmp_path: Path, spent: str, is_waived: bool
) -> None:
    fill(form, (4, APPROVED))
    other = tmp_path / "new.txt"
    text = REPORT.read_text(encoding="utf-8").replace("项目支出 2.7505 万元", f"项目支出 {spent} 万元").replace("项目支出2.7505", f"项目支出{spent}")  # fmt: skip
    other.write_text(text, encoding="utf-8")
    after = checked(loaded(form), other)
    outcomes = {each.outcome for each in after.ledger.verdicts if each.rule == "EXE101" and each.subject.id == "department/project"}  # fmt: skip
    assert outcomes == {Outcome.WAIVED if is_waived else Outcome.VIOLATION}
    exceeded = [each for each in after.findings if each.rule == "WVR102"]
    assert bool(exceeded) is not is_waived
    if exceeded:
        assert "限度 不低于 19.77%" in exceeded[0].message.zh


def test_a_waiver_by_reply_ends_on_its_day_and_a_gone_finding_is_no_fault(form: Path, tmp_path: Path) -> None:
    fill(form, (4, APPROVED))
    late = checked(loaded(form, day=date(2023, 1, 1)))
    assert {each.rule for each in late.findings} >= {"EXE101", "WVR101"}
    other = tmp_path / "new.txt"
    other.write_text(REPORT.read_text(encoding="utf-8").replace("2.7505", "7.7505"), encoding="utf-8")
    gone = checked(loaded(form), other)
    assert not {each.rule for each in gone.findings} & {"EXE101", "WVR101", "WVR102", "WVR103"}
    assert [each.standing for each in gone.replies] == [Standing.GONE]


def test_a_figure_that_was_wrong_is_waived_only_while_it_is_the_same(form: Path) -> None:
    fill(form, (1, {**APPROVED, "部门答复": "有异议", "说明": "以到位资金为口径"}))
    replies = loaded(form)
    assert replies.waivers[0].waiver.bound is not None
    assert replies.waivers[0].waiver.bound.text == "in [46.29%..46.30%]"
    after = checked(replies)
    assert [each.subject.id for each in after.findings if each.rule == "ARI106"] == [
        "department/basic/claim:1"
    ]


def test_rules_that_cannot_be_waived_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = {"total": {"initial_budget": "10.00万元"}, "basic": {"initial_budget": "6.00万元"}, "project": {"initial_budget": "5.00万元"}}  # fmt: skip
    whole = {"perfrules": "submission/1", "department": "某局", "period": {"from": "2022-01-01", "to": "2022-06-30"}, "lines": lines}  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    assert outcome(["return", str(path), "--to", str(tmp_path / "to")]) == 0
    form = tmp_path / "to" / "某局" / "反馈单.xlsx"
    fill(form, (1, APPROVED))
    assert outcome(["check", str(path), "--replies", str(form)]) == 1
    told = capsys.readouterr()
    assert "规则 ARI101 的这一发现不能豁免, 意见已记录, 发现保留" in told.err
    assert "财政意见" in told.out
    assert "未能豁免, 仍列为发现" in told.out


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"说明": "只有说明"}, "F6", "缺少“部门答复”"),
    ({"部门答复": "有说明"}, "G6", "缺少“说明”"),
    ({"部门答复": "好的"}, "F6", "不在可选之列"),
    ({"部门答复": '=HYPERLINK("http://a","有说明")', "说明": "x"}, "F6", "不在可选之列"),
    ({**APPROVED, "财政审核意见": "可以"}, "H6", "不在可选之列"),
    ({**APPROVED, "审核人": None}, "I6", "缺少“审核人”"),
    ({**APPROVED, "审核日期": None}, "J6", "缺少“审核日期”"),
    ({**APPROVED, "有效期": None}, "K6", "缺少“有效期”"),
    ({**APPROVED, "财政审核意见": None}, "H6", "缺少“财政审核意见”"),
    ({**APPROVED, "有效期": "年底"}, "K6", "不是日期"),
    ({**APPROVED, "有效期": "=TODAY()"}, "K6", "不是日期"),
    ({**APPROVED, "有效期": "2022-07-01"}, "K6", "早于审核日期"),
    ({**APPROVED, "规则": "EXE106"}, "C6", "被改动过"),
    ({**APPROVED, "对象": "department"}, "C6", "被改动过"),
    ({**APPROVED, "限度": "不低于 0%"}, "C6", "被改动过"),
    ({**APPROVED, "编号": "0" * 16}, "C6", "被改动过"),
    ({**APPROVED, "期末": "2021-06-30"}, "C6", "被改动过"),
    ({**APPROVED, "行校验": None}, "C6", "被改动过"),
]


@pytest.mark.parametrize(("entered", "cell", "said"), FAULTS)
def test_what_is_incomplete_or_was_changed_is_told_with_its_cell(
    form: Path, entered: dict[str, Any], cell: str, said: str
) -> None:
    fill(form, (4, entered))
    with pytest.raises(ReadError) as told:
        loaded(form)
    assert len(told.value.faults) == 1
    assert f"反馈单!{cell}: " in told.value.said("zh")
    assert said in told.value.said("zh")


def test_all_faults_are_told_at_once(form: Path) -> None:
    fill(form, *((number, entered) for number, (entered, _, _) in enumerate(FAULTS[:4], 1)))
    with pytest.raises(ReadError) as told:
        loaded(form)
    assert len(told.value.faults) == 4


@pytest.mark.parametrize(
    ("bound", "zh", "en"),
    [
        (">= 19.77%", "不低于 19.77%", "at least 19.77%"),
        ("<= 3期", "不高于 3期", "at most 3期"),
        ("== 2022-06-30", "等于 2022-06-30", "equal to 2022-06-30"),
        ("in [46.29%..46.30%]", "46.29% 至 46.30%", "46.29% to 46.30%"),
        ("in [-3万元..-1万元]", "-3万元 至 -1万元", "-3万元 to -1万元"),
        ("", "", ""),
    ],
)
def test_bounds_are_said_in_words_and_read_back_from_them(bound: str, zh: str, en: str) -> None:
    assert (bound_said(bound), bound_said(bound, "en")) == (zh, en)
    assert bound_from(zh) == bound_from(bound) == bound


def test_the_same_number_twice_is_one_number() -> None:
    assert bound_said("in [2..2]") == "等于 2"
    assert bound_from("等于 2") == "== 2"


def test_many_forms_that_were_not_read_back_have_a_line_each() -> None:
    told = list(_not_read([f"back/{at}/反馈单.xlsx" for at in range(46)], zh=True))
    assert told[0] == "有反馈单没有读回 (46); 用 --replies 写明文件或文件夹"
    assert told[1] == "   back/0/反馈单.xlsx"
    assert told[-1] == "   另有 36 份"
    assert max(map(len, told)) < 60


def test_dates_as_programs_make_them_and_people_type_them(form: Path) -> None:
    fill(form, (1, {**APPROVED, "审核日期": date(2022, 7, 20), "有效期": "2022年12月31日"}))
    fill(form, (2, {**APPROVED, "审核日期": "2022/7/20", "有效期": "2022.12.31"}))
    assert {(each.reviewed_on, each.expires) for each in loaded(form).replies} == {
        (date(2022, 7, 20), date(2022, 12, 31))
    }


def test_a_formula_is_the_text_that_was_typed(form: Path) -> None:
    fill(form, (4, {"部门答复": "有说明", "说明": '=HYPERLINK("http://example.org","点我")'}))
    (reply,) = loaded(form).replies
    assert reply.text == '=HYPERLINK("http://example.org","点我")'


def test_columns_may_be_moved_and_rows_sorted(form: Path) -> None:
    fill(form, (4, APPROVED), (1, {"部门答复": "已更正"}))
    book = load_workbook(form)
    sheet = book[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    head, body = rows[0], [*rows[1:]]
    random.Random(1).shuffle(body)
    order = random.Random(2).sample(range(len(head)), len(head))
    for at, row in enumerate([head, *body], 2):
        for place, source in enumerate(order, 1):
            sheet.cell(at, place).value = row[source]
    book.save(form)
    assert {(each.rule, each.answer) for each in loaded(form).replies} == {("EXE101", Answer.EXPLAINED), ("ARI106", Answer.CORRECTED)}  # fmt: skip


def test_two_copies_agree_or_are_told(form: Path, tmp_path: Path) -> None:
    fill(form, (4, APPROVED))
    copy = tmp_path / "副本 反馈单.xlsx"
    copy.write_bytes(form.read_bytes())
    assert len(loaded(form, copy).replies) == 1
    fill(copy, (4, {"说明": "另一种说法"}))
    with pytest.raises(ReadError) as told:
        loaded(form, copy)
    assert "同一条发现在" in told.value.said("zh")


def test_forms_are_found_in_folders(form: Path, tmp_path: Path) -> None:
    fill(form, (4, APPROVED))
    assert [path for path, _ in loaded(tmp_path).files] == [form.as_posix()]
    (tmp_path / "empty").mkdir()
    with pytest.raises(ReadError) as told:
        loaded(tmp_path / "empty")
    assert "文件夹里没有反馈单" in told.value.said("zh")


@pytest.mark.parametrize(
    ("name", "content"),
    [("没有.xlsx", None), ("a.xlsx", b"no archive"), ("b.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600)), ("c.xlsx", b"PK\x05\x06" + bytes(18))],
)  # fmt: skip
def test_what_is_no_form_is_told(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReadError) as told:
        loaded(path)
    assert name in told.value.said("zh")
    assert told.value.said("en").isascii() is False or told.value.said("en")


def test_a_form_whose_heading_was_changed_is_told(form: Path) -> None:
    book = load_workbook(form)
    book[SHEET].cell(2, HEAD["编号"]).value = "别的"
    book.save(form)
    with pytest.raises(ReadError) as told:
        loaded(form)
    assert "不是 perfrules 写出的反馈单" in told.value.said("zh")


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), max_size=30).map(str.strip)
ROWS = st.builds(
    lambda number, texts: Row(*texts, bound=">= 1.00%", fingerprint=f"{number:016x}", rule="EXE101", department=NAME, end="2022-06-30", subject="department/project", files="f" * 64),
    st.integers(0, 2**60),
    st.lists(TEXTS, min_size=4, max_size=4),
)  # fmt: skip


@settings(max_examples=40)
@given(
    st.lists(ROWS, min_size=1, max_size=4, unique_by=lambda row: row.fingerprint),
    st.lists(st.tuples(st.sampled_from(Answer), TEXTS.filter(bool), st.sampled_from([None, *Opinion]), TEXTS.filter(bool)), min_size=4, max_size=4),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)  # fmt: skip
def test_whatever_is_filled_in_is_read_back(
    rows: list[Row], filled: list[tuple[Answer, str, Opinion | None, str]], day: date
) -> None:
    from perfrules.bilingual import Bilingual
    from perfrules.documents.forms import filled_rows
    from perfrules.errors import Fault
    from perfrules.rules.replies.rows import faults_of, reply_of

    book = load_workbook(BytesIO(reply_form(rows, "=标题")))
    sheet = book[SHEET]
    for at, (answer, text, opinion, reviewer) in enumerate(filled[: len(rows)], 3):
        entered = [
            ANSWERS[answer].zh,
            text,
            OPINIONS[opinion].zh if opinion else None,
            reviewer if opinion else None,
        ]
        entered += [day.isoformat(), day] if opinion else []
        for name, value in zip(ENTERED, entered, strict=False):
            sheet.cell(at, HEAD[name]).value = value
            sheet.cell(at, HEAD[name]).data_type = (
                "s" if isinstance(value, str) else sheet.cell(at, HEAD[name]).data_type
            )
    kept = BytesIO()
    book.save(kept)
    told = Fault("none", Bilingual("无", "none"))
    read = filled_rows("反馈单.xlsx", kept.getvalue(), SHEET, (*KEPT, *ENTERED, "行校验"), told)
    assert len(read) == len(rows)
    for row, back, (answer, text, opinion, reviewer) in zip(rows, read, filled, strict=False):
        assert [*faults_of(back)] == []
        reply = reply_of(back)
        assert (reply.fingerprint, reply.answer, reply.opinion) == (row.fingerprint, answer, opinion)
        assert reply.text == text
        assert reply.words == row.words
        assert (reply.reviewer, reply.expires) == ((reviewer, day) if opinion else ("", None))


def test_nothing_in_a_form_is_a_formula_and_the_same_findings_give_the_same_bytes() -> None:
    row = Row(
        "请更正", "=1+1", "+2", "-3", "@4", "f" * 16, "EXE101", "=某局", "2022-06-30", "department", "f" * 64
    )
    made = reply_form([row], "=标题")
    assert made == reply_form([row], "=标题")
    for sheet in load_workbook(BytesIO(made)).worksheets:
        for cells in sheet.iter_rows():
            assert all(
                cell.data_type in ("s", "n") and (cell.value is None or cell.data_type == "s")
                for cell in cells
            )
    sheet = load_workbook(BytesIO(made))[SHEET]
    assert sheet.protection.sheet
    assert [sheet.cell(3, HEAD[name]).protection.locked for name in ("部门答复", "有效期", "编号", "核对意见")] == [False, False, True, True]  # fmt: skip
    assert all(
        sheet.column_dimensions[chr(64 + HEAD[name])].hidden
        for name in ("编号", "规则", "部门", "期末", "对象", "文件校验", "行校验")
    )
    assert {each.formula1 for each in sheet.data_validations.dataValidation} == {
        '"已更正,有说明,有异议"',
        '"同意,不同意"',
    }
    assert len(HELP) > 4


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_command_tells_what_was_answered(
    form: Path,
    tmp_path: Path,
    language: str,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    fill(
        form,
        (1, {"部门答复": "已更正"}),
        (3, {"部门答复": "有说明", "说明": "另一项已\n完成"}),
        (4, APPROVED),
    )
    fill(form, (5, {**APPROVED, "财政审核意见": "不同意", "部门答复": "有异议", "有效期": None}))
    capsys.readouterr()
    assert outcome(["check", str(REPORT), "--replies", str(form), "--lang", language]) == 1
    told = capsys.readouterr()
    answers = [line for line in told.out.splitlines() if line.split()[:1] and line.split()[0] in ("部门答复", "财政意见", "Answered", "Opinion")]  # fmt: skip
    golden(f"replies.{language}.txt", "\n".join(answers) + "\n")
    assert told.err == ""
    assert outcome(["check", str(REPORT), "--replies", str(tmp_path), "-f", "json"]) == 1
    told = capsys.readouterr()
    whole = json.loads(told.out)
    assert [each["standing"] for each in whole["replies"]] == ["open", "open", "waived", "open"]
    assert whole["reply_forms"][0]["path"] == form.as_posix()
    assert whole["review_date"] == "2022-06-30"


def test_forms_that_lie_beside_reports_are_no_reports_and_are_told(
    form: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(form, (4, APPROVED))
    (form.parent / "a.txt").write_text(REPORT.read_text(encoding="utf-8"), encoding="utf-8")
    (form.parent / "核对意见.xlsx").unlink()
    capsys.readouterr()
    assert outcome(["check", str(form.parent), "--fail-on", "never"]) == 0
    assert "有反馈单没有读回" in capsys.readouterr().err
    assert outcome(["check", str(form.parent), "--fail-on", "never", "--replies", str(form.parent)]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_answered_elsewhere_or_gone_is_told(
    form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(form, (1, {"部门答复": "已更正"}), (4, APPROVED))
    mended = tmp_path / "new.txt"
    text = REPORT.read_text(encoding="utf-8").replace("69.86", "46.30").replace("2.7505", "7.7505").replace("19.77", "55.72")  # fmt: skip
    mended.write_text(text, encoding="utf-8")
    capsys.readouterr()
    outcome(["check", str(mended), "--replies", str(form)])
    said = capsys.readouterr().err
    assert f"{NAME} ARI106 答复已更正, 本次已不再出现" in said
    assert f"{NAME} EXE101 所答复的发现本次没有出现" in said
    other = Path(__file__).parents[1] / "files" / "x13-zhengti.xlsx"
    assert outcome(["check", str(other), "--replies", str(form)]) == 0
    assert f"反馈单所答复的这些报告不在本次核查之列: {NAME} 2022-06-30" in capsys.readouterr().err


@pytest.fixture
def years(tmp_path: Path) -> Path:
    """The report of the examples, and the same words said of the year before."""
    text = REPORT.read_text(encoding="utf-8")
    for year in ("2021", "2022"):
        (tmp_path / "years" / year).mkdir(parents=True)
        path = tmp_path / "years" / year / "a.txt"
        path.write_text(text.replace("2022", year), encoding="utf-8")
    return tmp_path / "years"


def test_an_answer_waives_the_finding_of_its_own_period_alone(form: Path, years: Path) -> None:
    fill(form, (4, APPROVED))
    before, after = pipeline.check_paths([years], RULES, CATALOG, replies=loaded(form)).reports
    assert [each.period[1] for each in (before, after)] == [date(2021, 6, 30), date(2022, 6, 30)]
    slow = {
        report.period[1]: {
            each.outcome
            for each in report.ledger.verdicts
            if (each.rule, each.subject.id) == ("EXE101", "department/project")
        }
        for report in (before, after)
    }
    assert slow == {date(2021, 6, 30): {Outcome.VIOLATION}, date(2022, 6, 30): {Outcome.WAIVED}}
    assert before.replies == ()
    assert [(each.reply.end, each.standing) for each in after.replies] == [(date(2022, 6, 30), Standing.WAIVED)]  # fmt: skip


def test_an_answer_to_one_of_two_periods_is_listed_once_and_not_called_gone(
    form: Path, years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(form, (4, {"部门答复": "有说明", "说明": "待验收"}))
    book = tmp_path / "a.xlsx"
    call = ["check", str(years), "--replies", str(form), "-f", "json", "-f", f"xlsx={book}"]
    assert outcome(call) == 1
    told = capsys.readouterr()
    assert told.err == ""
    replied = [each.get("replies", []) for each in json.loads(told.out)["reports"]]
    assert [[(one["period_end"], one["standing"]) for one in each] for each in replied] == [[], [("2022-06-30", "open")]]  # fmt: skip
    rows = list(load_workbook(book)["部门答复"].iter_rows(values_only=True))
    assert [(row[0], row[10]) for row in rows[1:]] == [(f"{NAME} 2022-06-30", "仍待处理")]


def test_an_answer_to_a_period_that_was_not_filed_is_told(
    form: Path, years: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(form, (4, APPROVED))
    assert outcome(["check", str(years / "2021"), "--replies", str(form), "-q"]) == 1
    assert f"反馈单所答复的这些报告不在本次核查之列: {NAME} 2022-06-30" in capsys.readouterr().err


def test_the_same_finding_of_two_periods_may_be_answered_differently(form: Path, years: Path, tmp_path: Path) -> None:  # fmt: skip
    assert outcome(["return", str(years / "2021"), "--to", str(tmp_path / "before")]) == 0
    (other,) = (tmp_path / "before").rglob("反馈单.xlsx")
    fill(form, (4, APPROVED))
    fill(other, (4, {"部门答复": "已更正"}))
    replies = loaded(form, other).replies
    assert len({each.fingerprint for each in replies}) == 1
    assert {(each.end, each.answer) for each in replies} == {
        (date(2022, 6, 30), Answer.EXPLAINED),
        (date(2021, 6, 30), Answer.CORRECTED),
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_form_written_before_periods_were_is_told_plainly(form: Path, language: str) -> None:
    fill(form, (4, APPROVED))
    book = load_workbook(form)
    book[SHEET].delete_cols(HEAD["期末"])
    book.save(form)
    with pytest.raises(ReadError) as told:
        loaded(form)
    (fault,) = told.value.faults
    assert fault.code == "replies.earlier"
    said = "没有“期末”, 不能确定答复的是哪一期的报告" if language == "zh" else "earlier version without 期末"
    assert said in fault.message.said(language)  # type: ignore[arg-type]
    assert fault.hint is not None
    assert "perfrules return" in fault.hint.said(language)  # type: ignore[arg-type]
