"""The fixed words of the terminal reports, in both languages."""

from __future__ import annotations

import re

from perfrules.bilingual import Bilingual, Language
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.finding import Outcome, SubjectName
from perfrules.model.ids import id_said
from perfrules.model.report import Status
from perfrules.model.rule import Severity
from perfrules.model.subject_types import CORE_TYPES, label_of, title_of
from perfrules.model.waiver import WAIVER

SEVERITIES = {
    Severity.ERROR: Bilingual("请更正", "Please correct"),
    Severity.WARNING: Bilingual("请说明", "Please explain"),
    Severity.NOTICE: Bilingual("提示", "Please note"),
}
ASKED = {
    Severity.ERROR: Bilingual("请更正", "to correct"),
    Severity.WARNING: Bilingual("请说明", "to explain"),
    Severity.NOTICE: Bilingual("提示", "to note"),
}
STATUSES = {
    Status.GREEN: Bilingual(
        "[绿] 应判断的规则均已判断, 未发现问题", "[green] every required rule was decided; nothing found"
    ),
    Status.FINDINGS: Bilingual("[有待处理]", "[to be dealt with]"),
    Status.GREY: Bilingual(
        "[灰] 有应判断而未判断的内容, 不能视为通过",
        "[grey] something required is undetermined: this is no pass",
    ),
}
REQUIRED_OPEN = Bilingual("应判断而未判断", "required, undetermined")
"""The count of what keeps a report grey: of all that is undetermined, which `OUTCOMES` names, what had to be decided."""
LIGHTS = {
    Status.GREEN: Bilingual("绿", "green"),
    Status.FINDINGS: Bilingual("有待处理", "to do"),
    Status.GREY: Bilingual("灰", "grey"),
}
OUTCOMES = {
    Outcome.PASS: Bilingual("通过", "passed"),
    Outcome.VIOLATION: Bilingual("不符", "violated"),
    Outcome.UNDETERMINED: Bilingual("未能判断", "undetermined"),
    Outcome.NOT_APPLICABLE: Bilingual("不适用", "not applicable"),
    Outcome.WAIVED: Bilingual("豁免", "waived"),
}
WHY_UNREAD = {
    "no_field": Bilingual("所在分句没有说明是哪一项资金", "its clause does not say which money it is"),
    "not_budget": Bilingual("不是本期预算资金", "not this period's budget money"),
    "ambiguous": Bilingual("可有两种读法", "it can be read in two ways"),
    "unpaired": Bilingual("找不到对应的金额", "no amount it belongs to"),
    "no_unit": Bilingual("没有单位", "it has no unit"),
    "picture": Bilingual("这一页没有文字, 可能是扫描件", "the page has no text, perhaps it is a scan"),
    "hidden": Bilingual(
        "在文件中是隐藏的: 表格的隐藏行列已读入, 不显示的文字没有读入",
        "it is hidden in the file: hidden rows and columns of a table were read, text that is not shown was not",
    ),
    "struck": Bilingual(
        "在文件中划了删除线, 视为已删去", "it is struck through in the file, and taken as taken out"
    ),
    "netted": Bilingual(
        "已并入追加调整: 调增减去调减", "it is part of the adjustment: what was raised less what was cut"
    ),
    "rotated": Bilingual(
        "在页面上是斜排或旋转的文字 (可能是水印), 没有读入, 请看一下",
        "it stands turned on its page, perhaps as a watermark, and was not read; please look",
    ),
    "equation": Bilingual(
        "在公式里, 没有读入, 请看一下", "it stands in an equation, and was not read; please look"
    ),
    "similar_name": Bilingual(
        "项目名称与另一份文件略有不同, 视为同一项目",
        "another document names this project a little otherwise; taken as one",
    ),
    "other_name": Bilingual(
        "与另一份文件的项目名称相近, 未视为同一项目",
        "another document has a similar name; not taken as one project",
    ),
    "lapsed": Bilingual(
        "人工更正已失效: 原来那句话里的这几个字已经不在, 或有几处相同; 请重新核对",
        "a correction has lapsed: its words stand in that sentence no longer, or in several; look at it again",
    ),
    "not_applied": Bilingual(
        "人工更正不能采用: 字句还在, 但现在的读法与更正时不同, 或不能读成所填的项目; 请重新写出核对表",
        "a correction cannot be applied: its words are there, but are read otherwise now, or cannot be what was entered; write the review anew",
    ),
    "added_project": Bilingual(
        "由人工更正加入的项目, 文件中没有识别出", "a project added by a correction; it was not recognised"
    ),
    "macro": Bilingual("文件带有宏, 没有运行", "the file has macros; they were not run"),
    "embedded": Bilingual(
        "文件里嵌有另一份文件, 没有读", "another document is embedded in the file; it was not read"
    ),
    "external": Bilingual(
        "链接到别处的文件、模板、对象或图片, 没有打开; 有关数值是上次保存的",
        "it links to a file, template, object or picture elsewhere, which was not opened: values are those saved",
    ),
    "picture_inside": Bilingual("图片中的内容没有读", "what the pictures show was not read"),
    "not_read": Bilingual(
        "文件未能读取, 原因见“未能读取”", "the file was not read; the reason stands with the files not read"
    ),
    "empty_folder": Bilingual("文件夹是空的, 没有任何材料", "the folder is empty: nothing was filed"),
    "no_form": Bilingual("这张表不是能识别的表式", "the sheet is none of the forms known"),
    "source_row": Bilingual("资金来源的其中项, 不单独核查", "in a row of a source, not checked by itself"),
    "formula": Bilingual(
        "公式没有保存结果, 请重新计算并保存", "a formula without its result: recalculate it, and save"
    ),
    "cell_error": Bilingual(
        "单元格是公式错误, 请改正公式后重新保存", "the cell holds an error: mend its formula, and save"
    ),
    "number_format": Bilingual(
        "数字格式改变了所显示的大小, 或不显示数字, 请用常规格式写出数字和单位",
        "its number format shows it in another size, or not at all: write the number and its unit in a plain format",
    ),
}
STATES = {
    "derived": Bilingual("推算", "derived"),
    "assumed": Bilingual("假定", "assumed"),
    "conflicting": Bilingual("前后不一", "conflicting"),
    "suspect": Bilingual("存疑", "suspect"),
}
NOT_READ = Bilingual("未能读取", "not read")
PAPERS_UNREAD = Bilingual("未读入的材料", "papers left unread")
"""Files, folders, pages and sheets: none of them is a figure."""
FIGURES_UNREAD = Bilingual("未读入的数字", "figures left unread")
REMARKS = Bilingual("另请留意", "also told")
"""What is told of files that were read all the same: it counts for nothing."""
PARAGRAPHS = ("docx", "docm", "doc", "wps", "rtf", "odt", "html", "htm", "ofd")
"""Files whose text comes in paragraphs: the lines that a program shows of them depend on its page."""
_PAGE = re.compile(r"p(\d+)(?: l(\d+))?")
UNNAMED = Bilingual("(未能识别)", "(not recognised)")


TYPES = {**{name: each.label for name, each in CORE_TYPES.items()}, WAIVER: Bilingual("豁免", "waiver")}


def subject_said(subject: SubjectName, language: Language) -> str:
    """A subject as people call it: its name; a line by its label; what has none by its kind and number (报告年度 2)."""
    own = subject.id.rpartition("/")[2]
    if subject.type == "line":
        return label_of(own).said(language)
    if subject.type == WAIVER:
        rule, _, about = subject.name.partition(" ")
        return f"{rule} {id_said(about, language)}"
    if subject.name:
        return subject.name
    kind = TYPES.get(subject.type) or label_of(own.partition(":")[0])
    number = own.partition(":")[2]
    return f"{kind.said(language)} {number}".rstrip()


def quote_said(fact: Fact, language: Language) -> str:
    """The printed words on one line; what a field of a submission names, another field, by its label."""
    said = "".join(fact.quote.split())
    return label_of(said).said(language) if isinstance(fact.value, str) else said


def place_said(location: Location | None, language: Language) -> str:
    """A place as people say it: the line of a text, the paragraph of a document of a word processor, the page and line of a .pdf.

    Else it is the address in the file's own notation.
    """
    if location is None:
        return ""
    zh = language == "zh"
    if page := _PAGE.fullmatch(location.address):
        number, line = page.groups()
        said = (f"第{number}页", f"第{line}行") if zh else (f"page {number}", f", line {line}")
        return "".join(said if line else said[:1])
    if location.address.startswith("¶"):
        number = location.address[1:]
        if location.source.lower().rpartition(".")[2] in PARAGRAPHS:
            return f"第{number}段" if zh else f"paragraph {number}"
        return f"第{number}行" if zh else f"line {number}"
    return location.address


def printed_said(fact: Fact, language: Language, *, with_source: bool) -> str:
    """The printed words of a fact, what they are, and where they stand."""
    quote = quote_said(fact, language)
    shortened = quote if len(quote) <= 40 else f"{quote[:40]}..."
    label = title_of(fact).said(language)
    source = f"{fact.location.source} " if fact.location is not None and with_source else ""
    return f"“{shortened}” {label} ({source}{place_said(fact.location, language)})"
