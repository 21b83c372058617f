"""Files that cannot be read, as they arrive: pictures of paper, a locked document, a damaged one."""

from __future__ import annotations

from collections.abc import Callable

from making.office_files import docx


def scan() -> bytes:
    """A PDF whose one page is a picture."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</S 5 0 R>>>>>>",
        _stream(b"", b"595 0 0 842 0 0 cm /S Do"),
        _stream(
            b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"\xee"
        ),
    )
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(made))
    return made + head + table + tail


def _stream(more: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(content), content)


def encrypted() -> bytes:
    """What Word writes when a document has a password: no archive, but an old container with the names of its parts."""
    names = "".join(f"{name}\0" for name in ("EncryptionInfo", "EncryptedPackage")).encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names + bytes(1024)


def damaged() -> bytes:
    """A Word document whose end is missing."""
    whole = docx("云岭县市政养护所2022年上半年部门整体绩效监控报告\n年初预算12.00万元。\n")
    return whole[: len(whole) // 2]


UNREADABLE: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
    ("园林绿化所/绩效监控报告.pdf", "scan", "扫描件", scan),
    ("殡葬服务所/绩效监控报告.docx", "encrypted", "加密", encrypted),
    ("市政养护所/绩效监控报告.docx", "broken", "文件不完整", damaged),
)
"""Department and file, the reason to be told, what it is, and how it is made."""
