"""Names in a report: what may be the name of a project, and which words are none."""

from __future__ import annotations

import re

from perfrules.documents import TextDocument
from perfrules.model.fact import Fact
from perfrules.readers.narrative.sections import Part

HEADING_ENDS = re.compile("(?:经费|资金|项目|专项|工程|补助|补贴)$")
NAME_ENDS = re.compile("(?:经费|资金|项目|专项|工程|补助|补贴|费)$")
"""What marks a name as a project's: in a heading, and where money is told of it at once."""
GENERAL = re.compile(
    "(?:上年|年初|年中|本年|年度|全年|部门|单位|整体|财政|预算|项目|专项|重点|主要|其他|支出|资金|经费|结转|结余|追加|调整|拨付|下达|到位|使用|管理|安排|收入|完成|实施|各|本级|县级|市级|省级|中央|工作|业务|补助|补贴|工程|的|和|及)+"
)
"""Words that are the name of no project, however they are put together."""
FRAME = re.compile(
    "情况|总体|整体|收入|支出|收支|预算|执行|拨付|到位|拨款|结转|结余|追加|调整|绩效|目标|产出|效益|满意|问题|原因|措施|建议|其中|合计|小计|总计|监控|指标"
    "|部门|单位|资金|概况|职能|职责|自评|评价|分析|进度|说明|备注|^注$|^附|补充|提示|结论|文本框|如下|总额|如下|半年|季度|年度|月份|^按|看$|来源|去向|经费保障|汇总|下一?步|做法|背景|简介|意见|^后续|进展|明细|机构|人员构成|方面$|同期|去年|往年|^(?:项目|分项目|重点项目|主要项目|各项目|专项)$|(?:的|各|重点|主要)项目$|[我本全](?:局|县|市|区|镇|乡|校|院)"
)
"""Words of the headings of a report: what stands under them is told of the whole."""
OURS = re.compile(
    r"^(?:与|[该此]|其(?!他)|将|把|[一二两三四五六七八九十\d]+[个项]|各|上述|以上|这|全部|所有)|三公|公务|^(?:不含|不包括|除|剔除|扣除)|专户|自有|债券|直达|转移支付|周转金|事业收入|经营|上级|中央|省级|拨款|收入|追加|追减|调[增减整]|核[增减]|压减|结转|结余|上年|年初|使用|收到|[我本全][局县市区镇乡校院委办馆站]|本级|财政|单位|部门|其中|该项目|截至|截止|累计|去年|同期|上半年|下半年"
)
DEED = re.compile(
    "^(?:完成|开展|举办|组织|召开|购置|购买|采购|新建|改建|扩建|推进|推动|加强|加快|加大|强化|深化|优化|落实|发放|兑付|支付|拨付|启动|聘请|委托|印制|制作|更换|处置|协助|做好|抓好|严格|坚持|按照|根据|为|对|围绕|结合|用于|积极|认真|持续|全面|进一步|建立|健全|完善|制定|确保|保障(?!性)|支持|争取|及时)"
)
"""How a clause opens that tells what was done, and names nothing."""
CIRCUMSTANCE = re.compile(
    "^(?:今年|本年|当年|近年|全年|年[初末中底]|上年|累计|实际|已|共|目前|截[至止]|受|因|由于?|按|依|根据|遵照|较|比|与|随着|在|从|经|自|至|到|各|虽|若|如|以|将|把|被|通过|围绕|结合|针对|鉴于|考虑|预计|第|同时|此外|另外|并|但|且|其|该|此|本)"
    "|(?:以来|以后|之后|影响|期间|情况下|顺利|较[好快慢]|良好|偏[慢低]|不足|及时|到位|合理|平稳|正常|迅速|完成|明显|原因|开工|竣工|完工|建成|启动|落实|招标)$"
    "|(?<!基)因(?![公素])|由于|受.+影响|已|尚未|正在|预计"
)
"""Words that tell when, why or how, and name nothing."""


NO_PROJECT = re.compile(
    "^(?:人员|日常|公用|工资|福利|商品|对个人|“?三公|公务(?:接待|用车|出国|支出|经费)|因公|会议费|差旅费|培训费|政府性|政府采购|国有资本|一般公共|机关运行|离退休"
    "|中央|省级|市级|上级|本级|债券|专项债|直达|转移支付)|(?:局|委|办|馆|中心|学校|中学|小学|学院|医院|卫生院|所|站|队|机关|本级|下属|公司|街道|社区|镇|乡|村|社|会|团|院|部|厅|政府|类)$"
)
"""Parts of a department's money that are kinds of expense or units of it, and no projects."""
_FIELD = "(?:预算|指标|安排|资金|经费|到位|拨付|拨入|下达|支出|支付|执行|使用|决算|年中追加|追加|(?:上年|以前年度)(?:结转|结余))"
_AMOUNT = r"[^，。；：\d□一二两三四五六七八九十]{0,8}(?:\d[\d, ]*(?:\.[\d ]+)?|[一二两三四五六七八九十百千万零]+)[亿万千百]*元"
_MONEY = (
    r"(?:(?:该|本|此)?项目|□|[截到][至止]?|[我本全][局委办馆校院站县市区镇乡]|年|份|[县市区镇乡]里|县级?|市级?|区级?|财政|上级|本级|共|总|已|仍|仅|但|列入|今年|目前|上半年|，)*"
    r"(?:年初|全年|年度|调整后?|批复|核定|安排|申报|实际|累计|项目|资金|经费|专项|部门)*"
    rf"{_FIELD}{_AMOUNT}"
)
MONEY_TOLD = re.compile(rf"^(?:[^，。；：\d□]{{0,25}}，)?{_MONEY}")
"""A paragraph that tells at once of somebody's money."""
MONEY_NEAR = re.compile(
    rf"^(?:[^。；：\d]{{0,30}}?[，（])?[^，。；：\d]{{0,14}}(?:{_FIELD}{_AMOUNT}|\d[\d,.]*[亿万]?元，?(?:已经?|均|全部|实际|累计|共|目前)*(?:支出|支付|到位|拨付|下达))"
)
"""What names money in its first clauses, whatever circumstances are told with it."""
MONEY_AT_ALL = re.compile(f"{_FIELD}{_AMOUNT}")
MONEY_FIRST = re.compile(f"^{_MONEY}")
TOLD_OF = re.compile(
    rf"(?:，|(?<=项目|工程|专项|经费|补助|补贴)(?=因|由于|受|[于已自经在正尚未按])|(?={_MONEY})(?!项目，|(?:项目|专项)?(?:经费|资金)\d)|(?<=经费|资金|补助|补贴|项目|专项)(?=\d[\d,.]*[亿万]?元，(?:实际|已|累计|共|目前)*(?:支出|支付)))"
)
"""What parts a name from what is told of it: a comma, or its money."""
MONEY_INSIDE = re.compile(rf"(?:^|[，。；：]){_MONEY}")
"""A clause that does so."""
BULLET = "(?:[—–·•●◆■★※▪-]{1,2}|[A-Za-z][.、])"
_IN_QUOTES = re.compile("“(?P<name>[^“”]+)”(?:项目)?")


def is_name(words: str) -> bool:
    """Whether words may be a name: neither general words of budgets nor of the whole."""
    return not GENERAL.fullmatch(words) and not OURS.search(words)


def is_thing(name: str) -> bool:
    """Whether words that nothing marks as a project's name may be one: no heading of reports, no kind of expense."""
    return is_name(name) and not FRAME.search(name) and not NO_PROJECT.search(name)


def is_item_name(words: str) -> bool:
    """Whether what stands before a comma may be a thing's name: neither a deed nor a circumstance."""
    return is_thing(words) and not DEED.match(words) and not CIRCUMSTANCE.search(words)


def named_at(document: TextDocument, part: Part, found: re.Match[str]) -> Fact:
    """The name that was found in a part, without its quotation marks."""
    start, end = found.span("name")
    if bare := _IN_QUOTES.fullmatch(found["name"]):
        start, end = start + bare.start("name"), start + bare.end("name")
    where = document.place(part.paragraph, start, end)
    return Fact("name", part.paragraph.text[start:end], location=where, quote=document.cut(where))
