"""The project type `it_build` (信息化建设): paid in steps as it is signed, tried, accepted and out of warranty."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.language import Function
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, ProjectType, Step, Steps
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl
from perfrules_it_build.levels import security_level

IT_BUILD = ProjectType(
    id="it_build",
    label=Bilingual("信息化建设", "information system"),
    words=(
        "平台建设",
        "系统建设",
        "系统开发",
        "软件开发",
        "系统升级",
        "平台升级",
        "信息化建设",
        "信息系统",
        "智慧",
        "数字",
    ),
    priority=10,
    not_words=("运维", "维护", "租赁"),
    fields=(
        Field("contract_amount", Bilingual("合同金额", "contract amount"), Kind.MONEY, nonnegative=True),
        Field("payment_terms", Bilingual("付款条款", "terms of payment"), Kind.TEXT),
        Field("acceptance_date", Bilingual("验收日期", "date of acceptance"), Kind.DATE),
        Field("signed_on", Bilingual("合同签订日期", "date of signing"), Kind.DATE),
        Field("trial_run_on", Bilingual("试运行日期", "date of the trial run"), Kind.DATE),
        Field("warranty_ends_on", Bilingual("质保到期日期", "end of the warranty"), Kind.DATE),
        Field(
            "milestones_planned",
            Bilingual("计划里程碑数", "milestones planned"),
            Kind.COUNT,
            nonnegative=True,
        ),
        Field(
            "milestones_reached",
            Bilingual("完成里程碑数", "milestones reached"),
            Kind.COUNT,
            nonnegative=True,
        ),
        Field("users_expected", Bilingual("预期用户数", "users expected"), Kind.COUNT, nonnegative=True),
        Field("users_active", Bilingual("在用用户数", "users active"), Kind.COUNT, nonnegative=True),
        Field("security_required", Bilingual("要求等保级别", "security level required"), Kind.TEXT),
        Field("security_reached", Bilingual("通过等保级别", "security level reached"), Kind.TEXT),
    ),
    indicators=(
        Indicator(
            name="milestone_rate",
            title=Bilingual("里程碑完成率", "share of milestones reached"),
            expression="milestones_reached / milestones_planned",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("计划的里程碑完成了多少", "how many of the milestones planned are reached"),
            low="0%",
            target_words=("里程碑", "建设进度"),
            examples=(
                IndicatorExample({"milestones_reached": "3个", "milestones_planned": "4个"}, "75%"),
                IndicatorExample({"milestones_reached": "3个"}, None, ("milestones_planned",)),
            ),
        ),
        Indicator(
            name="user_rate",
            title=Bilingual("用户使用率", "share of expected users active"),
            expression="users_active / users_expected",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("预期用户中实际在用的比例", "how many of the users expected use it"),
            low="0%",
            target_words=("使用率", "在用率"),
            examples=(
                IndicatorExample({"users_active": "180人", "users_expected": "200人"}, "90%"),
                IndicatorExample({"users_expected": "200人"}, None, ("users_active",)),
            ),
        ),
        Indicator(
            name="it_contract_paid",
            title=Bilingual("信息化合同付款比例", "share of the system contract paid"),
            expression="spent / contract_amount",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual("已付款占合同金额的比例", "how much of the contract has been paid"),
            low="0%",
            examples=(
                IndicatorExample({"spent": "30万元", "contract_amount": "100万元"}, "30%"),
                IndicatorExample({"spent": "30万元"}, None, ("contract_amount",)),
            ),
        ),
        Indicator(
            name="security_gap",
            title=Bilingual("等保级别差", "security levels above those required"),
            expression="security_level(security_reached) - security_level(security_required)",
            unit="",
            direction=Direction.HIGHER,
            why=Bilingual(
                "通过的级别比要求高几级", "how many levels the one reached is above the one required"
            ),
            examples=(
                IndicatorExample({"security_reached": "等保三级", "security_required": "等保二级"}, "1"),
                IndicatorExample({"security_reached": "第二级", "security_required": "等级保护2级"}, "0"),
                IndicatorExample({"security_reached": "等保三级"}, None, ("security_required",)),
                IndicatorExample(
                    {"security_reached": "已备案", "security_required": "等保二级"},
                    None,
                    ("security_reached",),
                ),
            ),
        ),
    ),
    curve=Steps(
        (
            Step("30%", "signed_on"),
            Step("40%", "trial_run_on"),
            Step("25%", "acceptance_date"),
            Step("5%", "warranty_ends_on"),
        )
    ),
    asks=("payment_terms",),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of information system projects."""
    return [IT_BUILD]


@hookimpl
def perfrules_functions() -> list[Function]:
    """The level of protection that a text names."""
    about = Bilingual("文字所写的等级保护级别", "the level of protection a text names")
    return [Function("security_level", "等保级别", (Kind.TEXT,), Kind.NUMBER, security_level, about)]
