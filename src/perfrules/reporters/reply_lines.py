"""What departments have answered, in words for reports that people read."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.bilingual import Language
from perfrules.model.reply import ANSWERS, OPINIONS, Opinion, Reply


def reply_lines(reply: Reply, language: Language) -> Iterator[tuple[str, str]]:
    """The answer to a finding, and the bureau's opinion on it where there is one, as labels and texts."""
    zh = language == "zh"
    said = ANSWERS[reply.answer].said(language)
    colon = ": " if reply.text else ""
    yield "部门答复" if zh else "Answered", f"{said}{colon}{' '.join(reply.text.split())}"
    if reply.opinion is not None:
        yield "财政意见" if zh else "Opinion", _opinion(reply, language)


def _opinion(reply: Reply, language: Language) -> str:
    assert reply.opinion is not None
    said = [OPINIONS[reply.opinion].said(language), reply.reviewer]
    said += [reply.reviewed_on.isoformat()] if reply.reviewed_on else []
    if reply.opinion is Opinion.AGREED and reply.is_approved:
        said += ["未能豁免, 仍列为发现" if language == "zh" else "yet not waived: it is still a finding"]
    return (", " if language == "en" else "，").join(each for each in said if each)
