"""The project type `contracted_service` (委托/购买服务): paid at once on acceptance of the service."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, LumpSum, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

CONTRACTED_SERVICE = ProjectType(
    id="contracted_service",
    label=Bilingual("委托/购买服务", "contracted service"),
    words=("聘请", "委托", "购买服务", "技术支撑", "第三方", "外包", "顾问", "审计费"),
    priority=10,
    fields=(
        Field("contract_amount", Bilingual("合同金额", "contract amount"), Kind.MONEY, nonnegative=True),
        Field("payment_terms", Bilingual("付款条款", "terms of payment"), Kind.TEXT),
        Field("acceptance_date", Bilingual("验收日期", "date of acceptance"), Kind.DATE),
        Field(
            "reports_delivered", Bilingual("提交成果数", "reports delivered"), Kind.COUNT, nonnegative=True
        ),
        Field("reports_accepted", Bilingual("验收成果数", "reports accepted"), Kind.COUNT, nonnegative=True),
    ),
    indicators=(
        Indicator(
            name="contract_paid",
            title=Bilingual("合同付款比例", "share of the contract paid"),
            expression="spent / contract_amount",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual("已付款占合同金额的比例", "how much of the contract has been paid"),
            low="0%",
            examples=(
                IndicatorExample({"spent": "4万元", "contract_amount": "12万元"}, "1 / 3"),
                IndicatorExample({"spent": "4万元"}, None, ("contract_amount",)),
                IndicatorExample({"spent": "4万元", "contract_amount": "0元"}, None, ("contract_amount",)),
            ),
        ),
        Indicator(
            name="acceptance_rate",
            title=Bilingual("成果验收合格率", "share of reports accepted"),
            expression="reports_accepted / reports_delivered",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("提交的成果中通过验收的比例", "how many of the reports delivered were accepted"),
            low="0%",
            target_words=("验收合格率", "验收通过率"),
            examples=(
                IndicatorExample({"reports_accepted": "19份", "reports_delivered": "20份"}, "95%"),
                IndicatorExample({"reports_delivered": "20份"}, None, ("reports_accepted",)),
            ),
        ),
        Indicator(
            name="places_inspected",
            title=Bilingual("检查单位数", "places inspected"),
            expression='sum(value for counts where unit == "家" and not name has "约谈" and not name has "违规")',
            unit="家",
            direction=Direction.HIGHER,
            why=Bilingual("服务覆盖的单位数量", "how many places the service has covered"),
            low="0家",
            target_words=("检查单位", "检查家次", "覆盖单位"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "检查党政机关", "value": "16家"},
                                {"what": "企业", "value": "10家"},
                                {"what": "约谈违规网站", "value": "6家"},
                            ],
                        }
                    },
                    "26家",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "企业", "value": "约10家"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
    ),
    curve=LumpSum(due_on="acceptance_date"),
    asks=("payment_terms",),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of contracted services."""
    return [CONTRACTED_SERVICE]
