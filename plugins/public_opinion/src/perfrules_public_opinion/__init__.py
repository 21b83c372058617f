"""The project type `public_opinion` (舆情处置): watching and answering what is said online, evenly over the year."""

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.language import Function
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, Linear, ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl
from perfrules_public_opinion.durations import in_minutes

PUBLIC_OPINION = ProjectType(
    id="public_opinion",
    label=Bilingual("舆情处置", "public-opinion handling"),
    words=("舆情", "网评", "网络评论"),
    priority=10,
    fields=(
        Field(
            "opinions_monitored", Bilingual("监测舆情数", "opinions monitored"), Kind.COUNT, nonnegative=True
        ),
        Field("opinions_handled", Bilingual("处置舆情数", "opinions handled"), Kind.COUNT, nonnegative=True),
        Field("response_time", Bilingual("响应用时", "time to respond"), Kind.TEXT),
        Field(
            "alerts_last_year",
            Bilingual("上年同期预警数", "alerts of last year's period"),
            Kind.COUNT,
            nonnegative=True,
        ),
    ),
    indicators=(
        Indicator(
            name="alerts",
            title=Bilingual("预警数", "alerts"),
            expression='sum(value for counts where name has "预警" and not name has "处置")',
            unit="期",
            direction=Direction.LOWER,
            why=Bilingual(
                "正文所列本期收到的预警，越少越好", "the alerts that the text lists; fewer are better"
            ),
            low="0期",
            target_words=("预警数", "预警期数"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "市级黄色预警", "value": "7期"},
                                {"what": "本级蓝色预警", "value": "16期"},
                                {"what": "处置预警", "value": "20期"},
                                {"what": "舆情专报", "value": "12期"},
                            ],
                        }
                    },
                    "23期",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "蓝色预警", "value": "约16期"}]}},
                    None,
                    ("value",),
                ),
                IndicatorExample(
                    {
                        "counts": {
                            "complete": True,
                            "rows": [
                                {"what": "黄色预警", "value": "7期"},
                                {"what": "预警信息", "value": "3条"},
                            ],
                        }
                    },
                    None,
                ),
            ),
        ),
        Indicator(
            name="alerts_change",
            title=Bilingual("预警较上年同期增减", "change of alerts against last year"),
            expression="(alerts - alerts_last_year) / alerts_last_year",
            unit="%",
            direction=Direction.LOWER,
            why=Bilingual(
                "预警比上年同期增减的比例，下降为好", "how alerts changed against last year; a fall is good"
            ),
            low="-100%",
            target_words=("预警下降率", "预警增减"),
            examples=(
                IndicatorExample(
                    {
                        "counts": {"complete": True, "rows": [{"what": "黄色预警", "value": "7期"}]},
                        "alerts_last_year": "10期",
                    },
                    "-30%",
                ),
                IndicatorExample(
                    {
                        "counts": {"complete": True, "rows": [{"what": "蓝色预警", "value": "12期"}]},
                        "alerts_last_year": "8期",
                    },
                    "50%",
                ),
                IndicatorExample(
                    {"counts": {"complete": True, "rows": [{"what": "黄色预警", "value": "7期"}]}},
                    None,
                    ("alerts_last_year",),
                ),
                IndicatorExample(
                    {
                        "counts": {"complete": True, "rows": [{"what": "黄色预警", "value": "7期"}]},
                        "alerts_last_year": "0期",
                    },
                    None,
                    ("alerts_last_year",),
                ),
            ),
        ),
        Indicator(
            name="handled_rate",
            title=Bilingual("处置率", "share of opinions handled"),
            expression="opinions_handled / opinions_monitored",
            unit="%",
            direction=Direction.HIGHER,
            why=Bilingual("监测到的舆情中已处置的比例", "how many of the opinions monitored were handled"),
            low="0%",
            target_words=("处置率",),
            examples=(
                IndicatorExample({"opinions_handled": "117条", "opinions_monitored": "120条"}, "97.5%"),
                IndicatorExample({"opinions_handled": "117条"}, None, ("opinions_monitored",)),
            ),
        ),
        Indicator(
            name="hours_to_respond",
            title=Bilingual("响应时间", "hours to respond"),
            expression="in_minutes(response_time) / 60 * 1小时",
            unit="小时",
            direction=Direction.LOWER,
            why=Bilingual(
                "发现舆情到响应所用的时间，越短越好", "from finding to answering; shorter is better"
            ),
            low="0小时",
            target_words=("响应时间", "响应时限", "处置时限"),
            examples=(
                IndicatorExample({"response_time": "2小时"}, "2小时"),
                IndicatorExample({"response_time": "90分钟"}, "1.5小时"),
                IndicatorExample({"response_time": "1小时15分"}, "1.25小时"),
                IndicatorExample({"response_time": "及时"}, None, ("response_time",)),
                IndicatorExample({"response_time": "约2小时"}, None),
                IndicatorExample({}, None, ("response_time",)),
            ),
        ),
    ),
    curve=Linear(),
    rules=(Path(__file__).with_name("rules.yaml"),),
)


@hookimpl
def perfrules_project_types() -> list[ProjectType]:
    """The type of public-opinion handling."""
    return [PUBLIC_OPINION]


@hookimpl
def perfrules_functions() -> list[Function]:
    """Lengths of time, which reports write in hours or in minutes."""
    about = Bilingual(
        "把“2小时”“90分钟”这样的文字折合为分钟", "a length of time such as 2小时 or 90分钟 in minutes"
    )
    return [Function("in_minutes", "折合分钟", (Kind.TEXT,), Kind.NUMBER, in_minutes, about)]
