"""Forms that came back → the replies in them, and waivers for those that were approved. All faults at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from hashlib import sha256
from pathlib import Path

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.documents.forms import filled_rows
from perfrules.errors import ExpressionError, Fault, ReadError
from perfrules.language import Evaluate, Function, Scope
from perfrules.location import Location
from perfrules.model.reply import Reply
from perfrules.model.rule import Expression, Rule
from perfrules.model.subject import SubjectType
from perfrules.model.waiver import Waiver
from perfrules.rules.compiled import CompiledRuleset
from perfrules.rules.parameters import compile_parameters
from perfrules.rules.replies import form
from perfrules.rules.replies.rows import faults_of, reply_of
from perfrules.rules.waivers import CompiledWaiver, bound_of


@frozen
class Replies:
    """What forms came to: their paths and SHA-256, the replies in order, the waivers of those approved.

    `unwaivable` are approved replies that waive nothing: to a rule that is never waived, or without a bound to hold it to.
    `review_date` is the day by which they expire; None: the as-of date or the cut-off.
    """

    files: tuple[tuple[str, str], ...] = ()
    replies: tuple[Reply, ...] = ()
    waivers: tuple[CompiledWaiver, ...] = ()
    unwaivable: tuple[Reply, ...] = ()
    review_date: date | None = None

    def of(self, department: str, end: date | None) -> tuple[Reply, ...]:
        """The replies of a department for the period that ends then: an answer is about one report, and no other."""
        return tuple(each for each in self.replies if (each.department, each.end) == (department, end))

    def waivers_of(self, department: str, end: date | None) -> tuple[CompiledWaiver, ...]:
        """The waivers that came of these replies."""
        given = {each.location for each in self.of(department, end)}
        return tuple(each for each in self.waivers if each.waiver.location in given)

    def elsewhere(self, filed: Set[tuple[str, date | None]]) -> tuple[str, ...]:
        """The departments, each with the end of the period, that have replied and are none of these, each once."""
        named = dict.fromkeys((each.department, each.end) for each in self.replies)
        return tuple(f"{name} {end or ''}".rstrip() for name, end in named if (name, end) not in filed)


def form_files(paths: Sequence[Path], *, is_there: bool = True) -> tuple[Path, ...]:
    """The forms that are named, and those below folders that are named, by the name they went out with.

    Raises ReadError for a folder that has none, where they should be there.
    """
    found: list[Path] = []
    for path in paths:
        below = sorted(path.rglob(f"*{form.SHEET}*.xlsx")) if path.is_dir() else [path]
        found += [each for each in below if not each.name.startswith(("~$", "."))]
        if is_there and path.is_dir() and not below:
            message = Bilingual(f"文件夹里没有{form.SHEET}", f"there is no {form.SHEET} in the folder")
            hint = Bilingual(f"文件名含“{form.SHEET}”, 或写明文件", f"the name of one has {form.SHEET}; or name the file")  # fmt: skip
            raise ReadError(Fault("replies.none", message, Location(path.as_posix()), hint))
    return tuple(dict.fromkeys(found))


def load_replies(
    paths: Sequence[Path],
    ruleset: CompiledRuleset,
    types: Mapping[str, SubjectType],
    functions: Mapping[str, Function],
    review_date: date | None = None,
) -> Replies:
    """The replies of forms, and of those in folders; raises ReadError with all their faults."""
    faults, files, replies = list[Fault](), list[tuple[str, str]](), list[Reply]()
    for path in form_files(paths):
        try:
            data = _content(path)
            files.append((path.as_posix(), sha256(data).hexdigest()))
            replies += _replies(path.as_posix(), data, faults)
        except ReadError as error:
            faults += error.faults
    replies = list(_each_once(replies, faults))
    _, scope = compile_parameters(ruleset.ruleset.parameters.values(), types, functions)
    waivers, unwaivable = list[CompiledWaiver](), list[Reply]()
    for reply in replies:
        rule = ruleset.ruleset.rules.get(reply.rule)
        if not reply.is_approved or rule is None:
            continue
        compiled = _waiver(reply, rule, scope)
        if compiled is None:
            unwaivable.append(reply)
        else:
            waivers.append(compiled)
    if faults:
        raise ReadError(faults)
    return Replies(tuple(files), tuple(replies), tuple(waivers), tuple(unwaivable), review_date)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        message = Bilingual(f"打不开{form.SHEET}", f"the {form.SHEET} cannot be opened")
        hint = Bilingual("检查 --replies 后的文件名", "look at the name after --replies")
        raise ReadError(Fault("replies.not_there", message, Location(path.as_posix()), hint)) from None


def _replies(path: str, data: bytes, faults: list[Fault]) -> Iterator[Reply]:
    message = Bilingual(
        f"不是 perfrules 写出的{form.SHEET}", f"this is no {form.SHEET} that perfrules has written"
    )
    hint = Bilingual("用 perfrules return 写出, 不要改动表名和表头", "perfrules return writes one; leave the names of sheet and columns")  # fmt: skip
    told = Fault("replies.no_form", message, Location(path), hint)
    wanted = (*form.KEPT, *form.ENTERED, form.MARK)
    try:
        rows = filled_rows(path, data, form.SHEET, wanted, told)
    except (
        ReadError
    ):  # a form of before periods were written has all but that column; anything else raises again
        filled_rows(path, data, form.SHEET, [each for each in wanted if each != form.END], told)
        raise ReadError(_without_end(path)) from None
    for row in rows:
        if any(row[name].text for name in form.ENTERED):
            wrong = list(faults_of(row))
            faults += wrong
            if not wrong:
                yield reply_of(row)


def _without_end(path: str) -> Fault:
    message = Bilingual(
        f"{form.SHEET}是以前的版本写出的, 没有“{form.END}”, 不能确定答复的是哪一期的报告",
        f"this {form.SHEET} was written by an earlier version without {form.END}: which period it answers is not known",
    )
    hint = Bilingual(
        "对所答复的报告再运行 perfrules return, 把答复填入新的反馈单",
        "run perfrules return again on the report that was answered, and enter the answers in the new form",
    )
    return Fault("replies.earlier", message, Location(path), hint)


def _each_once(replies: Sequence[Reply], faults: list[Fault]) -> Iterator[Reply]:
    """Each finding's reply once; the same reply may stand in two copies of a form, two that differ are a fault.

    The same finding of another period is another one.
    """
    first: dict[tuple[str, date | None], Reply] = {}
    for each in replies:
        before = first.setdefault((each.fingerprint, each.end), each)
        if before is each:
            yield each
        elif evolve(each, location=before.location) != before:
            message = Bilingual(f"同一条发现在 {before.location} 另有不同的答复", f"the same finding is answered otherwise at {before.location}")  # fmt: skip
            hint = Bilingual("只留一份", "keep one of the two")
            faults.append(Fault("replies.twice", message, each.location, hint))


def _waiver(reply: Reply, rule: Rule, scope: Scope) -> CompiledWaiver | None:
    """The waiver that an approved reply is; None where the rule is never waived, or what bounds it is not known."""
    assert reply.expires is not None
    if rule.is_unwaivable or (rule.measure is not None and not reply.bound):
        return None
    bound: Evaluate | None = None
    asked = ""
    if rule.measure is not None:
        asked = f"({rule.measure.text}\n) {reply.bound}"
        try:
            bound = bound_of(asked, rule, scope)
        except ExpressionError:  # the rule has another measure by now
            return None
    waiver = Waiver(
        reply.rule,
        reply.department,
        reply.subject,
        reply.text,
        reply.reviewer,
        reply.expires,
        reply.location,
        reply.text,
        Expression(reply.bound, reply.location) if bound is not None else None,
        reply.reviewed_on,
    )
    return CompiledWaiver(waiver, bound, reply.fingerprint, asked)
