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


def of_list(
    reports: Sequence[Report], path: Path, paths: Sequence[Path], target: Path | None, language: Language
) -> str:
    """What a run came to that wrote the review list alone: how many findings are in it, and the step that sends."""
    number = sum(len(sent(each, ())) for each in reports)
    folder = target.as_posix() if target else "文件夹" if language == "zh" else "FOLDER"
    call = f"perfrules return {' '.join(each.as_posix() for each in paths)} --to {folder} --reviewed {path.as_posix()}"
    if language == "zh":
        return (
            f"复核单: {path.as_posix()} ({number} 项); 只写了复核单, 没有写批注、反馈单和函\n"
            f"下一步: 在复核单中把不发的改为“否”并存盘, 再运行 (其余选项照旧)\n   {call}\n"
        )
    return (
        f"review list: {path.as_posix()} ({number} findings); nothing else was written: no comments, forms or letters\n"
        f"now: set to 否 in it what is not to be sent, save it, and run (other options as before)\n   {call}\n"
    )


def summary(
    reports: Sequence[Report],
    sendings: Mapping[str, Sending],
    struck: Sequence[Struck],
    target: Path,
    language: Language,
) -> str:
    """The lines of the summary, each ended."""
    number = len(sendings)
    lines = [f"退回材料: {target.as_posix()} ({number} 份)" if language == "zh" else f"returned: {target.as_posix()} ({number})"]  # fmt: skip
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
