"""Findings as SARIF 2.1.0: results with regions in the source for text files, and cells, pages and fields for all others.

One run for all submissions, because one ruleset was asked; each result names its department. What is undetermined is of
kind `open`, and what passed is in the file only where everything is asked for.
"""

from perfrules.reporters.sarif.log import findings_sarif

__all__ = ["findings_sarif"]
