"""Levels of the protection of information systems (等级保护), as reports write them: 等保二级, 第三级, 等级保护2级."""

from __future__ import annotations

import re
from fractions import Fraction

from perfrules.language.values import point
from perfrules.model.truth import Reason, Value
from perfrules.model.unit import NUMBER

_SCHEME = r"(?:(?:国家)?(?:网络|信息|信息系统)?安全)?(?:等级保护|保护等级|等保)(?:2\.0)?(?:标准|制度|要求)?"
_WRITTEN = rf"(?:{_SCHEME})?第?(?P<level>[一二三四五1-5１-５])级(?:等保|等级保护|保护)?"
_NAMED = {name: level for level, name in enumerate("一二三四五", 1)}


def security_level(written: str) -> Value | Reason:
    """The level, 1 to 5, that a text names: 等保二级, 第三级, 等级保护2级, 三级等保.

    The text holds one level and the words of the scheme around it, no more: of 未达到三级, 二级或三级, 三级以上 and 等保2.0 none
    is read, and they are refused as `unit`. So is 六级, which there is not.

    Source: five levels, as in GB/T 22240 (信息安全技术 网络安全等级保护定级指南).
    """
    found = re.fullmatch(_WRITTEN, "".join(written.split()))
    if found is None:
        return Reason.UNIT
    level = found["level"]
    return point(Fraction(_NAMED.get(level) or int(level)), NUMBER)
