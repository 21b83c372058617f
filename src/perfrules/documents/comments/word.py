"""Comments put into a Word document at the words they are about; all else in the file stays byte for byte.

Runs are cut where a comment begins or ends, with their own properties on both sides. Comments that are there already stay, and
new ones have ids of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from perfrules.documents.comments.note import Author, Note
from perfrules.documents.comments.package import OFFICE, Package
from perfrules.documents.comments.parts import Node, Part, escaped
from perfrules.documents.comments.word_places import ID, Cut, Places, Spot
from perfrules.documents.text_document import TextDocument
from perfrules.documents.word import BODY, EDGES, NOTES, W, origins, word_document

KIND = f"{OFFICE}/comments"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
SPACE = W[1:-1]
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{SPACE}"/>'.encode()
_KEEP = b' xml:space="preserve"'
_KEPT = "http://www.w3.org/XML/1998/namespace}space"


@frozen
class _Mark:
    """The beginning or the end of a comment at a place; ends come first where several meet."""

    spot: Spot
    id: int
    is_end: bool


def commented_word(path: str, data: bytes, notes: Sequence[Note], author: Author) -> bytes:
    """The .docx with a comment for each note; raises ReadError where there is no place for one, or a part is not sound.

    Words where Word has no comments are told in the comment, which stands as near as it may.
    """
    package = Package(path, data)
    parts = {name: package.part(name) for name in (BODY, *NOTES, *EDGES) if name in package.names}
    document = word_document(path, data)
    places, body = Places(parts, origins(path, data)), parts[BODY]
    target, comments = _comments(package)
    first = 1 + max(_ids(body, comments), default=-1)
    marks, said = list[_Mark](), list[str]()
    prefix = "" if comments.declares("w", SPACE) else f' xmlns:w="{SPACE}"'
    for id, note in enumerate(notes, first):
        anchor = places.anchor(_span(note, document))
        if anchor is None:
            continue
        marks += [_Mark(anchor.start, id, False), _Mark(anchor.end, id, True)]
        about = (f"所指文字在{anchor.aside}中: “{note.quote}”",) if anchor.aside else ()
        said.append(_comment(id, (*about, *note.lines), author, prefix))
    if not said:
        return data
    package.put(BODY, body.with_edits(_edits(body, marks)))
    package.put(target, comments.with_last("".join(said)))
    return package.written()


def _span(note: Note, document: TextDocument) -> tuple[int, int] | None:
    """The characters of the text that a note is about: those of its cell where its place says no more."""
    if note.where is None or note.where.span is not None:
        return note.where.span if note.where else None
    cells = (cell for table in document.tables for row in table.rows for cell in row)
    return next((each.location.span for each in cells if each.address == note.where.address), None)


def _comments(package: Package) -> tuple[str, Part]:
    """The name of the part that holds the comments, and what it holds; made where the document has none."""
    name = package.linked(BODY, KIND)
    if name is None:
        name = "word/comments.xml" if "word/comments.xml" not in package.names else package.free("word/comments{}.xml")  # fmt: skip
        package.link(BODY, KIND, name)
        package.declare(name, CONTENT)
        package.put(name, _EMPTY)
    return name, package.part(name)


def _ids(body: Part, comments: Part) -> list[int]:
    """The numbers of the comments there are."""
    named = [node for node in comments.nodes if node.tag == f"{W}comment"]
    named += [node for node in body.nodes if node.tag.startswith(f"{W}comment")]
    said = (node.attributes.get(ID, "") for node in named)
    return [int(each) for each in said if each.isascii() and each.isdigit()]


def _comment(id: int, lines: Sequence[str], author: Author, prefix: str) -> str:
    day = f' w:date="{author.on.isoformat()}T00:00:00Z"' if author.on else ""
    head = f'<w:comment{prefix} w:id="{id}" w:author="{escaped(author.name)}"{day} w:initials="{escaped(author.name[:1])}">'
    look = '<w:rPr><w:sz w:val="20"/></w:rPr>'
    flat = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr>'
    paragraphs = [
        f'<w:p>{flat}<w:r>{look}<w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>' for line in lines
    ]
    return f"{head}{''.join(paragraphs)}</w:comment>"


def _edits(body: Part, marks: Sequence[_Mark]) -> dict[int, bytes]:
    """What is put in at which byte."""
    prefix = b"" if body.declares("w", SPACE) else f' xmlns:w="{SPACE}"'.encode()
    meeting: dict[int, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda each: (each.spot.at, not each.is_end)):
        meeting.setdefault(mark.spot.at, []).append(mark)
    edits = {at: _put_in(body, each, prefix) for at, each in meeting.items()}
    for each in meeting.values():
        text = each[0].spot.node
        if each[0].spot.cut is Cut.TEXT and text is not None and _KEPT not in text.attributes:
            edits[text.opened - 1] = _KEEP
    return edits


def _put_in(body: Part, marks: Sequence[_Mark], prefix: bytes) -> bytes:
    inner = b"".join(_mark(each, prefix) for each in marks)
    spot = marks[0].spot
    run = spot.node.parent if spot.node else None
    if run is None or spot.node is None or spot.cut is Cut.BETWEEN:
        return inner
    inner = f"</{run.name}>".encode() + inner + _opened(body, run)
    if spot.cut is Cut.RUN:
        return inner
    name = spot.node.name.encode()
    return b"</" + name + b">" + inner + b"<" + name + _KEEP + b">"


def _opened(body: Part, run: Node) -> bytes:
    """The first tag of a run with its properties, as they stand."""
    properties = (each for each in run.children if each.tag == f"{W}rPr")
    return body.content[run.start : run.opened] + b"".join(body.content[each.start : each.end] for each in properties)  # fmt: skip


def _mark(mark: _Mark, prefix: bytes) -> bytes:
    id = f' w:id="{mark.id}"'.encode()
    if not mark.is_end:
        return b"<w:commentRangeStart" + prefix + id + b"/>"
    reference = b"<w:r" + prefix + b"><w:commentReference" + id + b"/></w:r>"
    return b"<w:commentRangeEnd" + prefix + id + b"/>" + reference
