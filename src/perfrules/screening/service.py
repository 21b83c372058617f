"""What `perfrules.compile` does: the ruleset and the layout read, and laid over each other once."""

from __future__ import annotations

from datetime import date
from os import PathLike
from pathlib import Path

from perfrules import pipeline
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.plugins import catalog
from perfrules.screening.compiled import Compiled
from perfrules.screening.layout import read_layout, standard


def compiled(
    ruleset: str | PathLike[str] | None, layout: str | PathLike[str] | None, as_of: date | None
) -> Compiled:
    """The ruleset made ready for submissions of a layout."""
    found = catalog()
    name = ruleset if ruleset is None or isinstance(ruleset, str) else Path(ruleset)
    prepared = pipeline.prepare(name, found, with_examples=False)
    shape = standard(found.types)
    if layout is not None:
        path = Path(layout)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            message = Bilingual(f"版式文件读不出来: {error}", f"the layout cannot be read: {error}")
            raise ReadError(Fault("dataset.layout", message, Location(str(path)))) from None
        shape = read_layout(text, str(path), found.types)
    return Compiled(prepared, shape, found, as_of)
