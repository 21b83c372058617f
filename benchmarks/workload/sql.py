"""The twenty rules as a person would write them in SQL for one engine, over doubles or DECIMAL: what screens are held against."""

from __future__ import annotations

OK = "{0}.adjusted <> 0 AND "


def _rate(owner: str, line: str) -> str:
    return OK.format(owner) + f"{owner}.spent / {owner}.adjusted {line}"


def _claim(owner: str) -> str:
    return OK.format(owner) + f"round({owner}.spent / {owner}.adjusted * 100, 2) <> {owner}.claimed"


OF_TARGETS = """SELECT project_id, bool_or(target <> 0 AND actual / target < 0.5) AS unreached, sum(weight) AS weights
FROM ind GROUP BY project_id"""
OF_PROJECTS = f"""SELECT p.dept_id, sum(p.spent) AS spent, count(*) AS number, bool_or(p.spent > p.appropriated) AS over_paid,
 bool_or(p.appropriated > p.adjusted) AS over_budget, count(*) FILTER (WHERE {_rate("p", "< 0.3")}) AS late,
 bool_or({_claim("p")}) AS claims, count(*) FILTER (WHERE p.spent = 0) AS idle, bool_or(i.unreached) AS unreached,
 bool_or(i.weights <> 100) AS weights, bool_or(p.adjusted IS NULL OR (p.adjusted = 0 AND p.spent > 0)) AS missing
FROM proj p LEFT JOIN i USING (project_id) GROUP BY p.dept_id"""
VIOLATED = (
    "abs(d.initial + d.carried + d.adjustments - d.adjusted) > 0.01",
    "abs(d.spent_basic + d.spent_project - d.spent) > 0.0001",
    "d.spent > d.appropriated",
    "d.appropriated > d.adjusted",
    _rate("d", "< 0.3"),
    _claim("d"),
    OK.format("d") + "abs(d.claimed - d.spent / d.adjusted * 100) > 0.5",
    _rate("d", "< 0.6"),
    _rate("d", ">= 0.6") + " AND d.spent / d.adjusted < 0.85",
    OK.format("d") + "d.carried / d.adjusted > 0.2",
    "d.initial > 0 AND abs(d.adjustments) / d.initial > 0.1",
    "abs(s.spent - d.spent_project) > 0.01",
    "s.over_paid",
    "s.over_budget",
    "s.late > 3",
    "s.claims",
    "2 * s.idle > s.number",
    "s.unreached",
    "s.weights",
    "d.adjusted IS NULL OR (d.adjusted = 0 AND d.spent > 0) OR s.missing",
)
_FROM = "FROM dept d LEFT JOIN s USING (dept_id)"
_WITH = f"WITH i AS ({OF_TARGETS}), s AS ({OF_PROJECTS})"
COUNTS = f"{_WITH} SELECT {', '.join(f'count(*) FILTER (WHERE {each})' for each in VIOLATED)} {_FROM}"
_MASK = " + ".join(f"CASE WHEN {each} THEN {1 << bit} ELSE 0 END" for bit, each in enumerate(VIOLATED))
FINDINGS = f"""{_WITH}, m AS (SELECT d.dept_id, {_MASK} AS mask {_FROM}),
 x AS (SELECT dept_id, mask, unnest(range({len(VIOLATED)})) AS rule FROM m WHERE mask <> 0)
SELECT dept_id, rule FROM x WHERE (mask >> rule) & 1 = 1"""
