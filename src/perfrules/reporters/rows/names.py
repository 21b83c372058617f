"""Subjects, departments and rules as rows call them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from attrs import frozen

from perfrules.bilingual import Language
from perfrules.model.finding import SubjectName
from perfrules.model.report import Report, RuleName
from perfrules.model.subject import Subject
from perfrules.model.subject_types import label_of
from perfrules.reporters.words import TYPES, UNNAMED, subject_said

_APART = re.compile(r" \d{4}-\d\d-\d\d( \(.*\))?$")
DEPARTMENT, LINE = "department", "line"


@frozen
class Names:
    """What the subjects of a report are called, by id, and its rules by theirs."""

    subjects: Mapping[str, str]
    rules: Mapping[str, RuleName]
    language: Language

    def said(self, subject: SubjectName) -> str:
        """The name of a subject behind that of its parent, unless that is the department."""
        own = self.subjects.get(subject.id) or subject_said(subject, self.language)
        parent = self.subjects.get(subject.parent, "") if subject.parent != DEPARTMENT else ""
        return f"{parent} / {own}" if parent else own

    def type_of(self, subject: SubjectName) -> str:
        """What kind of subject it is."""
        found = TYPES.get(subject.type)
        return found.said(self.language) if found else subject.type

    def rule(self, id: str) -> str:
        """The title of a rule; empty where it is not known."""
        found = self.rules.get(id)
        return found.title.said(self.language) if found else ""


def names_of(report: Report, language: Language) -> Names:
    """The names of everything in a report."""
    subjects = {path[-1].id: called(path[-1], language) for path in report.submission.walk()}
    return Names(subjects, {each.id: each for each in report.rules}, language)


def called(subject: Subject, language: Language) -> str:
    """Its name as printed; that of a line, which is named in Chinese as it is read, in the language asked for."""
    if subject.type == LINE and language != "zh":
        return label_of(subject.id.rpartition("/")[2]).said(language)
    return subject.name


def named_apart(reports: Sequence[Report], language: Language) -> list[tuple[Report, str]]:
    """Each of the reports with its department, which is its name in every form: as printed; else its files.

    A department that has filed more than once, as for last year too, is told apart by the end of each period; where that is
    the same by the name of the first file, and at last by its path.
    """
    levels = zip(*(_names(each, language) for each in reports), strict=True)
    names = next(levels, ())
    for fuller in levels:
        filed = Counter(names)
        names = tuple(more if filed[name] > 1 else name for name, more in zip(names, fuller, strict=True))
    return list(zip(reports, names, strict=True))


def apart(name: str) -> tuple[str, str]:
    """A name as its department and what tells it apart from others of that, which is never cut off.

    >>> apart("云岭县水利局 2022-06-30"), apart("云岭县水利局")
    (('云岭县水利局', ' 2022-06-30'), ('云岭县水利局', ''))
    """
    found = _APART.search(name)
    return (name[: found.start()], found.group()) if found else (name, "")


def _names(report: Report, language: Language) -> tuple[str, str, str, str]:
    """What a report may be called, each longer than the one before it."""
    path = report.inputs[0].path if report.inputs else ""
    plain = report.department or "; ".join(each.path for each in report.inputs) or UNNAMED.said(language)
    dated = f"{plain} {report.period[1]}" if report.period[1] else plain
    if not path or not report.department:
        return plain, dated, dated, dated
    return plain, dated, f"{dated} ({PurePath(path).name})", f"{dated} ({path})"
