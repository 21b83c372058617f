"""The end of a submission: papers and figures left unread, and how every rule ended on every subject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.bilingual import Bilingual
from perfrules.language import calculation, lacks_said
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.submission import Unread
from perfrules.plugins.hooks import Detail
from perfrules.reporters.html.lists import Told
from perfrules.reporters.html.marks import key_of
from perfrules.reporters.html.markup import Markup, element, joined
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import (
    FIGURES_UNREAD,
    OUTCOMES,
    PAPERS_UNREAD,
    WHY_UNREAD,
    place_said,
    subject_said,
)


def unread_markup(one: Told, level: int, say: Say) -> Markup | None:
    """Papers that were not read, then figures that were not taken in, each leading to its place; those to be looked at first."""
    numbered = sorted(enumerate(one.report.unread, 1), key=lambda each: not each[1].open)
    papers = [each for each in numbered if each[1].is_paper]
    figures = [each for each in numbered if not each[1].is_paper]
    if not numbered:
        return None
    return joined(
        _all_unread(PAPERS_UNREAD, papers, one, level, say) if papers else None,
        _all_unread(FIGURES_UNREAD, figures, one, level, say) if figures else None,
    )


def _all_unread(
    said: Bilingual, listed: Sequence[tuple[int, Unread]], one: Told, level: int, say: Say
) -> Markup:
    to_look_at = sum(each.open for _, each in listed)
    count = say(
        f"{len(listed)} 个, 其中请查看 {to_look_at} 个", f"{len(listed)}, please look at {to_look_at}"
    )
    title = f"{say.of(said)} ({count})"
    items = (_unread(at, each, one, say) for at, each in listed)
    summary = element("summary", element(f"h{level}", title))
    return element("details", summary, element("ul", items), class_="unread", open=to_look_at > 0)


def _unread(at: int, unread: Unread, one: Told, say: Say) -> Markup:
    why = say.of(WHY_UNREAD[unread.why]) if unread.why in WHY_UNREAD else unread.why
    where = place_said(unread.location, say.language) or unread.location.source
    words = f"“{' '.join(unread.quote.split())}” ({where})"
    is_drawn = bool(
        one.report.inputs
    )  # of a department of which nothing is read there is no document to lead to
    place = f"#{one.anchors[key_of(unread.location)]}"
    link = element("a", words, href=place) if is_drawn else element("span", words)
    mark = element("strong", say("请查看: ", "please look: ")) if unread.open else None
    return element("li", link, " ", mark, why, id=f"{one.prefix}u{at}")


def ledger_markup(one: Told, level: int, say: Say) -> Markup:
    """The sums, which add up; the undetermined by what they lack, the waived and the corrected with who and why."""
    report = one.report
    totals = report.ledger.totals()
    sums = " + ".join(f"{say.of(OUTCOMES[outcome])} {count}" for outcome, count in totals.items())
    whole = f"{say('规则 × 对象', 'rules × subjects')} {len(report.ledger.verdicts)} = {sums}"
    body = joined(
        element("p", whole),
        _undetermined(report, say),
        _waived(report, say),
        _corrected(report, say),
        _every_verdict(report, say) if say.page.detail is Detail.VERBOSE else None,
    )
    title = element(f"h{level}", say("核查记录", "Ledger"))
    return element(
        "details",
        element("summary", title),
        body,
        class_="ledger",
        id=f"{one.prefix}ledger",
        open=bool(report.open_required),
    )


def _undetermined(report: Report, say: Say) -> Markup | None:
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for each in report.ledger.verdicts:
        if each.outcome is Outcome.UNDETERMINED:
            groups.setdefault((each.rule, lacks_said(each.lacks, say.language)), []).append(each)
    if not groups:
        return None
    required = set(map(id, report.open_required))
    rows = sorted(groups.items(), key=lambda group: not any(id(each) in required for each in group[1]))
    body = (_row(rule, said, verdicts, required, say) for (rule, said), verdicts in rows)
    title = say("未能判断", "Undetermined")
    heads = (say("规则", "Rule"), say("应判断", "Required"), say("对象", "Subjects"), say("缺少", "Lacking"))
    head = element("thead", element("tr", (element("th", each, scope="col") for each in heads)))
    table = element("table", element("caption", title), head, element("tbody", body))
    return element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)


def _row(rule: str, said: str, verdicts: list[Verdict], required: set[int], say: Say) -> Markup:
    names = dict.fromkeys(subject_said(each.subject, say.language) for each in verdicts)
    asked = say("应判断", "yes") if any(id(each) in required for each in verdicts) else ""
    cells = (asked, f"{len(verdicts)}: {say.listed(names)}", said)
    return element("tr", element("th", rule, scope="row"), (element("td", each) for each in cells))


def _every_verdict(report: Report, say: Say) -> Markup:
    """Every rule on every subject, with its calculation: for those who want to see what passed, too."""
    rows = (_verdict(each, say) for each in report.ledger.verdicts)
    title = say("全部判断", "Every verdict")
    heads = (say("规则", "Rule"), say("对象", "Subject"), say("结果", "Outcome"), say("计算", "Computed"))
    head = element("thead", element("tr", (element("th", each, scope="col") for each in heads)))
    table = element("table", element("caption", title), head, element("tbody", rows))
    return element("div", table, class_="wide", role="group", aria_label=title, tabindex=0)


def _verdict(verdict: Verdict, say: Say) -> Markup:
    how = calculation(verdict.trace, say.language) if verdict.trace is not None else ""
    cells = (subject_said(verdict.subject, say.language), say.of(OUTCOMES[verdict.outcome]), how)
    return element("tr", element("th", verdict.rule, scope="row"), (element("td", each) for each in cells))


def _waived(report: Report, say: Say) -> Markup | None:
    items = [element("li", each) for each in _waived_lines(report, say)]
    return joined(element("p", say("已豁免", "Waived")), element("ul", items)) if items else None


def _waived_lines(report: Report, say: Say) -> Iterator[str]:
    for each in report.ledger.verdicts:
        if each.waiver is not None:
            by, until = each.waiver.approved_by, each.waiver.expires
            approved = say(f"{by}批准, 有效至 {until}", f"approved by {by}, until {until}")
            yield f"{each.rule} {subject_said(each.subject, say.language)}: {each.waiver.reason} ({approved})"


def _corrected(report: Report, say: Say) -> Markup | None:
    items = []
    for each in report.corrections:
        before = each.read_as or say("未读入", "unread")
        where = f"{each.location.source} {place_said(each.location, say.language)}"
        after = f"{each.owner} {each.item}".strip()
        said = (
            f"“{' '.join(each.quote.split())}” ({where}) {before} → {after}; {each.by} {each.on}: {each.why}"
        )
        items.append(element("li", said))
    title = say("人工更正的读法", "Readings corrected by a person")
    return joined(element("p", title), element("ul", items)) if items else None
