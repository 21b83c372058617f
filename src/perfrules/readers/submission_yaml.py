"""A YAML file in the submission format becomes a submission: every value is the text that stands in the file."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import yaml
from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.documents import decode
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.subject import SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Document, Submission
from perfrules.readers.structured import submission_from
from perfrules.readers.submission_json import MAX_NESTING

_NOTHING = ("", "~", "null", "Null", "NULL")
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(source: str, data: bytes, types: Mapping[str, SubjectType] = CORE_TYPES) -> Submission:
    """The submission in a YAML file; raises ReadError with its faults, and where it is no plain YAML.

    Numbers are never made floats: `0.10` is the text 0.10. Anchors and tags are refused.
    """
    text = decode(data, source)
    try:
        _look(text, source)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise _broken(source, error) from None
    value = _value(node, source) if node is not None else None
    if not isinstance(value, dict):
        message = Bilingual("文件顶层应为键和值", "the file must hold keys and values")
        raise ReadError(Fault("submission.type", message, Location(source, "/")))
    document = Document(source, sha256(data).hexdigest(), "submission")
    return evolve(submission_from(value, source, types), documents=(document,))


def _look(text: str, source: str) -> None:
    """Refuses what a submission needs not: anchors, tags, several documents, nesting beyond measure."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        opens = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
        depth += opens - isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > MAX_NESTING:
            raise _refused(source, event, "nesting", "嵌套过深", "nested too deeply")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _refused(
                source,
                event,
                "anchor",
                "报送文件不用锚点 (&、*) 和标签 (!)",
                "no anchors (&, *) or tags (!) here",
            )
        if documents > 1:
            raise _refused(source, event, "type", "一个文件只写一份报送", "one submission in a file")


def _value(node: yaml.Node, source: str) -> object:
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NOTHING else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, source) for each in node.value]
    found: dict[str, object] = {}
    assert isinstance(node, yaml.MappingNode)
    for key, each in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _refused(source, key, "type", "键应为文字", "a key must be a text")
        if key.value in found:
            zh, en = f"键 {key.value} 在同一对象中出现两次", f"key {key.value} stands twice in one object"
            raise _refused(source, key, "duplicate_key", zh, en)
        found[key.value] = _value(each, source)
    return found


def _refused(source: str, at: yaml.Event | yaml.Node, code: str, zh: str, en: str) -> ReadError:
    mark = at.start_mark
    where = Location(source, line=mark.line + 1, column=mark.column + 1) if mark else Location(source)
    return ReadError(Fault(f"submission.{code}", Bilingual(zh, en), where))


def _broken(source: str, error: yaml.YAMLError) -> ReadError:
    mark = getattr(error, "problem_mark", None)
    where = Location(source, line=mark.line + 1, column=mark.column + 1) if mark else Location(source)
    message = Bilingual("不是合法的 YAML", "this is not YAML")
    hint = Bilingual(
        "请检查所指位置前后的缩进和冒号", "look at the indentation and the colons around the place"
    )
    return ReadError(Fault("submission.not_yaml", message, where, hint))
