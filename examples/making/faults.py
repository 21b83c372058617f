"""The catalogue of faults that can be planted in a filing: what is changed, in which filings, and what must be found.

Each fault is one mistake as departments make it. `rule` is the rule that must find it, `subject` what it must name: the id
of a subject or of the one above it, or a name. Everything printed that follows from the changed figure stays in agreement
with it, so that no other error arises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from making.filings import YEAR, Filing, Form, Money, Project
from making.papers import added, execution_score, share, wan


@dataclass(frozen=True)
class Fault:
    """A mistake: `slot` says which paper it is made in, of which a department has at most one fault each.

    `report` is the report with the table of its projects, `export` what only a submission in JSON can say. `apart` is a
    rule whose fault no department has beside this one, because the findings would be folded into one.
    """

    rule: str
    severity: str
    what: str
    plant: Callable[[Filing], str]
    slot: str = "report"
    fits: Callable[[Filing], bool] = lambda filing: True  # noqa: ARG005
    apart: str = ""


def _own(filing: Filing) -> Project:
    """The project in which mistakes are made: the last, for the first may have a form that must agree with it."""
    return filing.projects[-1]


def wrong_base(filing: Filing) -> str:
    """The share of the adjusted budget is taken on the money released."""
    filing.claims["total"] = share(filing.total.spent, filing.total.released)
    return "department/total"


def wrong_value(filing: Filing) -> str:
    """Two digits of a share are swapped, or one is changed where they are the same."""
    right = share(filing.project.spent, filing.project.adjusted)
    a, b = right[0], right[1]
    filing.claims["project"] = (b + a if a != b else a + str((int(b) + 3) % 10)) + right[2:]
    return "department/project"


def sums(field: str) -> Callable[[Filing], str]:
    """The total of one field is a little more than its parts; shares are taken on what is printed."""

    def plant(filing: Filing) -> str:
        setattr(filing.total, field, getattr(filing.total, field) + 100)
        return "department"

    return plant


def listed(field: str) -> Callable[[Filing], str]:
    """The projects do not make up their line in one field."""

    def plant(filing: Filing) -> str:
        money = _own(filing).money
        setattr(money, field, getattr(money, field) - 31)
        return "department"

    return plant


def unit_slip(filing: Filing) -> str:
    """The budget of a project is entered in 元 where the column is in 万元."""
    money = _own(filing).money
    right = money.adjusted
    money.initial *= 10_000
    money.adjusted_printed, money.rate_printed = right, share(money.spent, right)
    return f"project:{_own(filing).name}"


def conflict(filing: Filing) -> str:
    """The words print another spending of a project than the table."""
    project = _own(filing)
    said = f"其中，{project.name}实际支出{wan(project.money.spent + 250)}万元。"
    filing.also_said.append(said)
    return f"project:{project.name}"


def _moved(filing: Filing, field: str, amount: int) -> Project:
    """The project with so much more in one field, and with it its line and the total."""
    for money in (_own(filing).money, filing.project, filing.total):
        setattr(money, field, getattr(money, field) + amount)
    return _own(filing)


def overspent(filing: Filing) -> str:
    """A project has spent more than it may; the shares follow."""
    money = _own(filing).money
    _moved(filing, "released", money.adjusted - money.released)
    return f"project:{_moved(filing, 'spent', money.adjusted - money.spent + 40).name}"


def over_released(filing: Filing) -> str:
    """More has been released to a project than its budget."""
    money = _own(filing).money
    _moved(filing, "spent", money.adjusted * 6 // 10 - money.spent)
    return f"project:{_moved(filing, 'released', money.adjusted + money.carried - money.released + 60).name}"


def beyond_released(filing: Filing) -> str:
    """A project has spent more than was released to it, within its budget."""
    money = _own(filing).money
    return f"project:{_moved(filing, 'spent', money.released + money.carried - money.spent + 20).name}"


def nothing_spent(filing: Filing) -> str:
    """A project has spent nothing; the others all that was released to them, so that their line keeps pace."""
    for each in filing.projects:
        each.money.spent = 0 if each is _own(filing) else each.money.released
    _with_sums(filing)
    return f"project:{_own(filing).name}"


def _at(filing: Filing, spent: int, released: int) -> None:
    """All projects at so many hundredths of their budget spent and released; the lines follow."""
    for money in (each.money for each in filing.projects):
        money.spent, money.released = money.adjusted * spent // 100, money.adjusted * released // 100
    _with_sums(filing)


def _with_sums(filing: Filing) -> None:
    for field in ("spent", "released"):
        whole = sum(getattr(each.money, field) for each in filing.projects)
        setattr(filing.project, field, whole)
        setattr(filing.total, field, getattr(filing.basic, field) + whole)


def slow(filing: Filing) -> str:
    """Projects have spent a fifth by the middle of the year."""
    _at(filing, 20, 45)
    return "department/project"


def idle(filing: Filing) -> str:
    """Nearly all money is released, and little of it spent."""
    _at(filing, 38, 92)
    return "department/project"


def count_parts(filing: Filing) -> str:
    """The units inspected are more than their kinds."""
    assert filing.inspected
    whole, some, others = filing.inspected
    filing.inspected = (whole + 2, some, others)
    return "检查单位"


def count_projects(filing: Filing) -> str:
    """More projects are said to be behind than are named."""
    filing.problems_claimed += 1
    return "department"


def growth(filing: Filing) -> str:
    """The growth does not follow from the two numbers."""
    assert filing.letters
    filing.letters = (*filing.letters[:2], "35%")
    return "受理群众来信"


def staff(filing: Filing) -> str:
    """More staff than posts."""
    filing.staff = filing.posts + 2
    return "department"


def stale_year(filing: Filing) -> str:
    """A year is left over from the report of the year before."""
    filing.stray_year = YEAR - 1
    return "report_year"


def filed_early(filing: Filing) -> str:
    """The report is dated before the day to which it reports."""
    filing.filed_on = f"{YEAR}年6月20日"
    return "department"


def prompt(filing: Filing) -> str:
    """A prompt of the form is left in."""
    filing.measure = f"（200字以内）{filing.measure}"
    return "department"


def adjusted(filing: Filing) -> str:
    """The adjusted budget of a project is not what its parts come to."""
    money = _own(filing).money
    money.adjusted_printed = money.adjusted + 50
    return f"project:{_own(filing).name}"


def rate(filing: Filing) -> str:
    """The rate of a project in the table has a wrong digit."""
    money = _own(filing).money
    right = share(money.spent, money.adjusted)
    money.rate_printed = f"{(int(right[0]) + 2) % 10}{right[1:]}"
    return f"project:{_own(filing).name}"


def item_numbers(filing: Filing) -> str:
    """A number of the items stands twice."""
    filing.item_numbers = (1, 2, 2)
    return "item_number"


def sources(filing: Filing) -> str:
    """The sources do not make up the budget."""
    project = filing.projects[0]
    filing.sources = {"一般公共预算拨款": project.money.initial - 200, "其他资金": 80}
    return f"project:{project.name}"


def of_another_unit(filing: Filing) -> str:
    """A rate is measured in persons."""
    filing.goal_unit = "人"
    return "验收合格率"


def unit_price(filing: Filing) -> str:
    """Price times quantity is ten times the amount."""
    filing.unit_price = ("1200元", "45人", "54万元")
    return f"project:{filing.projects[0].name}"


def _form(filing: Filing) -> Form:
    assert filing.monitoring
    return filing.monitoring


def _evaluation(filing: Filing) -> Form:
    assert filing.evaluation
    return filing.evaluation


def forecast(filing: Filing) -> str:
    """Less is forecast for the year than is spent already."""
    form = _form(filing)
    form.forecast = form.money.spent - 30
    return f"project:{form.project}"


def cannot_be_sure(filing: Filing) -> str:
    """The target is sure to be met, and less than it is expected."""
    target = _form(filing).targets[4]
    target.expected = "85%"
    return target.name


def above_the_whole(filing: Filing) -> str:
    """A rate above the whole."""
    target = _form(filing).targets[1]
    target.actual = target.expected = "106%"
    return target.name


def reverse(filing: Filing) -> str:
    """A cost is wanted as high as possible."""
    target = _form(filing).targets[2]
    target.planned = "≥300元"
    target.actual, target.expected = "310元", "310元"
    return target.name


def twice(filing: Filing) -> str:
    """Two targets have one name."""
    form = _form(filing)
    form.targets[1].level2, form.targets[1].name = form.targets[0].level2, form.targets[0].name
    return f"project:{form.project}"


def no_number(filing: Filing) -> str:
    """A word stands where a number was planned."""
    target = _form(filing).targets[3]
    target.actual = "较多"
    return target.name


def weights(filing: Filing) -> str:
    """The weights of the targets come to five too few."""
    form = _evaluation(filing)
    form.targets[3].weight -= 5
    form.targets[3].score -= 5
    return f"project:{form.project}"


def total_score(filing: Filing) -> str:
    """The total is not what the scores come to."""
    form = _evaluation(filing)
    right = added(str(sum(each.score for each in form.targets)), execution_score(form.money))
    form.total_score = str(int(right.split(".")[0]) - 3)
    return f"project:{form.project}"


def execution(filing: Filing) -> str:
    """Full points for three quarters spent."""
    form = _evaluation(filing)
    form.money = Money(form.money.initial, 0, 0, form.money.released, form.money.initial * 3 // 4)
    form.execution_score = "10"
    return f"project:{form.project}"


def above_its_weight(filing: Filing) -> str:
    """A target scores more than it weighs."""
    target = _evaluation(filing).targets[1]
    target.score = target.weight + 2
    return target.name


def full_score(filing: Filing) -> str:
    """A target that was missed by far has full score."""
    target = _evaluation(filing).targets[3]
    target.actual = "52%"
    target.cause = "样本较少"
    return target.name


def _has_words(filing: Filing) -> bool:
    return filing.layout != "json"


def _keeps_pace_without_one(filing: Filing) -> bool:
    """Whether the line stays above the reference line where one project has spent nothing."""
    others = sum(each.money.released for each in filing.projects[:-1])
    return 100 * others >= 33 * filing.project.adjusted


FAULTS = (
    Fault("ARI106", "error", "占比按已拨付计算，却写占调整预算", wrong_base),
    Fault("ARI106", "error", "项目支出占比数字写颠倒", wrong_value),
    Fault("ARI101", "error", "年初预算合计与分项不符", sums("initial")),
    Fault("ARI102", "error", "追加预算合计与分项不符", sums("added")),
    Fault("ARI104", "error", "已拨付合计与分项不符", sums("released")),
    Fault("ARI105", "error", "实际支出合计与分项不符", sums("spent")),
    Fault("ARI108", "error", "项目年初预算之和与项目支出不符", listed("initial"), apart="ARI109"),
    Fault("ARI113", "error", "项目实际支出之和与项目支出不符", listed("spent")),
    Fault("ARI114", "error", "项目到位资金之和与项目支出不符", listed("released")),
    Fault("TXT104", "error", "一个项目的年初预算按元填写", unit_slip),
    Fault("CON101", "error", "文字与表格所列项目支出不一致", conflict, fits=_has_words),
    Fault("EXE115", "error", "项目支出大于调整预算", overspent),
    Fault("EXE116", "warning", "项目拨付大于调整预算", over_released),
    Fault("EXE114", "warning", "项目支出大于已拨付", beyond_released),
    Fault("EXE104", "warning", "一个项目没有支出", nothing_spent, fits=_keeps_pace_without_one),
    Fault("EXE101", "warning", "项目支出进度低于参考线", slow),
    Fault("EXE106", "warning", "资金基本拨付而支出较少", idle),
    Fault("CON102", "error", "检查单位总数与分项不符", count_parts, "export"),
    Fault("CON103", "warning", "所称项目数多于列举数", count_projects),
    Fault("YOY110", "error", "增幅与两期数不符", growth, "export"),
    Fault("CON109", "warning", "在编人数多于编制", staff),
    Fault("TXT101", "error", "留有上年报告的年份", stale_year, "export"),
    Fault("TXT102", "error", "报送日期早于截止日期", filed_early),
    Fault("CMP102", "error", "填写提示未删除", prompt),
    Fault("ARI103", "error", "项目调整后预算与其组成不符", adjusted, fits=_has_words),
    Fault("ARI106", "error", "表中一个项目的执行率有误", rate, fits=_has_words),
    Fault("TXT107", "notice", "序号重复", item_numbers, "export"),
    Fault("ARI111", "warning", "单价乘数量与金额不符", unit_price, "export"),
    Fault("ARI109", "error", "资金来源之和与年初预算不符", sources, "export", apart="ARI108"),
    Fault("TGT108", "error", "比率指标的度量单位是人", of_another_unit, "export"),
    Fault("EXE117", "error", "全年预计执行数小于已支出", forecast, "monitoring"),
    Fault("TGT116", "error", "确定能完成而预计值低于目标值", cannot_be_sure, "monitoring"),
    Fault("TGT106", "warning", "合格率超过100%", above_the_whole, "monitoring"),
    Fault("TGT105", "warning", "成本指标的方向为“≥”", reverse, "monitoring"),
    Fault("TGT121", "warning", "两个指标重名", twice, "monitoring"),
    Fault("TGT107", "warning", "定量指标的完成值不是数", no_number, "monitoring"),
    Fault("TGT117", "error", "指标分值合计不为100", weights, "evaluation"),
    Fault("TGT118", "error", "总分与各项得分之和不符", total_score, "evaluation"),
    Fault("TGT119", "error", "执行率得分与执行率不符", execution, "evaluation"),
    Fault("TGT120", "error", "指标得分超过分值", above_its_weight, "evaluation"),
    Fault("TGT103", "error", "未达指标值却得满分", full_score, "evaluation"),
)
"""Every fault there is, in the order in which they are planted."""


def has_slot(filing: Filing, fault: Fault) -> bool:
    """Whether the filing has the paper that the fault is made in."""
    is_there = {
        "report": True,
        "export": filing.layout == "json",
        "monitoring": filing.monitoring is not None,
        "evaluation": filing.evaluation is not None,
    }
    return is_there[fault.slot] and fault.fits(filing)
