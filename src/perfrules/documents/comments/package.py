"""An office file while comments are put in: its parts, what they refer to, and the kinds they are said to be."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from io import BytesIO
from zipfile import ZipFile

from perfrules.documents.archive import parts_of
from perfrules.documents.comments.archives import with_parts
from perfrules.documents.comments.parts import Part, broken, escaped, part_of

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "[Content_Types].xml"
_NO_LINKS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_LINKS}"/>'.encode()
)


class Package:
    """The parts of one file; `changed` are those that were edited or added."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path, self.data = path, data
        parts_of(data, path, ())  # tells what is no sound archive
        with ZipFile(BytesIO(data)) as archive:
            self.names = set(archive.namelist())
        self.changed: dict[str, bytes] = {}

    def content(self, name: str) -> bytes:
        """A part as it is by now; raises ReadError where the file has none of that name."""
        if name not in self.names:
            raise broken(self.path)
        return self.changed.get(name) or parts_of(self.data, self.path, (name,))[name]

    def part(self, name: str, depth: int = 10_000) -> Part:
        """A part opened; raises ReadError where it is not sound."""
        return part_of(self.content(name), self.path, depth)

    def put(self, name: str, content: bytes) -> None:
        """Replaces or adds a part."""
        self.changed[name] = content
        self.names.add(name)

    def written(self) -> bytes:
        """The whole file: all parts that were not changed byte for byte."""
        return with_parts(self.data, self.changed)

    def links(self, part: str) -> tuple[tuple[str, str, str], ...]:
        """What a part refers to: id, kind and name of the other part."""
        name = _links_of(part)
        if name not in self.names:
            return ()
        folder = posixpath.dirname(part)
        return tuple(
            (said.get("Id", ""), said.get("Type", ""), _joined(folder, said.get("Target", "")))
            for said in (node.attributes for node in self.part(name).root.children)
            if said.get("TargetMode") != "External"
        )

    def linked(self, part: str, kind: str) -> str | None:
        """The part of a kind that a part refers to; None where it refers to none that is there."""
        return next((to for _, said, to in self.links(part) if said == kind and to in self.names), None)

    def link(self, part: str, kind: str, target: str) -> str:
        """Makes a part refer to another, and gives the id of that."""
        name = _links_of(part)
        if name not in self.names:
            self.put(name, _NO_LINKS)
        there = self.part(name)
        taken = {node.attributes.get("Id", "") for node in there.root.children}
        id = _free("rId{}", taken)
        words = f'Id="{id}" Type="{escaped(kind)}" Target="/{escaped(target)}"'
        self.put(name, there.with_last(f"<{there.named('Relationship')} {words}/>"))
        return id

    def free(self, form: str) -> str:
        """A name that no part has yet."""
        known = {name.lower() for name in self.names}
        number = 1
        while form.format(number).lower() in known:
            number += 1
        return form.format(number)

    def declare(self, part: str, kind: str) -> None:
        """Says what kind of part one is."""
        types = self.part(_TYPES)
        self.put(
            _TYPES, types.with_last(f'<{types.named("Override")} PartName="/{part}" ContentType="{kind}"/>')
        )

    def declare_suffix(self, suffix: str, kind: str) -> None:
        """Says what kind all parts with a suffix are, where nothing says so yet."""
        types = self.part(_TYPES)
        known = {node.attributes.get("Extension", "").lower() for node in types.root.children}
        if suffix not in known:
            words = f'<{types.named("Default")} Extension="{suffix}" ContentType="{kind}"/>'
            self.put(_TYPES, types.with_edits({types.root.opened: words.encode()}))


def _free(form: str, taken: Iterable[str]) -> str:
    known, number = set(taken), 1
    while form.format(number) in known:
        number += 1
    return form.format(number)


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _joined(folder: str, target: str) -> str:
    """The name of the part that a target means, as seen from a folder."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(f"{folder}/{target}")
