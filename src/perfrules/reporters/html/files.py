"""What is told of files beside the reports: those that were not read, and what to mind of others."""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault
from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.wording import Say
from perfrules.reporters.ledger_lines import fault_said
from perfrules.reporters.words import NOT_READ, REMARKS

MOST_OPEN = 10
"""Files up to which their list is unfolded from the start."""


def faults_markup(faults: Sequence[Fault], say: Say) -> Markup | None:
    """The files that are in no report because they cannot be read, each with its reason and what to do."""
    return _listed("faults", NOT_READ, faults, say)


def remarks_markup(remarks: Sequence[Fault], say: Say) -> Markup | None:
    """What is to be minded of files that were read all the same."""
    return _listed("remarks", REMARKS, remarks, say)


def _listed(id: str, title: Bilingual, told: Sequence[Fault], say: Say) -> Markup | None:
    if not told:
        return None
    items = (element("li", _said(each, say)) for each in told)
    head = element("summary", element("h2", f"{say.of(title).capitalize()} ({len(told)})"))
    return element("details", head, element("ul", items), id=id, class_="files", open=len(told) <= MOST_OPEN)


def _said(fault: Fault, say: Say) -> str:
    hint = f" ({say.of(fault.hint)})" if fault.hint else ""
    return f"{fault_said(fault, say.language)}{hint}"
