"""A page of HTML opened: its paragraphs and table rows as lines; scripts, styles and what is hidden are none."""

from __future__ import annotations

from html.parser import HTMLParser

from perfrules.documents.decoding import decode
from perfrules.documents.flow import separate
from perfrules.documents.text_document import TextDocument, document_of
from perfrules.documents.text_tables import with_tables

BLOCKS = {"p", "div", "br", "li", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "body"}  # fmt: skip
NOT_TEXT = {"script", "style", "head", "template", "noscript", "title"}


def html_document(path: str, data: bytes) -> TextDocument:
    """The document in a page of HTML, in UTF-8 or GB18030; raises ReadError where the bytes are no text."""
    page = _Page()
    page.feed(decode(data, path))
    page.close()
    text = "".join(f"{line}\n" for line in "".join(page.pieces).split("\n"))
    document = document_of(path, data, text, separate)
    return with_tables(document)


class _Page(HTMLParser):
    """Gathers the text of a page; blanks and line ends of its source are one blank, as a browser shows them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.left_out: list[str] = []
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in NOT_TEXT:
            self.left_out.append(tag)
        elif tag == "tr":
            self.cells = 0
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append("|" if self.cells else "")
            self.cells += 1
        elif tag in BLOCKS and not self.cells:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.left_out:
            while self.left_out.pop() != tag:
                pass
        elif tag in ("tr", "table"):
            self.cells = 0
            self.pieces.append("\n")
        elif tag in BLOCKS and not self.cells:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            joined = " ".join(data.split())
            self.pieces.append(joined.replace("|", "¦") if self.cells else joined)
