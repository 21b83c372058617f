"""A ruleset from its folder: `ruleset.yaml` with identity and parameters, `rules/*.yaml` with one rule or a list each.

Every fault of every file is raised at once, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

import yaml
from attrs import evolve

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import Expression, Rule, Ruleset
from perfrules.rules import kept
from perfrules.rules.files import HEAD, files_of, folder_of, shown_as, text_of
from perfrules.rules.head_from_yaml import identity_from
from perfrules.rules.inheritance import Head, complain_of_orphans, inherited
from perfrules.rules.rule_from_yaml import rule_from
from perfrules.rules.yaml_file import YamlFile, raise_all

DEFAULT = "core"
LOOK_ALIKE = str.maketrans("OIL", "011")
"""Letters that are typed for figures."""


class UnfinishedError(RulesetError):
    """Files of a ruleset are at fault; what could be made of them, so that its expressions can be looked at too.

    `partial` is None where its head is at fault, for then its parameters are not known.
    """

    def __init__(self, faults: Iterable[Fault], partial: Ruleset | None) -> None:
        super().__init__(faults)
        self.partial = partial


def load_ruleset(name: str | Path | None = None, *, with_examples: bool = True) -> Ruleset:
    """The ruleset of that name (shipped with perfrules) or in that folder; the core's where None.

    Without examples it comes from what was kept of the same files, if it was read before. Raises RulesetError with all
    faults of all its files.
    """
    return _Loading(with_examples).ruleset(folder_of(str(name or DEFAULT)), ())


def load_rulesets(names: Iterable[str], *, with_examples: bool = True) -> list[Ruleset]:
    """The rulesets of those names; one that several of them extend is loaded once."""
    loading = _Loading(with_examples)
    return [loading.ruleset(folder_of(name), ()) for name in names]


class _Loading:
    """One loading: the rulesets loaded so far, by their folders."""

    def __init__(self, with_examples: bool) -> None:
        self.with_examples = with_examples
        self.done: dict[Path, Ruleset] = {}

    def ruleset(self, folder: Path, below: tuple[Path, ...]) -> Ruleset:
        """The ruleset in a folder; `below` are those that extend it, the first one asked for first."""
        place = folder.resolve()
        if place not in self.done:
            self.done[place] = self.loaded(folder, below)
        return self.done[place]

    def loaded(self, folder: Path, below: tuple[Path, ...]) -> Ruleset:
        texts = {shown_as(path, folder): text_of(path, shown_as(path, folder)) for path in files_of(folder)}
        own, known, faults = self.read(texts)
        try:
            whole = self.with_parent(own, known, folder, below)
        except RulesetError as error:
            raise RulesetError([*faults, *error.faults]) from None
        if faults:
            raise UnfinishedError(faults, whole)
        return whole

    def read(self, texts: Mapping[str, str]) -> tuple[Ruleset, Head, list[Fault]]:
        """What the files say, from what was kept of them where no examples are wanted."""
        if self.with_examples:
            return _read(texts)
        key = kept.key_of(each for pair in texts.items() for each in pair)
        found = kept.fetch(key)
        if found is None:
            own, known, faults = _read(texts)
            found = _without_examples(own), evolve(known, examples={})
            if faults:
                return own, known, faults
            kept.keep(key, found)
        return *found, []

    def with_parent(self, own: Ruleset, known: Head, folder: Path, below: tuple[Path, ...]) -> Ruleset:
        if known.extends is None:
            complain_of_orphans(own, known)
            return own
        parent = self.parent(known.extends, folder, (*below, folder.resolve()))
        return inherited(parent, own, known)

    def parent(self, name: Expression, folder: Path, below: tuple[Path, ...]) -> Ruleset:
        """The ruleset that one extends: beside it, or shipped; raises RulesetError for none, or a circle."""
        beside = folder.parent / name.text
        found = beside if (beside / HEAD).is_file() else folder_of(name.text, name.location)
        if found.resolve() in below:
            circle = " → ".join(path.name for path in (*below, found))
            message = Bilingual(f"规则集互相继承: {circle}", f"rulesets extend each other: {circle}")
            raise RulesetError(Fault("ruleset.circle", message, name.location))
        return self.ruleset(found, below)


def _read(texts: Mapping[str, str]) -> tuple[Ruleset, Head, list[Fault]]:
    """What the files of a ruleset say, that with its identity first; raises UnfinishedError where that one is at fault."""
    files = [YamlFile(said, text) for said, text in texts.items()]
    known = identity_from(files[0])
    rules: dict[str, Rule] = {}
    for file in files[1:]:
        add_rules(file, rules)
    faults = [fault for file in files for fault in file.faults]
    digest = sha256()
    for said, text in texts.items():
        digest.update(f"{said.partition('/')[2]}\0{text}\0".encode())
    own = Ruleset(
        known.id,
        known.version,
        known.title,
        digest.hexdigest(),
        {name: evolve(each, origin=known.id) for name, each in known.parameters.items()},
        {name: evolve(each, origin=known.id) for name, each in rules.items()},
        is_open=known.is_open,
        examples=known.examples,
    )
    if files[0].faults:
        raise UnfinishedError(faults, None)
    return own, known, faults


def _without_examples(ruleset: Ruleset) -> Ruleset:
    rules = {id: evolve(rule, examples=()) for id, rule in ruleset.rules.items()}
    return evolve(ruleset, rules=rules, examples={})


def with_rules(ruleset: Ruleset, brought: Mapping[str, Sequence[Path]]) -> Ruleset:
    """The ruleset with the rules that plugins bring, by the plugin's name; its digest tells them too.

    Raises RulesetError with all faults of all their files, each named after its plugin.
    """
    rules, digest, files = dict(ruleset.rules), sha256(ruleset.sha256.encode()), list[YamlFile]()
    for plugin, paths in brought.items():
        for path in paths:
            said = f"{plugin}/{path.name}"
            text = text_of(path, said)
            digest.update(f"{said}\0{text}\0".encode())
            files.append(YamlFile(said, text))
            known = set(rules)
            add_rules(files[-1], rules)
            rules |= {id: evolve(rule, plugin=plugin) for id, rule in rules.items() if id not in known}
    raise_all(files)
    return evolve(ruleset, rules=rules, sha256=digest.hexdigest()) if files else ruleset


def no_such_rule(rule_id: str, ruleset: Ruleset, where: Location) -> Fault:
    """The fault for a rule named that a ruleset does not have."""
    said = rule_id.upper().translate(LOOK_ALIKE)
    alike = [each for each in ruleset.rules if each.translate(LOOK_ALIKE) == said]
    near = alike or get_close_matches(rule_id.upper(), ruleset.rules, 1)
    message = Bilingual(
        f"规则集 {ruleset.id} 没有规则 {rule_id}", f"ruleset {ruleset.id} has no rule {rule_id}"
    )
    hint = Bilingual("用 perfrules rules list 查看全部", "perfrules rules list shows them all")
    if near:
        hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?")
    return Fault("ruleset.no_such_rule", message, where, hint)


def add_rules(file: YamlFile, rules: dict[str, Rule]) -> None:
    """Adds the rules of a file to those of the ruleset; faults are gathered in the file."""
    root = file.compose()
    if root is None:
        return
    for node in root.value if isinstance(root, yaml.SequenceNode) else [root]:
        rule = rule_from(file, node)
        if not rule.id:
            continue  # told by the file
        if rule.id in rules:
            first = rules[rule.id].location
            message = Bilingual(
                f"规则 {rule.id} 已在 {first} 定义", f"rule {rule.id} is already defined at {first}"
            )
            file.blame(rule.location, "ruleset.duplicate_rule", message)
        rules.setdefault(rule.id, rule)
