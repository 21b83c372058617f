"""What is asked about a waiver that has expired, is exceeded or is not used: findings with their words in two languages."""

from __future__ import annotations

from datetime import date

from perfrules.bilingual import Bilingual
from perfrules.findings.explain import fingerprint, joined
from perfrules.findings.waivers import Reviewed
from perfrules.language import told
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding, Verdict
from perfrules.model.ids import id_said
from perfrules.model.rule import Severity
from perfrules.model.trace import Trace
from perfrules.model.truth import Unknown
from perfrules.model.waiver import EXCEEDED, EXPIRED, UNUSED, WAIVER
from perfrules.rules.replies import bound_said

TITLES = {
    EXPIRED: ("waiver_expired", Severity.NOTICE, Bilingual("豁免已到期", "a waiver has expired")),
    EXCEEDED: (
        "waiver_exceeded",
        Severity.WARNING,
        Bilingual("超出豁免的限度", "beyond the bound of a waiver"),
    ),
    UNUSED: ("waiver_unused", Severity.NOTICE, Bilingual("豁免没有用到", "a waiver is not used")),
}
"""Topic, severity and title of the three rules that every waiver is asked."""


def finding_of(each: Reviewed, verdict: Verdict, department: str) -> Finding:
    """The finding for a violation of one of the three; its place is that of the waiver in its file."""
    topic, severity, title = TITLES[verdict.rule]
    waiver, trace = each.waiver, verdict.trace
    assert trace is not None
    place = Fact(
        WAIVER, waiver.rule, location=waiver.location, quote=waiver.quote, title=Bilingual("豁免", "waiver")
    )
    measure, limit = parts_of(each.bound)
    return Finding(
        rule=verdict.rule,
        topic=topic,
        title=title,
        severity=severity,
        subject=verdict.subject,
        message=joined(_named(each), _asked(each, verdict.rule)),
        trace=trace,
        values={},
        facts=(place, *(trace.distinct_facts() if verdict.rule == EXCEEDED else ())),
        fingerprint=fingerprint(verdict.rule, department, (WAIVER, verdict.subject.id)),
        measure=measure,
        limit=limit,
    )


def parts_of(bound: Trace | None) -> tuple[Trace | None, Trace | None]:
    """The measure and the limit of a bound that was asked; of one with two limits (`in [a..b]`) no single one."""
    if bound is None:
        return None, None
    return (bound.parts[0], bound.parts[1]) if len(bound.parts) == 2 else (bound.parts[1], None)


def _named(each: Reviewed) -> Bilingual:
    """The waiver with all that was decided when it was given, the measure it now meets, and the day of review."""
    waiver, bound = each.waiver, each.bound
    zh, en = [f"{waiver.approved_by}批准"], [f"approved by {waiver.approved_by}"]
    if waiver.approved_on is not None:
        zh[0], en[0] = f"{waiver.approved_by} {waiver.approved_on} 批准", f"{en[0]} on {waiver.approved_on}"
    zh += [f"理由: {waiver.reason}", f"有效至 {waiver.expires}"]
    en += [f"reason: {waiver.reason}", f"until {waiver.expires}"]
    if isinstance(each.day, date):
        zh.append(f"复核日期 {each.day}")
        en.append(f"reviewed on {each.day}")
    if waiver.bound is not None:
        limit = " ".join(waiver.bound.text.split())
        zh.append(f"限度 {bound_said(limit)}")
        en.append(f"bound {bound_said(limit, 'en')}")
    if bound is not None:
        measure, _ = parts_of(bound)
        assert measure is not None
        zh.append(f"实际 {told(measure, 'zh')}")
        en.append(f"measure {told(measure, 'en')}")
    return Bilingual(
        f"{waiver.rule} 对{id_said(waiver.subject, 'zh')}的豁免（{'，'.join(zh)}）",
        f"The waiver of {waiver.rule} on {id_said(waiver.subject, 'en')} ({'; '.join(en)})",
    )


def _asked(each: Reviewed, rule: str) -> Bilingual:
    if rule == EXPIRED and each.is_violated:
        return Bilingual(
            "已到期，没有适用。请办理续期，或按原规则的发现处理。",
            "has expired and is not applied. Please have it renewed, or deal with the rule's own finding.",
        )
    if rule == EXPIRED:
        return Bilingual(
            "已到期。请从豁免文件中删去。", "has expired. Please take it out of the waivers file."
        )
    if rule == UNUSED and each.verdict is None:
        return Bilingual(
            "没有用到: 报告中没有这条规则所问的这一对象。请核对 subject，或从豁免文件中删去。",
            "is not used: the report has no such subject that the rule is asked of. "
            "Please check its `subject`, or take it out of the waivers file.",
        )
    if rule == UNUSED:
        return Bilingual(
            "没有用到: 这条规则在此没有不符。请从豁免文件中删去。",
            "is not used: the rule is not violated there. Please take it out of the waivers file.",
        )
    if each.bound is not None and isinstance(each.bound.value, Unknown):
        return Bilingual(
            "没有适用: 不能确认实际数在限度之内。请补充数据，或按原规则的发现处理。",
            "is not applied: whether the measure is within the bound is not known. "
            "Please add the figures, or deal with the rule's own finding.",
        )
    return Bilingual(
        "没有适用: 实际数超出限度。请说明，或按原规则的发现处理。",
        "is not applied: the measure is beyond the bound. Please explain, or deal with the rule's own finding.",
    )
