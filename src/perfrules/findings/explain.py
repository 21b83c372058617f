"""A violation with its evidence: values, recomputed figure, causes, margin, explanation found, message in two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.findings.evidence import accused_and_deciding, beside, deciding
from perfrules.findings.explanations import explanation
from perfrules.language import Context, counted_names
from perfrules.model.fact import Fact, State
from perfrules.model.finding import Cause, Explanation, Finding, Verdict
from perfrules.model.names import name_key
from perfrules.model.quantity import Quantity
from perfrules.model.rule import Band, Severity
from perfrules.model.subject_types import label_of, title_of
from perfrules.model.trace import Trace
from perfrules.model.truth import Number
from perfrules.model.unit import Kind
from perfrules.rules import CompiledRule, Slot, filled, formatted, margin_said


@frozen
class Raised:
    """A finding before merging, with its rule, the path to its subject, and the printed fact it accuses."""

    finding: Finding
    compiled: CompiledRule
    context: Context
    accused: Fact | None


def explain(compiled: CompiledRule, context: Context, verdict: Verdict, about: Sequence[str]) -> Raised:
    """The finding for a violation on a subject that is known by `about`."""
    rule, trace = compiled.rule, verdict.trace
    assert trace is not None
    values = {text: evaluate(context) for text, evaluate in compiled.shown.items()}
    measure = compiled.measure(context) if compiled.measure else None
    limit = compiled.limit(context) if compiled.limit else None
    margin = compiled.margin(context) if compiled.margin else None
    figure = compiled.figure(context) if compiled.figure else None
    causes = _causes(compiled, context)
    facts = accused_and_deciding(trace, figure)
    assumed = tuple(dict.fromkeys(fact for fact in deciding(trace) if fact.state is State.ASSUMED))
    topic, title, message = rule.topic, rule.title, rule.message
    if rule.otherwise and not causes:
        topic, title, message = rule.otherwise.topic, rule.otherwise.title, rule.otherwise.message
    band = next((each for each in rule.bands if each.level == verdict.level), None)
    message = band.message if band and band.message else message
    given = {"measure": measure, "limit": limit, "margin": margin}
    found = explanation(context, rule.explained_by) if rule.explained_by else None
    if rule.request:
        message = joined(message, rule.request.explained if found else rule.request.unexplained)
    shown = {**values, **{name: each for name, each in given.items() if each}}
    finding = Finding(
        rule=rule.id,
        topic=topic,
        title=title,
        severity=_severity(band.severity if band and band.severity else rule.severity, assumed),
        subject=verdict.subject,
        message=_message(message, Filling(shown, causes, found, context, facts, band), assumed),
        trace=trace,
        values={text: value for text, value in values.items() if text.isidentifier() or "." in text},
        facts=facts,
        beside=beside(facts, [*values.values(), *([measure] if measure else [])]),
        fingerprint=fingerprint(rule.id, context.path[0].name, about),
        recomputed=measure if figure else None,
        measure=measure,
        limit=limit,
        margin=margin.value if margin and isinstance(margin.value, Number) else None,
        causes=causes,
        explanation=found,
        basis=rule.basis,
        plugin=rule.plugin,
        level=verdict.level,
        singles_out=figure is not None and len(rule.doubts) == 1,
    )
    return Raised(finding, compiled, context, figure.fact if figure else None)


def _causes(compiled: CompiledRule, context: Context) -> tuple[Cause, ...]:
    """Every suspect whose value the accused figure reproduces within its printed digits."""
    return tuple(
        Cause(each.suspect.id, each.suspect.label, each.value(context))
        for each in compiled.suspects
        if each.test(context).value is True
    )


def _severity(declared: Severity, assumed: tuple[Fact, ...]) -> Severity:
    """A violation that hangs on an assumption is at most a warning."""
    return Severity.WARNING if assumed and declared is Severity.ERROR else declared


@frozen
class Filling:
    """What the places of a message are filled with."""

    values: Mapping[str, Trace]
    causes: tuple[Cause, ...]
    explanation: Explanation | None
    context: Context
    facts: tuple[Fact, ...] = ()
    band: Band | None = None

    def __call__(self, slot: Slot, language: Language) -> Trace | str:
        """The trace or the ready text for one place."""
        if slot.format == "names":
            return ("、" if language == "zh" else ", ").join(self.names(slot))
        subject = self.context.path[-1]
        if slot.text == "name" and subject.type == "line":
            return label_of(str(subject.facts["line"].value)).said(language)
        if slot.text == "owner":
            return _owner(self.context, language)
        if slot.text == "causes":
            return _listed(self.causes, language)
        if slot.text == "level":
            return self.band.title.said(language) if self.band else ""
        if slot.text == "conflicts":
            return conflicts(self.facts, language)
        if slot.text == "explanation":
            return self.explanation.quote if self.explanation else ""
        value = self.values[slot.text].value
        if slot == Slot("margin") and isinstance(value, Number) and value.unit.kind is Kind.RATIO:
            return margin_said(value, language)
        return self.values[slot.text]

    def names(self, slot: Slot) -> Sequence[str]:
        """The names of a table's rows; of those that an expression counts each once."""
        counted = self.values.get(slot.text)
        if counted is None:
            return [row.name for row in self.context.path[-1].table(slot.text).rows]
        return tuple(dict.fromkeys(counted_names(counted)))


def _owner(context: Context, language: Language) -> str:
    """The line or project that a row belongs to, with a colon; nothing for the department and its total."""
    for subject in reversed(context.path):
        if subject.type == "project":
            return f"{subject.name}: "
        if subject.type == "line":
            line = str(subject.facts["line"].value)
            return "" if line == "total" else f"{label_of(line).said(language)}: "
    return ""


def _message(template: Bilingual, filling: Filling, assumed: tuple[Fact, ...]) -> Bilingual:
    def said(language: Language) -> str:
        text = filled(template.said(language), language, lambda slot: filling(slot, language))
        return text + _assumptions(assumed, language)

    return Bilingual(said("zh"), said("en"))


def joined(first: Bilingual, second: Bilingual) -> Bilingual:
    """Two messages as one."""
    return Bilingual(first.zh + second.zh, f"{first.en} {second.en}")


def conflicts(facts: tuple[Fact, ...], language: Language) -> str:
    """Every figure that is printed with values which cannot meet, with all its prints and their places."""
    doubtful = [fact for fact in facts if fact.state is State.CONFLICTING]
    prints = {
        field: [fact for fact in doubtful if fact.field == field] for field in (f.field for f in doubtful)
    }
    between, colon = ("、", "为") if language == "zh" else (", ", " is ")
    said = [
        title_of(each[0]).said(language) + colon + between.join(dict.fromkeys(map(_with_unit, each)))
        for each in prints.values()
    ]
    return ("；" if language == "zh" else "; ").join(said)


def _with_unit(fact: Fact) -> str:
    """The words printed; the figure of a bare cell with the unit that stands elsewhere."""
    said = "".join(fact.quote.split())
    is_bare = isinstance(fact.value, Quantity) and said.replace(",", "") == fact.value.digits
    return said + fact.value.unit.name if is_bare and isinstance(fact.value, Quantity) else said


def _listed(causes: tuple[Cause, ...], language: Language) -> str:
    shown = [
        (cause.label.said(language), formatted(cause.trace, "calculation", language)) for cause in causes
    ]
    if language == "zh":
        return "、".join(f"{label}（{steps}）" for label, steps in shown)
    return ", ".join(f"{label} ({steps})" for label, steps in shown)


def _assumptions(assumed: tuple[Fact, ...], language: Language) -> str:
    fields = list(dict.fromkeys(fact.field for fact in assumed))
    if not fields:
        return ""
    names = [formatted(Trace("", field), "label", language) for field in fields]
    if language == "zh":
        return f"(未见列示{'、'.join(names)}, 本条按 0 计算。)"
    return f" (No {' or '.join(names)} is printed; it is taken as 0 here.)"


def fingerprint(rule: str, department: str, about: Sequence[str]) -> str:
    """What a finding is known by from one report to the next: the rule, the department, and what it is about."""
    return sha256("\0".join([rule, name_key(department), *about]).encode()).hexdigest()[:16]
