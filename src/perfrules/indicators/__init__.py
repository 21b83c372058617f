"""Stage 2: facts → facts with indicators: each project's type, and the progress its spending curve expects.

In: a submission as read, the project types of the catalog, the ruleset's `$pace`. Out: the submission with the facts
`type`, `expected_progress` and the indicators of its types added, all derived; and what reports say of each project.
"""

from perfrules.indicators.absences import with_absences
from perfrules.indicators.compute import with_indicators
from perfrules.indicators.courses import courses
from perfrules.indicators.progress import with_expected_progress
from perfrules.indicators.recognise import with_types
from perfrules.indicators.reports import project_reports

__all__ = [
    "courses",
    "project_reports",
    "with_absences",
    "with_expected_progress",
    "with_indicators",
    "with_types",
]
