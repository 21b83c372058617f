"""分别: amounts and ratios that are told one after the other of things named one after the other, paired where their numbers agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from perfrules.model.unit import Kind
from perfrules.readers.narrative.amounts import Amount
from perfrules.readers.narrative.money.spots import Setting
from perfrules.readers.narrative.money.window import window
from perfrules.readers.narrative.readings import PROJECT, PROJECT_PREFIX, TOTAL

_EACH = re.compile(
    r"(?P<label>[^，。；：、□]{0,14})(?:分别|依次)(?P<after>[为是占达]?[^，。；：、□\d]{0,14})$"
)
_REACH = 40
"""Characters before an amount that can be such words."""
_JOINTS = ("、", "和", "及", "以及", "与")
_SUM = re.compile("，?(?:合计|共计|总计|共)(?:为)?")
_LINES = {"基本支出": "basic", "项目支出": "project"}


def runs(blotted: str, found: Sequence[Amount], kind: Kind) -> Iterator[list[Amount]]:
    """The amounts of one kind that follow each other with nothing but 、 or 和 between, two at least, after 分别."""
    alike = [each for each in found if each.kind is kind]
    run: list[Amount] = []
    for each in alike:
        if run and blotted[run[-1].end : each.start] in _JOINTS:
            run.append(each)
            continue
        if len(run) > 1:
            yield run
        run = [each] if _EACH.search(blotted[max(0, each.start - _REACH) : each.start]) else []
    if len(run) > 1:
        yield run


def owners_named(setting: Setting, words: str) -> list[str]:
    """The lines and projects that words name, in their order."""
    known = {**_LINES, **{name: PROJECT_PREFIX + name for name in setting.projects}}
    shape = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return [known[name] for name in re.findall(shape, words)]


def listed_money(
    setting: Setting, blotted: str, sentence: tuple[int, int], found: Sequence[Amount]
) -> Mapping[Amount, tuple[str, str]]:
    """Owner and field of the amounts in lists with 分别 whose names are as many: 甲、乙两个项目，预算分别为3万元和2万元，合计5万元."""
    told: dict[Amount, tuple[str, str]] = {}
    for run in runs(blotted, found, Kind.MONEY):
        before = blotted[sentence[0] : run[0].start]
        each = _EACH.search(before)
        assert each is not None, "a run begins after 分别"
        said = window(each["after"].lstrip("为是"), setting.projects, setting.units, before)
        if not said.field:
            said = window(each["label"], setting.projects, setting.units, before)
        owners = owners_named(setting, re.split("[；]|其中", before)[-1])
        if not said.field or len(owners) != len(run) or len(set(owners)) != len(run):
            continue
        told |= {amount: (owner, said.field) for amount, owner in zip(run, owners, strict=True)}
        follows = next(
            (amount for amount in found if amount.start > run[-1].end and amount.kind is Kind.MONEY), None
        )
        if follows is not None and _SUM.fullmatch(blotted[run[-1].end : follows.start]):
            is_of_projects = all(owner.startswith(PROJECT_PREFIX) for owner in owners)
            told[follows] = (PROJECT if is_of_projects else TOTAL, said.field)
    return told
