"""The XML of office files parsed: no document types, no entities, nothing fetched."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location


def root_of(content: bytes, path: str) -> Element:
    """The root of a part of the file at that path; raises ReadError where it is not sound, or has a document type."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        message = Bilingual("文档内容不是有效的 XML, 未读取", "the document's XML is not sound, and not read")
        hint = Bilingual("用 WPS 或 Word 打开后另存一份", "open it in WPS or Word and save it again")
        raise ReadError(Fault("read.broken", message, Location(path), hint)) from None
    assert isinstance(root, Element)
    return root
