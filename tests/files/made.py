"""The labelled documents made from their sources. Marks: README.md.

`PYTHONPATH=examples python -m tests.files.made` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from making.office_files import blocks, cells, csv_file, docx, pdf, xls, xlsx

__all__ = ["blocks", "cells", "docx", "made", "pdf", "place"]
FILES = Path(__file__).parent


def made(source: Path) -> Iterator[tuple[Path, bytes]]:
    """The document that a source is for, by the letter its name begins with."""
    stem, text = source.name.split(".")[0], source.read_text(encoding="utf-8")
    match stem[0]:
        case "w":
            yield source.with_name(f"{stem}.docx"), docx(text)
        case "p":
            yield source.with_name(f"{stem}.pdf"), pdf(text)
        case "x":
            yield source.with_name(f"{stem}.xlsx"), xlsx(yaml.safe_load(text))
        case "o":
            yield source.with_name(f"{stem}.xls"), xls(yaml.safe_load(text))
        case "c":
            yield source.with_name(f"{stem}.csv"), csv_file(yaml.safe_load(text))


def place(address: str) -> tuple[int, int]:
    """Row and column of an address, counted from 0."""
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(address)
    return row - 1, column - 1


def main() -> None:
    for source in sorted(FILES.glob("*.source.*")):
        for path, data in made(source):
            path.write_bytes(data)
            print(path.name)


if __name__ == "__main__":
    main()
