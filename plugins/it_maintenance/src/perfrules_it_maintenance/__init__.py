"""The project type `it_maintenance` (信息化运维): paid at once in the month its contract names."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, LumpSum, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

IT_MAINTENANCE = ProjectType(
    id="it_maintenance",
    label=Bilingual("信息化运维", "IT maintenance"),
    words=(
        "运维",
        "系统维护",
        "网络维护",
        "平台维护",
        "云服务",
        "政务云",
        "线路租赁",
        "专线",
        "网络安全服务",
    ),
    priority=10,
    not_words=("污水", "供水", "路灯", "车辆", "用车", "道路", "环卫", "设施", "电站"),
    fields=(
        Field("payment_terms", Bilingual("付款条款", "terms of payment"), Kind.TEXT),
        Field("payment_date", Bilingual("付款日期", "date of payment"), Kind.DATE),
        Field("due_hours", Bilingual("应运行时长", "hours due"), Kind.COUNT, nonnegative=True),
        Field("up_hours", Bilingual("正常运行时长", "hours up"), Kind.COUNT, nonnegative=True),
        Field("faults_reported", Bilingual("报修故障数", "faults reported"), Kind.COUNT, nonnegative=True),
        Field(
            "faults_on_time",
            Bilingual("按时排除故障数", "faults cleared on time"),
            Kind.COUNT,
            nonnegative=True,
        ),
        Field("response_hours", Bilingual("响应时长", "hours to respond"), Kind.COUNT, nonnegative=True),
    ),
    indicators=(
        Indicator(
            name="availability",
            title=Bilingual("可用率", "availability"),
            expression="up_hours / due_hours",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("应运行的时间里正常运行的比例", "how much of the time due it was up"),
            low="0%",
            target_words=("可用率", "正常运行率"),
            examples=(
                IndicatorExample({"up_hours": "4300小时", "due_hours": "4344小时"}, "4300 / 4344"),
                IndicatorExample({"due_hours": "4344小时"}, None, ("up_hours",)),
            ),
        ),
        Indicator(
            name="faults_cleared_rate",
            title=Bilingual("故障按时排除率", "share of faults cleared on time"),
            expression="faults_on_time / faults_reported",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual(
                "报修的故障中按时排除的比例", "how many of the faults reported were cleared on time"
            ),
            low="0%",
            target_words=("故障", "排除率"),
            examples=(
                IndicatorExample({"faults_on_time": "19起", "faults_reported": "20起"}, "95%"),
                IndicatorExample(
                    {"faults_on_time": "0起", "faults_reported": "0起"}, None, ("faults_reported",)
                ),
            ),
        ),
        Indicator(
            name="response_time_hours",
            title=Bilingual("故障响应时间", "hours to respond"),
            expression="response_hours * 1",
            unit="小时",
            direction=Direction.LOWER,
            why=Bilingual("从报修到响应用了多久", "how long it took to respond"),
            low="0小时",
            target_words=("响应时间", "响应时长"),
            examples=(
                IndicatorExample({"response_hours": "2小时"}, "2小时"),
                IndicatorExample({}, None, ("response_hours",)),
            ),
        ),
    ),
    curve=LumpSum(due_on="payment_date"),
    asks=("payment_terms",),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of IT maintenance projects."""
    return [IT_MAINTENANCE]
