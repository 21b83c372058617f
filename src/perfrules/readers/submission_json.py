"""A JSON file in the submission format becomes a submission; numbers keep the digits they are written with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents import decode
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.subject import SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Document, Submission
from perfrules.readers.structured import submission_from

MAX_NESTING = 50
MAX_LITERAL = 200
"""Digits and exponent of a number beyond which it is no amount of anything."""


def read_json(source: str, data: bytes, types: Mapping[str, SubjectType] = CORE_TYPES) -> Submission:
    """The submission in a JSON file; raises ReadError with every fault it has, or the place where it is no JSON."""
    text = decode(data, source)
    parsed = _parsed(text, source)
    if not isinstance(parsed, dict):
        message = Bilingual("文件顶层应为对象 { … }", "the file must hold one object { … }")
        raise ReadError(Fault("submission.type", message, Location(source, "/")))
    document = Document(source, sha256(data).hexdigest(), "submission")
    return evolve(submission_from(parsed, source, types), documents=(document,))


def _parsed(text: str, source: str) -> object:
    repeated = list[str]()

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in items]
        repeated.extend(dict.fromkeys(key for key in keys if keys.count(key) > 1))
        return dict(items)

    if _nesting(text) > MAX_NESTING:
        raise ReadError(_fault(source, "submission.nesting", "嵌套过深", "nested too deeply"))
    try:
        parsed: object = json.loads(
            text, parse_float=_number, parse_int=_number, parse_constant=_constant, object_pairs_hook=pairs
        )
    except json.JSONDecodeError as error:
        raise ReadError(_broken(text, source, error)) from error
    except (InvalidOperation, ValueError) as error:
        raise ReadError(
            _fault(source, "submission.number", f"不是可用的数: {error}", f"no usable number: {error}")
        ) from error
    if repeated:
        raise ReadError([_duplicate(source, key) for key in repeated])
    return parsed


def _number(words: str) -> Decimal:
    """The number as written; `1e999999999` would fill the memory when written out."""
    value = Decimal(words)
    if len(words) > MAX_LITERAL or abs(value.adjusted()) > MAX_LITERAL:
        raise ValueError(words[:40])
    return value


def _constant(words: str) -> Decimal:
    raise ValueError(words)


def _nesting(text: str) -> int:
    depth, deepest, in_text, escaped = 0, 0, False, False
    for character in text:
        if in_text:
            escaped, in_text = character == "\\" and not escaped, escaped or character != '"'
        elif character == '"':
            in_text = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _broken(text: str, source: str, error: json.JSONDecodeError) -> Fault:
    lines = text.splitlines() or [""]
    excerpt = lines[min(error.lineno, len(lines)) - 1][:200]
    column = min(error.colno - 1, len(excerpt))
    return Fault(
        "submission.not_json",
        Bilingual(f"不是合法的 JSON（{error.msg}）", f"not JSON ({error.msg})"),
        Location(source, line=error.lineno, column=error.colno),
        Bilingual(
            "请检查所指位置前后的逗号、引号和括号", "look at the commas, quotes and brackets around the place"
        ),
        excerpt,
        (column, column + 1),
    )


def _duplicate(source: str, key: str) -> Fault:
    return _fault(
        source,
        "submission.duplicate_key",
        f"键 {key} 在同一对象中出现两次",
        f"key {key} stands twice in one object",
    )


def _fault(source: str, code: str, zh: str, en: str) -> Fault:
    return Fault(code, Bilingual(zh, en), Location(source))
