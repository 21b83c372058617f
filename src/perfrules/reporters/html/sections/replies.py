"""What a department has answered to an earlier report, and what has become of each finding."""

from __future__ import annotations

from perfrules.bilingual import Bilingual
from perfrules.model.reply import ANSWERS, OPINIONS, Replied, Reply, Standing
from perfrules.model.report import Report
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.subjects import named_in
from perfrules.reporters.html.wording import Say

STANDINGS = {
    Standing.OPEN: Bilingual("仍待处理", "still open"),
    Standing.WAIVED: Bilingual("已按答复豁免", "waived by this answer"),
    Standing.GONE: Bilingual("本次未再发现", "not found again"),
}


def replies_markup(report: Report, level: int, say: Say) -> Markup | None:
    """A row for each answer; nothing where none was given."""
    if not report.replies:
        return None
    title = f"{say('部门答复', 'Answers of the department')} ({len(report.replies)})"
    heads = (say("规则", "Rule"), say("对象", "Subject"), say("部门答复", "Answer"), say("财政意见", "Opinion"), say("现状", "Now"))  # fmt: skip
    head = element("thead", element("tr", (element("th", each, scope="col") for each in heads)))
    rows = (_row(each, report, say) for each in report.replies)
    table = element("table", element("caption", title), head, element("tbody", rows))
    wide = element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)
    return element("section", element(f"h{level}", title), wide, class_="replies")


def _row(replied: Replied, report: Report, say: Say) -> Markup:
    reply = replied.reply
    said = say.of(ANSWERS[reply.answer])
    answer = f"{said}: {' '.join(reply.text.split())}" if reply.text else said
    cells = (
        named_in(report, reply.subject, say),
        answer,
        _opinion(reply, say),
        say.of(STANDINGS[replied.standing]),
    )
    return element("tr", element("th", reply.rule, scope="row"), (element("td", each) for each in cells))


def _opinion(reply: Reply, say: Say) -> str:
    """What the bureau says, who said it and when, and until when it holds."""
    if reply.opinion is None:
        return ""
    days = [reply.reviewed_on.isoformat()] if reply.reviewed_on else []
    until = [f"{say('有效至', 'until')} {reply.expires}"] if reply.expires else []
    return ", ".join(
        each for each in (say.of(OPINIONS[reply.opinion]), reply.reviewer, *days, *until) if each
    )
