"""Subjects by the names people call them, also those that no document prints."""

from __future__ import annotations

from perfrules.model.finding import SubjectName
from perfrules.model.report import Report
from perfrules.model.subject_types import label_of
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import subject_said


def named_in(report: Report, id: str, say: Say) -> str:
    """The name of the subject with that id; a line without one by its label (合计), the department as such."""
    if id == "department":
        return say("部门", "department")
    found = (path[-1] for path in report.submission.walk() if path[-1].id == id)
    subject = next(found, None)
    if subject is None:
        return say.of(label_of(id.rpartition("/")[2].removeprefix("project:")))
    return subject.name or subject_said(SubjectName(subject.type, subject.id, ""), say.language)
