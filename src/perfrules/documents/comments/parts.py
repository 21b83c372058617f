"""A part of an office file as bytes whose every element knows where it stands, so that it is edited and never written anew.

What writes XML anew renames prefixes that other parts of the file rely on, and drops what it does not know. Here bytes are put in
between, and all others stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from attrs import define, field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

_TAG = re.compile(rb"<([^\s/>]+)(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*(/?)>")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = b"\xef\xbb\xbf"


@define(eq=False)
class Node:
    """An element: its name as ElementTree writes it and as it stands there, its attributes, and where its tags stand.

    `opened` is the place behind its first tag and `closing` that of its last; of `<a/>` both are the end. `text` are pieces of
    its own text with the places of their bytes, None where a piece cannot be cut.
    """

    tag: str
    name: str
    attributes: Mapping[str, str]
    start: int
    opened: int
    parent: Node | None
    closing: int = 0
    end: int = 0
    children: list[Node] = field(factory=list)
    text: list[tuple[str, int | None]] = field(factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it is written `<a/>`."""
        return self.opened == self.end

    def above(self) -> Iterator[Node]:
        """The elements around it, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def byte(self, offset: int) -> int | None:
        """Where the character of its text at that offset stands; None where a cut there would break it."""
        for piece, at in self.text:
            if offset < len(piece):
                return None if at is None and offset else at if not offset else _within(piece, at, offset)
            offset -= len(piece)
        return None


def _within(piece: str, at: int | None, offset: int) -> int | None:
    return None if at is None else at + len(piece[:offset].encode())


@frozen
class Part:
    """A part in UTF-8 with its elements in the order in which they begin, and the encoding it is written in."""

    content: bytes
    nodes: tuple[Node, ...]
    encoding: str = "utf-8"

    @property
    def root(self) -> Node:
        """The outermost element."""
        return self.nodes[0]

    def with_edits(self, edits: Mapping[int, bytes]) -> bytes:
        """The part with bytes put in at these places, in its own encoding."""
        pieces, at = [], 0
        for place in sorted(edits):
            pieces += [self.content[at:place], edits[place]]
            at = place
        return self._encoded(b"".join([*pieces, self.content[at:]]))

    def with_last(self, inside: str, within: Node | None = None) -> bytes:
        """The part with something put in behind all that stands in an element, by default the outermost."""
        node = within or self.root
        if not node.is_empty:
            return self.with_edits({node.closing: inside.encode()})
        return self.rewritten(node.end - 2, node.end, f">{inside}</{node.name}>")

    def rewritten(self, start: int, end: int, text: str) -> bytes:
        """The part with something else in place of a range."""
        return self._encoded(self.content[:start] + text.encode() + self.content[end:])

    def _encoded(self, whole: bytes) -> bytes:
        return (
            whole if self.encoding == "utf-8" else whole.decode().encode(self.encoding, "xmlcharrefreplace")
        )

    def declares(self, prefix: str, space: str) -> bool:
        """Whether its outermost element gives a prefix that meaning."""
        opened = self.content[self.root.start : self.root.opened].decode()
        return re.search(rf"\sxmlns:{prefix}\s*=\s*[\"']{re.escape(space)}[\"']", opened) is not None

    def named(self, name: str) -> str:
        """A name with the prefix that the outermost element has."""
        prefix, has_one, _ = self.root.name.partition(":")
        return f"{prefix}:{name}" if has_one else name


def part_of(content: bytes, path: str, depth: int = 10_000) -> Part:
    """A part opened down to a depth; raises ReadError where its XML is not sound, or has a document type."""
    text, encoding = _decoded(content, path)
    reader = _Reader(text, depth)
    try:
        reader.parse()
    except (ExpatError, ValueError):
        raise broken(path) from None
    return Part(text, tuple(reader.nodes), encoding)


def _decoded(content: bytes, path: str) -> tuple[bytes, str]:
    """The content in UTF-8, and the encoding to give back."""
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16").encode(), "utf-16"
        except UnicodeDecodeError:
            raise broken(path) from None
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']", content)
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8"):
        return content, "utf-8"
    try:
        return content.decode(name).encode(), name
    except (LookupError, UnicodeDecodeError):
        raise broken(path) from None


def broken(path: str) -> ReadError:
    """What is told of a file whose parts are not as they should be."""
    message = Bilingual(
        "文件内容不是有效的 XML, 不能批注", "the file's XML is not sound; no comment can be put in"
    )
    hint = Bilingual("用 WPS 或 Word 打开后另存一份", "open it in WPS or Word and save it again")
    return ReadError(Fault("read.broken", message, Location(path), hint))


class _Reader:
    """Gathers the elements of a part with the places of their bytes."""

    def __init__(self, text: bytes, depth: int) -> None:
        self.source, self.most, self.depth = text, depth, 0
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.is_raw = False
        self.parser = ParserCreate("utf-8", "}")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartCdataSectionHandler = self.raw(True)
        self.parser.EndCdataSectionHandler = self.raw(False)
        self.parser.StartDoctypeDeclHandler = self.refuse

    def parse(self) -> None:
        self.parser.Parse(self.source, True)

    def raw(self, begins: bool) -> Callable[[], None]:
        def told() -> None:
            self.is_raw = begins

        return told

    def refuse(self, *_: object) -> None:
        raise ValueError("a document type")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.most:
            return
        at = self.parser.CurrentByteIndex
        found = _TAG.match(self.source, at)
        if found is None:
            raise ValueError("a tag that is none")
        name = "{" + tag if "}" in tag else tag
        node = Node(
            name, found[1].decode(), attributes, at, found.end(), self.open[-1] if self.open else None
        )
        if found[2]:
            node.closing = node.end = node.opened
        if node.parent is not None:
            node.parent.children.append(node)
        self.nodes.append(node)
        self.open.append(node)

    def end(self, _: str) -> None:
        self.depth -= 1
        if self.depth >= self.most:
            return
        node = self.open.pop()
        if not node.end:
            node.closing = self.parser.CurrentByteIndex
            node.end = self.source.index(b">", node.closing) + 1

    def characters(self, text: str) -> None:
        if self.open and self.depth <= self.most:
            at = self.parser.CurrentByteIndex
            is_plain = not self.is_raw and self.source.startswith(text.encode(), at)
            self.open[-1].text.append((text, at if is_plain or self._is_reference(at) else None))

    def _is_reference(self, at: int) -> bool:
        return not self.is_raw and self.source[at : at + 1] == b"&"


def escaped(text: str) -> str:
    """A text as it stands in XML, between tags or in quotation marks, without characters that XML has not."""
    from xml.sax.saxutils import escape

    return escape(_NOT_XML.sub("", text), {'"': "&quot;"})


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
