"""The project type `subsidy` (补贴发放): in even months from the release of the money on."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, FromRelease, Indicator, IndicatorExample, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

SUBSIDY = ProjectType(
    id="subsidy",
    label=Bilingual("补贴发放", "subsidy"),
    words=("补贴", "补助", "低保", "救助", "抚恤", "奖励", "扶助", "奖补"),
    priority=10,
    fields=(
        Field("released_on", Bilingual("资金下达日期", "date of release"), Kind.DATE),
        Field("persons_paid", Bilingual("发放人数", "persons paid"), Kind.COUNT, nonnegative=True),
        Field("persons_entitled", Bilingual("应发人数", "persons entitled"), Kind.COUNT, nonnegative=True),
        Field(
            "standard_per_month", Bilingual("月补贴标准", "standard per month"), Kind.MONEY, nonnegative=True
        ),
        Field("months_paid", Bilingual("发放月数", "months paid"), Kind.NUMBER, nonnegative=True),
        Field(
            "paid_by_bank",
            Bilingual("社会化发放金额", "paid through bank accounts"),
            Kind.MONEY,
            nonnegative=True,
        ),
        Field(
            "paid_on_time", Bilingual("按时发放人数", "persons paid on time"), Kind.COUNT, nonnegative=True
        ),
    ),
    indicators=(
        Indicator(
            name="bank_share",
            title=Bilingual("社会化发放率", "share paid through bank accounts"),
            expression="paid_by_bank / spent",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("支出中通过银行账户发放的比例", "how much was paid through bank accounts"),
            low="0%",
            target_words=("社会化发放",),
            examples=(
                IndicatorExample({"paid_by_bank": "9万元", "spent": "10万元"}, "90%"),
                IndicatorExample({"paid_by_bank": "9万元"}, None, ("spent",)),
            ),
        ),
        Indicator(
            name="paid_on_time_rate",
            title=Bilingual("按时发放率", "share paid on time"),
            expression="paid_on_time / persons_paid",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("发放的人中按时发放的比例", "how many of those paid were paid on time"),
            low="0%",
            target_words=("按时发放", "及时发放", "发放及时"),
            examples=(
                IndicatorExample({"paid_on_time": "190人", "persons_paid": "200人"}, "95%"),
                IndicatorExample({"persons_paid": "200人"}, None, ("paid_on_time",)),
            ),
        ),
        Indicator(
            name="paid_per_person",
            title=Bilingual("人均发放额", "paid to each person"),
            expression="spent / persons_paid",
            unit="元",
            direction=Direction.NEITHER,
            why=Bilingual("平均每人发放多少", "what each person has received"),
            low="0元",
            target_words=("人均",),
            examples=(
                IndicatorExample({"spent": "12万元", "persons_paid": "200人"}, "600元"),
                IndicatorExample({"spent": "12万元"}, None, ("persons_paid",)),
            ),
        ),
        Indicator(
            name="entitled_covered",
            title=Bilingual("应发尽发率", "share of those entitled who are paid"),
            expression="persons_paid / persons_entitled",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual(
                "应发人数中已发放的比例, 人数多不等于成效好",
                "how many of those entitled are paid; more persons are no merit",
            ),
            low="0%",
            target_words=("应发尽发", "覆盖率"),
            examples=(
                IndicatorExample({"persons_paid": "198人", "persons_entitled": "200人"}, "99%"),
                IndicatorExample({"persons_paid": "198人"}, None, ("persons_entitled",)),
            ),
        ),
    ),
    curve=FromRelease(released_on="released_on"),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of subsidy projects."""
    return [SUBSIDY]
