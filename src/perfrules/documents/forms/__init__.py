"""Workbooks that go out to be filled in and come back: columns with lists to choose from, cells of text and nothing but text.

In: columns, rows and words of help. Out: the bytes of a workbook, the same for the same content; and its rows read back.
"""

from perfrules.documents.forms.read import filled_rows
from perfrules.documents.forms.write import Column, Page, workbook

__all__ = ["Column", "Page", "filled_rows", "workbook"]
