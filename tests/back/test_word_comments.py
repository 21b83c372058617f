"""Comments in Word documents: at exactly their words, nothing else changed, and the file reads as before."""

from __future__ import annotations

import random
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from tests.back import hard

from perfrules.documents import word_document
from perfrules.documents.comments import Author, Note, commented
from perfrules.documents.comments.word import commented_word
from perfrules.errors import ReadError
from perfrules.location import Location
from perfrules.model.fact import Fact
from perfrules.model.submission import Submission
from perfrules.plugins import catalog

FILES = sorted((Path(__file__).parents[1] / "files").glob("w*.docx"))
CATALOG = catalog()
AUTHOR = Author("财政局核对意见")
EDITED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}


def note(data: bytes, words: str) -> Note:
    text = word_document("报告.docx", data).text
    assert text.count(words) == 1, words
    start = text.index(words)
    return Note((f"请核对{words}",), Location("报告.docx", "¶1", (start, start + len(words))), words)


def facts(submission: Submission) -> list[Fact]:
    return [
        fact for path in submission.walk() for fact in path[-1].facts.values() if fact.location is not None
    ]


def is_placed(fact: Fact) -> bool:
    """Whether a fact tells where in the document it stands, not only where in what was read."""
    return fact.location is not None and not fact.location.address.startswith("/")


def read(name: str, data: bytes) -> Submission:
    reader = next(each for each in CATALOG.readers if each.accepts(Path(name), data))
    return evolve(reader.read(name, data, CATALOG.types), documents=())


def new_ids(before: bytes, after: bytes) -> set[str]:
    def ids(data: bytes) -> set[str]:
        content = hard.parts(data).get("word/comments.xml")
        return {each.get(f"{hard.W}id", "") for each in ET.fromstring(content)} if content else set()

    return ids(after) - ids(before)


def assert_only_comments(before: bytes, after: bytes) -> None:
    """Every other part has the same bytes; those that were edited are what they were without the comments."""
    old, new = hard.members(before), hard.members(after)
    assert [*old, *(name for name in new if name not in old)] == [*new]
    assert {name for name in new if old.get(name) != new[name]} <= EDITED
    ids = new_ids(before, after)
    was, now = hard.parts(before), hard.parts(after)
    assert hard.without_comments(now["word/document.xml"], ids) == hard.without_comments(was["word/document.xml"], set())  # fmt: skip
    comments = ET.fromstring(now["word/comments.xml"])
    for each in [*comments]:
        if each.get(f"{hard.W}id") in ids:
            comments.remove(each)
    if "word/comments.xml" in was:
        assert hard.canonical(comments) == hard.canonical(ET.fromstring(was["word/comments.xml"]))
    else:
        assert len(comments) == 0
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        if name in was:
            kept = [ET.tostring(each) for each in ET.fromstring(was[name])]
            assert [ET.tostring(each) for each in ET.fromstring(now[name])][: len(kept)] == kept


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fact_of_a_labelled_document_can_be_commented(path: Path) -> None:
    """At its own words, and reading the commented file gives the same facts, claims and places."""
    data = path.read_bytes()
    before = read(path.name, data)
    notes = [
        Note(("请核对",), each.location, each.quote)
        for each in facts(before)
        if each.quote and is_placed(each)
    ]
    assert notes
    after = commented(path.name, data, "docx", notes, AUTHOR)
    assert after is not None
    assert_only_comments(data, after)
    assert read(path.name, after) == before
    words = dict(hard.commented_words(hard.parts(after)["word/document.xml"]))
    assert len(words) == len(notes)
    text = word_document(path.name, data).text
    for at, each in enumerate(notes):
        assert each.where is not None
        wanted = text[slice(*each.where.span)] if each.where.span else each.quote
        said = "".join(words[str(at)].split())
        assert said == "".join(wanted.split()) or is_aside(after, str(at))


def is_aside(data: bytes, id: str) -> bool:
    """Whether a comment tells that its words stand elsewhere."""
    comments = ET.fromstring(hard.parts(data)["word/comments.xml"])
    found = next(each for each in comments if each.get(f"{hard.W}id") == id)
    return "所指文字在" in "".join(found.itertext())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_python_docx_sees_what_it_saw(path: Path) -> None:
    docx = pytest.importorskip("docx")
    data = path.read_bytes()
    notes = [
        Note(("请核对",), fact.location, fact.quote) for fact in facts(read(path.name, data)) if fact.quote
    ]

    def seen(content: bytes) -> list[str]:
        document = docx.Document(BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [*(each.text for each in document.paragraphs), *cells]

    after = commented_word(path.name, data, notes, AUTHOR)
    assert seen(after) == seen(data)
    assert [each.text for each in docx.Document(BytesIO(after)).comments] == ["请核对"] * len(notes)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("56.29万元", "56.29万元"),
        ("万元&追加", "万元&追加"),
        ("9万元&", "9万元&"),
        ("3.5万元", "3.5万元"),
        ("1.25万元", "1.25万元"),
        ("42.2787万元", "42.2787万元"),
        ("绑定6.41", "绑定6.41万元"),  # around a control that Word fills from data
        ("前\t后2.75", "前\t后2.75"),
        ("19.77%", "19.77%"),
        ("63.79万元", "63.79万元"),
        ("页1", "页1"),
        ("8.88", "8.88"),
        ("94.41%", "94.41%"),
        ("的94.41%比", "的94.41%比"),
        ("<5.5>", "原样<5.5>万元"),  # a run that cannot be cut is marked whole
        ("万元。\n插入的支出", "万元。插入的支出"),
    ],
)  # fmt: skip
def test_a_comment_is_exactly_at_its_words(words: str, marked: str) -> None:
    data = hard.word()
    after = commented_word("报告.docm", data, [note(data, words)], AUTHOR)
    assert_only_comments(data, after)
    said = dict(hard.commented_words(hard.parts(after)["word/document.xml"]))
    assert said.pop("5") == marked
    assert said == {"4": "94.41%"}
    assert word_document("报告.docx", after).text == word_document("报告.docx", data).text


@pytest.mark.parametrize(
    ("words", "aside"),
    [("框里的13.91", "文本框"), ("脚注里的1.5", "脚注"), ("尾注里的2.5", "尾注"), ("页眉里的3.3", "页眉")],
)
def test_where_word_has_no_comments_they_stand_near_and_quote(words: str, aside: str) -> None:
    data = hard.word()
    after = commented_word("报告.docx", data, [note(data, words)], AUTHOR)
    assert_only_comments(data, after)
    told = "".join(ET.fromstring(hard.parts(after)["word/comments.xml"]).itertext())
    assert f"所指文字在{aside}中: “{words}”" in told
    root = ET.fromstring(hard.parts(after)["word/document.xml"])
    inside = [
        each
        for found in root.iter(f"{hard.W}txbxContent")
        for each in found.iter(f"{hard.W}commentRangeStart")
    ]
    assert inside == []
    (start,) = (each for each in root.iter(f"{hard.W}commentRangeStart") if each.get(f"{hard.W}id") == "5")
    paragraph = next(each for each in root.iter(f"{hard.W}p") if start in each)
    near = {"文本框": "框前。", "脚注": "脚注处", "尾注": "脚注处", "页眉": "安泉县网信办"}[aside]
    assert "".join(each.text or "" for each in paragraph.iter(f"{hard.W}t")).startswith(near)


def test_text_around_a_cut_keeps_its_blanks() -> None:
    data = hard.word(hard.p("<w:r><w:rPr><w:i/></w:rPr><w:t>追加 7.5 万元</w:t></w:r>"))
    after = commented_word("报告.docx", data, [note(data, "7.5")], AUTHOR)
    body = hard.parts(after)["word/document.xml"].decode()
    assert body.count('<w:t xml:space="preserve">') == 3
    assert body.count("<w:rPr><w:i/></w:rPr>") == 3
    assert "追加 <" in body
    assert "> 万元<" in body


def test_comments_that_meet_and_overlap() -> None:
    data = hard.word()
    notes = [note(data, each) for each in ("年初预算56", "56.29万元&追加", "年初预算56.29", "追加 7.5 万元，实", "56.29万元&追加 ")]  # fmt: skip
    after = commented_word("报告.docx", data, notes, AUTHOR)
    assert_only_comments(data, after)
    said = dict(hard.commented_words(hard.parts(after)["word/document.xml"]))
    assert [said[str(at)] for at in range(5, 10)] == [each.quote for each in notes]


@given(st.randoms(use_true_random=False))
def test_any_ranges_of_the_hard_document(draw: random.Random) -> None:
    data = hard.word()
    text = word_document("报告.docx", data).text
    spans = [sorted((draw.randrange(len(text)), draw.randrange(1, len(text) + 1))) for _ in range(draw.randrange(1, 6))]  # fmt: skip
    notes = [Note(("看",), Location("报告.docx", "¶1", (start, max(end, start + 1)))) for start, end in spans]
    after = commented_word("报告.docx", data, notes, AUTHOR)
    assert_only_comments(data, after)
    assert word_document("报告.docx", after).text == text
    assert len(new_ids(data, after)) == len(notes)


def test_a_finding_without_a_place_is_at_the_first_words() -> None:
    data = hard.word()
    after = commented_word("报告.docx", data, [Note(("缺少资金数据",))], AUTHOR)
    said = dict(hard.commented_words(hard.parts(after)["word/document.xml"]))
    assert said["5"] == "安泉县网信办2022年1-6月绩效监控报告"


def test_author_and_day_stand_on_a_comment_and_no_clock_is_asked() -> None:
    data = hard.word()
    one = Note(("第一行 <&>\x07\ufffe", "第二行"))
    dated = commented_word("报告.docx", data, [one], Author('核"对', date(2022, 7, 15)))
    comment = ET.fromstring(hard.parts(dated)["word/comments.xml"])[1]
    assert comment.get(f"{hard.W}author") == '核"对'
    assert comment.get(f"{hard.W}date") == "2022-07-15T00:00:00Z"
    assert ["".join(each.itertext()) for each in comment] == ["第一行 <&>", "第二行"]
    plain = commented_word("报告.docx", data, [one], AUTHOR)
    assert ET.fromstring(hard.parts(plain)["word/comments.xml"])[1].get(f"{hard.W}date") is None
    assert plain == commented_word("报告.docx", data, [one], AUTHOR)


def test_a_document_without_links_and_comments_gets_them() -> None:
    whole = hard.parts(hard.word(hard.p(hard.r("支出3万元"))))
    few = {name: whole[name] for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml")}
    data = hard.packed(few)
    after = commented_word("报告.docx", data, [note(data, "3万元")], AUTHOR)
    assert_only_comments(data, after)
    made = hard.parts(after)
    assert b"/word/comments.xml" in made["[Content_Types].xml"]
    assert b'Target="/word/comments.xml"' in made["word/_rels/document.xml.rels"]


def test_a_document_in_utf_16_and_with_other_prefixes() -> None:
    whole = hard.parts(hard.word(hard.p(hard.r("支出3.9万元，其余2万元"))))
    body = whole["word/document.xml"].decode().replace("UTF-8", "UTF-16").replace("w:", "q:").replace("xmlns:w=", "xmlns:q=")  # fmt: skip
    data = hard.packed({**whole, "word/document.xml": body.encode("utf-16")})
    after = commented_word("报告.docx", data, [note(data, "3.9万元")], AUTHOR)
    assert hard.parts(after)["word/document.xml"].startswith(b"\xff\xfe")
    assert_only_comments(data, after)
    assert dict(hard.commented_words(hard.parts(after)["word/document.xml"])) == {"5": "3.9万元"}


def test_a_thousand_paragraphs() -> None:
    body = "".join(hard.p(hard.r(f"第{at}段支出{at}.5万元。")) for at in range(1000))
    data = hard.word(body)
    text = word_document("报告.docx", data).text
    spans = [text.index(f"支出{at}.5万元") for at in range(1000)]
    notes = [Note(("看",), Location("报告.docx", "¶1", (at, at + 4))) for at in spans]
    after = commented_word("报告.docx", data, notes, AUTHOR)
    assert_only_comments(data, after)
    assert len(new_ids(data, after)) == 1000


def test_macros_pictures_and_the_name_of_the_kind_stay() -> None:
    data = hard.word()
    after = hard.parts(commented_word("报告.docm", data, [Note(("看",))], AUTHOR))
    assert after["word/vbaProject.bin"] == hard.parts(data)["word/vbaProject.bin"]
    assert b"macroEnabled.main" in after["[Content_Types].xml"]


def test_what_holds_no_comments_is_left_alone() -> None:
    assert commented("报告.pdf", b"%PDF-1.4", "pdf", [Note(("看",))], AUTHOR) is None
    signed = hard.packed({**hard.parts(hard.word()), "_xmlsignatures/sig1.xml": "<a/>"})
    assert commented("报告.docx", signed, "docx", [Note(("看",))], AUTHOR) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/comments.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><w:comments/>"),
        ("word/comments.xml", "<w:comments>"),
        ("word/_rels/document.xml.rels", "keine"),
        ("[Content_Types].xml", ""),
        ("[Content_Types].xml", None),
    ],
)
def test_parts_that_are_not_sound_are_told(name: str, content: str | None) -> None:
    whole: dict[str, bytes | str] = {**hard.parts(hard.word())}
    if content is None:
        del whole[name]
        del whole["word/comments.xml"]
        whole["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{hard.LINKS}"/>'
    elif name == "[Content_Types].xml":
        whole[name] = content
        del whole["word/comments.xml"]
    else:
        whole[name] = content
    with pytest.raises(ReadError) as told:
        commented_word("报告.docx", hard.packed(whole), [Note(("看",))], AUTHOR)
    assert "报告.docx" in told.value.said("zh")


def test_an_encrypted_file_is_told() -> None:
    with pytest.raises(ReadError) as told:
        commented_word("报告.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), [], AUTHOR)
    assert "已加密" in told.value.said("zh")
