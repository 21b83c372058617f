"""What goes back to a department: its own files with comments, a sheet for those that hold none, the form for its answers, a letter.

In: a report, the bytes of its files, what a reviewer has struck out. Out: file names and contents. Nothing that is sent states a
figure to be typed in, and nothing of the office's own waivers is in it.
"""

from perfrules.reporters.back.review_list import Struck, review_list, struck_from
from perfrules.reporters.back.send import Asked, Sending, sending

__all__ = ["Asked", "Sending", "Struck", "review_list", "sending", "struck_from"]
