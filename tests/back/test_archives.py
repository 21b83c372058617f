"""Archives of which some parts are replaced: every other member has the very same bytes."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hypothesis import given
from hypothesis import strategies as st
from tests.back import hard

from perfrules.documents.comments.archives import with_parts

NAMES = st.text("abcxyz/._-甲乙", min_size=1, max_size=8)
PARTS = st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=6)


def archive(parts: dict[str, bytes], comment: bytes = b"", *, stream: bool = False) -> bytes:
    """An archive with members of both kinds; `stream`: with sizes behind them, as programs write that cannot go back."""

    class OneWay(BytesIO):
        def seekable(self) -> bool:
            return not stream

        def seek(self, *_: int) -> int:
            raise OSError if stream else AssertionError

    kept = OneWay() if stream else BytesIO()
    with ZipFile(kept, "w") as whole:
        whole.comment = comment
        for at, (name, content) in enumerate(parts.items()):
            info = ZipInfo(name, (2021, 2, 3, 4, 5, 6))
            info.external_attr = 0o644 << 16
            info.extra = struct.pack("<2H4s", 0x9999, 4, b"more")
            whole.writestr(info, content, ZIP_DEFLATED if at % 2 else ZIP_STORED)
    return kept.getvalue()


@given(PARTS, PARTS, st.binary(max_size=20).filter(lambda each: b"PK" not in each), st.booleans())
def test_only_what_is_replaced_changes(
    before: dict[str, bytes], changed: dict[str, bytes], comment: bytes, stream: bool
) -> None:
    data = archive(before, comment, stream=stream)
    after = with_parts(data, changed)
    assert hard.parts(after) == {**before, **changed}
    assert [*hard.parts(after)] == [*before, *(name for name in changed if name not in before)]
    old, new = hard.members(data), hard.members(after)
    assert all(new[name] == old[name] for name in before if name not in changed)
    with ZipFile(BytesIO(data)) as was, ZipFile(BytesIO(after)) as now:
        assert now.comment == comment
        for info in was.infolist():
            other = now.getinfo(info.filename)
            assert (other.date_time, other.external_attr) == (info.date_time, info.external_attr)
    assert with_parts(data, changed) == after


def test_nothing_to_change_gives_the_same_bytes() -> None:
    data = archive({"a": b"1" * 99, "b/c": b""})
    assert with_parts(data, {}) == data


def test_of_two_members_of_one_name_the_last_is_replaced() -> None:
    kept = BytesIO()
    with ZipFile(kept, "w") as whole:
        whole.writestr(ZipInfo("a"), b"first")
        whole.NameToInfo.clear()
        whole.writestr(ZipInfo("a"), b"second")
    after = with_parts(kept.getvalue(), {"a": b"third"})
    with ZipFile(BytesIO(after)) as whole:
        assert [whole.read(each) for each in whole.infolist()] == [b"first", b"third"]


def test_sizes_in_the_long_form_are_read() -> None:
    kept = BytesIO()
    with ZipFile(kept, "w") as whole, whole.open(ZipInfo("a"), "w", force_zip64=True) as part:
        part.write(b"content")
    after = with_parts(kept.getvalue(), {"b": b"new"})
    assert hard.parts(after) == {"a": b"content", "b": b"new"}
