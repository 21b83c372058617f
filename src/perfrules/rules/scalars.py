"""One expression written canonically in its place in a YAML file, in the style and on the lines its author chose.

In: a scalar as it stands in the file, and the tree of its expression. Out: the text that replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml
from attrs import frozen

from perfrules.errors import ExpressionError
from perfrules.language import Node, parse, to_text
from perfrules.language.folding import folded
from perfrules.language.tokens import Token, tokens

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
_BRACKETS = "()"
_LINE = re.compile(r"([ \t]*)(.*?)([ \t]*(?:\r\n|[\r\n\x85\u2028\u2029]|\Z))", re.DOTALL)
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Scalar:
    """A scalar as it stands in the file: its source, what it is read as, its style, whether inside `{…}` or `[…]`."""

    source: str
    value: str
    style: str | None
    in_flow: bool


def has_comment(text: str) -> bool:
    """Whether an expression that parses has a comment in it."""
    for token in reversed(tokens(text)):
        if token.kind == "text":
            text = text[: token.span[0]] + text[token.span[1] :]
    return "#" in folded(text)


def rewritten(scalar: Scalar, node: Node) -> str:
    """The scalar's source with the expression canonical.

    A block, or a plain text over several lines, keeps its lines: each of them begins with the same word as before. What
    then is not read as the same expression is quoted.
    """
    canonical = to_text(node)
    if canonical == scalar.value.strip():
        return scalar.source
    found = _PROPERTIES.match(scalar.source)
    properties = found.group() if found else ""
    body = scalar.source[len(properties) :]
    for written in _candidates(scalar, body, canonical):
        if scalar.style in ("|", ">") or _is_read_as(written, node, scalar.in_flow):
            return properties + written
    raise AssertionError("a double-quoted text holds any expression")  # pragma: no cover


def _candidates(scalar: Scalar, body: str, canonical: str) -> Iterator[str]:
    """The ways to write it, that of its author first."""
    if scalar.style in ("|", ">"):
        header = _LINE.match(body)
        assert header is not None
        yield header.group() + _in_lines(body[header.end() :], scalar.value, canonical)
    quoted = {"'": "'" + canonical.replace("'", "''") + "'", '"': _double_quoted(canonical)}
    if scalar.style in quoted:
        yield quoted[scalar.style]
    else:
        yield _in_lines(body, scalar.value, canonical)
    yield from quoted.values()


def _double_quoted(text: str) -> str:
    return yaml.dump(text, default_style='"', allow_unicode=True, width=10**9).rstrip("\n")


def _is_read_as(written: str, node: Node, in_flow: bool) -> bool:
    """Whether YAML reads a scalar as text of that expression, at such a place."""
    try:
        root = yaml.compose(f"{{k: {written}}}" if in_flow else f"k: {written}", Loader=_LOADER)
        assert isinstance(root, yaml.MappingNode)
        ((_, value),) = root.value
        return isinstance(value, yaml.ScalarNode) and parse(value.value) == node
    except (yaml.YAMLError, ExpressionError, ValueError):
        return False


def _in_lines(source: str, value: str, canonical: str) -> str:
    """Canonical text on the lines of the source; a line of which nothing is left is dropped."""
    lines = [found.groups() for found in _LINE.finditer(source) if found.group()]
    starts, at = [], 0
    for _, content, _ in lines:  # the value has the same contents in order, with other white space between
        at = value.index(content, at)
        starts.append(at)
        at += len(content)
    pieces = _pieces(canonical, _rows(value, starts, canonical))
    first = next(row for row, (_, content, _) in enumerate(lines) if content)
    pieces[first] = pieces.pop(min(pieces))  # a block is as far in as its first line
    written = ""
    for row, (indent, content, end) in enumerate(lines):
        if row in pieces:
            written += indent + pieces[row] + (end if pieces[row] == content else end.lstrip(" \t"))
        elif not content:
            written += indent + end
    return written


def _rows(value: str, starts: Sequence[int], canonical: str) -> list[tuple[Token, int]]:
    """Each token of the canonical text with the line of its twin; only brackets come and go between the two."""
    before = tokens(value)[:-1]
    found, at, row = [], 0, 0
    for token in tokens(canonical)[:-1]:
        while at < len(before) and before[at].kind in _BRACKETS and before[at].kind != token.kind:
            at += 1
        if at < len(before) and before[at].kind == token.kind:
            begin = before[at].span[0]
            row = max(index for index, start in enumerate(starts) if start <= begin)
            at += 1
        found.append((token, row))
    return found


def _pieces(canonical: str, rows: Sequence[tuple[Token, int]]) -> dict[int, str]:
    """The text of each line."""
    cuts = [(token.span[0], row) for token, row in rows]
    starts = [each for index, each in enumerate(cuts) if index == 0 or each[1] != cuts[index - 1][1]]
    ends = [start for start, _ in starts[1:]] + [len(canonical)]
    return {row: canonical[start:end].strip() for (start, row), end in zip(starts, ends, strict=True)}
