"""The words of the language: units, keywords and the names of its forms, in every spelling."""

from __future__ import annotations

from perfrules.model.unit import DAY, MONEY_UNITS, MONTH, PER_MILLE, PERCENT, Kind, Unit

MEASURE_WORDS = [
    "人次",
    "场次",
    "处次",
    "家次",
    "批次",
    "件次",
    "次",
    "个",
    "家",
    "人",
    "名",
    "期",
    "份",
    "场",
    "件",
    "项",
    "条",
    "篇",
    "户",
    "册",
    "张",
    "台",
    "套",
    "辆",
    "处",
    "座",
    "所",
    "批",
    "起",
    "宗",
    "例",
    "只",
    "头",
    "亩",
    "公里",
    "平方米",
    "米",
    "吨",
    "页",
    "本",
    "幅",
    "块",
    "支",
    "村",
    "班",
    "课时",
    "小时",
]
PERSONS = ("人", "名")
"""Measure words of persons, which mean the same; 人次 counts visits."""
UNITS = {
    **MONEY_UNITS,
    "%": PERCENT,
    "‰": PER_MILLE,
    "天": DAY,
    "个月": MONTH,
    **{word: Unit(Kind.COUNT, word) for word in MEASURE_WORDS},
}
KEYWORDS = {
    "and": "and", "且": "and", "or": "or", "或": "or", "not": "not", "非": "not", "in": "in", "属于": "in",
    "if": "if", "如果": "if", "then": "then", "那么": "then", "else": "else", "否则": "else", "for": "for", "于": "for",
    "where": "where", "其中": "where", "has": "has", "含": "has", "starts": "starts", "开头是": "starts with",
    "ends": "ends", "结尾是": "ends with", "with": "with", "matches": "matches", "符合": "matches",
    "distinct": "distinct", "不同": "distinct", "true": "true", "false": "false", "is": "is", "是": "is",
}  # fmt: skip
OPERATORS = {
    "<=": "<=",
    ">=": ">=",
    "==": "==",
    "!=": "!=",
    "~=": "≈",
    "≈": "≈",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "=": "==",
}
PHRASES = {
    (first, last): f"{first} {last}" for first, last in (("or", "else"), ("starts", "with"), ("ends", "with"))
}
"""Keywords of two words, which become one token."""
AGGREGATES = {
    **{name: name for name in ("sum", "count", "min", "max", "all", "any")},
    "求和": "sum",
    "计数": "count",
    "最小": "min",
    "最大": "max",
    "全部": "all",
    "任一": "any",
}
FORMS = {
    **{name: name for name in ("is_known", "is_exact", "is_printed", "is_blank", "agrees")},
    "已知": "is_known",
    "确数": "is_exact",
    "已列": "is_printed",
    "空白": "is_blank",
    "一致": "agrees",
}
"""Calls that look at a value's state rather than at the value."""
IS_SET, HAS_ROW, OUTER = ("is_set", "已设"), ("has_row", "有此行"), ("outer", "外层")
TEXT_TESTS = ("has", "starts with", "ends with", "matches")
KIND_WORDS = {
    "money": Kind.MONEY, "金额": Kind.MONEY, "ratio": Kind.RATIO, "比率": Kind.RATIO, "number": Kind.NUMBER,
    "数": Kind.NUMBER, "count": Kind.COUNT, "数量": Kind.COUNT, "days": Kind.DAYS, "天数": Kind.DAYS,
    "months": Kind.MONTHS, "月数": Kind.MONTHS, "date": Kind.DATE, "日期": Kind.DATE, "text": Kind.TEXT,
    "文字": Kind.TEXT,
}  # fmt: skip
