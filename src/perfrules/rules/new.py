"""A new ruleset that extends another, to be filled in: everything it may change, as comments, and a place for own rules."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError

_NAME = re.compile(r"[A-Za-z0-9\u4e00-\u9fff][\w.-]*")
_HEAD = """\
id: {name}
version: "0.1"
title: {{zh: {title}, en: {name}}}
extends: {parent}
# 改变阈值或级别, 写明理由 / thresholds and severities, each with its reason:
# set:
#   project_floor: {{value: 35%, because: 县财政局本轮要求}}
#   EXE106: {{severity: notice, because: 本轮只提示}}
# 不用的规则 / rules to do without:
# withdraw:
#   YOY108: 本县报告不写同比
# 自己的规则放在 rules/ 下 / rules of your own stand in rules/
"""


def files_for(name: str, parent: str, title: str) -> Mapping[str, str]:
    """The files of the new ruleset by their paths in its folder; raises RulesetError for a name no folder can have."""
    for each in (name, parent, title):
        if not _NAME.fullmatch(each):
            message = Bilingual(f"“{each}” 不能作名称", f"{each} cannot be a name here")
            hint = Bilingual("只用字母、数字、汉字、- 和 _", "letters, digits, - and _ only")
            raise RulesetError(Fault("ruleset.name", message, None, hint))
    return {"ruleset.yaml": _HEAD.format(name=name, parent=parent, title=title)}
