"""A ruleset's thresholds as a workbook that finance staff edit, and back: what changed becomes a ruleset that extends it."""

from perfrules.rules.workbook.changes import Changed
from perfrules.rules.workbook.extend import extension_of
from perfrules.rules.workbook.read import changed_from
from perfrules.rules.workbook.write import parameter_rows, workbook_of

__all__ = ["Changed", "changed_from", "extension_of", "parameter_rows", "workbook_of"]
