"""What a department of an invented county files for the first half of 2022: figures that agree, before any fault is planted.

Money is whole hundreds of 元 (0.01万元), so that what is printed with two decimals is exact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

COUNTY = "云岭县"
YEAR = 2022
FIELDS = ("initial", "carried", "added", "released", "spent")


@dataclass
class Money:
    """The figures of a line or a project; `adjusted` is printed where a table has that column."""

    initial: int
    carried: int = 0
    added: int = 0
    released: int = 0
    spent: int = 0
    adjusted_printed: int | None = None
    rate_printed: str | None = None

    @property
    def adjusted(self) -> int:
        """The adjusted budget: as printed, else what its parts come to."""
        own = self.initial + self.carried + self.added
        return own if self.adjusted_printed is None else self.adjusted_printed


@dataclass
class Project:
    """A project: its name, its money, what it has done, with the number of things and their unit."""

    name: str
    money: Money
    deed: str
    number: int
    unit: str


@dataclass
class Target:
    """A target of a form; `weight` and `score` only in a self-evaluation."""

    level1: str
    level2: str
    name: str
    planned: str
    actual: str
    expected: str = ""
    unit: str = ""
    weight: int = 0
    score: int = 0
    cause: str = ""
    likelihood: str = "确定能"


@dataclass
class Form:
    """A form of one project: for monitoring, or the self-evaluation of the year before."""

    project: str
    money: Money
    targets: list[Target]
    forecast: int = 0
    weights: int = 100
    total_score: str | None = None
    execution_score: str | None = None


@dataclass
class Filing:
    """Everything one department prints; faults change it before it is written."""

    number: int
    name: str
    layout: str
    total: Money
    basic: Money
    project: Money
    projects: list[Project]
    posts: int
    staff: int
    claims: dict[str, str] = field(default_factory=dict)
    also_said: list[str] = field(default_factory=list)
    problem_projects: list[str] = field(default_factory=list)
    problems_claimed: int = 0
    measure: str = "由综合股在9月30日前办结剩余款项支付。"
    filed_on: str = "2022年7月6日"
    stray_year: int | None = None
    item_numbers: tuple[int, ...] = (1, 2, 3)
    inspected: tuple[int, int, int] | None = None
    letters: tuple[int, int, str] | None = None
    unit_price: tuple[str, str, str] | None = None
    sources: dict[str, int] = field(default_factory=dict)
    goal_unit: str = "%"
    monitoring: Form | None = None
    evaluation: Form | None = None

    @property
    def full_name(self) -> str:
        """The name with the county before it."""
        return COUNTY + self.name

    def line(self, name: str) -> Money:
        """The line of that name: total, basic or project."""
        return {"total": self.total, "basic": self.basic, "project": self.project}[name]


BUREAUS = [
    "教育局",
    "科学技术局",
    "工业和信息化局",
    "民政局",
    "司法局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "卫生健康局",
    "退役军人事务局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "乡村振兴局",
    "林业局",
    "城市管理局",
    "行政审批局",
    "信访局",
    "体育局",
    "档案馆",
    "图书馆",
    "文化馆",
    "博物馆",
    "气象局",
    "供销合作社联合社",
    "残疾人联合会",
    "妇女联合会",
    "总工会",
    "科学技术协会",
    "文学艺术界联合会",
    "红十字会",
    "党校",
    "融媒体中心",
    "投资促进中心",
    "疾病预防控制中心",
    "妇幼保健院",
    "人民医院",
    "中医医院",
    "农机推广站",
    "水文监测站",
    "动物疫病预防控制中心",
    "公路养护中心",
    "公共资源交易中心",
    "不动产登记中心",
]
PLACES = [
    "桃溪",
    "柳溪",
    "松岗",
    "石桥",
    "青峰",
    "白鹤",
    "大坪",
    "南坡",
    "北岭",
    "东河",
    "西河",
    "清泉",
    "云台",
    "龙泉",
    "金山",
    "银杏",
]
KINDS = ("镇人民政府", "中学", "中心小学", "中心卫生院")
WORK = (
    ("档案数字化整理经费", "整理档案", 3200, "卷"),
    ("业务骨干轮训经费", "组织轮训", 260, "人次"),
    ("志愿服务活动经费", "开展志愿服务", 48, "场"),
    ("公共场所消毒经费", "消毒公共场所", 130, "处"),
    ("村级财务指导经费", "指导行政村", 86, "个"),
    ("便民服务热线经费", "接听来电", 4150, "件"),
    ("河道巡护经费", "巡护河道", 96, "公里"),
    ("质量抽检经费", "抽检样品", 620, "批次"),
    ("普查登记经费", "登记对象", 5400, "户"),
    ("宣传栏更换经费", "更换宣传栏", 64, "块"),
    ("安全隐患排查经费", "排查点位", 310, "处"),
    ("法律服务经费", "接待群众", 740, "人次"),
)
LAYOUTS = ("docx", "txt+xlsx", "json", "gb+xls", "pdf", "docx+csv", "json", "txt", "docx+xlsx")
"""How a department files: report and table in one Word file, a text and a workbook, one JSON, and so on."""


def names(number: int) -> list[str]:
    """So many names of departments, none twice: bureaus first, then those of towns."""
    towns = [place + kind for kind in KINDS for place in PLACES]
    known = BUREAUS + towns
    further = (
        f"{place}{nth}{kind}"
        for nth in ("第一", "第二", "第三", "第四")
        for kind in KINDS[1:3]
        for place in PLACES
    )
    return [*known, *further][:number]


def filing(number: int, name: str, draw: Random) -> Filing:
    """A filing whose figures all agree and keep pace with the year."""
    projects = [_project(each, draw) for each in draw.sample(WORK, draw.randint(2, 4))]
    parts = [each.money for each in projects]
    project = Money(*(sum(getattr(part, field) for part in parts) for field in FIELDS))
    basic = _money(draw, draw.randint(8_000, 60_000), 0)
    total = Money(*(getattr(basic, each) + getattr(project, each) for each in FIELDS))
    posts = draw.randint(8, 60)
    behind = [each.name for each in projects[: draw.randint(1, 2)]]
    made = Filing(
        number, name, LAYOUTS[(number - 1) % len(LAYOUTS)], total, basic, project, projects, posts,
        posts - draw.randint(0, 3), problem_projects=behind, problems_claimed=len(behind),
    )  # fmt: skip
    some = (draw.randint(5, 40), draw.randint(5, 40))
    made.inspected = (sum(some), *some)
    before = draw.randint(4, 30) * 10
    made.letters = (before * 12 // 10, before, "20%")
    if number % 3 == 2:
        made.monitoring = monitoring(projects[0], draw)
    if number % 3 == 1:
        made.evaluation = evaluation(projects[-1], draw)
    return made


def _project(work: tuple[str, str, int, str], draw: Random) -> Project:
    name, deed, number, unit = work
    money = _money(draw, draw.randint(600, 9_000), draw.choice((0, 0, 155, 325)))
    return Project(name, money, deed, number + draw.randint(0, 9), unit)


def _money(draw: Random, initial: int, carried: int) -> Money:
    initial = _to_the_last_place(initial)
    added = draw.choice((0, 0, 0, 205, 455))
    whole = initial + carried + added
    spent = _to_the_last_place(whole * draw.randint(47, 52) // 100)
    return Money(initial, carried, added, _to_the_last_place(whole * draw.randint(58, 70) // 100), spent)


def _to_the_last_place(amount: int) -> int:
    """An amount whose last decimal is not 0: a workbook leaves out zeros at the end, and fewer digits prove less."""
    return amount if amount % 10 else amount + 1


def monitoring(project: Project, draw: Random) -> Form:
    """The monitoring form of a project, with its own figures."""
    done, whole = project.number, project.number * 2
    served = draw.randint(20, 90) * 100
    targets = [
        Target("产出指标", "数量指标", project.deed, f"≥{whole}{project.unit}", f"{done}{project.unit}", f"{whole}{project.unit}"),
        Target("产出指标", "质量指标", "验收合格率", "≥95%", "96%", "96%"),
        Target("产出指标", "成本指标", "单位成本", "≤300元", "280元", "290元"),
        Target("效益指标", "社会效益指标", "受益人口", f"≥{served}人", f"{served // 2 + 30}人", f"{served}人"),
        Target("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "91%", "92%"),
    ]  # fmt: skip
    money = project.money
    return Form(project.name, money, targets, money.adjusted)


def evaluation(project: Project, draw: Random) -> Form:
    """The self-evaluation of a project for the year before; its scores add up."""
    budget = draw.randint(20, 90) * 100
    money = Money(budget, 0, 0, budget, budget)
    made = draw.randint(80, 400)
    targets = [
        Target("产出指标", "数量指标", project.deed, f"≥{made}{project.unit}", f"{made + 3}{project.unit}", weight=20, score=20),
        Target("产出指标", "质量指标", "验收合格率", "≥95%", "97%", weight=15, score=15),
        Target("产出指标", "时效指标", "按时完成率", "≥95%", "96%", weight=15, score=15),
        Target("效益指标", "社会效益指标", "群众知晓率", "≥90%", "91%", weight=30, score=30),
        Target("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "90%", weight=10, score=9, cause="部分点位反馈较慢"),
    ]  # fmt: skip
    return Form(project.name, money, targets)
