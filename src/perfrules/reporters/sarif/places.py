"""Places as SARIF has them: an artifact, and in it a region of text, or the address that its kind of file has."""

from __future__ import annotations

import os
import re
from pathlib import PurePath
from urllib.parse import quote

from perfrules.location import Location
from perfrules.reporters.facts_json import Json

TEXTS = (".txt", ".md", "")
"""Suffixes of files in which a span of the text is a place in the file; in all others it is one in what was read of it."""
_DRIVE = re.compile(r"[A-Za-z]:/")
_LINE_END = re.compile(r"\r\n|\r|\n")


def uri(path: str) -> str:
    """A path as the URI of an artifact: relative as it was given, else of scheme `file`, in UTF-8 and percent-encoded.

    >>> uri("报告/a b.txt"), uri("/x/y.txt")
    ('%E6%8A%A5%E5%91%8A/a%20b.txt', 'file:///x/y.txt')
    """
    parts = path.replace(os.sep, "/")
    drive = _DRIVE.match(parts)
    rest = parts[drive.end() :] if drive else parts
    encoded = quote(rest.encode("utf-8", "surrogateescape"), safe="/")
    if drive:
        return f"file:///{drive.group()}{encoded}"
    return f"file://{encoded}" if parts.startswith("/") else encoded


def place_of(location: Location, words: str = "", said: str = "") -> Json:
    """A location with the words that stand there, and what is said of it."""
    found: Json = {"physicalLocation": {"artifactLocation": {"uri": uri(location.source)}}}
    within = region(location, words)
    if within:
        found["physicalLocation"] = {"artifactLocation": {"uri": uri(location.source)}, "region": within}
    elif location.address:
        found["logicalLocations"] = [{"fullyQualifiedName": location.address}]
    return found | ({"message": {"text": said}} if said else {})


def region(location: Location, words: str) -> Json:
    """The region in a text file, in code points counted as SARIF does; nothing where the file has none.

    Its end in lines and columns is told where the words are known as they stand in the file; else the offsets alone.
    """
    if location.span is None or PurePath(location.source).suffix.lower() not in TEXTS:
        return {}
    start, end = location.span
    offsets: Json = {"charOffset": start, "charLength": end - start}
    if location.line is None or location.column is None or len(words) != end - start:
        return offsets
    lines = _LINE_END.split(words)
    last = len(lines[-1]) + (location.column if len(lines) == 1 else 1)
    return {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.line + len(lines) - 1,
        "endColumn": last,
        **offsets,
        "snippet": {"text": words},
    }
