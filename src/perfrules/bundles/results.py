"""The results of a bundle held against those computed again: findings and verdicts one by one, all else by its values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from perfrules.bilingual import Language
from perfrules.bundles.details import details, said
from perfrules.bundles.rows import Json, dict_of, rows_of
from perfrules.bundles.written import reports_of
from perfrules.model.rule import Severity
from perfrules.model.verification import About, Difference, Part
from perfrules.reporters.words import ASKED

_OF_REPORT = ("findings", "ledger")
EMPTY = ""
"""What stands for the files of a report that has none."""


def results(stated: Json, again: Json, unlike: frozenset[str]) -> Iterator[Difference]:
    """What differs, of reports without one of the `unlike` inputs; a report that only one of the two has is told."""
    language: Language = "en" if again.get("language") == "en" else "zh"
    whole = [dict_of(each.get("results")) for each in (stated, again)]
    before, after = map(_by_inputs, whole)
    affected = unlike.union(*(_files(each) for each in before.values() if _files(each) & unlike))
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if any(each is not None and _files(each) & affected for each in (one, other)):
            continue
        if one is not None and other is not None:
            yield from _report(one, other, language)
        elif not (unlike and key[:1] == (EMPTY,)):
            yield Difference(Part.RESULT, "; ".join(filter(None, key)), _there(one), _there(other))
    if not unlike:
        yield from _whole(*whole)


def _whole(stated: Json, again: Json) -> Iterator[Difference]:
    """What results say of all reports together: sums, files not read, the order of the reports."""
    orders = ([_paths(each) for each in reports_of(results)] for results in (stated, again))
    if next(orders) != next(orders):
        yield Difference(Part.RESULT, "reports")
    single = reports_of(stated) == [stated]
    names = [name for name in dict.fromkeys((*stated, *again)) if name != "reports"]
    yield from _values("", stated, again, [name for name in names if not single or name == "not_read"])


def _by_inputs(results: Json) -> dict[tuple[str, ...], Json]:
    """Reports by their files; those of folders of which nothing was read by their name."""
    reports = [each for each in reports_of(results) if isinstance(each, Mapping)]
    return {tuple(_paths(each)) or (EMPTY, _who(each)): each for each in reports}


def _paths(report: Json) -> list[str]:
    return [str(each.get("path")) for each in rows_of(report.get("inputs"))]


def _files(report: Json) -> frozenset[str]:
    """The files of a report, those it could not read among them."""
    unread = (dict_of(each.get("location")).get("source") for each in rows_of(report.get("unread")))
    return frozenset((*_paths(report), *map(str, unread)))


def _report(one: Json, other: Json, language: Language) -> Iterator[Difference]:
    """One submission's: findings and verdicts one by one, all else by its values."""
    who = _who(one)
    names = _names(other) | _names(one)

    def held(part: Part, rows: Callable[[Json], dict[tuple[str, str], Json]]) -> Iterator[Difference]:
        before, after = rows(one), rows(other)
        for key in dict.fromkeys((*before, *after)):
            was, became = before.get(key), after.get(key)
            if was != became:
                about = About(who, key[0], *names.get(key, ("", key[1])))
                yield Difference(
                    part,
                    " ".join((who, *key)).strip(),
                    _known(was, language),
                    _known(became, language),
                    tuple(details(was or {}, became or {})),
                    about,
                )

    yield from held(Part.FINDING, _findings)
    yield from held(Part.VERDICT, _verdicts)
    in_other_order = (_findings(one), _verdicts(one)) == (_findings(other), _verdicts(other))
    keys = [each for each in dict.fromkeys((*one, *other)) if each != "not_read"]
    yield from _values(who, one, other, [each for each in keys if in_other_order or each not in _OF_REPORT])


def _values(who: str, one: Json, other: Json, keys: list[str]) -> Iterator[Difference]:
    for key in keys:
        if one.get(key) != other.get(key):
            differing = tuple(details(one.get(key), other.get(key)))
            yield Difference(Part.RESULT, f"{who} {key}".strip(), details=differing)


def _who(report: Json) -> str:
    """The department and the end of its period, else the files."""
    name = dict_of(report.get("summary")).get("department")
    end = dict_of(report.get("period")).get("to")
    return f"{name} {said(end)}".rstrip() if name else "; ".join(_paths(report))


def _findings(report: Json) -> dict[tuple[str, str], Json]:
    return {
        (str(each.get("rule")), str(dict_of(each.get("subject")).get("id"))): each
        for each in rows_of(report.get("findings"))
    }


def _verdicts(report: Json) -> dict[tuple[str, str], Json]:
    return {(str(each.get("rule")), str(each.get("subject"))): each for each in rows_of(report.get("ledger"))}


def _names(report: Json) -> dict[tuple[str, str], tuple[str, str]]:
    """What people know findings by: the title of the rule, and the name of the subject."""
    return {
        key: (said(each.get("title")), said(dict_of(each.get("subject")).get("name")) or key[1])
        for key, each in _findings(report).items()
    }


def _known(row: Json | None, language: Language) -> str:
    """A finding by what it asks and says, a verdict by its outcome; nothing where it is not there."""
    if row is None:
        return ""
    if "message" not in row:
        return said(row.get("outcome"))
    asked = next((ASKED[each].said(language) for each in Severity if each.value == row.get("severity")), "")
    joined = "; ".join(map(_folded, rows_of(row.get("also"))))
    with_it = f" ({'一并' if language == 'zh' else 'together with'}: {joined})" if joined else ""
    return f"[{asked}] {said(row['message'])}{with_it}"


def _folded(row: Json) -> str:
    subject = dict_of(row.get("subject"))
    return f"{said(row.get('rule'))} {said(subject.get('name')) or said(subject.get('id'))}"


def _there(report: Json | None) -> str:
    return "" if report is None else _who(report)
