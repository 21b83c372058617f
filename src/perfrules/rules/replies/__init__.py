"""The form that goes out with findings (反馈单.xlsx), and what comes back: answers, and waivers of those that were approved.

In: the files, a compiled ruleset. Out: replies by department, and waivers bound by the measure as it was.
"""

from perfrules.rules.replies.bounds import bound_of, bound_said
from perfrules.rules.replies.form import Row, reply_form
from perfrules.rules.replies.load import Replies, form_files, load_replies

__all__ = ["Replies", "Row", "bound_of", "bound_said", "form_files", "load_replies", "reply_form"]
