"""The rows of a form that came back, each made sure of: answers and opinions, or what is wrong with them and in which cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from perfrules.bilingual import Bilingual
from perfrules.documents.sheet import Cell
from perfrules.errors import Fault
from perfrules.model.reply import ANSWERS, OPINIONS, Answer, Opinion, Reply
from perfrules.rules.replies import form
from perfrules.rules.replies.bounds import bound_from

Row = Mapping[str, Cell]
_ANSWERS = {said.zh: answer for answer, said in ANSWERS.items()}
_OPINIONS = {said.zh: opinion for opinion, said in OPINIONS.items()}
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


def faults_of(row: Row) -> Iterator[Fault]:
    """What is wrong with a row that somebody has filled in."""
    if row[form.MARK].text != form.mark({name: row[name].quote for name in form.KEPT}):
        yield _fault(
            row[form.FINDING],
            "changed",
            "这一行不应改动的内容被改动过",
            "something in this row was changed that must stay",
            "从发出的反馈单重新填写这一行",
            "fill in this row again in the form as it went out",
        )
        return
    yield from _of_answer(row)
    yield from _of_opinion(row)


def _of_answer(row: Row) -> Iterator[Fault]:
    answer = row[form.ANSWER].text
    if not answer:
        yield _missing(row, form.ANSWER)
    elif answer not in _ANSWERS:
        yield _unknown(row, form.ANSWER, tuple(_ANSWERS))
    elif _ANSWERS[answer] is not Answer.CORRECTED and not row[form.TEXT].text:
        yield _missing(row, form.TEXT)


def _of_opinion(row: Row) -> Iterator[Fault]:
    opinion = row[form.OPINION].text
    if opinion and opinion not in _OPINIONS:
        yield _unknown(row, form.OPINION, tuple(_OPINIONS))
        return
    if not opinion:
        if any(row[name].text for name in (form.REVIEWER, form.ON, form.UNTIL)):
            yield _missing(row, form.OPINION)
        return
    waives = _OPINIONS[opinion] is Opinion.AGREED and _ANSWERS.get(row[form.ANSWER].text) is not Answer.CORRECTED  # fmt: skip
    for name in (form.REVIEWER, form.ON, *((form.UNTIL,) if waives else ())):
        if not row[name].text:
            yield _missing(row, name)
    yield from _of_dates(row)


def _of_dates(row: Row) -> Iterator[Fault]:
    for name in (form.ON, form.UNTIL):
        if row[name].text and day_of(row[name].text) is None:
            zh, en = f"“{row[name].quote}”不是日期", f"{row[name].quote} is no date"
            yield _fault(row[name], "date", zh, en, "写成 2022-07-15", "write it as 2022-07-15")
    on, until = (day_of(row[name].text) for name in (form.ON, form.UNTIL))
    if on is not None and until is not None and until < on:
        zh, en = f"有效期 {until} 早于审核日期 {on}", f"it ends on {until}, before it was looked at on {on}"
        yield _fault(row[form.UNTIL], "dates", zh, en, "核对两个日期", "look at the two dates")


def _missing(row: Row, name: str) -> Fault:
    zh, en = f"这一行缺少“{name}”", f"{name} is missing in this row"
    return _fault(row[name], "missing", zh, en, "填写后再读回; 没有答复的整行留空", "fill it in; a row without an answer stays empty")  # fmt: skip


def _unknown(row: Row, name: str, choices: tuple[str, ...]) -> Fault:
    listed = "、".join(choices)
    zh, en = f"“{row[name].quote}”不在可选之列", f"{row[name].quote} is none of the choices"
    return _fault(row[name], "choice", zh, en, f"可选: {listed}", f"there are {listed}")


def _fault(cell: Cell, code: str, zh: str, en: str, hint_zh: str, hint_en: str) -> Fault:
    return Fault(f"replies.{code}", Bilingual(zh, en), cell.location, Bilingual(hint_zh, hint_en))


def reply_of(row: Row) -> Reply:
    """The reply of a row that has no fault."""
    text = {name: cell.quote for name, cell in row.items()}
    return Reply(
        rule=text[form.RULE],
        department=text[form.DEPARTMENT],
        end=day_of(text[form.END]),
        subject=text[form.SUBJECT],
        fingerprint=text[form.FINGERPRINT],
        answer=_ANSWERS[row[form.ANSWER].text],
        text=text[form.TEXT],
        location=row[form.ANSWER].location,
        bound=bound_from(text[form.BOUND]),
        words=text[form.WORDS],
        documents=text[form.FILES],
        opinion=_OPINIONS.get(row[form.OPINION].text),
        reviewer=text[form.REVIEWER],
        reviewed_on=day_of(row[form.ON].text),
        expires=day_of(row[form.UNTIL].text),
    )


def day_of(text: str) -> date | None:
    """A date as people type it; None for anything else."""
    for shape in _DATES:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return None
