"""The project type `publicity_training_meeting` (宣传/培训/会议): paid by event, mostly at the ends of quarters."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, Monthly, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

PUBLICITY_TRAINING_MEETING = ProjectType(
    id="publicity_training_meeting",
    label=Bilingual("宣传/培训/会议", "publicity, training and meetings"),
    words=("培训", "会议", "宣传", "活动", "竞赛", "展览"),
    priority=10,
    not_words=("活动室", "活动中心", "会议室", "会议中心", "展馆"),
    fields=(
        Field("events_planned", Bilingual("计划举办期数", "events planned"), Kind.COUNT, nonnegative=True),
        Field("events_held", Bilingual("已举办期数", "events held"), Kind.COUNT, nonnegative=True),
        Field(
            "attendance_planned",
            Bilingual("计划参加人数", "attendance planned"),
            Kind.COUNT,
            nonnegative=True,
        ),
        Field(
            "attendance_actual", Bilingual("实际参加人数", "attendance counted"), Kind.COUNT, nonnegative=True
        ),
        Field("days_per_person", Bilingual("每人参加天数", "days per person"), Kind.NUMBER, nonnegative=True),
        Field(
            "standard_per_person_day",
            Bilingual("每人每天标准", "standard per person and day"),
            Kind.MONEY,
            nonnegative=True,
        ),
        Field("persons_examined", Bilingual("考核人数", "persons examined"), Kind.COUNT, nonnegative=True),
        Field(
            "persons_passed", Bilingual("考核合格人数", "persons who passed"), Kind.COUNT, nonnegative=True
        ),
    ),
    indicators=(
        Indicator(
            name="sessions_counted",
            title=Bilingual("正文所列期数", "sessions the text counts"),
            expression='sum(value for counts where unit == "期" and not name has "预警")',
            unit="期",
            direction=Direction.HIGHER,
            why=Bilingual("正文所列举办、推出的期数", "the sessions and issues that the text lists"),
            low="0期",
            target_words=("培训期数", "举办期数", "活动期数", "宣传期数"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "举办培训班", "value": "3期"},
                                {"what": "专题讲座", "value": "2期"},
                                {"what": "参训", "value": "260人次"},
                            ],
                        }
                    },
                    "5期",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "培训班", "value": "约3期"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
        Indicator(
            name="attendances_counted",
            title=Bilingual("正文所列人次", "attendances the text counts"),
            expression='sum(value for counts where unit == "人次")',
            unit="人次",
            direction=Direction.HIGHER,
            why=Bilingual("正文所列参加、覆盖的人次", "the attendances that the text lists"),
            low="0人次",
            target_words=("培训人次", "参训人次", "参加人次", "覆盖人次"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "参训", "value": "260人次"},
                                {"what": "参观展览", "value": "1340人次"},
                                {"what": "志愿者", "value": "40人"},
                            ],
                        }
                    },
                    "1600人次",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "参训", "value": "约260人次"}]}},
                    None,
                    ("value",),
                ),
            ),
        ),
        Indicator(
            name="events_rate",
            title=Bilingual("举办完成率", "share of events held"),
            expression="events_held / events_planned",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("计划的期数中已经举办的比例", "how many of the events planned have been held"),
            low="0%",
            target_words=("举办完成率", "培训完成率", "活动完成率"),
            examples=(
                IndicatorExample({"events_held": "3期", "events_planned": "4期"}, "75%"),
                IndicatorExample({"events_held": "3期"}, None, ("events_planned",)),
            ),
        ),
        Indicator(
            name="attendance_rate",
            title=Bilingual("参加率", "attendance rate"),
            expression="attendance_actual / attendance_planned",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("计划参加的人中实际参加的比例", "how many of those expected have come"),
            low="0%",
            target_words=("参加率", "参训率", "到会率"),
            examples=(
                IndicatorExample({"attendance_actual": "184人", "attendance_planned": "200人"}, "92%"),
                IndicatorExample({"attendance_actual": "184人"}, None, ("attendance_planned",)),
                IndicatorExample({"attendance_actual": "184人次", "attendance_planned": "200人"}, None),
            ),
        ),
        Indicator(
            name="pass_rate",
            title=Bilingual("考核合格率", "pass rate"),
            expression="persons_passed / persons_examined",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("参加考核的人中合格的比例", "how many of those examined have passed"),
            low="0%",
            target_words=("考核合格率", "培训合格率"),
            examples=(
                IndicatorExample({"persons_passed": "171人", "persons_examined": "180人"}, "95%"),
                IndicatorExample({"persons_examined": "180人"}, None, ("persons_passed",)),
                IndicatorExample(
                    {"persons_passed": "0人", "persons_examined": "0人"}, None, ("persons_examined",)
                ),
            ),
        ),
        Indicator(
            name="cost_per_person_day",
            title=Bilingual("每人每天成本", "cost per person and day"),
            expression="spent / (attendance_actual * days_per_person)",
            unit="元",
            direction=Direction.LOWER,
            why=Bilingual("实际参加的人每天花费的金额", "what each of those who came has cost a day"),
            low="0元",
            target_words=("人均日", "每人每天", "人天"),
            examples=(
                IndicatorExample(
                    {"spent": "7.2万元", "attendance_actual": "80人", "days_per_person": "2"}, "450元"
                ),
                IndicatorExample(
                    {"spent": "1.35万元", "attendance_actual": "60人", "days_per_person": "0.5"}, "450元"
                ),
                IndicatorExample(
                    {"spent": "7.2万元", "attendance_actual": "80人"}, None, ("days_per_person",)
                ),
                IndicatorExample(
                    {"spent": "7.2万元", "attendance_actual": "0人", "days_per_person": "2"},
                    None,
                    ("attendance_actual",),
                ),
            ),
        ),
    ),
    curve=Monthly(("0%", "0%", "25%", "25%", "25%", "50%", "50%", "50%", "75%", "75%", "75%", "100%")),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of publicity, training and meetings."""
    return [PUBLICITY_TRAINING_MEETING]
