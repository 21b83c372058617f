"""Where a comment is put into the XML of a Word document: exactly at its words, or as near as Word allows.

Word ignores comments in text boxes, notes, heads and feet of pages ([MS-OI29500] 2.1.315): there they go to the run that holds
the box or the mark of the note, or to the first paragraph. Words of a control that is bound to data, which Word writes anew,
are marked around the control.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from attrs import frozen

from perfrules.documents.comments.parts import Node, Part
from perfrules.documents.word import BODY, FALLBACK, GONE, Origin, W

ID = f"{W[1:]}id"
_HOLD = {
    f"{W}{name}"
    for name in ("p", "ins", "moveTo", "hyperlink", "sdtContent", "smartTag", "fldSimple", "customXml", "dir", "bdo")
}  # fmt: skip
"""What may hold the marks of a comment beside its runs."""
_NOTES = {f"{W}footnote": f"{W}footnoteReference", f"{W}endnote": f"{W}endnoteReference"}


class Cut(Enum):
    """What a mark parts: nothing, a run between two of its elements, or the text of one."""

    BETWEEN = "between"
    RUN = "run"
    TEXT = "text"


@frozen
class Spot:
    """A place for a mark: the byte, and the text element that is cut there."""

    at: int
    cut: Cut = Cut.BETWEEN
    node: Node | None = None


@frozen
class Anchor:
    """Where a comment begins and ends; `aside` says in what its words stand, where it could not be put at them itself."""

    start: Spot
    end: Spot
    aside: str = ""


class Places:
    """The places of one document: its body, its other parts, and where its text stands in them."""

    def __init__(self, parts: Mapping[str, Part], found: Sequence[Origin]) -> None:
        self.parts, self.found = parts, found
        self.body = parts[BODY]
        self.boxes = {id(node) for node in self.body.nodes if node.tag == f"{W}txbxContent"}

    def anchor(self, span: tuple[int, int] | None) -> Anchor | None:
        """Where a comment on these characters of the text goes; None where the document has no place for one."""
        held = [each for each in self.found if span and each.start < span[1] and each.end > span[0]]
        if not held or span is None:
            return self.first("")
        first, last = held[0], held[-1]
        if any(each.part != BODY for each in (first, last)):
            return self.beside_part(first)
        nodes = [self.body.nodes[each.element] for each in (first, last)]
        box = next((found for found in map(self.box, nodes) if found is not None), None)
        if box is not None:
            return _around(box, "文本框")
        start = _cut(nodes[0], max(span[0], first.start) - first.start + first.offset)
        end = _cut(nodes[1], min(span[1], last.end) - last.start + last.offset, closes=True)
        return Anchor(start, end)

    def box(self, node: Node) -> Node | None:
        """The outermost text box a node stands in."""
        return next((each for each in reversed([*node.above()]) if id(each) in self.boxes), None)

    def beside_part(self, origin: Origin) -> Anchor | None:
        """A place in the body for words of a note, or of the head or foot of a page."""
        node = self.parts[origin.part].nodes[origin.element]
        for note in node.above():
            if mark := _NOTES.get(note.tag):
                marks = (each for each in self.body.nodes if each.tag == mark and each.attributes.get(ID) == note.attributes.get(ID))  # fmt: skip
                found = next((each for each in marks if self.box(each) is None), None)
                said = "脚注" if note.tag == f"{W}footnote" else "尾注"
                return _around(found, said) if found else self.first(said)
        return self.first("页眉" if "header" in origin.part else "页脚")

    def first(self, aside: str) -> Anchor | None:
        """The first paragraph with words, or the first of all."""
        texts = (
            each for each in self.body.nodes if each.tag == f"{W}t" and each.text and self.is_plain(each)
        )
        if (text := next(texts, None)) is not None:
            around = next(each for each in text.above() if each.tag == f"{W}p")
            last = [text, *_runs(around)][-1]
            return Anchor(_cut(text, 0), _around(last, "").end, aside)
        paragraph = next(
            (each for each in self.body.nodes if each.tag == f"{W}p" and not each.is_empty), None
        )
        spot = Spot(paragraph.closing) if paragraph else None
        return Anchor(spot, spot, aside) if spot else None

    def is_plain(self, node: Node) -> bool:
        """Whether a node is text of the body that is not deleted and stands in no box."""
        around = {each.tag for each in node.above()}
        return self.box(node) is None and not around & GONE and FALLBACK not in around and f"{W}p" in around


def _runs(paragraph: Node) -> Iterator[Node]:
    """The runs of a paragraph, those in its boxes and those deleted left out."""
    for child in paragraph.children:
        if child.tag == f"{W}r":
            yield child
        elif child.tag in _HOLD or child.tag == f"{W}sdt":
            yield from _runs(child)


def _run(node: Node) -> Node:
    """What is marked as a whole around a node: its run, or what around that may have no marks inside."""
    chain = [node]
    for above in node.above():
        if above.tag == f"{W}p":
            break
        chain.append(above)
    at = next((place for place, each in enumerate(chain) if each.tag == f"{W}r"), len(chain) - 1)
    for place, each in enumerate(chain[at + 1 :], at + 1):
        if (each.tag not in _HOLD and each.tag != f"{W}sdt") or (each.tag == f"{W}sdt" and _is_bound(each)):
            at = place
    return chain[at]


def _is_bound(control: Node) -> bool:
    """Whether Word fills a control from data, so that marks inside would be lost."""
    properties = (each for each in control.children if each.tag == f"{W}sdtPr")
    return any(each.tag.endswith("}dataBinding") for found in properties for each in found.children)


def _around(node: Node, aside: str) -> Anchor:
    """The run that holds a node as a whole: of a text box, the run in the paragraph that holds the box."""
    runs = [each for each in (node, *node.above()) if each.tag == f"{W}r"]
    outer = _run(runs[-1] if aside == "文本框" and runs else node)
    return Anchor(Spot(outer.start), Spot(outer.end), aside)


def _cut(text: Node, offset: int, *, closes: bool = False) -> Spot:
    """The place of a mark before that character of a text; `closes`: behind the one before it."""
    run, around = text.parent, _run(text)
    if run is None or run is not around:
        return Spot(around.end if closes else around.start)
    words = [each for each in run.children if each.tag != f"{W}rPr"]
    length = sum(len(piece) for piece, _ in text.text) if text.tag == f"{W}t" else 1
    if offset == 0:
        return Spot(run.start) if text is words[0] else Spot(text.start, Cut.RUN, text)
    if offset >= length:
        return Spot(run.end) if text is words[-1] else Spot(text.end, Cut.RUN, text)
    at = text.byte(offset)
    if at is None:
        return Spot(run.end if closes else run.start)
    return Spot(at, Cut.TEXT, text)
