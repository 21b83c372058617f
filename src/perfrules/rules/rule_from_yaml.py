"""One rule from its YAML node: the keys of the format, each with its type; faults are gathered in the file."""

from __future__ import annotations

import yaml

from perfrules.bilingual import Bilingual
from perfrules.model.rule import Band, Basis, Example, Expression, Otherwise, Request, Rule, Severity, Suspect
from perfrules.rules.bands import bands_from, condition_of
from perfrules.rules.yaml_file import Keys, Nodes, YamlFile, as_plain

RULE = Keys(
    ("id", "title", "topic", "for", "message", "why", "examples"),
    (
        "severity",
        "assert",
        "bands",
        "because",
        "open",
        "unwaivable",
        "when",
        "measure",
        "limit",
        "margin",
        "figure",
        "suspects",
        "otherwise",
        "explained_by",
        "request",
        "required",
        "yields_to",
        "doubts",
        "fix",
        "basis",
        "since",
        "until",
    ),
)
TOPICS = [
    "wrong_base",
    "wrong_value",
    "sum_mismatch",
    "count_mismatch",
    "overspend",
    "slow_progress",
    "zero_spend",
    "idle_appropriation",
    "unit_slip",
    "conflicting_values",
    "missing_figure",
    "period_mismatch",
    "stale_year",
    "yoy_implausible",
    "unexplained_deviation",
    "goal_gap",
    "target_missed",
    "target_fault",
    "score_mismatch",
    "form_fault",
    "name_mismatch",
    "claim_contradicted",
    "peer_outlier",
    "copied_text",
    "late_filing",
    "text_fault",
    "waiver_expired",
    "waiver_exceeded",
    "waiver_unused",
]
OUTCOMES = ("pass", "violation", "undetermined", "not_applicable")


def rule_from(file: YamlFile, node: yaml.Node) -> Rule:
    """The rule a node describes; where the file has faults the rule is incomplete and the ruleset will not load."""
    keys = file.mapping(node, RULE)
    empty = Expression("")
    measure = file.expression(keys.get("measure"))
    bands = bands_from(file, keys["bands"]) if "bands" in keys else ()
    _one_of_both(file, node, keys)
    return Rule(
        id=file.name(keys.get("id")),
        title=file.bilingual(keys.get("title")),
        topic=file.choice(keys.get("topic"), TOPICS, "wrong_value"),
        severity=_severity(file, keys, bands),
        for_types=file.words(keys.get("for")),
        condition=condition_of(measure, bands) if bands else file.expression(keys.get("assert")) or empty,
        message=file.bilingual(keys.get("message")),
        location=file.where(node),
        why=file.bilingual(keys.get("why")),
        when=file.expression(keys.get("when")),
        measure=measure,
        limit=file.expression(keys.get("limit")),
        margin=file.expression(keys.get("margin")),
        figure=(file.expression(keys.get("figure")) or empty).text,
        suspects=_suspects(file, keys),
        otherwise=_otherwise(file, keys),
        explained_by=file.string(keys.get("explained_by")),
        request=_request(file, keys),
        required=_required(file, keys),
        yields_to=file.words(keys.get("yields_to")),
        doubts=file.words(keys.get("doubts")),
        bands=bands,
        fix=file.bilingual(keys["fix"]) if "fix" in keys else None,
        basis=tuple(_basis(file, each) for each in file.items(keys["basis"])) if "basis" in keys else (),
        since=file.day(keys.get("since")),
        until=file.day(keys.get("until")),
        examples=_examples(file, keys),
        because=file.string(keys.get("because")),
        is_open=file.truth(keys.get("open")),
        is_unwaivable=file.truth(keys.get("unwaivable")),
    )


def _one_of_both(file: YamlFile, node: yaml.Node, keys: Nodes) -> None:
    """A rule has a condition with its severity, or bands of a measure with theirs."""
    if not isinstance(node, yaml.MappingNode):
        return  # told already
    missing = ("measure",) if "bands" in keys else ("severity", "assert")
    for name in (name for name in missing if name not in keys):
        message = Bilingual(f"缺少键 {name}", f"key {name} is missing")
        file.blame(file.where(node), "ruleset.missing_key", message)
    for name in ("severity", "assert", "limit"):
        if "bands" in keys and name in keys:
            message = Bilingual(f"有 bands 的规则不写 {name}", f"a rule with bands has no {name}")
            file.blame(file.where(keys[name]), "ruleset.bands", message)


def _severity(file: YamlFile, keys: Nodes, bands: tuple[Band, ...]) -> Severity:
    """The severity written; of a rule with bands the gravest of theirs."""
    written = Severity(file.choice(keys.get("severity"), [each.value for each in Severity], "notice"))
    return min(
        (band.severity for band in bands if band.severity), key=lambda each: each.rank, default=written
    )


def _required(file: YamlFile, keys: Nodes) -> tuple[str, ...]:
    """The types named, or those of `for` that every report has a figure for; rows of lists are required by name only."""
    if "required" in keys:
        return file.words(keys["required"])
    return tuple(each for each in file.words(keys.get("for")) if each in ("department", "line", "claim"))


def _suspects(file: YamlFile, keys: Nodes) -> tuple[Suspect, ...]:
    if "suspects" not in keys:
        return ()
    suspects = []
    for name, node in file.mapping(keys["suspects"]).items():
        parts = file.mapping(node, Keys(("zh", "en", "value")))
        label = Bilingual(file.string(parts.get("zh")), file.string(parts.get("en")))
        suspects.append(Suspect(name, label, file.expression(parts.get("value")) or Expression("")))
    return tuple(suspects)


def _otherwise(file: YamlFile, keys: Nodes) -> Otherwise | None:
    if "otherwise" not in keys:
        return None
    parts = file.mapping(keys["otherwise"], Keys(("topic", "title", "message")))
    topic = file.choice(parts.get("topic"), TOPICS, "wrong_value")
    return Otherwise(topic, file.bilingual(parts.get("title")), file.bilingual(parts.get("message")))


def _request(file: YamlFile, keys: Nodes) -> Request | None:
    if "request" not in keys:
        return None
    parts = file.mapping(keys["request"], Keys(("explained", "unexplained")))
    return Request(file.bilingual(parts.get("explained")), file.bilingual(parts.get("unexplained")))


def _basis(file: YamlFile, node: yaml.Node) -> Basis:
    keys = file.mapping(
        node, Keys(("document",), ("number", "article", "quote", "date", "confirmed", "repealed"))
    )
    number, article, quote = (file.string(keys.get(key)) for key in ("number", "article", "quote"))
    confirmed = file.truth(keys.get("confirmed"))
    written, repealed = (file.day(keys.get(key)) for key in ("date", "repealed"))
    return Basis(file.string(keys.get("document")), number, article, quote, written, confirmed, repealed)


def _examples(file: YamlFile, keys: Nodes) -> tuple[Example, ...]:
    required, optional = OUTCOMES[:2], OUTCOMES[2:]
    return examples_from(file, keys["examples"], Keys(required, optional)) if "examples" in keys else ()


def examples_from(
    file: YamlFile, node: yaml.Node, outcomes: Keys = Keys((), OUTCOMES)
) -> tuple[Example, ...]:
    """The examples listed under their outcomes."""
    return tuple(
        _example(file, outcome, each)
        for outcome, listed in file.mapping(node, outcomes).items()
        if outcome in OUTCOMES
        for each in file.items(listed)
    )


def _example(file: YamlFile, outcome: str, node: yaml.Node) -> Example:
    keys = file.mapping(node, Keys(("submission",), ("at", "topic", "level", "note", "parameters")))
    at, topic, note, level = (file.string(keys.get(key)) for key in ("at", "topic", "note", "level"))
    given = file.mapping(keys["submission"]) if "submission" in keys else {}
    submission = {name: as_plain(value) for name, value in given.items()}
    set_here = file.mapping(keys["parameters"]) if "parameters" in keys else {}
    parameters = {name: file.expression(value) or Expression("") for name, value in set_here.items()}
    return Example(outcome, submission, file.where(node), at, topic, note, parameters, level)
