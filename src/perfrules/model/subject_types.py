"""The core subject types: department, line, project, target, source, claim, count, and what the text itself holds."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.model.fact import Fact
from perfrules.model.subject import Field, SubjectType, TableField
from perfrules.model.unit import Kind


def _text(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(name, Bilingual(zh, en), Kind.TEXT, aliases)


def _number(name: str, zh: str, en: str, *aliases: str) -> Field:
    return Field(name, Bilingual(zh, en), Kind.NUMBER, aliases, nonnegative=True)


def _money(
    name: str, zh: str, en: str, *aliases: str, absence: str | None = None, formula: str | None = None
) -> Field:
    signed = name == "adjustment"
    return Field(
        name, Bilingual(zh, en), Kind.MONEY, aliases, nonnegative=not signed, absence=absence, formula=formula
    )


MONEY_FIELDS = (
    _money("initial_budget", "年初预算", "initial budget", "年初预算数"),
    _money("carried_over", "上年结转", "carried over", "年初结转", absence="0元"),
    _money("adjustment", "追加调整", "adjustment", "追加", "调减", absence="0元"),
    _money(
        "adjusted_budget",
        "调整预算",
        "adjusted budget",
        "调整后预算",
        "全年预算数",
        formula="initial_budget + carried_over + adjustment",
    ),
    _money("appropriated", "已拨付", "money appropriated", "到位资金"),
    _money("spent", "实际支出", "spending", "执行数"),
    _money("unspent", "未支出", "unspent", "结余"),
    _money("forecast", "全年预计", "forecast", "全年预计执行数"),
)
"""The money fields that lines and projects share (glossary, table of fields)."""

_LINE = _text("line", "支出类别", "line")
_NAME = _text("name", "名称", "name")
_PROGRESS = Field(
    "expected_progress",
    Bilingual("应达进度", "expected progress"),
    Kind.RATIO,
    nonnegative=True,
    is_computed=True,
)
_CAUSE = _text("cause", "偏差原因", "cause", "原因说明")
_MEASURES = _text("measures", "整改措施", "measures")
_COUNTED = Field("value", Bilingual("数值", "value"), Kind.COUNT, nonnegative=True)
_CHANGE = Field("change", Bilingual("增减幅度", "printed change"), Kind.RATIO)
_STATED = (
    _text("reason", "执行率偏低原因", "reason for the rate", "未达进度原因"),
    _CAUSE,
    _text("statement", "有关表述", "what the text says of it"),
)
"""What the text says about the money of a line or project."""
_FORM = (
    _text("code", "项目编码", "code", "项目代码"),
    Field("starts_on", Bilingual("开始日期", "first day"), Kind.DATE),
    Field("ends_on", Bilingual("结束日期", "last day"), Kind.DATE),
    _money("unit_price", "测算单价", "unit price", "单价"),
    Field("quantity", Bilingual("测算数量", "quantity"), Kind.COUNT, nonnegative=True),
    _money("planned_total", "测算金额", "planned total"),
    Field("goal_rate", Bilingual("目标完成率", "share of the goals reached"), Kind.RATIO, nonnegative=True),
    _text("goals_changed", "目标是否调整", "whether the goals were changed"),
    _MEASURES,
    _number("execution_weight", "执行率分值", "weight of the rate"),
    _number("execution_score", "执行率得分", "score of the rate", "预算执行得分"),
    _number("total_score", "总分", "total score", "自评总分"),
    _text("grade", "评价等级", "grade", "等级"),
)
"""What the forms of a project ask for beside its money."""
_CLAIMS = TableField("claims", Bilingual("占比", "claims"), "claim")
_COUNTS = TableField("counts", Bilingual("数量", "counts"), "count")

DEPARTMENT = SubjectType(
    "department",
    Bilingual("部门", "department"),
    (
        _NAME,
        Field("period_from", Bilingual("期间起", "period from"), Kind.DATE),
        Field("period_to", Bilingual("截止日期", "cut-off date"), Kind.DATE),
        Field("filed_on", Bilingual("报送日期", "filing date"), Kind.DATE),
        Field("month", Bilingual("截止月份", "month of cut-off"), Kind.NUMBER, ("月份",), nonnegative=True),
        Field("year", Bilingual("年度", "year"), Kind.NUMBER, nonnegative=True),
        Field("posts", Bilingual("编制", "posts"), Kind.COUNT, nonnegative=True),
        Field("staff", Bilingual("在编", "staff"), Kind.COUNT, nonnegative=True),
        Field(
            "claimed_problem_count",
            Bilingual("声称问题项目数", "claimed number of problem projects"),
            Kind.COUNT,
            nonnegative=True,
        ),
        _text("duties", "部门职能", "duties", "职能"),
        _text("achievements", "目标实现", "achievements"),
        _text("problems", "存在问题", "problems"),
        _MEASURES,
        _text("whole_text", "全文", "whole text"),
    ),
    (
        TableField("projects", Bilingual("项目", "projects"), "project"),
        _COUNTS,
        TableField(
            "department_targets", Bilingual("部门绩效指标", "targets of the department"), "department_target"
        ),
        TableField("problem_projects", Bilingual("问题项目", "projects named as problems"), "named_project"),
        TableField("report_years", Bilingual("报告年度", "years of the report"), "report_year"),
        TableField("cited_documents", Bilingual("引用文件", "documents cited"), "cited_document"),
        TableField("item_numbers", Bilingual("序号", "item numbers"), "item_number"),
        TableField("amounts", Bilingual("所列数字", "figures printed"), "amount"),
    ),
    {
        "total": ("line", Bilingual("合计", "total")),
        "basic": ("line", Bilingual("基本支出", "basic spending")),
        "project": ("line", Bilingual("项目支出", "project spending")),
    },
)
LINE = SubjectType(
    "line",
    Bilingual("支出类别", "line"),
    (_NAME, _LINE, *MONEY_FIELDS, _PROGRESS, *_STATED),
    (_CLAIMS,),
    parents=("department",),
)
PROJECT = SubjectType(
    "project",
    Bilingual("项目", "project"),
    (_NAME, _LINE, _text("type", "项目类型", "project type"), *MONEY_FIELDS, _PROGRESS, *_STATED, *_FORM),
    (
        _CLAIMS,
        _COUNTS,
        TableField("targets", Bilingual("绩效指标", "targets"), "target"),
        TableField("sources", Bilingual("资金来源", "sources"), "source"),
    ),
    parents=("department",),
)
TARGET = SubjectType(
    "target",
    Bilingual("绩效指标", "target"),
    (
        _text("level1", "一级指标", "level 1"),
        _text("level2", "二级指标", "level 2"),
        _NAME,
        _text("operator", "指标性质", "operator"),
        Field("planned", Bilingual("年度指标值", "planned"), Kind.MEASURE),
        _text("unit", "度量单位", "unit"),
        Field("stage_planned", Bilingual("阶段指标值", "planned for the stage"), Kind.MEASURE),
        Field("actual", Bilingual("完成值", "actual"), Kind.MEASURE),
        Field("expected", Bilingual("预计完成值", "expected"), Kind.MEASURE),
        _number("weight", "权重", "weight", "分值"),
        _number("score", "得分", "score"),
        _CAUSE,
        _text("likelihood", "完成目标可能性", "likelihood"),
    ),
    parents=("project", "department"),
)
DEPARTMENT_TARGET = evolve(
    TARGET,
    id="department_target",
    label=Bilingual("部门绩效指标", "target of the department"),
    parents=("department",),
)
"""A target of the whole department (部门整体): of a type of its own, so that no rule for the targets of projects asks it."""
SOURCE = SubjectType(
    "source",
    Bilingual("资金来源", "source"),
    (_NAME, Field("amount", Bilingual("金额", "amount"), Kind.MONEY, nonnegative=True)),
    parents=("project", "department"),
)
CLAIM = SubjectType(
    "claim",
    Bilingual("占比", "claim"),
    (
        Field("printed", Bilingual("所列占比", "printed ratio"), Kind.RATIO),
        Field("numerator", Bilingual("分子", "numerator"), Kind.MONEY, nonnegative=True),
        _text("numerator_name", "分子名称", "name of the numerator"),
        Field("named_base", Bilingual("所称基数", "named base"), Kind.MONEY, nonnegative=True),
        _text("base_name", "基数名称", "name of the base"),
    ),
    parents=("line", "project", "department"),
)
COUNT = SubjectType(
    "count",
    Bilingual("数量", "count"),
    (
        _NAME,
        _COUNTED,
        _text("unit", "量词", "measure word"),
        Field("prior", Bilingual("上年同期数", "last year's"), Kind.COUNT, nonnegative=True),
        _CHANGE,
    ),
    (TableField("parts", Bilingual("分项", "parts"), "part"),),
    parents=("project", "department"),
)
NAMED_PROJECT = SubjectType(
    "named_project",
    Bilingual("所列项目", "project named in the text"),
    (_NAME,),
    parents=("department",),
)
PART = SubjectType(
    "part",
    Bilingual("分项", "part"),
    (_NAME, _COUNTED),
    parents=("count", "project", "department"),
)
REPORT_YEAR = SubjectType(
    "report_year",
    Bilingual("报告年度", "year of the report"),
    (_number("value", "数值", "value"),),
    parents=("department",),
)
CITED_DOCUMENT = SubjectType(
    "cited_document",
    Bilingual("引用文件", "document cited"),
    (_NAME, _text("number", "文号", "document number")),
    parents=("department",),
)
ITEM_NUMBER = SubjectType(
    "item_number",
    Bilingual("序号", "item number"),
    (_number("value", "数值", "value"), _number("preceding", "前一序号", "the number before")),
    parents=("department",),
)
AMOUNT = SubjectType(
    "amount",
    Bilingual("所列数字", "figure printed"),
    (
        _NAME,
        Field("value", Bilingual("数值", "value"), Kind.MEASURE),
        _text("printed_unit", "所列单位", "unit printed"),
        _text("column", "所在栏", "column"),
        _number("decimals", "小数位数", "decimals"),
        _number("readings", "读法数", "ways to read it"),
        Field("prior", Bilingual("上年同期数", "last year's"), Kind.MEASURE),
        _CHANGE,
    ),
    parents=("department",),
)

CORE_TYPES: Mapping[str, SubjectType] = {
    each.id: each
    for each in (
        *(DEPARTMENT, LINE, PROJECT, TARGET, DEPARTMENT_TARGET, SOURCE, CLAIM, COUNT, NAMED_PROJECT),
        *(PART, REPORT_YEAR, CITED_DOCUMENT, ITEM_NUMBER, AMOUNT),
    )
}
"""Every subject type of the core by its id; plugins' project types add fields to `project`."""

_LABELS: Mapping[str, Bilingual] = {
    "budget": Bilingual("预算", "budget"),
    **{name: label for each in CORE_TYPES.values() for name, (_, label) in each.members.items()},
    **{table.name: table.label for each in CORE_TYPES.values() for table in each.tables},
    **{field.name: field.label for each in CORE_TYPES.values() for field in each.fields},
}


def title_of(fact: Fact) -> Bilingual:
    """What people call a fact's field."""
    return fact.title or label_of(fact.field)


def own_label(field: Field) -> Bilingual | None:
    """The label of a field that is none of the core's; None for one of the core's, which is looked up by name."""
    return None if label_of(field.name) == field.label else field.label


def label_of(name: str) -> Bilingual:
    """The label of a core field, table or line in both languages; the name itself where it is none."""
    return _LABELS.get(name) or Bilingual(name, name)
