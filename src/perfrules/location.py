"""Where something stands: the file, the address in the file's own notation, and the span of code points."""

from __future__ import annotations

from attrs import frozen


@frozen
class Location:
    """A place in a file.

    `source` is the path as the user gave it, `address` the file's own notation (`¶12`, `附表!C7`, `p3 l17`,
    `/projects/0/spent`), `span` the half-open range of code points in the decoded text, byte-order mark removed
    and line ends kept; None where the file has no running text. `line` and `column` count from 1.
    """

    source: str
    address: str = ""
    span: tuple[int, int] | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = self.source
        if self.line is not None:
            place += f":{self.line}" + (f":{self.column}" if self.column is not None else "")
        elif self.address:
            place += f" {self.address}"
        return place
