"""What a department may add so that more can be decided: figures its report does not print, the most useful first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perfrules.model.report import Decider, Report, Wanted
from perfrules.model.subject_types import label_of
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.subjects import named_in
from perfrules.reporters.html.wording import Say

MOST = 6
"""How many are shown unfolded."""


def deciders_markup(report: Report, level: int, say: Say) -> Markup | None:
    """The figures that are wanted, each with the rules that it would decide; nothing where none is."""
    if not report.deciders:
        return None
    title = say("补充这些数据, 更多规则即可判断", "Figures that would decide more rules")
    note = say(
        "按能多判断的项数排列; 后一项以前面各项已列出为前提。",
        "The most useful first; each as if those before it were there.",
    )
    items = [element("li", _decider(each, report, say)) for each in report.deciders]
    more = items[MOST:]
    return element(
        "section",
        element(f"h{level}", title),
        element("p", note, class_="note") if len(items) > 1 else None,
        element("ul", items[:MOST]),
        _folded(more, say) if more else None,
        class_="deciders",
    )


def _folded(items: Sequence[Markup], say: Say) -> Markup:
    summary = element("summary", say(f"另有 {len(items)} 项", f"{len(items)} more"))
    return element("details", summary, element("ul", items))


def _decider(decider: Decider, report: Report, say: Say) -> str:
    figures = say.listed(_wanted(decider, report, say))
    rules = say.listed(dict.fromkeys(rule for rule, _ in decider.verdicts))
    count = len(decider.verdicts)
    return say(f"{figures}: 列出后可判断 {count} 项 ({rules})", f"{figures}: decides {count} more ({rules})")


def _wanted(decider: Decider, report: Report, say: Say) -> Iterator[str]:
    """Which figures of whom: 项目支出的已拨付、实际支出."""
    first = Wanted(decider.subject, decider.field, decider.label)
    for subject, wanted in groupby((first, *decider.besides), key=lambda each: each.subject):
        fields = say.listed(say.of(each.label or label_of(each.field)) for each in wanted)
        whose = subject.name or named_in(report, subject.id, say)
        yield fields if subject.id == "department" else say(f"{whose}的{fields}", f"{fields} of {whose}")
