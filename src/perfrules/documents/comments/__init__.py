"""Comments put into the files that departments sent, at the words and cells they are about: the only edit ever made to them.

In: the bytes of a .docx or .xlsx (or their kinds with macros) and notes with places as readers give them. Out: the bytes with
the comments; every part that need not change is the same byte for byte, compressed bytes too.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.documents.comments.note import Author, Note

__all__ = ["Author", "Note", "commented"]


def commented(path: str, data: bytes, kind: str, notes: Sequence[Note], author: Author) -> bytes | None:
    """The file of that kind with its comments; None for a kind that holds none, and for a file that is signed.

    Raises ReadError where the file is not sound.
    """
    if kind not in ("docx", "xlsx") or b"_xmlsignatures/" in data:
        return None
    if kind == "docx":
        from perfrules.documents.comments.word import commented_word

        return commented_word(path, data, notes, author)
    from perfrules.documents.comments.workbook import commented_workbook

    return commented_workbook(path, data, notes, author)
