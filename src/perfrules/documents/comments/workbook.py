"""Comments put into a workbook at the cells they are about; all else in the file stays byte for byte.

They are the notes that every program shows (ECMA-376, 18.7), with their frames in the drawing of the sheet, which may hold the
form controls of the sheet too: it is added to. A note that a cell has already goes on with ours; beside a discussion
(threaded comments) ours goes to the next free cell of the row and says which cell it means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from perfrules.documents.comments.frames import EMPTY as NO_FRAMES
from perfrules.documents.comments.frames import with_frames
from perfrules.documents.comments.note import Author, Note
from perfrules.documents.comments.package import OFFICE, Package
from perfrules.documents.comments.parts import Node, Part, broken, escaped
from perfrules.documents.sheet import letters

BOOK = "xl/workbook.xml"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND, _DRAWN = f"{OFFICE}/comments", f"{OFFICE}/vmlDrawing"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_FRAMES = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{S}"><authors/><commentList/></comments>'.encode()
_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing"
)
_BEFORE = frozenset(_ORDER.split())
"""What stands before the reference to the drawing of comments in a sheet (ECMA-376, 18.3.1.99)."""
_LOOK = '<rPr><sz val="9"/><rFont val="宋体"/></rPr>'
_MOST = 32_000
"""Characters of a comment; a program takes 32,767 in a cell."""


def commented_workbook(path: str, data: bytes, notes: Sequence[Note], author: Author) -> bytes:
    """The workbook with its notes; those without a cell go to the first one. Raises ReadError where a part is not sound."""
    package = Package(path, data)
    sheets = _sheets(package)
    by_sheet: dict[str, dict[str, list[Note]]] = {}
    for note in notes:
        title, _, cell = note.where.address.rpartition("!") if note.where else ("", "", "")
        is_there = title in sheets and _is_cell(cell)
        part = sheets[title] if is_there else next(iter(sheets.values()))
        by_sheet.setdefault(part, {}).setdefault(cell if is_there else "A1", []).append(note)
    for part, by_cell in by_sheet.items():
        _comment(package, part, by_cell, author)
    return package.written()


def _is_cell(cell: str) -> bool:
    name = cell.rstrip("0123456789")
    return (
        name.isascii() and name.isalpha() and name.isupper() and len(name) < 4 and len(name) < len(cell) < 12
    )


def _sheets(package: Package) -> Mapping[str, str]:
    """The part of each sheet of cells by its title; those that are seen come first."""
    links = {id: (kind, to) for id, kind, to in package.links(BOOK)}
    found: list[tuple[bool, str, str]] = []
    for node in package.part(BOOK).nodes:
        if node.tag != f"{{{S}}}sheet":
            continue
        kind, to = links.get(node.attributes.get(f"{OFFICE}}}id", ""), ("", ""))
        if kind == f"{OFFICE}/worksheet" and to in package.names:
            is_hidden = node.attributes.get("state", "visible") != "visible"
            found.append((is_hidden, node.attributes.get("name", ""), to))
    if not found:
        raise broken(package.path)
    return {title: to for _, title, to in sorted(found, key=lambda each: each[0])}


def _comment(package: Package, sheet: str, by_cell: Mapping[str, Sequence[Note]], author: Author) -> None:
    """Puts the notes of one sheet into its comments and its drawing."""
    name = _comments(package, sheet)
    comments = _opened_up(package, name)
    known = {node.attributes.get("ref", ""): node for node in comments.nodes if node.tag == f"{{{S}}}comment"}
    placed = _placed(by_cell, set(known), _threads(package, sheet))
    edits, added = dict[int, bytes](), list[str]()
    number, authors = _author(comments, author)
    for cell, each in placed.items():
        text = _text(each)
        if cell in known:
            edits |= _going_on(comments, known[cell], text)
        else:
            added.append(_written(comments, cell, number, text))
    within = {node.tag.rpartition("}")[2]: node for node in comments.root.children}
    for node, inside in ((within.get("authors"), authors), (within.get("commentList"), "".join(added))):
        if node is not None and inside:
            edits[node.closing] = inside.encode()
    package.put(name, comments.with_edits(edits))
    new = {cell: _text(each) for cell, each in placed.items() if cell not in known}
    if new:
        frames = _drawing(package, sheet)
        package.put(frames, with_frames(package.content(frames), new, package.path))


def _opened_up(package: Package, name: str) -> Part:
    """The comments with room in every list: `<authors/>` becomes `<authors></authors>`, which says the same."""
    part = package.part(name)
    while (node := next((each for each in part.root.children if each.is_empty), None)) is not None:
        package.put(name, part.rewritten(node.end - 2, node.end, f"></{node.name}>"))
        part = package.part(name)
    return part


def _placed(
    by_cell: Mapping[str, Sequence[Note]], known: set[str], threads: set[str]
) -> Mapping[str, Sequence[Note]]:
    """The notes by the cell they go to: one with a discussion is left alone."""
    placed: dict[str, list[Note]] = {}
    for cell, notes in by_cell.items():
        target = cell
        while target in threads or (target != cell and (target in known or target in by_cell)):
            target = _right_of(target)
        said = (
            [evolve(each, lines=(f"针对 {cell}:", *each.lines)) for each in notes]
            if target != cell
            else notes
        )
        placed.setdefault(target, []).extend(said)
    return placed


def _right_of(cell: str) -> str:
    name = cell.rstrip("0123456789")
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - 64
    return letters(column) + cell[len(name) :]


def _threads(package: Package, sheet: str) -> set[str]:
    """The cells of a sheet that have a discussion."""
    name = package.linked(sheet, _THREADS)
    nodes = package.part(name).nodes if name else ()
    return {node.attributes["ref"] for node in nodes if "ref" in node.attributes}


def _comments(package: Package, sheet: str) -> str:
    """The part with the comments of a sheet, made where there is none."""
    name = package.linked(sheet, _KIND)
    if name is None:
        name = package.free("xl/comments{}.xml")
        package.link(sheet, _KIND, name)
        package.declare(name, _CONTENT)
        package.put(name, _EMPTY)
    return name


def _drawing(package: Package, sheet: str) -> str:
    """The part with the frames of a sheet's comments, made and referred to where there is none."""
    part = package.part(sheet, depth=2)
    reference = next((each for each in part.root.children if each.tag == f"{{{S}}}legacyDrawing"), None)
    if reference is not None:
        wanted = reference.attributes.get(f"{OFFICE}}}id", "")
        found = next((to for id, _, to in package.links(sheet) if id == wanted and to in package.names), None)
        if found is not None:
            return found
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    package.put(name, NO_FRAMES)
    package.declare_suffix("vml", _FRAMES)
    id = package.link(sheet, _DRAWN, name)
    if reference is not None:  # it refers to nothing
        at = part.content[reference.start : reference.end].replace(wanted.encode(), id.encode())
        package.put(sheet, part.rewritten(reference.start, reference.end, at.decode()))
        return name
    place = max(each.end for each in part.root.children if each.tag.rpartition("}")[2] in _BEFORE)
    words = f'<{part.named("legacyDrawing")} xmlns:r="{OFFICE}" r:id="{id}"/>'
    package.put(sheet, part.with_edits({place: words.encode()}))
    return name


def _author(comments: Part, author: Author) -> tuple[int, str]:
    """The number of the author among those of the comments, and what is added where he is new."""
    listed = [node for node in comments.nodes if node.tag == f"{{{S}}}author"]
    names = ["".join(piece for piece, _ in node.text) for node in listed]
    if author.name in names:
        return names.index(author.name), ""
    tag = comments.named("author")
    return len(names), f"<{tag}>{escaped(author.name)}</{tag}>"


def _text(notes: Sequence[Note]) -> str:
    return "\n\n".join("\n".join(each.lines) for each in notes)[:_MOST]


def _written(comments: Part, cell: str, author: int, text: str) -> str:
    tag = comments.named
    return f'<{tag("comment")} ref="{cell}" authorId="{author}"><{tag("text")}>{_run(comments, text)}</{tag("text")}></{tag("comment")}>'


def _run(comments: Part, text: str) -> str:
    r, t = comments.named("r"), comments.named("t")
    look = _LOOK if r == "r" else ""
    return f'<{r}>{look}<{t} xml:space="preserve">{escaped(text)}</{t}></{r}>'


def _going_on(comments: Part, comment: Node, text: str) -> dict[int, bytes]:
    """What is put into a comment so that it goes on: a text that is no run becomes one, for both cannot be beside each other."""
    inside = next(each for each in comment.children if each.tag == f"{{{S}}}text")
    r = comments.named("r")
    edits: dict[int, bytes] = {}
    for each in inside.children:
        if each.tag == f"{{{S}}}t":
            edits[each.start] = f"<{r}>".encode()
            edits[each.end] = f"</{r}>".encode()
    added = _run(comments, f"\n\n{text}").encode()
    last = inside.children[-1].end if inside.children else inside.closing
    edits[last] = edits.get(last, b"") + added
    return edits
