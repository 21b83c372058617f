"""A text file opened."""

from __future__ import annotations

from hashlib import sha256

from perfrules.documents.decoding import decode
from perfrules.documents.flow import line_starts, paragraphs
from perfrules.documents.text_document import TextDocument
from perfrules.documents.text_tables import with_tables


def text_document(path: str, data: bytes) -> TextDocument:
    """The document in a text file's bytes; raises ReadError where they are no text."""
    text = decode(data, path)
    document = TextDocument(path, sha256(data).hexdigest(), text, paragraphs(text), line_starts(text))
    return with_tables(document)
