"""Rules as pages (`perfrules rules show|pages`): condition in words and in the language, parameters by profile, examples at work.

In: a compiled ruleset, the rulesets whose values are shown beside it, the catalog. Out: a page for each rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from attrs import evolve

from perfrules import pipeline
from perfrules.bilingual import Bilingual, Language
from perfrules.language import calculation, lacks_said, parse, shown, to_text, to_words
from perfrules.model.finding import Outcome, Verdict
from perfrules.model.report import Report
from perfrules.model.rule import Band, Basis, DatedValue, Example, Expression, Parameter, Rule, Ruleset
from perfrules.model.rule_page import Rows, RulePage, Shown, Words
from perfrules.model.subject_types import label_of
from perfrules.plugins import Catalog
from perfrules.rehearsal import report_on
from perfrules.reporters.rule_markdown import index_markdown, rule_markdown
from perfrules.reporters.words import OUTCOMES, SEVERITIES
from perfrules.rules import CompiledRuleset, compile_ruleset, load_rulesets, shipped_names
from perfrules.rules.inheritance import tiers

USED = re.compile(r"\$(\w+)")
FIXES = Bilingual(
    "核对报告所列数字与表述，更正有误之处，或说明原因。",
    "Check the figures and words of the report; correct what is wrong, or give the reason.",
)
"""What mends a finding of a rule that does not say it itself."""


def page_of(rule: Rule, ruleset: CompiledRuleset, profiles: Sequence[Ruleset], catalog: Catalog) -> RulePage:
    """The page of one rule, whose examples are run for it with the parameters of the ruleset given."""
    labels = _Labels(catalog, ruleset.ruleset.parameters)
    parts = (
        *_about(rule, ruleset.ruleset, labels),
        *_conditions(rule, labels),
        *_basis(rule, ruleset.ruleset),
        *_values(rule, (ruleset.ruleset, *profiles)),
        Words(Bilingual("怎样更正", "How to mend it"), rule.fix or FIXES),
    )
    home = _home(rule, ruleset.ruleset, catalog)
    examples = tuple(_shown(rule, each, home, catalog) for each in rule.examples)
    return RulePage(rule.id, rule.topic, rule.title, parts, examples)


def documents(ruleset: str | Path | None, catalog: Catalog) -> Mapping[str, str]:
    """The pages of all rules of a ruleset and their index, as Markdown by file name; raises RulesetError.

    With those of a ruleset that extends no other come the rules that the profiles add.
    """
    compiled = pipeline.prepare(ruleset, catalog)
    whole = compiled.ruleset
    profiles = profiles_of(whole)
    pages = [page_of(rule, compiled, profiles, catalog) for rule in whole.rules.values()]
    for profile in profiles if whole.parent is None else ():
        own = compile_ruleset(profile, catalog.types, catalog.functions)
        added = (rule for id, rule in profile.rules.items() if id not in whole.rules)
        pages += [page_of(rule, own, [], catalog) for rule in added]
    texts = {f"{page.id}.md": rule_markdown(page) for page in pages}
    return {"README.md": index_markdown(pages, whole.title), **texts}


def profiles_of(ruleset: Ruleset) -> list[Ruleset]:
    """The rulesets that come with perfrules and extend another, for their values beside this one's."""
    others = load_rulesets(name for name in shipped_names() if name != ruleset.id)
    return [each for each in others if each.parent is not None]


def _home(rule: Rule, ruleset: Ruleset, catalog: Catalog) -> CompiledRuleset:
    """The rule alone, with the parameters of the ruleset it stands in: there its examples show it at work."""
    home = next((each for each in tiers(ruleset) if each.id == rule.origin), ruleset)
    alone = evolve(home, rules={rule.id: evolve(rule, yields_to=())}, parent=None)
    return compile_ruleset(alone, catalog.types, catalog.functions)


class _Labels:
    """What people call fields, tables, members, subject types and parameters."""

    def __init__(self, catalog: Catalog, parameters: Mapping[str, Parameter]) -> None:
        self.types = {id: each.label for id, each in catalog.types.items()}
        self.known: dict[str, Bilingual] = {}
        for each in catalog.types.values():
            self.known |= {field.name: field.label for field in each.fields}
            self.known |= {id: label for id, (_, label) in each.members.items()}
        self.known |= {id: each.label for id, each in catalog.types.items() if id not in self.known}
        self.known |= {name: each.title for name, each in parameters.items()}

    def __call__(self, name: str) -> Bilingual:
        return self.known.get(name) or label_of(name)

    def words(self, expression: Expression) -> Bilingual:
        node = parse(expression.text)
        return Bilingual(to_words(node, "zh", self), to_words(node, "en", self))


def _about(rule: Rule, ruleset: Ruleset, labels: _Labels) -> Iterator[Words]:
    severity = SEVERITIES[rule.severity]
    asked = Bilingual(f"{severity.zh}（{rule.severity.value}）", f"{severity.en} ({rule.severity.value})")
    yield Words(Bilingual("级别", "Severity"), asked)
    types = [labels.types[each] for each in rule.for_types]
    yield Words(
        Bilingual("对象", "Asked of"),
        Bilingual("、".join(each.zh for each in types), ", ".join(each.en for each in types)),
    )
    yield Words(Bilingual("来源", "From"), _origin(rule, ruleset))
    yield Words(Bilingual("理由", "Why"), rule.why)
    if rule.required:
        types = [labels.types[each] for each in rule.required]
        yield Words(
            Bilingual("亮绿灯须判断", "Needed for green"),
            Bilingual("、".join(each.zh for each in types), ", ".join(each.en for each in types)),
        )
    if rule.yields_to and rule.yields_to != (rule.id,):
        listed = ", ".join(each for each in rule.yields_to if each != rule.id)
        yield Words(Bilingual("并入", "Folded into"), Bilingual(listed, listed))
    if rule.doubts:
        fields = [labels(each) for each in rule.doubts]
        yield Words(
            Bilingual("不符时存疑", "Casts doubt on"),
            Bilingual("、".join(each.zh for each in fields), ", ".join(each.en for each in fields)),
        )
    if rule.is_unwaivable:
        yield Words(Bilingual("豁免", "Waivers"), Bilingual("不可豁免", "unwaivable"))


def _origin(rule: Rule, ruleset: Ruleset) -> Bilingual:
    """Where the rule comes from, and what rulesets that extend its own have changed of it and of its parameters."""
    zh, en = (f"插件 {rule.plugin}", f"plugin {rule.plugin}") if rule.plugin else ("", "")
    zh, en = zh or f"规则集 {rule.origin}", en or f"ruleset {rule.origin}"
    used = _parameters(rule)
    said = [zh], [en]
    for change in ruleset.changes:
        id = change.what.partition(".")[0]
        if id == rule.id or change.what in used:
            name = change.what if id == rule.id else f"${change.what}"
            told = f"{name}: {change.before} → {change.after} ({change.because})"
            for each in said:
                each.append(told)
    return Bilingual("; ".join(said[0]), "; ".join(said[1]))


def _parameters(rule: Rule) -> set[str]:
    texts = [each.text for _, each in _expressions(rule)]
    texts += [end.text for band in rule.bands for end in (band.low, band.high) if end]
    return set(USED.findall(" ".join(texts)))


def _expressions(rule: Rule) -> Iterator[tuple[Bilingual, Expression]]:
    named = (
        (Bilingual("适用条件", "When"), rule.when),
        (Bilingual("应成立", "Must hold"), None if rule.bands else rule.condition),
        (Bilingual("度量", "Measure"), rule.measure),
        (Bilingual("界限", "Limit"), rule.limit),
        (Bilingual("差额", "Margin"), rule.margin),
    )
    yield from ((label, expression) for label, expression in named if expression is not None)


def _conditions(rule: Rule, labels: _Labels) -> Iterator[Words | Rows]:
    for label, expression in _expressions(rule):
        yield Words(label, labels.words(expression), _canonical(expression))
    if rule.bands:
        header = (Bilingual("级别", "Level"), Bilingual("范围", "From – to"), Bilingual("要求", "Asks"))
        levels = tuple((band.title, _range(band), _asks(band)) for band in rule.bands)
        yield Rows(Bilingual("分级", "Levels"), header, levels)
    if rule.suspects:
        tried = tuple((each.label, _same(_canonical(each.value))) for each in rule.suspects)
        columns = (Bilingual("可能的算法", "Tried"), Bilingual("算式", "Value"))
        yield Rows(Bilingual("不符时试算", "Tried where it fails"), columns, tried)


def _range(band: Band) -> Bilingual:
    low = f"{'≥' if band.low_closed else '>'} {band.low.text}" if band.low else ""
    high = f"{'≤' if band.high_closed else '<'} {band.high.text}" if band.high else ""
    return _same(", ".join(each for each in (low, high) if each))


def _asks(band: Band) -> Bilingual:
    if band.severity is None:
        return Bilingual("通过", "passes")
    return Bilingual(f"{SEVERITIES[band.severity].zh}", f"{SEVERITIES[band.severity].en}")


def _same(text: str) -> Bilingual:
    return Bilingual(text, text)


def _canonical(expression: Expression) -> str:
    return to_text(parse(expression.text))


def _basis(rule: Rule, ruleset: Ruleset) -> Iterator[Words]:
    label = Bilingual("依据", "Basis")
    for basis in rule.basis:
        yield Words(label, _cited(basis))
    if not rule.basis:
        yield Words(
            label,
            Bilingual(
                f"规则集 {ruleset.id} 的核对关系或参考线", f"arithmetic or a line of ruleset {ruleset.id}"
            ),
        )


def _cited(basis: Basis) -> Bilingual:
    named = f"{basis.document}{basis.number}{basis.article}" + (f"：“{basis.quote}”" if basis.quote else "")
    if basis.confirmed:
        return _same(named)
    return Bilingual(f"{named}（未确认，报告中不引用）", f"{named} (not confirmed, not cited in reports)")


def _values(rule: Rule, rulesets: Sequence[Ruleset]) -> Iterator[Rows]:
    """For each parameter that the rule names, its values in every ruleset that sets it."""
    header = tuple(
        Bilingual(*each)
        for each in (("规则集", "Ruleset"), ("取值", "Value"), ("自", "Since"), ("来源", "Source"))
    )
    for name in sorted(_parameters(rule)):
        rows: list[tuple[Bilingual, ...]] = []
        for ruleset in rulesets:
            parameter = ruleset.parameters.get(name)
            if parameter is None or (ruleset is not rulesets[0] and parameter.origin != ruleset.id):
                continue
            for value in parameter.values:
                rows.append(tuple(map(_same, (ruleset.id, _value(value), _since(value), value.source))))
            if not parameter.values:
                rows.append((_same(ruleset.id), Bilingual("不设", "off"), _same(""), _same("")))
        title = next(each.parameters[name].title for each in rulesets if name in each.parameters)
        yield Rows(
            Bilingual(f"参数 ${name} {title.zh}", f"Parameter ${name}: {title.en}"), header, tuple(rows)
        )


def _value(value: DatedValue) -> str:
    by_month = ", ".join(f"{month}: {each.text}" for month, each in value.by_month.items())
    return value.value.text if value.value else by_month or "off"


def _since(value: DatedValue) -> str:
    return value.since.isoformat() if value.since.year > 1 else ""


def _shown(rule: Rule, example: Example, ruleset: CompiledRuleset, catalog: Catalog) -> Shown:
    report = report_on(rule, example, ruleset, catalog)
    verdict = next(
        each
        for each in report.ledger.verdicts
        if each.rule == rule.id and example.at in ("", each.subject.id)
    )
    note_zh, _, note_en = example.note.partition(" / ")
    return Shown(
        OUTCOMES[Outcome(example.outcome)],
        Bilingual(note_zh.strip(), note_en.strip() or note_zh.strip()),
        _as_text(example),
        Bilingual(_steps(verdict, "zh"), _steps(verdict, "en")),
        _message(rule, verdict, report),
    )


def _as_text(example: Example) -> str:
    written = yaml.safe_dump(
        example.submission, allow_unicode=True, sort_keys=False, default_flow_style=None, width=100
    )
    if example.parameters:
        held = ", ".join(f"${name} = {each.text}" for name, each in example.parameters.items())
        written = f"# {held}\n{written}"
    return str(written).rstrip()


def _steps(verdict: Verdict, language: Language) -> str:
    """How the outcome comes about: the steps of the condition, what it lacks, or what rules it out."""
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        return verdict.guard
    if verdict.outcome is Outcome.UNDETERMINED:
        return lacks_said(verdict.lacks, language)
    if verdict.trace is None:  # pragma: no cover
        return ""
    return calculation(verdict.trace, language) or shown(verdict.trace.value, language)


def _message(rule: Rule, verdict: Verdict, report: Report) -> Bilingual | None:
    for finding in report.findings:
        if finding.rule == rule.id and finding.subject.id == verdict.subject.id:
            return finding.message
    return None
