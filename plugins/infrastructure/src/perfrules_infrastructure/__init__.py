"""The project type `infrastructure` (基建): little to the middle of the year, most in its second half."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, Monthly, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

INFRASTRUCTURE = ProjectType(
    id="infrastructure",
    label=Bilingual("基建", "infrastructure"),
    words=(
        "道路",
        "公路",
        "桥梁",
        "水利",
        "工程",
        "修缮",
        "农田",
        "改造",
        "基础设施",
        "基建",
        "新建",
        "扩建",
    ),
    priority=10,
    not_words=("养护", "管护", "维护", "租赁", "系统", "平台", "信息化", "软件"),
    fields=(
        Field("contract_amount", Bilingual("合同金额", "contract amount"), Kind.MONEY, nonnegative=True),
        Field(
            "total_investment", Bilingual("批复总投资", "investment approved"), Kind.MONEY, nonnegative=True
        ),
        Field("physical_progress", Bilingual("形象进度", "physical progress"), Kind.RATIO, nonnegative=True),
        Field("built", Bilingual("建成数量", "quantity built"), Kind.COUNT, nonnegative=True),
        Field(
            "built_planned", Bilingual("计划建设数量", "quantity to be built"), Kind.COUNT, nonnegative=True
        ),
        Field("retention", Bilingual("质保金", "retention"), Kind.MONEY, nonnegative=True),
        Field("settlement_audit", Bilingual("结算审计情况", "audit of the settlement"), Kind.TEXT),
    ),
    indicators=(
        Indicator(
            name="progress_ahead_of_payment",
            title=Bilingual("形象进度超前付款", "physical progress ahead of payment"),
            expression="physical_progress - spent / contract_amount",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual("形象进度比付款比例多多少", "how far the works are ahead of what was paid"),
            examples=(
                IndicatorExample(
                    {"physical_progress": "60%", "spent": "50万元", "contract_amount": "100万元"}, "10%"
                ),
                IndicatorExample({"physical_progress": "60%", "spent": "50万元"}, None, ("contract_amount",)),
            ),
        ),
        Indicator(
            name="built_rate",
            title=Bilingual("建设完成率", "share built"),
            expression="built / built_planned",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("计划的工程量完成了多少", "how much of the works planned is built"),
            low="0%",
            target_words=("完成率", "建成"),
            examples=(
                IndicatorExample({"built": "6公里", "built_planned": "10公里"}, "60%"),
                IndicatorExample({"built": "6公里"}, None, ("built_planned",)),
            ),
        ),
        Indicator(
            name="unit_cost_of_works",
            title=Bilingual("工程单位造价", "cost of each unit built"),
            expression="spent / built",
            unit="元",
            direction=Direction.LOWER,
            why=Bilingual("每建成一个单位支出多少", "what each unit built has cost"),
            low="0元",
            examples=(
                IndicatorExample({"spent": "90万元", "built": "6公里"}, "150000元"),
                IndicatorExample({"built": "6公里"}, None, ("spent",)),
            ),
        ),
        Indicator(
            name="retention_share",
            title=Bilingual("质保金比例", "share retained"),
            expression="retention / contract_amount",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual("质保金占合同金额的比例", "how much of the contract is retained"),
            low="0%",
            target_words=("质保金",),
            examples=(
                IndicatorExample({"retention": "3万元", "contract_amount": "100万元"}, "3%"),
                IndicatorExample({"retention": "3万元"}, None, ("contract_amount",)),
            ),
        ),
    ),
    curve=Monthly(("0%", "0%", "5%", "5%", "10%", "20%", "30%", "45%", "60%", "75%", "90%", "100%")),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of infrastructure projects."""
    return [INFRASTRUCTURE]
