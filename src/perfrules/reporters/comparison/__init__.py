"""How a comparison is told: as text for a terminal, and as JSON."""

from perfrules.reporters.comparison.as_json import comparison_json
from perfrules.reporters.comparison.as_text import comparison_terminal

__all__ = ["comparison_json", "comparison_terminal"]
