"""What people have decided on findings of earlier reports: a waivers file, and forms that came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault, RulesetError
from perfrules.model.reply import Answer, Reply, Standing

if TYPE_CHECKING:
    from perfrules.pipeline import Run
    from perfrules.plugins import Catalog
    from perfrules.rules import CompiledRuleset, Replies, Waivers


_MOST = 10
"""Forms that were not read back, that are listed."""


@frozen
class Decisions:
    """The waivers and the replies of a run; None for what was not given."""

    waivers: Waivers | None = None
    replies: Replies | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files they were read from, none of which is written over."""
        forms = tuple(Path(path) for path, _ in self.replies.files) if self.replies else ()
        return (*((Path(self.waivers.path),) if self.waivers else ()), *forms)


def decisions(
    waivers: Path | None,
    replies: Sequence[Path],
    review_date: datetime | None,
    ruleset: CompiledRuleset,
    catalog: Catalog,
) -> Decisions:
    """What was given on the command line, loaded; raises RulesetError and ReadError with all faults of a file."""
    from perfrules.rules import load_replies, load_waivers

    spared_day(review_date, waivers, replies)
    day: date | None = review_date.date() if review_date else None
    types, functions = catalog.types, catalog.functions
    return Decisions(
        load_waivers(waivers, ruleset, types, functions, day) if waivers else None,
        load_replies(replies, ruleset, types, functions, day) if replies else None,
    )


def spared_day(review_date: datetime | None, waivers: Path | None, replies: Sequence[Path]) -> None:
    """Raises RulesetError where a day of review is given and nothing that it could be the day of."""
    if review_date is not None and waivers is None and not replies:
        message = Bilingual(
            "--review-date 只与 --waivers、--replies 同用", "--review-date goes with --waivers or --replies"
        )
        hint = Bilingual("规则的日期用 --as-of", "--as-of is the date of the rules")
        raise RulesetError(Fault("waivers.none", message, None, hint))


def tell_of_decisions(run: Run, decided: Decisions, paths: Sequence[Path], language: Language) -> None:
    """Tells on the error channel which decisions found nothing they could be about, and which forms were not read."""
    from perfrules.rules.replies import form_files

    zh = language == "zh"
    known = {each.resolve() for each in decided.files}
    lying = [each for each in form_files([path for path in paths if path.is_dir()], is_there=False) if each.resolve() not in known]  # fmt: skip
    if lying:
        click.echo("\n".join(_not_read([each.as_posix() for each in lying], zh=zh)), err=True)
    if run.elsewhere:
        said = "豁免文件中的这些部门不在本次核查之列: " if zh else "the waivers name departments that are not among the submissions: "  # fmt: skip
        click.echo(said + ("、" if zh else ", ").join(run.elsewhere), err=True)
    if run.replied_elsewhere:
        said = "反馈单所答复的这些报告不在本次核查之列: " if zh else "the replies are to reports that are not among the submissions: "  # fmt: skip
        click.echo(said + ("、" if zh else ", ").join(run.replied_elsewhere), err=True)
    for line in _of_replies(run, decided):
        click.echo(line.said(language), err=True)


def _not_read(forms: Sequence[str], *, zh: bool) -> Iterator[str]:
    """The forms that lie beside the reports and were not read back, a line for each of the first."""
    number = len(forms)
    yield f"有反馈单没有读回 ({number}); 用 --replies 写明文件或文件夹" if zh else f"forms with answers were not read ({number}); name them, or their folder, with --replies"  # fmt: skip
    yield from (f"   {each}" for each in forms[:_MOST])
    if number > _MOST:
        yield f"   另有 {number - _MOST} 份" if zh else f"   and {number - _MOST} more"


def _of_replies(run: Run, decided: Decisions) -> Iterator[Bilingual]:
    for each in decided.replies.unwaivable if decided.replies else ():
        yield Bilingual(
            f"{each.location}: 规则 {each.rule} 的这一发现不能豁免, 意见已记录, 发现保留",
            f"{each.location}: this finding of {each.rule} cannot be waived; the opinion is kept, and the finding stays",
        )
    replied = [each for report in run.reports for each in report.replies]
    found = {each.reply.location for each in replied if each.standing is not Standing.GONE}
    for reply in dict.fromkeys(each.reply for each in replied):
        if reply.location not in found:
            yield _gone(reply)


def _gone(reply: Reply) -> Bilingual:
    if reply.answer is Answer.CORRECTED:
        return Bilingual(
            f"{reply.location}: {reply.department} {reply.rule} 答复已更正, 本次已不再出现",
            f"{reply.location}: {reply.department} {reply.rule} was answered as corrected, and is found no more",
        )
    return Bilingual(
        f"{reply.location}: {reply.department} {reply.rule} 所答复的发现本次没有出现",
        f"{reply.location}: the finding of {reply.department} by {reply.rule} that was answered is found no more",
    )
