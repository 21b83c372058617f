"""The rule language, one for rules and indicators: text → tree → checked expression → closure that returns a trace.

In: an expression and the scope it is asked in. Out: `Evaluate`, from a context of subjects to a `Trace`.

To read it in order: `words`, `folding`, `tokens`, `syntax`, `parser` (what is written); `kinds`, `scope`, `naming`, `relating`,
`calling`, `checker`, `extents` (what it means, and what cannot be); `values`, `functions`, `patterns`, `steps`, `aggregates`,
`to_python` (the definition: what it comes to); `to_text`, `amounts`, `calculations`, `found_words` (how it is shown).
"""

from perfrules.language.amounts import lacks_said, shown
from perfrules.language.calculations import calculation, counted_names, told
from perfrules.language.checker import Checked, check
from perfrules.language.context import Context, Evaluate
from perfrules.language.found_words import found_words
from perfrules.language.functions import BUILTINS, Function
from perfrules.language.parser import parse
from perfrules.language.scope import Scope
from perfrules.language.syntax import Node
from perfrules.language.to_python import to_python
from perfrules.language.to_text import to_text
from perfrules.language.to_words import to_words

__all__ = [
    "BUILTINS",
    "Checked",
    "Context",
    "Evaluate",
    "Function",
    "Node",
    "Scope",
    "calculation",
    "check",
    "counted_names",
    "found_words",
    "lacks_said",
    "parse",
    "shown",
    "to_python",
    "to_text",
    "to_words",
    "told",
]
