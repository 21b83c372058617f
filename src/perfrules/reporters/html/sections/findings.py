"""The findings of a report: a card for each with its evidence, those of one origin told together, and what would decide more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perfrules.model.fact import Fact
from perfrules.model.finding import Finding
from perfrules.model.report import Origin, Report
from perfrules.reporters.evidence import reasons
from perfrules.reporters.html.marks import Key, Numbered, key_of, shown_facts
from perfrules.reporters.html.markup import Markup, element, joined
from perfrules.reporters.html.sections.groups import groups
from perfrules.reporters.html.subjects import named_in
from perfrules.reporters.html.wording import Say
from perfrules.reporters.words import place_said, printed_said
from perfrules.rules import margin_said

Anchors = Mapping[Key, str]


def findings_markup(
    report: Report, findings: Sequence[Numbered], anchors: Anchors, level: int, say: Say
) -> Markup:
    """The findings in their groups, the gravest first, below the origins that several of them share."""
    shared = [each for each in report.origins if len(each.findings) > 1]
    drawn = []
    for group in groups(report, findings, say):
        cards = [_card(each, report, shared, findings, anchors, level + 1, say) for each in group.findings]
        head = element(f"h{level}", group.title)
        drawn.append(element("section", head, cards, class_=f"group {group.kind}", data_group=True))
    return joined(_origins(shared, findings, anchors, level, say), drawn)


def _card(
    each: Numbered,
    report: Report,
    shared: Sequence[Origin],
    findings: Sequence[Numbered],
    anchors: Anchors,
    level: int,
    say: Say,
) -> Markup:
    finding = each.finding
    badge = element("span", say.severity(finding.severity), class_="badge")
    rule = element("span", finding.rule, class_="rule")
    title = (f"{each.number}. ", say.of(finding.title), " ", rule, " ", badge)
    rows = [
        (element("dt", label), element("dd", text)) for label, text in reasons(finding, report, say.language)
    ]
    return element(
        "article",
        element(f"h{level}", title),
        element("p", say.of(finding.message), class_="message"),
        element("dl", rows, _places(finding, anchors, say)),
        _together(finding, shared, findings, say),
        id=each.id,
        class_=f"card {finding.severity.value}",
        data_item="findings",
        data_severity=finding.severity.value,
        data_rule=finding.rule,
    )


def _places(finding: Finding, anchors: Anchors, say: Say) -> Markup | None:
    """The printed words, each leading to where it stands."""
    facts = shown_facts(finding)
    if not facts:
        return None
    with_source = len({each.location.source for each in facts if each.location}) > 1
    items = (element("li", place_link(fact, anchors, say, with_source=with_source)) for fact in facts)
    return joined(element("dt", say("原文", "Printed")), element("dd", element("ul", items, class_="places")))


def place_link(fact: Fact, anchors: Anchors, say: Say, *, with_source: bool = False) -> Markup:
    """The printed words of a figure as a link to their place; without one the words alone."""
    words = printed_said(fact, say.language, with_source=with_source)
    anchor = anchors.get(key_of(fact.location)) if fact.location else None
    return element("a", words, href=f"#{anchor}") if anchor else joined(words)


def _together(
    finding: Finding, shared: Sequence[Origin], findings: Sequence[Numbered], say: Say
) -> Markup | None:
    """The findings that have the same origin."""
    mates = {
        print_ for origin in shared if finding.fingerprint in origin.findings for print_ in origin.findings
    }
    others = [each for each in findings if each.finding.fingerprint in mates - {finding.fingerprint}]
    if not others:
        return None
    said = say("与此同源的发现: ", "Findings of the same origin: ")
    return element("p", said, _links(others, say), class_="together")


def _links(findings: Sequence[Numbered], say: Say) -> list[Markup | str]:
    """Numbers of findings as links, one after another."""
    parts: list[Markup | str] = []
    for each in findings:
        label = say.of(each.finding.title)
        parts += [say("、", ", "), element("a", str(each.number), href=f"#{each.id}", title=label)]
    return parts[1:]


def _origins(
    shared: Sequence[Origin], findings: Sequence[Numbered], anchors: Anchors, level: int, say: Say
) -> Markup | None:
    if not shared:
        return None
    items = [element("li", _origin(each, findings, anchors, say)) for each in shared]
    title = say("一处原因, 几项发现", "One cause, several findings")
    return element("section", element(f"h{level}", title), element("ul", items), class_="origins")


def _origin(origin: Origin, findings: Sequence[Numbered], anchors: Anchors, say: Say) -> Markup:
    effects = [each for each in findings if each.finding.fingerprint in origin.findings]
    looked_at = [element("li", place_link(each, anchors, say)) for each in origin.facts]
    if len(looked_at) > 1:
        where = say("出于以下有关的数, 请先查看: ", "hang on these figures; please look at them first: ")
    else:
        where = say("出于同一处, 请先查看: ", "have one cause; please look here first: ")
    number = len(effects)
    return joined(
        say(f"{number} 项发现 (", f"{number} findings (no. "),
        _links(effects, say),
        say(") ", ") "),
        where,
        element("ul", looked_at, class_="places"),
    )


def row_cells(each: Numbered, report: Report, anchors: Anchors, rank: int, say: Say) -> Iterator[Markup]:
    """A finding as the cells of a row: number, severity, rule, title, whose it is, margin, first place.

    `rank` is that of its margin among all.
    """
    finding = each.finding
    yield element("td", element("a", str(each.number), href=f"#{each.id}"), data_key=each.number)
    yield element("td", say.severity(finding.severity), data_key=finding.severity.rank)
    yield element("td", finding.rule)
    yield element("td", say.of(finding.title), class_="said")
    yield element("td", _whose(finding, report, say), class_="said")
    yield element("td", margin_said(finding.margin, say.language) if finding.margin else "", data_key=rank)
    facts = shown_facts(finding)
    yield element("td", _first_place(facts[0], anchors, say) if facts else None)


def _whose(finding: Finding, report: Report, say: Say) -> str:
    """The subject by its name, after that of what it belongs to where that is not the department."""
    own = finding.subject
    name = own.name or named_in(report, own.id, say)
    return name if own.parent in ("", "department") else f"{named_in(report, own.parent, say)} {name}"


def _first_place(fact: Fact, anchors: Anchors, say: Say) -> Markup:
    anchor = anchors.get(key_of(fact.location)) if fact.location else None
    words = place_said(fact.location, say.language)
    return element("a", words, href=f"#{anchor}") if anchor and words else joined(words)
