"""What a return came to, in words: what was written for whom, what was struck out, and who gets nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perfrules.bilingual import Language
from perfrules.model.report import Report
from perfrules.model.rule import Severity
from perfrules.reporters.back import Sending, Struck
from perfrules.reporters.back.items import sent
from perfrules.reporters.lights import GREY_FIRST
from perfrules.reporters.rows.names import named_apart
from perfrules.reporters.words import ASKED, LIGHTS

_MOST = 10
"""Names of one light that are listed."""


def summary(
    reports: Sequence[Report],
    sendings: Mapping[str, Sending],
    struck: Sequence[Struck],
    target: Path | None,
    review_list: Path | None,
    language: Language,
) -> str:
    """The lines of the summary, each ended."""
    zh = language == "zh"
    lines = list[str]()
    if review_list is not None:
        number = sum(len(sent(each, ())) for each in reports)
        lines.append(f"复核单: {review_list.as_posix()} ({number} 项)" if zh else f"review list: {review_list.as_posix()} ({number} findings)")  # fmt: skip
    if target is not None:
        lines.append(f"退回材料: {target.as_posix()} ({len(sendings)} 份)" if zh else f"returned: {target.as_posix()} ({len(sendings)})")  # fmt: skip
        for name, each in sendings.items():
            lines += _of_one(name, each, language)
        lines += _nothing(reports, sendings, language)
    lines += _struck(reports, struck, language)
    return "".join(f"{each}\n" for each in lines)


def _of_one(name: str, sending: Sending, language: Language) -> Iterator[str]:
    found = Counter(finding.severity for item in sending.items for finding in item.findings)
    asked = ", ".join(f"{ASKED[each].said(language)} {found[each]}" for each in Severity if found[each])
    yield f"   {name}  ({asked})"
    for file in sending.files:
        number = sending.comments.get(file)
        comments = (
            (f"批注 {number} 处" if language == "zh" else f"{number} comments") if number is not None else ""
        )
        yield f"      {file}  {comments}".rstrip()


def _nothing(reports: Sequence[Report], sendings: Mapping[str, Sending], language: Language) -> Iterator[str]:
    """The reports of which nothing goes back, by light: grey is no pass."""
    done = {id(each.report) for each in sendings.values()}
    rest = [each for each in named_apart(reports, language) if id(each[0]) not in done]
    for status in GREY_FIRST:
        names = [name for report, name in rest if report.status is status]
        if names:
            light, zh = LIGHTS[status].said(language), language == "zh"
            said = (
                f"没有退回 ({light}) {len(names)} 份" if zh else f"nothing returned ({light}), {len(names)}"
            )
            more = (" 等" if zh else " …") if len(names) > _MOST else ""
            yield f"{said}: {('、' if zh else ', ').join(names[:_MOST])}{more}"


def _struck(reports: Sequence[Report], struck: Sequence[Struck], language: Language) -> Iterator[str]:
    """What the reviewer kept back, with name and reason; also what is found no more."""
    if not struck:
        return
    zh = language == "zh"
    named = named_apart(reports, language)
    yield f"复核剔除 ({len(struck)})" if zh else f"kept back by the reviewer ({len(struck)})"
    for each in struck:
        found = (
            f"{name} [{finding.rule}] {finding.title.said(language)}"
            for report, name in named
            for finding in report.findings
            if each.is_of(report) and finding.fingerprint == each.fingerprint
        )
        about = next(found, "(本次没有这一发现)" if zh else "(not found this time)")
        yield f"   {about}: {each.why} ({each.by})"
