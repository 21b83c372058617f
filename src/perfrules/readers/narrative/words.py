"""The words of budget reports, as data: what each field, line and base is called, and what is no budget figure.

Everything here is a pattern on folded text without blanks (documents.fold).
"""

from __future__ import annotations

import re

FIELDS: tuple[tuple[str, str], ...] = (
    (
        "forecast",
        r"全年预计(?:执行数?|支出|支付|完成支[付出])?|预计全年(?:能够|可)?(?:完成)?(?:支出|支付|执行)",
    ),
    (
        "adjusted_budget",
        r"调整后的?(?:全年|年度|部门|总)?(?:项目|基本)?(?:支出)?预算(?:总额|总数|数)?|(?:年中)?调整预算数?|预算调整数?(?:后|为)|全年(?:部门|基本支出|项目支出|项目)?预算(?:数|调整为)?",
    ),
    (
        "carried_over",
        r"(?:上年|年初|上一年度?|以前年度|□+)(?:财政)?(?:拨款)?(?:资金)?(?:结转|结余)(?:和?结[转余])?(?:资金|经费|收入)?",
    ),
    (
        "unspent",
        r"(?:年末|账面)(?:财政拨款)?结[转余](?:[和及]?结[转余])?(?:资金)?|(?:尚?未(?:支付|支出|使用)|未支(?!付|出))(?:资金|金额|数)?|结余(?:资金)?|尚余(?:资金)?|剩余(?:资金|金额)?|(?:资金)?余额",
    ),
    (
        "adjustment",
        r"(?:年中)?(?:(?:部门|财政)?预算)?净?(?:追加|追减|调增|调减|增加|(?<=净)[增减]|核增|核减|压减)(?:调整)?(?:部门|财政)?(?:支出预算)?(?:预算)?(?:资金|经费|指标)?|年中调整|预算调整(?:增加|减少|增减|$)|收回(?:预算|指标|财政)",
    ),
    (
        "appropriated",
        r"(?:预算|项目|财政)资金(?:实际|已)?(?:到位|拨付|下达)|(?:下达|拨付)用款(?:额度|计划|指标)|拨款到账|(?:实际)?收到(?:县|市|区|省)?财政(?:拨款|资金)(?!收入)|已?(?:实际)?(?:拨付|拨入|下达|到位|拨款到位)(?:资金|经费|指标|预算|数)?|实际到位(?:资金|经费)?|到位(?:资金|数)|资金到位",
    ),
    (
        "spent",
        r"(?:预算|财政)资金(?:实际|累计|共)?(?:支出|支付|使用)|(?:实际|实现|累计|共|总|合计|已|资金|完成)(?:支出|支付|使用)(?:资金|经费|数)?|执行数|实支|决算数|(?<=(?:基本|项目)支出)(?:完成|执行)$|(?<!预算)执行(?:金额|资金)?$|(?<!待)(?<!未)(?<!尚)(?<!预计)(?<!应)支付$|支付(?:资金|金额|租金|费用)|支出(?:总额|合计|数|资金|经费)|(?<!基本)(?<!项目)(?<!公用经费)(?<!预计)支出$",
    ),
    (
        "initial_budget",
        r"年初(?:部门)?预算收支(?:安排)?|年初(?:部门|批复|[县市区省]?财政|项目|专项|预算|安排|申报|核定|下达|[我本][局馆校院委办站镇乡]|基本支出|项目支出)*(?:预算|经费|资金|指标|支出)(?:预算|经费|资金|指标|总额|数|安排|批复)*|年初(?:安排|批复)"
        r"|(?:预算|经费|专项|资金)?指标(?:总额|数)?|(?:部门|经费|项目|专项|收支)预算(?:总额|安排|数)?|预算(?:安排|总额|批复|资金|经费|金额)|安排(?:财政|专项|项目|县级|本级)*(?:资金|经费|预算)|(?<=共)安排$",
    ),
)
"""The words for each money field, in the order in which they are looked for; the longest word at a place wins."""

VAGUE_FIELD = re.compile(r"预算|收回|拨付|支出|支付|结转|追加|调整|经费|指标|到位|下达|执行")
"""A budget word: an amount beside one that could not be placed is left open for a person."""

MOVED = re.compile(r"调整|追加|调增|增加|核增|调减|核减|追减|压减|收回")
"""Words of a change of the budget in the year, whatever it is for."""
NEGATIVE = re.compile(r"调整减少|调减|核减|追减|压减|收回")
"""Words that make an adjustment a cut."""

LINES: tuple[tuple[str, str], ...] = (
    ("basic", r"基本支出|人员(?:经费)?[和及、](?:日常)?公用经费"),
    (
        "project",
        r"项目(?:支出|经费|预算|资金)|(?:[一二两三四五六七八九十]{1,3}个|上述|以上|各|全部)项目(?=年初|全年|预算|共|累计|合计|实际|已|支|资金)",
    ),
    ("total", r"合计|总支出|部门整体支出"),
)

FINANCE = re.compile(r"财政|省厅|上级")
"""Who releases money; whoever else pays out spends it."""

OWN = r"[我本](?:单位|部门|中心|街道|医院|学校|法院|[局办馆校站委院所队厅处镇乡园社会])"
"""The unit speaking of itself."""
OWN_UNIT = re.compile(rf"{OWN}|单位已?拨付")

NOT_BUDGET = re.compile(
    r"上年同期|基金|执行到位|审计核减|去年|同期|同比|政府采购|上年度?支出|罚款|罚没|核减(?:工程|造价|金额)|跟踪审计|贷款|合同|收入|挽回|查出|违规|营业|产值|投资额|总投资|贴息|单价|标准|每[^，。；]{0,4}$"
    r"|人均|生均|户均|亩均|缴|节约|核减率|奖励每|租金标准|中标|造价|债|捐|索赔|赔偿|欠|收回资金|管理不规范|问题金额|涉案|追回|损失|不超过|不高于"
    r"|超过(?:\d|$)|限额|以内|自筹|中央|省级|市级|县级|区级|国有资产|三公|人员经费|公用经费|办公经费|下年|次年|明年"
)
"""Words that make an amount something else than this year's budget money of this unit."""

NOT_OURS = re.compile("核减(?:工程|造价|金额)|审计核减|执行到位")
"""The same with words of a field in them: what an audit cut off a bill, what a court collected."""

QUOTED_YEAR = re.compile(r"(20\d\d)年")

CLAIM_RATE = (
    ("appropriated", "budget", r"(?:资金|经费|预算)?(?:到位|下达|拨付)(?:率|进度)"),
    ("spent", "appropriated", r"(?:资金|经费)?(?:支付|使用)率"),
    (
        "spent",
        "budget",
        r"(?:总体|整体|支出|资金|预算|项目)*执行率|(?:预算)?(?:支出|执行)(?:进度|完成率)|支出率|完成(?:项目|部门)?绩效支出"
        r"|预算完成率|^进度",
    ),
)
"""Rates of money by name: what is divided, what it is divided by if nothing else is said, and the words."""

BASES: tuple[tuple[str, str], ...] = (
    ("adjusted_budget", r"调整后|调整预算|调整[^，]{0,4}预算|全年预算数"),
    ("initial_budget", r"年初"),
    ("appropriated", r"拨付|拨入|到位|下达"),
    ("budget", r"预算|经费指标|资金总额|指标"),
)

MEASURE_WORDS = tuple(
    re.findall(
        r"\w+",
        "人次 台套 盆 件次 点次 册次 卷次 种 具 头次 头只 羽次 亩次 剂次 架次 樘 根 面 封 箱 袋 盒 瓶 剂 孔 只次 家次 场次 起次 处次 轮次 批次 班次 户次 条次 台次 次 个 家 名 人 期 份 件 条 场 户 篇 部 栋 幢 口 眼 棵 尾 艘 架 扇 枚 块 双 床 桶 车 车次 航次 对 节 首 颗 羽 毫升 标段 公斤 千克 立方米 页 学时 课时 "
        "台 套 项 处 起 批 轮 辆 座 间 盏 册 本 张 所 支 顶 幅 块 组 只 头 株 亩 公顷 公里 平方米 米 吨 例 宗 列 届 班 ",
    )
)

LEADING = re.compile(
    r"^(?:今年以来|目前|上半年|下半年|全年|全县|全区|全市|本年度?|当年|年内|截至?[^，]*?[末底日]|截止[^，]*?[末底日]|\d{1,2}[-—~至]\d{1,2}月份?|期间|"
    rf"{OWN}|我部门|先后|已经?|共计|累计|总计|合计|共有?|其中|另|并|还|及时|均|分别|各类|各级|约(?!谈)|近|达到?|超过|不少于|新增?|"
    r"顺利|圆满|持续|积极|推出|开展|发放|接到|收到|接收|完成|举办|组织|召开|印发|编印|出具|制作|刊发|发布|报送|接待|出动|派驻|购置|新建|受理|办结|做好|设立|设|有|为)+"
)
"""What stands before the name of the things counted and is not part of it."""

PARTNER = re.compile(r"^(?:与|会同|联合)[^，]*?(?=联合|共同)")
VERBS = re.compile(
    r"(?:带动|指导|选派|成立|组成|由|涉及|内设|下设|下辖|派出|完成|开展|举办|组织|召开|审核|办理|新建|建成|推出|发布|处置|处理|受理|接到|实施|整改|检查|对|为|向|将|有|新增)$"
)
PROJECT_ENDS = re.compile(r"(?:经费|资金|项目|专项|工程|补助|补贴|费)$")
