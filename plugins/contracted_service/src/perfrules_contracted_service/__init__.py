"""The project type `contracted_service` (委托/购买服务): paid at once on acceptance of the service."""

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, LumpSum, ProjectType
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
    ),
    indicators=(
        Indicator(
            "contract_paid",
            Bilingual("合同付款比例", "share of the contract paid"),
            "spent / contract_amount",
            "%",
            Direction.NEITHER,
            Bilingual("已付款占合同金额的比例", "how much of the contract has been paid"),
        ),
    ),
    curve=LumpSum(due_on="acceptance_date"),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of contracted services."""
    return [CONTRACTED_SERVICE]
