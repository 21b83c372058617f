"""JSON Schemas (draft 2020-12) of what `perfrules read` and `perfrules check` print as JSON.

They are strict: every key that may stand there is named, and no other may. The tests hold what is written against them,
for all documents there are and for reports made at random.
"""

from __future__ import annotations

from perfrules.reporters.schemas.compared import bundle_schema, comparison_schema
from perfrules.reporters.schemas.facts import facts_schema
from perfrules.reporters.schemas.findings import findings_schema
from perfrules.reporters.schemas.parts import Schema

__all__ = ["OF", "Schema", "bundle_schema", "comparison_schema", "facts_schema", "findings_schema"]
OF = {
    "facts": facts_schema,
    "findings": findings_schema,
    "comparison": comparison_schema,
    "bundle": bundle_schema,
}
"""The schemas by what they are of."""
