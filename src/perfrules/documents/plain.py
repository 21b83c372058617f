"""A text file opened."""

from __future__ import annotations

from perfrules.documents.decoding import decode
from perfrules.documents.flow import paragraphs
from perfrules.documents.text_document import MOST_CHARACTERS, TextDocument, document_of, too_long
from perfrules.documents.text_tables import with_tables


def text_document(path: str, data: bytes) -> TextDocument:
    """The document in a text file's bytes; raises ReadError where they are no text."""
    if len(data) > 4 * MOST_CHARACTERS + 4:  # of bytes a character takes four at most
        raise too_long(path)
    text = decode(data, path)
    document = document_of(path, data, text, paragraphs)
    return with_tables(document)
