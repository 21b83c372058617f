"""One side of a comparison: the submissions of a result file, or of reports that are checked first.

Both come through the check contract, so that a result and the report it was made of are the same side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from perfrules.comparison.figures import About, Printed, place_of, printed_of
from perfrules.documents.json_parts import Part
from perfrules.model.comparison import Known
from perfrules.model.rule import Severity
from perfrules.model.unit import MONEY_UNITS

Key = tuple[str, About]
"""A rule and what its subject is about."""
_NEEDED = ("findings", "ledger", "subjects")


@frozen
class Found:
    """A finding as it is compared; `figures` are its values in base units, by their names."""

    known: Known
    figures: tuple[tuple[str, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The printed words it stands on."""
        return tuple(each.quote for each in self.known.places)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where they stand, whatever the file is called."""
        return tuple(each.address for each in self.known.places)


@frozen
class Ended:
    """How a rule ended on a subject: the outcome, and the fields it lacks."""

    outcome: str
    lacks: tuple[str, ...] = ()


@frozen
class Side:
    """One submission of one result. `findings` are by rule and subject; `hosts` names the finding something is folded into."""

    department: str
    period: tuple[date | None, date | None]
    made_with: Mapping[str, str]
    files: tuple[tuple[str, str], ...]
    words: str
    figures: str
    findings: Mapping[Key, Found]
    ended: Mapping[Key, Ended]
    hosts: Mapping[Key, Known]
    names: Mapping[About, str]
    printed: Printed


@frozen
class Half:
    """All submissions of a side, and the files it could not read."""

    sides: tuple[Side, ...]
    not_read: tuple[str, ...]


def half(result: Part) -> Half:
    """What a result says; raises ReadError where it is not the check contract."""
    reports = list(result["reports"].rows()) if result.has("reports") else [result]
    if not all(each.has(key) for each in reports for key in _NEEDED):
        raise result.wrong(
            f"核查结果 ({'、'.join(_NEEDED)})", f"the result of a check ({', '.join(_NEEDED)})"
        )
    missed = [
        f"{each['source'].text()}: {each['message'].text()}".removeprefix(": ")
        for each in result["not_read"].rows()
    ]
    return Half(tuple(map(_side, reports)), tuple(missed))


def _side(report: Part) -> Side:
    about = {id: tuple(each.text() for each in words.rows()) for id, words in report["subjects"].items()}

    def key(rule: Part, subject: Part) -> Key:
        return rule.text(), about.get(subject.text(), (subject.text(),))

    findings = {key(each["rule"], each["subject"]["id"]): _found(each) for each in report["findings"].rows()}
    hosts = {
        key(also["rule"], also["subject"]["id"]): _found(each).known
        for each in report["findings"].rows()
        for also in each["also"].rows()
    }
    ended = {key(each["rule"], each["subject"]): _ended(each) for each in report["ledger"].rows()}
    content = report["content"]
    return Side(
        department=report["summary"]["department"].text(),
        period=(report["period"]["from"].day(), report["period"]["to"].day()),
        made_with=_made_with(report),
        files=tuple((each["path"].text(), each["sha256"].text()) for each in report["inputs"].rows()),
        words=content["words"].text() if content else "",
        figures=content["figures"].text() if content else "",
        findings=findings,
        ended=ended,
        hosts=hosts,
        names={words: id.rpartition(":")[2] for id, words in about.items()},
        printed=printed_of(report, about),
    )


def _made_with(report: Part) -> dict[str, str]:
    """What a result was made with, by the names of conditions."""
    ruleset, waivers = report["ruleset"], report["waivers"]
    plugins = [each.text() for each in report["plugins"]["loaded"].rows()]
    out = [f"-{each.text()}" for each in report["plugins"]["left_out"].rows()]
    return {
        "ruleset": f"{ruleset['id'].text()} {ruleset['version'].text()} ({ruleset['sha256'].text()[:12]})",
        "tool": report["tool"]["version"].text(),
        "plugins": ", ".join((*plugins, *out)),
        "as_of": report["as_of"].text(),
        "waivers": waivers["sha256"].text()[:12] if waivers else "",
        "replies": ", ".join(each["sha256"].text()[:12] for each in report["reply_forms"].rows()),
        "review_date": report["review_date"].text(),
        "corrections": ", ".join(_corrections(report)),
    }


def _corrections(report: Part) -> Iterator[str]:
    for each in report["corrections"].rows():
        yield f"{each['location']['address'].text()} {each['item'].text()}"


def _ended(entry: Part) -> Ended:
    lacks = [each["field"].text() for each in entry["reasons"].rows() if each.has("field")]
    return Ended(entry["outcome"].text(), tuple(dict.fromkeys(lacks)))


def _found(finding: Part) -> Found:
    subject = finding["subject"]
    places = tuple(map(place_of, finding["locations"].rows()))
    known = Known(
        rule=finding["rule"].text(),
        title=finding["title"].text(),
        severity=_severity(finding["severity"]),
        subject=subject["name"].text() or (places[0].quote if places else subject["id"].text()),
        message=finding["message"].text(),
        places=places,
        fingerprint=finding["fingerprint"].text(),
    )
    return Found(known, tuple(_figures(finding)))


def _severity(said: Part) -> Severity:
    try:
        return Severity(said.text())
    except ValueError:
        raise said.wrong("error、warning 或 notice", "error, warning or notice") from None


def _figures(finding: Part) -> Iterator[tuple[str, str]]:
    named: Sequence[tuple[str, Part]] = [
        *finding["values"].items(),
        *((name, finding[name]) for name in ("recomputed", "measure", "limit", "margin")),
    ]
    for name, value in named:
        if value:
            yield name, _base(value["value"], value["unit"].text())


def _base(value: Part, unit: str) -> str:
    """A value in base units, so that 元 and 万元 are one; a word as it stands."""
    said = value.text()
    if unit not in MONEY_UNITS:
        return f"{said} {unit}"
    try:
        return f"{Fraction(said) * MONEY_UNITS[unit].scale} 元"
    except (ValueError, ZeroDivisionError):
        return said
