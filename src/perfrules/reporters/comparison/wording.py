"""The words of a comparison in both languages."""

from __future__ import annotations

from perfrules.bilingual import Bilingual, Language
from perfrules.location import Location
from perfrules.model.comparison import Altered, Change, Development, Figure, Place, Same
from perfrules.model.finding import Outcome
from perfrules.model.subject_types import label_of
from perfrules.reporters.words import OUTCOMES, SEVERITIES, place_said

CHANGES = {
    Change.NEW: Bilingual("新出现", "New"),
    Change.STILL: Bilingual("仍在", "Still there"),
    Change.MOVED: Bilingual("仍在, 有变动", "Still there, altered"),
    Change.UNDECIDED: Bilingual("未改正, 现已不能判断", "Not mended: can no longer be decided"),
    Change.GONE: Bilingual("不再涉及, 不算改正", "No longer asked: not counted as mended"),
    Change.WAIVED: Bilingual("已豁免", "Waived"),
    Change.FIXED: Bilingual("已改正", "Mended"),
}
HEADS = {
    Change.NEW: Bilingual("新出现", "New"),
    Change.STILL: Bilingual("仍在", "Still"),
    Change.MOVED: Bilingual("有变动", "Altered"),
    Change.UNDECIDED: Bilingual("不能判断", "Undecided"),
    Change.GONE: Bilingual("不再涉及", "Gone"),
    Change.WAIVED: Bilingual("已豁免", "Waived"),
    Change.FIXED: Bilingual("已改正", "Mended"),
}
SAME = {
    Same.FILES: Bilingual("文件与上次完全相同", "the files are those of last time, byte for byte"),
    Same.CONTENT: Bilingual("文字和数字与上次相同, 只是重新保存", "words and figures are those of last time; only saved anew"),
    Same.FIGURES: Bilingual("数字与上次相同, 文字或顺序有变", "the figures are those of last time; words or their order differ"),
}  # fmt: skip
SAME_SHORT = {
    Same.FILES: Bilingual("文件相同", "same files"),
    Same.CONTENT: Bilingual("内容相同", "same content"),
    Same.FIGURES: Bilingual("数字相同", "same figures"),
}
CONDITIONS = {
    "department": Bilingual("部门", "Department"),
    "period": Bilingual("期间", "Period"),
    "ruleset": Bilingual("规则集", "Ruleset"),
    "tool": Bilingual("程序版本", "Version"),
    "plugins": Bilingual("插件", "Plugins"),
    "as_of": Bilingual("规则日期", "Rules of"),
    "waivers": Bilingual("豁免文件", "Waivers"),
    "replies": Bilingual("反馈单", "Replies"),
    "review_date": Bilingual("复核日期", "Reviewed on"),
    "corrections": Bilingual("人工更正", "Corrections"),
}
_ALTERED = {
    Altered.FIGURES: Bilingual("数字有变", "other figures"),
    Altered.WORDS: Bilingual("文字有变", "other words"),
    Altered.PLACE: Bilingual("位置有变", "another place"),
    Altered.NAME: Bilingual("名称有变", "another name"),
}


def altered_said(each: Development, language: Language) -> list[str]:
    """In what a finding is not as it was, as short sayings."""
    said = [_ALTERED[name].said(language) for name in each.altered if name in _ALTERED]
    if Altered.SEVERITY in each.altered and each.before and each.after:
        levels = [SEVERITIES[known.severity].said(language) for known in (each.before, each.after)]
        said.insert(0, f"{'级别' if language == 'zh' else 'severity'} {levels[0]} → {levels[1]}")
    if Altered.FOLDED in each.altered:
        said += _folded(each, language)
    return said


def _folded(each: Development, language: Language) -> list[str]:
    """Under which finding it stands now, or stood before."""
    if each.after and each.after.under:
        return [f"现并入 {each.after.under}" if language == "zh" else f"now under {each.after.under}"]
    if each.before and each.before.under:
        under = each.before.under
        return [f"上次并入 {under}" if language == "zh" else f"last time under {under}"]
    return []


def figure_said(figure: Figure, language: Language) -> str:
    """A figure before and after, each with its place; that a report does not have it, where it does not."""
    zh = language == "zh"
    was = _printed(figure.before, language) or ("上次没有读到" if zh else "not read last time")
    became = _printed(figure.after, language) or ("本次没有读到" if zh else "not read now")
    return f"{figure.label}: {was} → {became}"


def _printed(place: Place | None, language: Language) -> str:
    if place is None:
        return ""
    return f"“{place.quote}” ({place.source} {address_said(place, language)})"


def address_said(place: Place, language: Language) -> str:
    """Where in its file a place is."""
    return place_said(Location(place.source, place.address), language)


def why_said(each: Development, language: Language) -> str:
    """What keeps a finding open, or ended it, or how the rule ended before; empty where there is nothing to say."""
    zh = language == "zh"
    if each.change is Change.UNDECIDED:
        names = [label_of(field).said(language) for field in each.why]
        return f"缺 {'、'.join(names)}" if zh else f"missing: {', '.join(names)}"
    if each.change is Change.GONE:
        return _GONE[each.why[0]].said(language)
    if each.change is Change.NEW and each.why[0] in _BEFORE:
        return f"上次{_BEFORE[each.why[0]].zh}" if zh else f"last time {_BEFORE[each.why[0]].en}"
    return _NEW.get(each.why[0], Bilingual("", "")).said(language) if each.why else ""


_GONE = {
    "guard": Bilingual("规则现在不适用于它", "the rule does not apply to it now"),
    "subject": Bilingual("报告里没有这一项了", "the report no longer has it"),
    "rule": Bilingual("规则集没有问这一条", "the ruleset does not ask this rule"),
}
_NEW = {
    "subject": Bilingual("上次的报告里没有这一项", "the report of last time did not have it"),
    "rule": Bilingual("上次的规则集没有这一条", "the ruleset of last time did not have this rule"),
}
_BEFORE = {each.value: OUTCOMES[each] for each in Outcome if each is not Outcome.VIOLATION}
