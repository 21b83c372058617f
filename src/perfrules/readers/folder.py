"""The documents of one folder become submissions: grouped by the department and the period that they name inside.

What has no clear owner, and documents that seem to be versions of one another, are left for a person's choice: never merged,
never checked against each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.location import Location
from perfrules.model.quantity import Quantity
from perfrules.model.subject import SubjectType
from perfrules.model.submission import Submission, Unread
from perfrules.readers.link import with_unread
from perfrules.readers.merging import merged_submission

_VERSION = re.compile(
    r"[（(【\[]\s*(?:\d{1,2}|[一二三四五六七八九十]|.{0,4}[稿版]\d{0,2}|副本|最[新终]|终|修[改订].{0,3}|更新|改|新|正式|盖章|签字)\s*[）)】\]]"
    r"|[-_ ]?(?:最终|终|定|初|修改|修订|送审|报审|上报|讨论|征求意见|第?[一二三四五六七八九十\d]{1,2})稿\d{0,2}"
    r"|[-_ ]+副本\d{0,2}|副本$|[-_ ]*(?:最终版|最新版?|修改版|修订版|更新版|正式版|公示版|报送版|上报版|打印版|改后|备份)\d{0,2}|[-_ ]*(?:盖章|签字|签章)[版件稿]?|[-_ ]*新$|[-_ ]?[vV]\d{1,2}(?:\.\d{1,2})?"
)
"""What people add to a file's name when they save another version of it."""
_DAY = re.compile(
    r"[-_ ]*(?:20\d\d[-_.年]?)?(?:(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])|(?:[1-9]|1[0-2])[.月]\d{1,2}日?)$"
)
"""The day on which a version was saved, at the end of its name."""
_NO_WORDS = re.compile(r"[\d.,%％，。\s]+")
_ALIKE = 0.8
_LEAST_SENTENCES = 4


@frozen
class Gathered:
    """The submissions of a folder, and its documents that are in none of them, each with the reason."""

    submissions: tuple[Submission, ...]
    faults: tuple[Fault, ...]


def gathered(
    read: Sequence[Submission], faults: Sequence[Fault], types: Mapping[str, SubjectType]
) -> Gathered:
    """The submissions that the documents of a folder make, each of them read by itself; `faults` tell of unread files.

    Files that are not read keep a department's submission open where they lie in its own folder or bear its name.
    """
    different = _without_copies(read)
    apart = _versions(different)
    aside = [fault for each in apart for fault in _told_versions(each)]
    versions = {path_of(each) for group in apart for each in group}
    kept = [each for each in different if path_of(each) not in versions]
    groups, unclear = _groups(kept)
    submissions = [merged_submission(group, types) for group in groups]
    owners = _canonical({name for each in different if (name := each.department.name)})
    told = [*faults, *aside, *unclear]
    is_own = len(set(owners.values())) == 1
    whose = {path_of(each): owners.get(each.department.name, "") for each in different}
    return Gathered(
        tuple(_kept_open(each, told, whose, owners, is_own=is_own) for each in submissions),
        (*aside, *unclear),
    )


def path_of(submission: Submission) -> str:
    """The path of the first document of a submission."""
    return submission.documents[0].path


def _without_copies(read: Sequence[Submission]) -> list[Submission]:
    """Each content once: copies of a file are further documents of the first."""
    firsts: dict[str, Submission] = {}
    for each in read:
        key = each.documents[0].sha256
        if key in firsts and key:
            firsts[key] = evolve(firsts[key], documents=(*firsts[key].documents, *each.documents))
        else:
            firsts[key or path_of(each)] = each
    return list(firsts.values())


def _versions(read: Sequence[Submission]) -> list[list[Submission]]:
    """Documents that are versions of one another: by their names, or because they say the same of the same subjects."""
    groups: list[list[Submission]] = []
    for each in read:
        same = next((group for group in groups if any(_is_version(each, other) for other in group)), None)
        if same is None:
            groups.append([each])
        else:
            same.append(each)
    return [group for group in groups if len(group) > 1]


def _is_version(one: Submission, other: Submission) -> bool:
    a, b = Path(path_of(one)), Path(path_of(other))
    if a.stem == b.stem:  # one document in two forms: they are witnesses of each other
        return False
    if {one.department.name, other.department.name} - {""} and not _same_owner(one, other):
        return False
    if a.suffix.lower() == b.suffix.lower() and plain_stem(a.stem) == plain_stem(b.stem):
        return True
    if (
        one.period == other.period
        and a.suffix.lower() == b.suffix.lower()
        and _without_day(a) == _without_day(b)
    ):
        return True
    if not one.text or one.documents[0].kind != other.documents[0].kind or one.period != other.period:
        return False
    return _alike(one.text, other.text) and bool(_subjects(one) & _subjects(other))


def _same_owner(one: Submission, other: Submission) -> bool:
    a, b = one.department.name, other.department.name
    return not a or not b or a.endswith(b) or b.endswith(a)


def plain_stem(stem: str) -> str:
    """A file's name without what tells its versions apart: 报告终稿(1) is 报告."""
    return _VERSION.sub("", stem).strip(" -_") or stem


def _without_day(path: Path) -> str:
    return _DAY.sub("", plain_stem(path.stem)) or path.stem


def _alike(one: str, other: str) -> bool:
    """Whether most sentences of the shorter text are in the other, figures aside; of a few sentences every one."""
    a, b = _sentences(one), _sentences(other)
    shorter = min(a.total(), b.total())
    share = _ALIKE if shorter >= _LEAST_SENTENCES else 1
    return shorter > 1 and (a & b).total() >= share * shorter


def _sentences(text: str) -> Counter[str]:
    pieces = (_NO_WORDS.sub("", piece) for piece in re.split("[。；\n]", text))
    return Counter(piece for piece in pieces if len(piece) > 3)


def _subjects(submission: Submission) -> set[tuple[str, str]]:
    """The figures that a submission prints, each as subject and field."""
    return {
        (path[-1].id, name)
        for path in submission.walk()
        for name, fact in path[-1].facts.items()
        if path[-1].type in ("line", "project") and isinstance(fact.value, Quantity) and fact.quote
    }


def _groups(read: Sequence[Submission]) -> tuple[list[list[Submission]], list[Fault]]:
    """Documents of one department and one period together; faults for those whose owner or period is not clear."""
    owners = _canonical({each.department.name for each in read if each.department.name})
    only = next(iter(owners.values())) if len(set(owners.values())) == 1 else None
    groups: dict[tuple[str, date | None], list[Submission]] = {}
    nameless: list[Submission] = []
    faults: list[Fault] = []
    ends: dict[str, set[date]] = {}
    for each in read:
        if end := _end(each):
            ends.setdefault(owners.get(each.department.name, only or ""), set()).add(end)
    for each in read:
        owner = owners.get(each.department.name, only)
        if owner is None and owners:
            faults.append(_unclear_owner(each, sorted(set(owners.values()))))
        elif owner is None:
            nameless.append(each)
        else:
            known = ends.get(owner, set())
            end = _end(each) or (next(iter(known)) if len(known) == 1 else None)
            if end is None and len(known) > 1:
                faults.append(_unclear_period(each))
            else:
                groups.setdefault((owner, end), []).append(each)
    return [*groups.values(), *([each] for each in nameless)], faults


def _end(submission: Submission) -> date | None:
    """The cut-off date, where a document prints one and only one."""
    fact = submission.department.facts.get("period_to")
    return fact.value if fact and fact.doubt is None and isinstance(fact.value, date) else None


def _canonical(names: Iterable[str]) -> dict[str, str]:
    """Each name with the longest that ends in it; a short name that could be several is its own."""
    known = sorted(set(names), key=len, reverse=True)
    full: dict[str, str] = {}
    for name in known:
        longer = {full[each] for each in full if each.endswith(name)}
        full[name] = longer.pop() if len(longer) == 1 else name
    return full


def _kept_open(
    submission: Submission,
    told: Sequence[Fault],
    whose: Mapping[str, str],
    owners: Mapping[str, str],
    *,
    is_own: bool,
) -> Submission:
    """The submission with the files that may be its own and were not read: it is never green without them."""
    name = owners.get(submission.department.name, submission.department.name)
    unread = [
        Unread(Location(fault.where.source), Path(fault.where.source).name, "not_read")
        for fault in told
        if fault.where is not None
        and (is_own or (name and (whose.get(fault.where.source) == name or name in Path(fault.where.source).name)))
    ]  # fmt: skip
    return with_unread(submission, dict.fromkeys(unread))


def _told_versions(group: Sequence[Submission]) -> list[Fault]:
    names = [Path(path_of(each)).name for each in group]
    listed = "、".join(names)
    message = Bilingual(
        f"像是同一份文件的几个版本, 未读取: {listed}",
        f"these seem to be versions of one document, and none is read: {', '.join(names)}",
    )
    hint = Bilingual("只留下要报送的那一份, 再运行", "keep the one that is filed, and run again")
    return [Fault("read.versions", message, Location(path_of(each)), hint) for each in group]


def _unclear_owner(submission: Submission, owners: Sequence[str]) -> Fault:
    listed = "、".join(owners[:4])
    message = Bilingual(
        f"文件里没有写明是哪个部门的, 未读入。文件夹中的部门: {listed}",
        f"it does not name its department, and was left out; the folder has {', '.join(owners[:4])}",
    )
    hint = Bilingual("放进该部门自己的文件夹, 或在表头写明单位", "put it in a folder of that department, or name the unit in it")  # fmt: skip
    return Fault("read.unclear_owner", message, Location(path_of(submission)), hint)


def _unclear_period(submission: Submission) -> Fault:
    message = Bilingual(
        "这个部门有几个期间的报告, 而这份没有写明期间, 未读入",
        "the department reports on several periods, and this file names none; it was left out",
    )
    hint = Bilingual(
        "各期间的文件分放在各自的文件夹", "keep the files of each period in a folder of their own"
    )
    return Fault("read.unclear_period", message, Location(path_of(submission)), hint)
