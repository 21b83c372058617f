"""Subjects, departments and rules as rows call them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import SubjectName
from perfrules.model.report import Report, RuleName
from perfrules.model.subject import Subject
from perfrules.model.subject_types import CORE_TYPES, label_of
from perfrules.model.waiver import WAIVER
from perfrules.reporters.words import UNNAMED

DEPARTMENT, LINE = "department", "line"
TYPES = {**{name: each.label for name, each in CORE_TYPES.items()}, WAIVER: Bilingual("豁免", "waiver")}


@frozen
class Names:
    """What the subjects of a report are called, by id, and its rules by theirs."""

    subjects: Mapping[str, str]
    rules: Mapping[str, RuleName]
    language: Language

    def said(self, subject: SubjectName) -> str:
        """The name of a subject behind that of its parent, unless that is the department."""
        own = self.subjects.get(subject.id) or subject.name or self.type_of(subject)
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


def department_of(report: Report, language: Language) -> str:
    """The department of a report, as printed; else its files; else that it was not recognised."""
    return report.department or "; ".join(each.path for each in report.inputs) or UNNAMED.said(language)
