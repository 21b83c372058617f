"""A text document becomes a submission: sections, period, name, money, ratios, counts, projects, and what was not read.

In: a document opened by perfrules.documents. Out: the tree of subjects with every fact's place, derived facts added
and claims linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents import Paragraph, TextDocument
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.subject import Completeness, Subject, SubjectType, Table
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Document, Submission
from perfrules.readers.infer import infer
from perfrules.readers.left_unread import bare_rows, each_once, not_seen, whole_figures
from perfrules.readers.link import with_claims_linked
from perfrules.readers.merging import merged_submission
from perfrules.readers.narrative import assemble
from perfrules.readers.narrative.amounts import amounts, unit_stated
from perfrules.readers.narrative.counts import counts, offices, staffing, without_changes
from perfrules.readers.narrative.items import with_items_apart
from perfrules.readers.narrative.leftovers import leftovers
from perfrules.readers.narrative.money import money_and_claims
from perfrules.readers.narrative.money.doubts import without_doubtful
from perfrules.readers.narrative.money.proofs import with_proved
from perfrules.readers.narrative.money.proofs.changes import changed_projects, touched_projects
from perfrules.readers.narrative.money.spots import Setting
from perfrules.readers.narrative.nothing import nothing_told, without_refuted
from perfrules.readers.narrative.period import period_facts, year_of
from perfrules.readers.narrative.problems import ProblemProjects, problem_projects, resembles
from perfrules.readers.narrative.projects import projects_counted, quoted_projects, told_in_clauses
from perfrules.readers.narrative.readings import PROJECT, PROJECT_PREFIX, TOTAL, Readings
from perfrules.readers.narrative.scopes import OTHER, scopes
from perfrules.readers.narrative.sections import SEAL, Part, Topic, parts, section_facts
from perfrules.readers.narrative.tables import TableRead, rows_left, tables_read
from perfrules.readers.narrative.title import (
    department_name,
    head_length,
    is_about_projects,
    named_at_once,
    only_project,
)
from perfrules.readers.narrative.words import CHANGED

_BUDGETED = re.compile(
    "年初[^，。；]{0,8}(?:预算|安排|批复)|支出(?:部门)?预算|预算总?支出|部门预算(?!执行|绩效|[^，。；]{0,4}收入)|全年预算数|预算(?:总额|批复|安排)|总支出"
)
"""Words of the budget that is spent, not of the income that it comes from."""
_PLANS = re.compile("用款(?:计划|额度)")
_QUOTAS = re.compile(r"(?<!用款)(?<!绩效)指标[^，。；]{0,6}\d|下达[^，。；]{0,4}(?<!用款)(?<!绩效)指标")
"""Words of two sums that a unit may pay from."""
_SELVES = ("中心", "学校", "医院", "学院", "支队", "大队", "街道")
_SELVES_OF = {"中学": ("学校",), "小学": ("学校",), "一中": ("学校",), "卫生院": ("医院",)}
_EMPTY = Bilingual("文件里没有文字", "the file has no text")
_BUDGET_TOLD = re.compile(r"预算[^，。；：]{0,6}\d")
_SPENT_TOLD = re.compile(r"(?:支出|支付|执行|使用)[^，。；：]{0,6}\d")
_NUMBER_OF_PROJECTS = re.compile(r"项目共?(?:计|有)?(\d{1,3})个|共(\d{1,3})个项目")


def read_text(document: TextDocument, types: Mapping[str, SubjectType] = CORE_TYPES) -> Submission:
    """The submission that a narrative report is; raises ReadError where it has no text."""
    paragraphs = document.paragraphs
    if not paragraphs:
        raise ReadError(Fault("read.empty", _EMPTY, Location(document.path)))
    head = paragraphs[: head_length(paragraphs)]
    told = with_items_apart(parts(paragraphs))
    names = _names(document, head, told)
    named = _department(document, paragraphs, head, told, Readings())
    tables = tuple(tables_read(document, paragraphs, types, named, _alone(document, head, told)))
    known = tuple(str(name.value) for name in (*names, *_table_names(tables)))
    setting = _setting(document, head, told, known)
    readings = without_doubtful(
        with_proved(
            without_refuted(_narrative(setting, told)),
            is_complete=_completeness(paragraphs, names) is Completeness.COMPLETE,
        )
    )
    department = _department(document, paragraphs, head, told, readings)
    told_of = {each.owner for each in readings.money} | {each.owner for each in readings.claims}
    names += [name for name in _table_names(tables) if PROJECT_PREFIX + str(name.value) in told_of]
    table = assemble.projects(names, readings, _completeness(paragraphs, names))
    problems = problem_projects(document, told, known)
    submission = Submission(
        _with_tables(department, table, problems, readings),
        (Document(document.path, document.sha256, "text"),),
        (
            *without_changes(readings.unread, readings.counts),
            *(unread for each in tables for unread in each.unread),
            *rows_left(document, paragraphs, tables),
            *not_seen(document),
        ),
        document.text,
    )
    if tables:
        parts_read = (evolve(each.submission, documents=()) for each in tables)
        submission = merged_submission([submission, *parts_read], types)
    lines = frozenset(line for each in tables for line in each.lines)
    left = tuple(leftovers(document, paragraphs, submission, lines))
    submission = evolve(submission, unread=tuple(whole_figures(document, (*submission.unread, *left))))
    return with_claims_linked(infer(submission, types, document.text))


def _setting(
    document: TextDocument, head: Sequence[Paragraph], told: Sequence[Part], projects: tuple[str, ...]
) -> Setting:
    alone = _alone(document, head, told)
    unit = department_name(document, head, document.paragraphs[len(head) :])
    owner = (
        PROJECT_PREFIX + str(alone.value)
        if alone
        else (PROJECT if is_about_projects(head) or only_project(document, head) else TOTAL)
    )
    units = tuple(_short_forms(str(unit.value))) if unit else ()
    period = period_facts(document, head, document.paragraphs[len(head) :])
    days = [period[name].value for name in ("period_from", "period_to") if name in period]
    months = tuple(day.month for day in days if isinstance(day, date))
    text = "".join(document.text.split())
    most = max((projects_counted(each.text) for each in document.paragraphs), default=0)
    return Setting(
        document,
        year_of(head),
        months,
        owner,
        projects=projects,
        units=units,
        is_unadjusted=not CHANGED.search(document.text),
        has_income_only=not _BUDGETED.search(text),
        has_plans=bool(_PLANS.search(text) and _QUOTAS.search(text)),
        most_projects=most,
    )


def _short_forms(name: str) -> Iterator[str]:
    """The unit's name and what is left of it without the place before: 安泉县统计局, 县统计局, 统计局; and what it calls itself."""
    for start in range(max(1, len(name) - 2)):
        yield name[start:]
    for ending in ("办事处", "人民政府"):  # 白石镇人民政府 calls itself 白石镇
        if (short := name.removesuffix(ending)) != name and len(short) > 2:
            yield from _short_forms(short)
    yield from (own for own in _SELVES if name.endswith(own))
    yield from (own for ending, selves in _SELVES_OF.items() if name.endswith(ending) for own in selves)


def _alone(document: TextDocument, head: Sequence[Paragraph], told: Sequence[Part]) -> Fact | None:
    """The one project that the report is about; none where it counts several and tells of them, or names several in quotation marks."""
    if len(quoted_projects(document.paragraphs)) > 1:
        return None
    found = only_project(document, head) or named_at_once(document, head, document.paragraphs[len(head) :])
    return None if found is not None and _is_of_several(document, told, str(found.value)) else found


def _is_of_several(document: TextDocument, told: Sequence[Part], name: str) -> bool:
    """Whether a report counts several projects, and lists the one in its title among them or tells of two others' budgets and spending."""
    if max((projects_counted(each.text) for each in document.paragraphs), default=0) < 2:
        return False
    words: dict[str, str] = {}
    for part, scope in zip(told, scopes(document, told), strict=True):
        if scope.project is not None:
            listed = str(scope.project.value)
            words[listed] = words.get(listed, "") + part.paragraph.text
    own = {each for each in words if resembles(each, [name])}
    told_of = [text for each, text in words.items() if each not in own and _BUDGET_TOLD.search(text)]
    return (bool(own) and words.keys() > own) or len(
        [each for each in told_of if _SPENT_TOLD.search(each)]
    ) > 1


def _names(document: TextDocument, head: Sequence[Paragraph], told: Sequence[Part]) -> list[Fact]:
    alone = _alone(document, head, told)
    listed = {str(each.project.value): each.project for each in scopes(document, told) if each.project}
    for name in told_in_clauses(document, told):
        listed.setdefault(str(name.value), name)
    return [alone] if alone else list(listed.values())


def _narrative(setting: Setting, told: Sequence[Part]) -> Readings:
    readings, unit = Readings(), None
    scoped = list(zip(told, scopes(setting.document, told), strict=True))
    touched = touched_projects(setting.projects, scoped)
    setting = evolve(setting, changed=changed_projects(scoped), touched=touched)
    for part, scope in scoped:
        unit = (
            None if part.paragraph.is_row else unit_stated(part.paragraph) or unit
        )  # that of a table ends with it
        if part.paragraph.is_row or part.is_heading:
            continue
        alone, item = setting.owner.startswith(PROJECT_PREFIX), scope.project
        if item is not None and part.topic is Topic.MEASURES and str(item.value) not in part.paragraph.text:
            scope, item = OTHER, None  # 下一步：…, behind the last item of a list
        own = evolve(
            setting,
            unit=unit,
            line=scope.line if setting.owner == TOTAL else "",
            is_other=scope.is_other or scope.is_apart_from(setting.owner),
            is_unclear=scope.is_unclear or scope.is_apart_from(setting.owner),
            said=part.paragraph.text,
            item=str(item.value) if item and not alone else "",
            is_plan=part.topic in (Topic.MEASURES, Topic.DUTIES),
            is_aside=part.topic in (Topic.ACHIEVEMENTS, Topic.PROBLEMS),
        )
        readings += each_once(money_and_claims(own, part.paragraph), bare_rows(own.document, part.paragraph))
        readings += nothing_told(own, part.paragraph)
        if part.topic in (Topic.BASICS, Topic.ACHIEVEMENTS, Topic.OTHER) or scope.project is not None:
            readings += _counts(own, part, is_own=scope.project is not None)
    return readings


def _counts(setting: Setting, part: Part, *, is_own: bool) -> Readings:
    found = counts(setting.document, part.paragraph)
    whose = setting.owner if setting.owner.startswith(PROJECT_PREFIX) else ""
    whose = PROJECT_PREFIX + setting.item if setting.item else whose
    if part.topic is not Topic.BASICS or is_own:
        return evolve(found, counts=tuple(evolve(each, project=whose) for each in found.counts))
    return offices(setting.document, part.paragraph)


def _department(
    document: TextDocument,
    paragraphs: Sequence[Paragraph],
    head: Sequence[Paragraph],
    told: Sequence[Part],
    readings: Readings,
) -> Subject:
    facts = dict(period_facts(document, head, paragraphs[len(head) :]))
    if name := department_name(document, head, paragraphs[len(head) :]):
        facts["name"] = name
    facts |= staffing(
        document, [part.paragraph for part in told if part.topic in (Topic.BASICS, Topic.DUTIES)]
    )
    facts |= section_facts(document, told)
    if filed := _filed_on(document, paragraphs):
        facts["filed_on"] = filed
    members = assemble.lines(readings.money, readings.claims)
    return Subject("department", "department", str(name.value) if name else "", facts, members=members)


def _filed_on(document: TextDocument, paragraphs: Sequence[Paragraph]) -> Fact | None:
    """The date under the report, where it ends in one."""
    last = paragraphs[-1]
    found = SEAL.fullmatch(last.text)
    if found is None:
        return None
    try:
        filed = date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    where = document.place(last, *found.span(1))
    return Fact("filed_on", filed, location=where, quote=document.cut(where))


def _with_tables(
    department: Subject, projects: Table, problems: ProblemProjects, readings: Readings
) -> Subject:
    tables = {"projects": projects} if projects.rows else {}
    if counted := assemble.counts(readings.counts, ""):
        tables["counts"] = counted["counts"]
    if problems.named is not None:
        tables["problem_projects"] = problems.named
    facts = dict(department.facts)
    if problems.claimed is not None:
        facts["claimed_problem_count"] = problems.claimed
    return evolve(department, facts=facts, tables=tables)


def _table_names(tables: Sequence[TableRead]) -> Iterator[Fact]:
    """The names of the projects in the tables of a report."""
    for each in tables:
        rows = each.submission.department.table("projects").rows
        yield from (row.facts["name"] for row in rows if "name" in row.facts)


def _completeness(paragraphs: Sequence[Paragraph], names: Sequence[Fact]) -> Completeness:
    """Complete where the number of projects announced is the number named."""
    number = len({str(name.value) for name in names})
    for paragraph in paragraphs:
        for found in _NUMBER_OF_PROJECTS.finditer(paragraph.text):
            if int(found[1] or found[2]) == number and amounts(paragraph):
                return Completeness.COMPLETE
    return Completeness.UNKNOWN
