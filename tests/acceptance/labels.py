"""Submissions built from labels alone, so that reading plays no part; and what a report found of what it must.

A label file has the facts, claims and counts of a document, and under `must_find`, `must_not_find` and `may_find` topics,
each with a quote or a remark. What a label says of changes against last year, of projects named and of a second cut-off
stands in those quotes and remarks only, and is taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from perfrules.model.finding import Finding
from perfrules.model.report import Report
from perfrules.model.rule import Severity

Label = Mapping[str, Any]
_QUALIFIERS = {"about": "约{}", "at_least": "{}以上", "at_most": "不足{}"}
_CHANGE = re.compile(r"(\d+)(期|件|场|起|家次|次|个|人次|人)，?(?:同比)?(?:下)?(降|增)(?:长)?(\d+)%")
_NAMED = re.compile(r"称.*?(\d+)个.*?列出(\d+)个")
_CUT_OFF = re.compile(r"截止(\d+)月末")


def submission(label: Label) -> dict[str, object]:
    """The label's facts as a submission in the documented format."""
    lines: dict[str, dict[str, Any]] = {}
    projects: dict[str, dict[str, Any]] = {}
    for fact in (*label["facts"], *label.get("optional_facts", ())):
        owner = _owner(fact, lines, projects)
        amount = f"{fact['value']}{fact['unit']}"
        _add(owner, fact["field"], _QUALIFIERS.get(fact.get("qualifier", ""), "{}").format(amount))
    for claim in label["claims"]:
        base = claim["denominator_named"]
        stated = {"printed": claim["printed"], "numerator": claim["numerator"]}
        claims = _owner(claim, lines, projects).setdefault("claims", [])
        claims.append(stated | ({"base": base} if base else {}))
    built: dict[str, object] = {"department": label["department"], "period": _period(label), "lines": lines}
    if "indicators" in label:
        (project,) = projects.values()
        project |= _form(label)
    rows = [{"name": name, **facts} for name, facts in projects.items()]
    built["projects"] = {"complete": bool(label.get("projects_complete")), "rows": rows} if rows else []
    built["counts"] = [*_counts(label)]
    return built | _problem_projects(label)


def _owner(stated: Label, lines: dict[str, Any], projects: dict[str, Any]) -> dict[str, Any]:
    kind, _, name = stated["subject"].replace("：", ":").partition(":")
    if kind == "project":
        return projects.setdefault(name, {})  # type: ignore[no-any-return]
    return lines.setdefault(stated["line"], {})  # type: ignore[no-any-return]


def _add(owner: dict[str, Any], name: str, amount: str) -> None:
    """One more print of a field; a value that stands there already is the same print."""
    prints = owner.setdefault(name, [])
    if amount not in prints:
        prints.append(amount)


def _said(label: Label) -> Iterator[str]:
    for key in ("must_find", "must_not_find"):
        for each in label.get(key, ()):
            yield from (each.get("quote", ""), each["about"])


def _period(label: Label) -> dict[str, object]:
    first, last = label["period"]["from"], label["period"]["to"]
    months = {int(found) for said in _said(label) for found in _CUT_OFF.findall(said)}
    ends = [f"{last[:4]}-{month:02}-{31 if month in (1, 3, 5, 7, 8, 10, 12) else 30}" for month in months]
    return {"from": first, "to": [last, *ends]}


def _counts(label: Label) -> Iterator[dict[str, str]]:
    changes = {}
    for said in _said(label):
        for value, unit, way, percent in _CHANGE.findall(said):
            changes[value, unit] = f"{'-' if way == '降' else ''}{percent}%"
    for count in label["counts"]:
        value = f"{count['value']}{count['unit']}"
        shown = _QUALIFIERS.get(count["qualifier"], "{}").format(value)
        change = changes.pop((count["value"], count["unit"]), None)
        yield {"what": count["what"], "value": shown} | ({"change": change} if change else {})
    for (value, unit), change in changes.items():
        yield {"what": "同比", "value": f"{value}{unit}", "change": change}


def _problem_projects(label: Label) -> dict[str, object]:
    for each in label["must_find"]:
        if each["topic"] == "count_mismatch" and (found := _NAMED.search(each["about"])):
            names = [f"项目{number}" for number in range(1, int(found[2]) + 1)]
            return {"problem_projects": {"claimed": int(found[1]), "named": names, "complete": True}}
    return {}


def _form(label: Label) -> dict[str, object]:
    total, *others = label["funds_rows"]
    sources = [{"name": row["label"], "amount": f"{row['initial_budget']}万元"} for row in others]
    form: dict[str, object] = {"sources": {"complete": True, "rows": sources}}
    form["targets"] = {"complete": True, "rows": [_target(row) for row in label["indicators"]]}
    if "total" in label:
        form |= {"execution_weight": total["weight"], "execution_score": total["score"]}
        form["total_score"] = label["total"]["score"]
    return form


def _target(row: Label) -> dict[str, str]:
    names = {
        "level1": "level1",
        "level2": "level2",
        "name": "name",
        "target_op": "operator",
        "unit": "unit",
        "actual": "actual",
        "forecast": "expected",
        "weight": "weight",
        "score": "score",
        "reason": "cause",
        "likelihood": "likelihood",
    }
    target = {ours: row[theirs] for theirs, ours in names.items() if row.get(theirs)}
    return target | {"planned": f"{row['target']}{row['unit'] or ''}"}


@frozen
class Score:
    """For one document, the topics found rightly, missed, and raised without a label that allows it."""

    right: list[str] = field(factory=list)
    missed: list[str] = field(factory=list)
    wrong: list[str] = field(factory=list)


def score(label: Label, report: Report) -> Score:
    """Each `must_find` takes one finding of its topic with its figure; what is left over is wrong if it is an error, or
    of a topic that must not be found."""
    left, done = list(report.findings), Score()
    for wanted in label["must_find"]:
        found = next((each for each in left if _is_meant(each, wanted)), None)
        if found is None:
            done.missed.append(wanted["topic"])
        else:
            left.remove(found)
            done.right.append(wanted["topic"])
    allowed = {each["topic"] for each in label.get("may_find", ())}
    forbidden = {each["topic"] for each in label["must_not_find"]}
    for each in left:
        if each.topic not in allowed and (each.severity is Severity.ERROR or each.topic in forbidden):
            done.wrong.append(each.topic)
    return done


def _is_meant(finding: Finding, wanted: Label) -> bool:
    if finding.topic != wanted["topic"]:
        return False
    figures = _figures(wanted.get("quote", ""))
    shown = [fact.quote for fact in finding.facts] + [finding.message.zh]
    return not figures or any(figures & _figures(text) for text in shown)


def _figures(text: str) -> set[str]:
    """The numbers in a text; a month is one with a zero before it or without."""
    return {found.lstrip("0") for found in re.findall(r"\d[\d.,]*", "".join(text.split()))} - {""}


def table(scores: Iterable[Score]) -> str:
    """Precision and recall by topic, a line each."""
    every = list(scores)
    topics = sorted({topic for each in every for topic in (*each.right, *each.missed, *each.wrong)})
    lines = [f"{'topic':<24}{'right':>6}{'missed':>7}{'wrong':>6}{'precision':>10}{'recall':>8}"]
    for topic in topics:
        right, missed, wrong = (
            sum(names.count(topic) for names in part)
            for part in zip(*((each.right, each.missed, each.wrong) for each in every), strict=True)
        )
        precision = f"{right}/{right + wrong}" if right + wrong else "-"
        recall = f"{right}/{right + missed}" if right + missed else "-"
        lines.append(f"{topic:<24}{right:>6}{missed:>7}{wrong:>6}{precision:>10}{recall:>8}")
    return "\n".join(lines)
