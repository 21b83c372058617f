"""Files opened: bytes become text, text becomes paragraphs whose every character knows where it came from."""

from perfrules.documents.decoding import MAX_BYTES, decode
from perfrules.documents.flow import Paragraph, paragraphs
from perfrules.documents.folding import fold
from perfrules.documents.plain import text_document
from perfrules.documents.text_document import TextDocument
from perfrules.documents.word import word_document

__all__ = [
    "MAX_BYTES",
    "Paragraph",
    "TextDocument",
    "decode",
    "fold",
    "paragraphs",
    "text_document",
    "word_document",
]
