"""The project type `operating_funds` (公用经费): what keeps an office running, evenly over the year."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, Linear, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

OPERATING_FUNDS = ProjectType(
    id="operating_funds",
    label=Bilingual("公用经费", "operating funds"),
    words=("公用经费", "运转", "物业", "水电", "办公经费", "办公费"),
    priority=10,
    fields=(
        Field("persons_served", Bilingual("保障人数", "persons served"), Kind.COUNT, nonnegative=True),
        Field("area_served", Bilingual("保障面积", "area served"), Kind.COUNT, nonnegative=True),
        Field("utilities_spent", Bilingual("水电费支出", "spent on utilities"), Kind.MONEY, nonnegative=True),
        Field("property_spent", Bilingual("物业费支出", "spent on property"), Kind.MONEY, nonnegative=True),
        Field("office_spent", Bilingual("办公费支出", "spent on the office"), Kind.MONEY, nonnegative=True),
    ),
    indicators=(
        Indicator(
            name="cost_per_head",
            title=Bilingual("人均成本", "cost per head"),
            expression="spent / persons_served",
            unit="元",
            direction=Direction.LOWER,
            why=Bilingual("保障一个人花费的金额", "what one person served has cost"),
            low="0元",
            target_words=("人均公用", "人均成本", "人均经费"),
            examples=(
                IndicatorExample({"spent": "15万元", "persons_served": "60人"}, "2500元"),
                IndicatorExample({"spent": "15万元"}, None, ("persons_served",)),
                IndicatorExample({"spent": "15万元", "persons_served": "0人"}, None, ("persons_served",)),
            ),
        ),
        Indicator(
            name="cost_per_square_metre",
            title=Bilingual("每平方米成本", "cost per square metre"),
            expression="spent / (area_served / 1平方米)",
            unit="元",
            direction=Direction.LOWER,
            why=Bilingual("保障一平方米花费的金额", "what one square metre served has cost"),
            low="0元",
            target_words=("每平方米", "单位面积成本"),
            examples=(
                IndicatorExample({"spent": "15万元", "area_served": "6000平方米"}, "25元"),
                IndicatorExample({"area_served": "6000平方米"}, None, ("spent",)),
                IndicatorExample({"spent": "15万元", "area_served": "9亩"}, None),
                IndicatorExample({"spent": "15万元", "area_served": "0平方米"}, None, ("area_served",)),
            ),
        ),
        Indicator(
            name="components_share",
            title=Bilingual("三项支出占比", "share of utilities, property and office"),
            expression="(utilities_spent + property_spent + office_spent) / spent",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual(
                "已支出中水电、物业、办公三项合计的比例",
                "how much of the spending is for utilities, property and office together",
            ),
            low="0%",
            examples=(
                IndicatorExample(
                    {
                        "spent": "16万元",
                        "utilities_spent": "4万元",
                        "property_spent": "6万元",
                        "office_spent": "2万元",
                    },
                    "75%",
                ),
                IndicatorExample(
                    {"spent": "16万元", "utilities_spent": "4万元", "property_spent": "6万元"},
                    None,
                    ("office_spent",),
                ),
                IndicatorExample(
                    {
                        "spent": "0元",
                        "utilities_spent": "0元",
                        "property_spent": "0元",
                        "office_spent": "0元",
                    },
                    None,
                    ("spent",),
                ),
            ),
        ),
        Indicator(
            name="utilities_share",
            title=Bilingual("水电费占比", "share of utilities"),
            expression="utilities_spent / spent",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual("已支出中水电费的比例", "how much of the spending is for utilities"),
            low="0%",
            target_words=("水电费占比",),
            examples=(
                IndicatorExample({"spent": "16万元", "utilities_spent": "4万元"}, "25%"),
                IndicatorExample({"spent": "16万元"}, None, ("utilities_spent",)),
            ),
        ),
    ),
    curve=Linear(),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of operating funds."""
    return [OPERATING_FUNDS]
