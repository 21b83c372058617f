"""The report of one submission: everything its check came to."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.model.correction import Correction
from perfrules.model.fact import Fact
from perfrules.model.finding import Finding, Ledger, SubjectName, Verdict
from perfrules.model.project_report import Course, ProjectReport
from perfrules.model.reply import Replied
from perfrules.model.rule import Severity
from perfrules.model.submission import Document, Submission, Unread
from perfrules.model.waiver import WaiversName


class Status(Enum):
    """The light of a report: green only if every required rule was decided and nothing was found."""

    GREEN = "green"
    FINDINGS = "findings"
    GREY = "grey"


@frozen
class RulesetName:
    """The ruleset a report was made with."""

    id: str
    version: str
    sha256: str


@frozen
class RuleName:
    """A rule that was asked, as reports name it; `plugin` brought it, if one did."""

    id: str
    title: Bilingual
    topic: str
    severity: Severity
    plugin: str = ""


@frozen
class PluginNames:
    """The plugins a report was made with, each as name and version, and those knowingly left out by name."""

    loaded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@frozen
class Origin:
    """One trouble and the findings that hang on it: `facts` are where to look, each a figure whose change may clear them all.

    One fact where the arithmetic leaves one; where no single figure clears them, those they stand on. `findings` are
    fingerprints, in the order of the report. A finding that nothing else shares has an origin of its own.
    """

    facts: tuple[Fact, ...]
    findings: tuple[str, ...]


@frozen
class Wanted:
    """A figure that is wanted: the field of a subject; `label` as of a lack."""

    subject: SubjectName
    field: str
    label: Bilingual | None = None


@frozen
class Decider:
    """A figure that the report does not print, and the verdicts that its printing would decide.

    They are decided once those of the deciders before it are there too, and the figures `besides`, without which it
    decides nothing. `verdicts` are pairs of rule and subject's id; `label` as of a lack.
    """

    subject: SubjectName
    field: str
    verdicts: tuple[tuple[str, str], ...]
    label: Bilingual | None = None
    besides: tuple[Wanted, ...] = ()


@frozen
class Report:
    """Everything one submission's check came to; `waivers` is None where none were given.

    `replies` are the department's answers to findings of an earlier report, `reply_forms` the files they were read from.

    `submission` is what was checked: as read, with types, indicators and what absences mean. `rules` are those in the ledger.
    """

    tool: str
    ruleset: RulesetName
    inputs: tuple[Document, ...]
    department: str
    period: tuple[date | None, date | None]
    as_of: date | None
    status: Status
    submission: Submission
    findings: tuple[Finding, ...]
    ledger: Ledger
    open_required: tuple[Verdict, ...] = ()
    unread: tuple[Unread, ...] = ()
    projects: tuple[ProjectReport, ...] = ()
    plugins: PluginNames = PluginNames()
    waivers: WaiversName | None = None
    corrections: tuple[Correction, ...] = ()
    replies: tuple[Replied, ...] = ()
    reply_forms: tuple[WaiversName, ...] = ()
    origins: tuple[Origin, ...] = ()
    deciders: tuple[Decider, ...] = ()
    courses: tuple[Course, ...] = ()
    rules: tuple[RuleName, ...] = ()

    @property
    def left_open(self) -> int:
        """How many required verdicts are open, and figures left unread that may matter: what no light but grey tells of."""
        return len(self.open_required) + sum(each.open for each in self.unread)


@frozen
class Results:
    """What a run came to: a report for each submission in order, and the files that were not read, each with its reason.

    `remarks` are told beside them and count for nothing: the lock of a document that was read says that it may be open.
    """

    reports: tuple[Report, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
