"""Stage 2: facts → facts with indicators: each project's type, and the progress its spending curve expects.

In: a submission as read, the project types of the catalog, the ruleset's `$pace`. Out: the submission with the facts
`type` and `expected_progress` added, both derived.
"""

from perfrules.indicators.progress import with_expected_progress
from perfrules.indicators.recognise import with_types

__all__ = ["with_expected_progress", "with_types"]
