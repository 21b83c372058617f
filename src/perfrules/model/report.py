"""The report of one submission: everything its check came to."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from perfrules.model.correction import Correction
from perfrules.model.finding import Finding, Ledger, Verdict
from perfrules.model.project_report import ProjectReport
from perfrules.model.submission import Document, Unread
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
class PluginNames:
    """The plugins a report was made with, each as name and version, and those knowingly left out by name."""

    loaded: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@frozen
class Report:
    """Everything one submission's check came to; `waivers` is None where none were given."""

    tool: str
    ruleset: RulesetName
    inputs: tuple[Document, ...]
    department: str
    period: tuple[date | None, date | None]
    as_of: date | None
    status: Status
    findings: tuple[Finding, ...]
    ledger: Ledger
    open_required: tuple[Verdict, ...] = ()
    unread: tuple[Unread, ...] = ()
    projects: tuple[ProjectReport, ...] = ()
    plugins: PluginNames = PluginNames()
    waivers: WaiversName | None = None
    corrections: tuple[Correction, ...] = ()
