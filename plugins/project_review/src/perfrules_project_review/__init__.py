"""The project type `project_review` (项目初审): reviews by batch, settled in one sum as a rule at the end of the year."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.language import Function
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, LumpSum, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl
from perfrules_project_review.fees import graduated_fee

PROJECT_REVIEW = ProjectType(
    id="project_review",
    label=Bilingual("项目初审", "project review"),
    words=("初审", "评审", "造价咨询", "结算审核"),
    priority=15,
    not_words=("职称", "人才", "教师", "专家库"),
    fields=(
        Field("payment_terms", Bilingual("付款条款", "terms of payment"), Kind.TEXT),
        Field("settlement_date", Bilingual("结算日期", "date of settlement"), Kind.DATE),
        Field("reviews_done", Bilingual("完成评审数", "reviews done"), Kind.COUNT, nonnegative=True),
        Field(
            "reviews_on_time",
            Bilingual("按时完成评审数", "reviews done on time"),
            Kind.COUNT,
            nonnegative=True,
        ),
        Field(
            "amount_sent_in", Bilingual("送审金额", "amount sent in for review"), Kind.MONEY, nonnegative=True
        ),
        Field("amount_cut", Bilingual("核减金额", "amount cut by the review"), Kind.MONEY, nonnegative=True),
        Field("fee_charged", Bilingual("评审收费", "fee charged"), Kind.MONEY, nonnegative=True),
    ),
    indicators=(
        Indicator(
            name="items_reviewed",
            title=Bilingual("审核项目数", "items reviewed"),
            expression='sum(value for counts where unit == "个" and (name has "审" or name has "评"))',
            unit="个",
            direction=Direction.HIGHER,
            why=Bilingual("正文所列审核、评审的项目个数", "how many projects the text says were reviewed"),
            low="0个",
            target_words=("审核项目", "评审项目", "初审项目"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "信息化项目审核及备案", "value": "6个"},
                                {"what": "结算评审", "value": "3个"},
                                {"what": "属地网站", "value": "263个"},
                                {"what": "审核会议", "value": "2次"},
                            ],
                        }
                    },
                    "9个",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "项目审核", "value": "约6个"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
        Indicator(
            name="on_time_rate",
            title=Bilingual("评审按时率", "share of reviews on time"),
            expression="reviews_on_time / reviews_done",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("完成的评审中按时完成的比例", "how many of the reviews done were done on time"),
            low="0%",
            target_words=("按时率", "及时率", "按时完成率"),
            examples=(
                IndicatorExample({"reviews_on_time": "19个", "reviews_done": "20个"}, "95%"),
                IndicatorExample({"reviews_done": "20个"}, None, ("reviews_on_time",)),
                IndicatorExample({"reviews_on_time": "0个", "reviews_done": "0个"}, None, ("reviews_done",)),
            ),
        ),
        Indicator(
            name="cut_rate",
            title=Bilingual("核减率", "share cut by the review"),
            expression="amount_cut / amount_sent_in",
            unit="%",
            direction=Direction.NEITHER,
            why=Bilingual(
                "送审金额中核减的比例，高低本身不是成绩",
                "how much of the amount sent in was cut; a high share is no merit by itself",
            ),
            low="0%",
            target_words=("核减率",),
            examples=(
                IndicatorExample({"amount_cut": "90万元", "amount_sent_in": "1200万元"}, "7.5%"),
                IndicatorExample({"amount_cut": "90万元"}, None, ("amount_sent_in",)),
            ),
        ),
        Indicator(
            name="fee_by_bands",
            title=Bilingual("分档累进评审费", "review fee by bands"),
            expression="graduated_fee(amount_sent_in / 100万元, [3‰, 2‰, 1‰]) * 100万元",
            unit="万元",
            direction=Direction.NEITHER,
            why=Bilingual(
                "送审金额按示例费率（100万元以内3‰，至1000万元2‰，以上1‰）分档累进的费用",
                "the fee on the amount sent in at rates that illustrate: 3‰ up to 100万元, 2‰ to 1000万元, 1‰ above",
            ),
            low="0元",
            examples=(
                IndicatorExample({"amount_sent_in": "80万元"}, "2400元"),
                IndicatorExample({"amount_sent_in": "100万元"}, "3000元"),
                IndicatorExample({"amount_sent_in": "600万元"}, "13000元"),
                IndicatorExample({"amount_sent_in": "1000万元"}, "21000元"),
                IndicatorExample({"amount_sent_in": "2500万元"}, "36000元"),
                IndicatorExample({}, None, ("amount_sent_in",)),
                IndicatorExample({"amount_sent_in": "约2500万元"}, None, ("amount_sent_in",)),
            ),
        ),
    ),
    curve=LumpSum(due_on="settlement_date"),
    asks=("payment_terms",),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of project reviews."""
    return [PROJECT_REVIEW]


@hookimpl
def perfrules_functions() -> list[Function]:
    """The fee by bands, whose list of rates may be of any length."""
    about = Bilingual(
        "分档累进费用，金额和结果均以第一档为单位，以后每档为前一档的十倍",
        "a fee by bands; amount and fee are in first bands, and each further band ends at ten times the one before",
    )
    return [
        Function(
            "graduated_fee",
            "分档累进",
            (Kind.RATIO, Kind.RATIO),
            Kind.RATIO,
            graduated_fee,
            about,
            variadic=True,
        )
    ]
