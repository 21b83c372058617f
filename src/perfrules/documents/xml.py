"""The XML of office files parsed: no document types, no entities, nothing fetched."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from perfrules.bilingual import Bilingual
from perfrules.documents.archive import too_large
from perfrules.errors import Fault, ReadError
from perfrules.location import Location

MOST_BYTES = 48 * 1024 * 1024
MOST_TAGS = 800_000
MOST_ATTRIBUTES = 2_000_000
"""What a part holds at most: some thousand pages as a word processor writes them."""
DEEPEST = 200
"""Elements inside one another at most: whoever goes down them one by one never runs out of room."""


def root_of(content: bytes, path: str) -> Element:
    """The root of a part of the file at that path; raises ReadError where it is not sound, too large, too deep, or has a document type."""
    from defusedxml import DTDForbidden
    from defusedxml.ElementTree import fromstring

    if len(content) > MOST_BYTES or content.count(b"<") > MOST_TAGS or content.count(b"=") > MOST_ATTRIBUTES:
        raise too_large(path)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DTDForbidden:
        raise doctype(path) from None
    except (ParseError, ValueError):
        message = Bilingual("文档内容不是有效的 XML, 未读取", "the document's XML is not sound, and not read")
        hint = Bilingual("用 WPS 或 Word 打开后另存一份", "open it in WPS or Word and save it again")
        raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    assert isinstance(root, Element)
    if _is_too_deep(root):
        raise _too_deep(path)
    return root


def _is_too_deep(root: Element) -> bool:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def _too_deep(path: str) -> ReadError:
    message = Bilingual("文件的 XML 嵌套过深, 未读取", "the file's XML is nested too deeply, and not read")
    hint = Bilingual(
        "正常的 Office 文件不会这样; 用 WPS 或 Office 打开后另存一份",
        "no sound office file is so; open it in WPS or Office and save it again",
    )
    return ReadError(Fault("read.too_deep", message, Location(path), hint))


def doctype(path: str) -> ReadError:
    """The fault of a file whose XML has a document type, which may fetch other files or grow without end."""
    message = Bilingual(
        "文件的 XML 带有 DOCTYPE (文档类型声明), 不允许, 未读取",
        "the file's XML has a DOCTYPE, which is not allowed; it is not read",
    )
    hint = Bilingual(
        "正常的 Office 文件没有它; 用 WPS 或 Office 打开后另存一份",
        "no sound office file has one; open it in WPS or Office and save it again",
    )
    return ReadError(Fault("read.doctype", message, Location(path), hint))
