"""Expressions in whole numbers: what generated code and SQL compute, equal to the definition wherever they decide.

In: a checked expression, frames (which column holds which field, in which steps) and the parameters in force. Out: a `Truth`
node, which may be unknown; or `BeyondError`, and the definition is asked.
"""

from perfrules.language.whole.amounts import BeyondError
from perfrules.language.whole.frames import (
    ByType,
    Cell,
    Days,
    Figures,
    Frame,
    Given,
    Inline,
    Path,
    Rows,
    Texts,
)
from perfrules.language.whole.lowering import lowered, lowered_amount

__all__ = [
    "BeyondError",
    "ByType",
    "Cell",
    "Days",
    "Figures",
    "Frame",
    "Given",
    "Inline",
    "Path",
    "Rows",
    "Texts",
    "lowered",
    "lowered_amount",
]
