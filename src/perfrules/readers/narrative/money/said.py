"""What the words before an amount name, together with what its sentence and its item said before them."""

from __future__ import annotations

import re

from attrs import evolve

from perfrules.readers.narrative.money.course import Course, project_told
from perfrules.readers.narrative.money.spots import Setting, Spot
from perfrules.readers.narrative.money.subject import another_speaks
from perfrules.readers.narrative.money.window import SEVERAL_PROJECTS, Window, window, without_project
from perfrules.readers.narrative.problems import resembles
from perfrules.readers.narrative.projects import projects_counted
from perfrules.readers.narrative.readings import PROJECT_PREFIX, TOTAL

_NO_TOPIC = re.compile("^(?:全部|主要|均|系|为|用于)")
_HEADER = re.compile(
    r"(?:（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.、]|[一二三四五六七八九十]、|[①-⑳])?(?P<words>[^，。；：、\d]{2,14}?)(?:情况)?：(?=\D|[\d,]+\.?\d*[万亿]?元)"
)
_OF_THE_PROJECT = re.compile("^(?:该|本|此)?项目(?!支出|资金|经费|预算|单位)|(?:该|本|此)项目")
_BARE_BUDGET = re.compile(
    "全年预算安排$|(?<!年初)(?<!全年)(?<!调整)(?<!调整后)(?<!部门)(?<!项目)(?<!经费)(?<!专项)(?<!收支)(?:(?<!基本)(?<!项目)支出)?预算(?=(?:资金|经费|总额|数)?(?:共计?|合计|总计|为)*$)"
)
_OTHER_BUDGET = re.compile(
    "调整|含[^，。；]{0,4}追加|调增|调减|追减|核增|核减|压减|含[^，。；]{0,6}结转|年初|全年预算"
)
"""What an item says of other budgets than the one it calls 预算."""
_BESIDE_BUDGET = re.compile("(?<!含)上年结转")
"""What an item tells apart from its 预算, which is then the one at the start of the year."""
_AFTER_CHANGE = re.compile("(?:^|[。；，])(?:预算)?(?:调整|追加|调减|调增)(?:之?后|以后)，")
_GIVEN_BY = re.compile("□*(?:上级|中央|省级?|市级|县级|区级)(?:财政)?(?:专项)?(?:转移支付)?(?:资金)?")
"""Who added money to a project: 上级转移支付追加55.2万元."""
_AFTER_MOVE = re.compile("后(?:的?预算)?(?:为|共|达到?)")
"""What stands between a change and the budget it leads to: 核减60万元后为900万元."""
_ARRIVED = re.compile(
    r"(?:已|均|已经)?(?:全部|足额|全额|及时)*(?:到位|拨付到位|下达)(?![\u4e00-\u9fff]{0,3}\d)"
)
"""What follows the money that came: 资金18万元已全部到位."""
_ARRIVED_BEFORE = re.compile("(?:全部|足额|全额|均已?|已)(?:到位|拨付到位|下达)（$")
"""The same before it: 资金已于4月全额到位（400万元）."""
_PAID = re.compile("(?:均|都)?(?:已经?|实际)(?:全部|全额)?(?:支出|支付|使用|兑付)(?=[，。；）]|$)")
"""What follows the money that was spent: 171.3万元已支出，."""
_ARRANGED = re.compile("(?:共|已)?安排$")
_PLANNED_SPENDING = re.compile("(?<!年初)支出预算(?:总额|数)?(?:为)?$")
_LINE_BUDGET = re.compile("(?:基本|项目)支出预算(?:数)?(?:为)?")
_SUM_OF_PROJECTS = re.compile(
    r"(?:预算|安排|批复)[^，。；]{0,6}项目(?:共|共计|为)?\d{1,3}个，(?:项目)?(?:预算)?(?:金额|资金)?(?:合计|共计|总计|总额|总金额|金额|资金)(?:为)?$"
)
"""部门预算批复项目6个，金额合计: of all the projects."""
_SEVERAL = re.compile("分别(?![为是](?:基本|项目)支出)|(?<![县市区省])本级(?!财政|预算|安排|拨)")
"""Words of one of several sums: which is whose, or which is the whole, they do not say."""
_PLANNED = re.compile("预算[^，。；]{0,6}收入|收入预算")
"""What makes 总支出 behind it one that was planned."""
_IS_SPENT = re.compile(r"，(?:完成|占)[^，。；]{0,8}预算[^，。；]{0,4}\d")
"""What is told of money that was spent: 基本支出402万元，完成年初预算75.6%."""
_IS_RATED = re.compile("，(?:预算|支出)?(?:执行率|支出进度|进度)")
"""The same behind a sentence on the whole spending: 全年支出271万元…。基本支出164万元，执行率100%."""
_SOME = re.compile("其中|其余|其他|另|部分|余下|剩余")
_AS_SUBJECT = re.compile("(?:项目|工程|经费|资金|专项)?(?:因|由于|经|已|受|按|于|在|正|尚|未|由|系|预计|$)")
"""What follows a thing that a clause is about."""
_COUNTED_OFF = re.compile("^[一二三四五六七八九十]是")
_SPENT_OF_IT = re.compile(r"，(?:实际|已|累计|共|目前|仅)*(?:支出|支付)[^，。；\d]{0,4}\d")
"""What follows the money that a project has."""
_TAKEN_BACK = re.compile("[^，。；（）]{0,10}(?:收回|上缴|缴回|收缴)")
"""What follows money that was left over and is no longer there: 上年结余8.6万元已由县财政收回."""
_BEFORE_BRACKET = re.compile(
    r"(?:^|[；。，：、）])(?:[一二三四五六七八九]是|其中：?|另有)?(?P<name>[^，。；：、（）\d□]{2,30})（$"
)
"""乙会议专项（预算80万元）支出40万元: the name before the bracket."""
_TOPIC = re.compile(
    r"(?:^|[；。，：])(?:[一二三四五六七八九]是|其中|（.{1,3}）|\d[.、]|[①-⑳])?(?P<name>[^，。；：（）\d□]{2,30}(?:经费|资金|项目|专项|工程|补助|补贴|采购|费))，$"
)


def header(setting: Setting, sentence: str) -> Window | None:
    """What a sentence opens with before a colon, where that is a field and nothing else: （1）年初预算：."""
    found = _HEADER.match(sentence)
    said = window(found["words"], (), setting.units, "财政") if found else None
    return said if said and said.field and said.is_clear and not said.is_bare else None


def said_of(setting: Setting, spot: Spot, course: Course) -> Window:
    """What the words before an amount name; the course is carried on to the project they speak of."""
    before = spot.context.removesuffix(spot.words)
    if "；" in spot.between:
        course.is_foreign |= bool(course.line)  # whether it is still told of the line is not said
        course.topic = course.line = ""
    course.topic = _project_before(setting, before) or _project_opening(setting, before) or course.topic
    if (opened := _BEFORE_BRACKET.search(before)) and _is_thing(setting, opened["name"]):
        _turn_to(setting, course, opened["name"])
    words = _words(setting, spot, course)
    is_of_another = another_speaks(before, spot.words, setting.units)
    course.is_of_another = course.before.is_of_another if is_of_another is None else is_of_another
    is_of_projects = bool(setting.item or SEVERAL_PROJECTS.search(words))
    context = f"财政{spot.context}" if is_of_projects else spot.context  # to a project finance releases
    said = window(words, setting.projects, setting.units, context)
    if _are_some_projects(setting, before, spot.words):
        said = evolve(said, is_clear=False)
    said = _of_a_budget(setting, course, words, before, said)
    said = _of_a_flow(spot, course, words, said)
    if said.is_anchored or said.line:
        course.topic = ""
    if said.field in ("initial_budget", "adjusted_budget") and (named := _TOPIC.search(before)):
        course.topic = named["name"] if _is_thing(setting, named["name"]) else course.topic
    return said


def _turn_to(setting: Setting, course: Course, name: str) -> None:
    """Carries the course on to the thing that is named before a bracket: what follows is its money, and no other's."""
    if setting.owner.startswith(PROJECT_PREFIX):
        course.is_foreign |= not resembles(name, [setting.owner.removeprefix(PROJECT_PREFIX)])
    elif not any(name.endswith((each, f"{each}项目")) for each in setting.projects):
        course.topic = name


def _words(setting: Setting, spot: Spot, course: Course) -> str:
    """The words before an amount, with 预算 told as the one at the start of the year where it can be nothing else."""
    words = spot.words
    if setting.owner != TOTAL or setting.item:
        words = _OF_THE_PROJECT.sub("", words)
    said = window(words, setting.projects, setting.units, spot.context)
    is_told = setting.owner != TOTAL or bool(setting.item or said.line or said.project or said.is_anchored)
    if (setting.is_unadjusted and (is_told or "支出预算" in words)) or (
        project_told(setting, course) and _is_beside_budget(setting, spot, course)
    ):
        words = _with_start(words, said.project)
    if "批复" in words and said.is_anchored and not said.line:
        words = _with_start(words, said.project)  # what finance approved is the budget of the year's start
    if "批复" in spot.context and (planned := _PLANNED_SPENDING.search(words)) and not said.line:
        words = f"{words[: planned.start()]}年初{planned.group()}"
    return words


def _is_beside_budget(setting: Setting, spot: Spot, course: Course) -> bool:
    """Whether what is told of the project tells its budget beside its money, and no other than the one at the start of the year."""
    told = spot.context.rpartition("；")[2] if course.topic else setting.said
    return bool(_BESIDE_BUDGET.search(told)) and not _OTHER_BUDGET.search(told)


def _of_a_budget(setting: Setting, course: Course, words: str, before: str, said: Window) -> Window:
    """The budget that the sentence makes of what the words alone call otherwise, or by no name."""
    is_changed = _AFTER_CHANGE.search(before)
    if is_changed and _LINE_BUDGET.fullmatch(words):
        said = evolve(said, field="adjusted_budget", is_clear=True)
    if is_changed and said.field == "initial_budget" and "年初" not in words:
        said = evolve(said, field="adjusted_budget")  # 调整后，部门预算总计1473.6万元
    if not said.field and (project_told(setting, course) or said.project) and _ARRANGED.search(said.rest):
        rest = _ARRANGED.sub("", said.rest)
        said = evolve(said, field="initial_budget", rest=rest, is_clear=window(rest, (), (), "").is_clear)
    if course.head and course.head.field == "adjustment" and _AFTER_MOVE.fullmatch(words):
        said = evolve(said, field="adjusted_budget", is_clear=True, is_other_money=False, rest="")
    if said.field == "adjustment" and setting.item and _GIVEN_BY.fullmatch(said.rest):
        said = evolve(said, is_clear=not said.line, is_other_money=False)
    if not said.field and _SUM_OF_PROJECTS.search(before + words):
        said = evolve(said, field="initial_budget", line="project", is_clear=True)
    return said


def _of_a_flow(spot: Spot, course: Course, words: str, said: Window) -> Window:
    """The field that what stands around the words tells: a header, money that has come, lines that were spent."""
    if said.field in ("carried_over", "unspent") and _TAKEN_BACK.match(spot.after):
        return evolve(said, is_clear=False, is_other_money=True)
    if not said.field and _ARRIVED.match(spot.after):
        said = evolve(said, field="appropriated")
    if not words and _ARRIVED_BEFORE.search(spot.between) and spot.after.startswith("）"):
        said = evolve(said, field="appropriated")
    if not said.field and said.is_clear and _PAID.match(spot.after):
        said = evolve(said, field="spent")
    if ("总支出" in words and _PLANNED.search(spot.context)) or (
        _SEVERAL.search(words) and (not said.project or said.project not in words.rpartition("分别")[2])
    ):
        said = evolve(said, is_clear=False)  # which of several is whose is not told apart
    if course.header is not None and not said.field and (said.line or not words):
        said = evolve(said, field=course.header.field, negative=course.header.negative)
    is_spent = _IS_SPENT.match(spot.after) or (course.before.is_spending and _IS_RATED.match(spot.after))
    if not course.in_parts and said.line and not said.field and said.is_clear and is_spent:
        said = evolve(said, field="spent")
    return said


def _is_thing(setting: Setting, name: str) -> bool:
    """Whether words before a budget name a thing, and not the unit or a part of the budget."""
    said = window(name, (), setting.units, "")
    return not _NO_TOPIC.match(name) and bool(said.rest) and not said.is_clear and not said.is_anchored


def _are_some_projects(setting: Setting, before: str, words: str) -> bool:
    """Whether projects are counted that are not all of them: 其中3个项目, 其余3个项目, 4个项目 where 5 are told of."""
    found = SEVERAL_PROJECTS.search(words)
    number = projects_counted(words)
    is_some = _SOME.search(words) or before.endswith("中，") or 0 < number < setting.most_projects
    return found is not None and bool(is_some)


def _project_before(setting: Setting, before: str) -> str | None:
    """The project named right before a mark: 一是办案业务费，预算数…, or 数据安全监管服务项目（年初预算…; None where none is."""
    named = before.rstrip("，（")
    is_opened = before != named
    names = (each for each in setting.projects if named.endswith((each, f"{each}项目")))
    return max(names, key=len, default=None) if is_opened and "，" not in before[len(named) + 1 :] else None


def _project_opening(setting: Setting, before: str) -> str | None:
    """The project that opens a clause as its subject: 古籍修复因新发现虫蛀古籍，9月份增加8万元; None where another thing does."""
    segment = before.rpartition("；")[2].rpartition("：")[2]
    for clause in reversed(segment.split("，")):
        if named := max(
            (name for name in setting.projects if clause.startswith(name)), key=len, default=None
        ):
            is_subject = _AS_SUBJECT.match(clause[len(named) :])
            return named if is_subject else None
        if another_speaks(clause, "", setting.units):
            return None
    return None


def _with_start(words: str, project: str) -> str:
    """预算 that can only be the one at the start of the year, said so."""
    bare = without_project(words, project)
    told = _BARE_BUDGET.sub("年初预算", bare)
    return project + told if told != bare else words


def is_bare_budget(setting: Setting, spot: Spot, project: str = "") -> bool:
    """Whether the words say 预算 and nothing else: before adjustment or after it."""
    if project and _COUNTED_OFF.sub("", spot.words) == project and _SPENT_OF_IT.match(spot.after):
        return True  # 社区矫正工作经费48万元，实际支出39.6万元
    words = _with_start(spot.words, project)
    return words != spot.words and window(words, setting.projects, setting.units, spot.context).is_clear
