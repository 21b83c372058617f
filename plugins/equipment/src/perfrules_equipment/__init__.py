"""The project type `equipment` (设备购置): one payment after delivery."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, LumpSum, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

EQUIPMENT = ProjectType(
    id="equipment",
    label=Bilingual("设备购置", "equipment"),
    words=("购置", "设备采购", "设备更新", "车辆更新", "电脑采购"),
    priority=10,
    fields=(
        Field("payment_terms", Bilingual("付款条款", "terms of payment"), Kind.TEXT),
        Field("delivery_date", Bilingual("交货日期", "date of delivery"), Kind.DATE),
        Field("standard_price", Bilingual("配置标准单价", "standard price"), Kind.MONEY, nonnegative=True),
        Field("delivered", Bilingual("交货数量", "quantity delivered"), Kind.COUNT, nonnegative=True),
        Field("goods_accepted", Bilingual("验收数量", "quantity accepted"), Kind.COUNT, nonnegative=True),
        Field("goods_in_use", Bilingual("在用数量", "quantity in use"), Kind.COUNT, nonnegative=True),
    ),
    indicators=(
        Indicator(
            name="price_paid",
            title=Bilingual("实际单价", "price paid for each"),
            expression="spent / delivered",
            unit="元",
            direction=Direction.LOWER,
            why=Bilingual("每件设备支出多少", "what each piece has cost"),
            low="0元",
            target_words=("实际单价", "设备单价", "单台价格"),
            examples=(
                IndicatorExample({"spent": "4万元", "delivered": "8台"}, "5000元"),
                IndicatorExample({"delivered": "8台"}, None, ("spent",)),
            ),
        ),
        Indicator(
            name="goods_accepted_rate",
            title=Bilingual("设备验收合格率", "share of goods accepted"),
            expression="goods_accepted / delivered",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("交货的设备中验收合格的比例", "how many of the goods delivered were accepted"),
            low="0%",
            target_words=("验收合格率",),
            examples=(
                IndicatorExample({"goods_accepted": "7台", "delivered": "8台"}, "87.5%"),
                IndicatorExample({"goods_accepted": "7台"}, None, ("delivered",)),
            ),
        ),
        Indicator(
            name="goods_in_use_rate",
            title=Bilingual("设备使用率", "share of goods in use"),
            expression="goods_in_use / delivered",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("交货的设备中在用的比例", "how many of the goods delivered are in use"),
            low="0%",
            target_words=("设备使用率", "设备利用率"),
            examples=(
                IndicatorExample({"goods_in_use": "6台", "delivered": "8台"}, "75%"),
                IndicatorExample({"delivered": "8台"}, None, ("goods_in_use",)),
            ),
        ),
    ),
    curve=LumpSum(due_on="delivery_date"),
    asks=("payment_terms",),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of equipment projects."""
    return [EQUIPMENT]
