"""What departments have answered, in the check contract."""

from __future__ import annotations

from perfrules.model.reply import Reply
from perfrules.model.report import Report
from perfrules.reporters.facts_json import Json, place


def replies_json(report: Report) -> Json:
    """The forms that came back and the answers in them with what has become of their findings; nothing where none were given."""
    if not report.reply_forms:
        return {}
    return {
        "reply_forms": [{"path": each.path, "sha256": each.sha256} for each in report.reply_forms],
        "replies": [
            {
                "rule": each.reply.rule,
                "subject": each.reply.subject,
                "period_end": each.reply.end and each.reply.end.isoformat(),
                "fingerprint": each.reply.fingerprint,
                "standing": each.standing.value,
                **reply_json(each.reply),
            }
            for each in report.replies
        ],
    }


def reply_json(reply: Reply) -> Json:
    """One answer, and the bureau's opinion on it; null for what was not filled in."""
    return {
        "answer": reply.answer.value,
        "text": reply.text,
        "opinion": reply.opinion and reply.opinion.value,
        "reviewer": reply.reviewer or None,
        "reviewed_on": reply.reviewed_on and reply.reviewed_on.isoformat(),
        "expires": reply.expires and reply.expires.isoformat(),
        "bound": reply.bound or None,
        "location": place(reply.location),
    }
