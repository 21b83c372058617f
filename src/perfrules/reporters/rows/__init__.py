"""The results of a run as tables of cells, shared by the forms that have rows: the workbook, CSV and Markdown."""

from perfrules.reporters.rows.cells import Cell, Column, Figure, Mark, Marked, Table
from perfrules.reporters.rows.findings import findings_table
from perfrules.reporters.rows.tables import tables

__all__ = ["Cell", "Column", "Figure", "Mark", "Marked", "Table", "findings_table", "tables"]
