"""What a run was made with, and how to read its tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.model.report import Report, Results
from perfrules.reporters.lights import GREY_FIRST
from perfrules.reporters.rows.cells import Row, Table, columns
from perfrules.reporters.words import LIGHTS, NOT_READ, UNNAMED

COLUMNS = columns(("项目", "What", 26), ("内容", "Content", 110))
_HELP = (
    Bilingual(
        "有待处理*: 有问题要处理, 此外还有应判断而未判断的内容, 或需查看的未读材料、数字。",
        "to do*: there is something to be dealt with, and something required was left open besides.",
    ),
    Bilingual(
        "灰: 有应判断而未判断的内容, 或有材料、数字没有读入; 不能视为通过。",
        "grey: something required could not be decided, or papers or figures were not read; this is no pass.",
    ),
    Bilingual(
        "请更正、请说明、提示是规则集对所列数据的询问; 计算均依据报告所列数据, 最终以账面及合同资料为准。",
        "to correct, to explain and to note are questions of the ruleset on the figures as printed; books and contracts decide.",
    ),
    Bilingual(
        "数值列按原文所列数字写入; 超过 15 位有效数字的按文本写入, 以免丢失。除不尽的比率按四舍五入显示。",
        "figures have the digits printed; those of more than 15 significant digits are texts, so that none is lost. "
        "Ratios whose decimals do not end are rounded as shown.",
    ),
    Bilingual(
        "以 = + - @ 开头的内容都是文本, 不是公式。", "what begins with = + - @ is text, never a formula."
    ),
)


def about_table(results: Results, language: Language, removed: Sequence[tuple[str, str]] = ()) -> Table:
    """The table of what the run was made with; `removed` tells what the form could not hold."""

    def rows() -> Iterator[Row]:
        for label, said in about(results, language):
            yield label, said
        for label, said in removed:
            yield label, said
        for each in _HELP:
            yield "怎样看" if language == "zh" else "How to read", each.said(language)

    return Table(Bilingual("说明", "About"), COLUMNS, rows)


def about(results: Results, language: Language) -> Iterator[tuple[str, str]]:
    """Tool, ruleset, plugins, waivers and the lights, as labels and texts."""
    zh = language == "zh"
    if not results.reports:
        return
    report = results.reports[0]
    named = report.ruleset
    yield ("工具" if zh else "Tool"), f"perfrules {report.tool}"
    yield ("规则集" if zh else "Ruleset"), f"{named.id} {named.version} (sha256 {named.sha256})"
    if report.plugins.loaded:
        yield ("插件" if zh else "Plugins"), ", ".join(report.plugins.loaded)
    if report.plugins.left_out:
        yield ("未用插件" if zh else "Plugins left out"), ", ".join(report.plugins.left_out)
    if report.waivers is not None:
        yield ("豁免文件" if zh else "Waivers"), _waivers(report, language)
    yield ("份数" if zh else "Submissions"), _lights(results, language)


def _waivers(report: Report, language: Language) -> str:
    assert report.waivers is not None
    day = report.waivers.review_date or UNNAMED.said(language)
    reviewed = f"复核日期 {day}" if language == "zh" else f"reviewed on {day}"
    return f"{report.waivers.path} (sha256 {report.waivers.sha256}; {reviewed})"


def _lights(results: Results, language: Language) -> str:
    """How many submissions have each light, grey first, and how many files were not read."""
    counted = Counter(each.status for each in results.reports)
    said = [f"{LIGHTS[each].said(language)} {counted[each]}" for each in GREY_FIRST]
    if results.faults:
        said.insert(0, f"{NOT_READ.said(language)} {len(results.faults)}")
    return f"{len(results.reports)} ({', '.join(said)})"
