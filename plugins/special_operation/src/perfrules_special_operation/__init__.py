"""The project type `special_operation` (专项业务经费): an office's own campaigns, paid nearly evenly over the year."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, Linear, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

SPECIAL_OPERATION = ProjectType(
    id="special_operation",
    label=Bilingual("专项业务经费", "special operations"),
    words=("专项经费", "工作经费", "业务费", "网信", "普法"),
    priority=5,
    fields=(
        Field(
            "planned_reach", Bilingual("计划覆盖人数", "people to be reached"), Kind.COUNT, nonnegative=True
        ),
        Field("people_reached", Bilingual("已覆盖人数", "people reached"), Kind.COUNT, nonnegative=True),
        Field("pieces_made", Bilingual("制作份数", "pieces made"), Kind.COUNT, nonnegative=True),
        Field(
            "awareness_asked",
            Bilingual("知晓调查人数", "people asked in the survey"),
            Kind.COUNT,
            nonnegative=True,
        ),
        Field(
            "awareness_known",
            Bilingual("调查中知晓人数", "people aware in the survey"),
            Kind.COUNT,
            nonnegative=True,
        ),
    ),
    indicators=(
        Indicator(
            name="issues_published",
            title=Bilingual("推出期数", "issues published"),
            expression='sum(value for counts where unit == "期" and not name has "预警")',
            unit="期",
            direction=Direction.HIGHER,
            why=Bilingual(
                "正文所列推出的期数，预警不计", "the issues that the text says were published, alerts aside"
            ),
            low="0期",
            target_words=("期数", "推出期"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "网信课堂视频", "value": "10期"},
                                {"what": "专题报道", "value": "24期"},
                                {"what": "市级预警", "value": "7期"},
                                {"what": "线下宣传", "value": "20余次"},
                            ],
                        }
                    },
                    "34期",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "视频", "value": "约10期"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
        Indicator(
            name="attendances_reached",
            title=Bilingual("覆盖人次", "attendances reached"),
            expression='sum(value for counts where unit == "人次")',
            unit="人次",
            direction=Direction.HIGHER,
            why=Bilingual("正文所列宣传覆盖的人次", "the attendances that the text says were reached"),
            low="0人次",
            target_words=("覆盖人次", "受众人次"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "集市宣传", "value": "1200人次"},
                                {"what": "进校园", "value": "800人次"},
                                {"what": "发放材料", "value": "1万余份"},
                            ],
                        }
                    },
                    "2000人次",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "进校园", "value": "约800人次"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
        Indicator(
            name="copies_handed_out",
            title=Bilingual("发放份数", "copies handed out"),
            expression='sum(value for counts where unit == "份")',
            unit="份",
            direction=Direction.HIGHER,
            why=Bilingual("正文所列发放材料的份数", "the copies that the text says were handed out"),
            low="0份",
            target_words=("发放份数", "宣传材料", "宣传资料"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "普法手册", "value": "3000份"},
                                {"what": "折页", "value": "4500份"},
                            ],
                        }
                    },
                    "7500份",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "折页", "value": "约4500份"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
        Indicator(
            name="reach_rate",
            title=Bilingual("覆盖率", "share of the people reached"),
            expression="people_reached / planned_reach",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual(
                "计划覆盖的人中已经覆盖的比例", "how many of those to be reached have been reached"
            ),
            low="0%",
            target_words=("覆盖率",),
            examples=(
                IndicatorExample({"people_reached": "4500人", "planned_reach": "6000人"}, "75%"),
                IndicatorExample({"people_reached": "4500人"}, None, ("planned_reach",)),
                IndicatorExample(
                    {"people_reached": "4500人", "planned_reach": "0人"}, None, ("planned_reach",)
                ),
                IndicatorExample({"people_reached": "4500人次", "planned_reach": "6000人"}, None),
            ),
        ),
        Indicator(
            name="awareness",
            title=Bilingual("知晓率", "awareness"),
            expression="awareness_known / awareness_asked",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("调查的人中知晓的比例", "how many of those asked know of the matter"),
            low="0%",
            target_words=("知晓率",),
            examples=(
                IndicatorExample({"awareness_known": "186人", "awareness_asked": "200人"}, "93%"),
                IndicatorExample({"awareness_asked": "200人"}, None, ("awareness_known",)),
            ),
        ),
        Indicator(
            name="cost_per_piece",
            title=Bilingual("每份成本", "cost per piece"),
            expression="spent / pieces_made",
            unit="元",
            direction=Direction.LOWER,
            why=Bilingual("每份宣传品花费的金额", "what one piece has cost"),
            low="0元",
            target_words=("每份成本", "单份成本"),
            examples=(
                IndicatorExample({"spent": "3万元", "pieces_made": "12000份"}, "2.5元"),
                IndicatorExample({"spent": "3万元"}, None, ("pieces_made",)),
                IndicatorExample({"spent": "3万元", "pieces_made": "0份"}, None, ("pieces_made",)),
            ),
        ),
    ),
    curve=Linear(),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of special operations."""
    return [SPECIAL_OPERATION]
