"""A ruleset file read at node level: every scalar is text with its line and column, and no fault stops the reading.

PyYAML's composer gives the nodes; nothing is resolved to numbers, dates or truth values behind the author's back
(`1.10` stays 1.10, `no` stays no).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

import yaml
from attrs import define, evolve, field, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.model.rule import Expression

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 200_000
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Keys:
    """The keys a mapping may and must have."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every key allowed."""
        return self.required + self.optional


@define
class YamlFile:
    """One file of a ruleset while it is read; gathers the faults found in it, and the nodes that are expressions."""

    path: str
    text: str
    faults: list[Fault] = field(factory=list)
    root: yaml.Node | None = None
    expressions: list[tuple[yaml.ScalarNode, Expression]] = field(factory=list)

    def compose(self) -> yaml.Node | None:
        """The root node; None and a fault where the file is not YAML, or is empty, too large or too deep."""
        if len(self.text) > MAX_BYTES:
            self._blame(None, "ruleset.too_large", "文件过大", "the file is too large")
            return None
        try:
            deep, has_aliases = _looked_over(self.text)
            if deep:  # before composing, which goes down level by level
                self._blame(None, "ruleset.too_deep", "嵌套过深或引用成环", "nested too deeply")
                return None
            root = yaml.compose(self.text, Loader=_LOADER)
        except yaml.YAMLError as error:
            if _DEEP in str(error):  # newer parsers stop by themselves
                self._blame(None, "ruleset.too_deep", "嵌套过深或引用成环", "nested too deeply")
            else:
                self._not_yaml(error)
            return None
        if root is None:
            self._blame(None, "ruleset.empty", "文件是空的", "the file is empty")
        elif has_aliases and _size(root, MAX_DEPTH, {}) > MAX_NODES:
            self._blame(root, "ruleset.too_deep", "嵌套过深或引用成环", "nested too deeply")
            return None
        self.root = root
        return root

    def mapping(self, node: yaml.Node, keys: Keys | None = None) -> dict[str, yaml.Node]:
        """The values of a mapping by key; faults for what is no mapping, and for unknown, duplicate and absent keys."""
        if not isinstance(node, yaml.MappingNode):
            self._blame(node, "ruleset.not_mapping", "此处应为“键: 值”", "expected a mapping here")
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if keys and name not in keys.all:
                self._unknown_key(key, name, keys.all)
            elif name in found:
                self._blame(key, "ruleset.duplicate_key", f"键 {name} 重复", f"key {name} appears twice")
            found.setdefault(name, value)
        for name in keys.required if keys else ():
            if name not in found:
                self._blame(node, "ruleset.missing_key", f"缺少键 {name}", f"key {name} is missing")
        return found

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """The items of a list; a fault for anything else."""
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self._blame(node, "ruleset.not_list", "此处应为列表", "expected a list here")
        return []

    def string(self, node: yaml.Node | None, default: str = "") -> str:
        """The scalar's text; a fault for a mapping or list."""
        if node is None:
            return default
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._blame(node, "ruleset.not_text", "此处应为文字", "expected text here")
        return default

    def name(self, node: yaml.Node | None) -> str:
        """The scalar's text; a fault where it is empty or no text. An absent one is told where its key is missing."""
        text = self.string(node)
        if isinstance(node, yaml.ScalarNode) and not text.strip():
            self._blame(node, "ruleset.nameless", "名称不能为空", "a name cannot be empty")
        return text.strip()

    def words(self, node: yaml.Node | None) -> tuple[str, ...]:
        """One text or a list of texts."""
        if node is None:
            return ()
        nodes = self.items(node) if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(self.string(each) for each in nodes)

    def bilingual(self, node: yaml.Node | None) -> Bilingual:
        """A text in both languages: a mapping with `zh` and `en`."""
        if node is None:
            return Bilingual("", "")
        values = self.mapping(node, Keys(("zh", "en")))
        return Bilingual(self.string(values.get("zh")).strip(), self.string(values.get("en")).strip())

    def day(self, node: yaml.Node | None) -> date | None:
        """A date written 2022-06-30; a fault for anything else."""
        if node is None:
            return None
        try:
            return date.fromisoformat(self.string(node))
        except ValueError:
            self._blame(
                node, "ruleset.not_date", "此处应为日期, 如 2022-06-30", "expected a date, as in 2022-06-30"
            )
            return None

    def truth(self, node: yaml.Node | None) -> bool:
        """`true` or `false`; absent means false."""
        if node is None:
            return False
        if self.string(node) not in ("true", "false"):
            self._blame(node, "ruleset.not_truth", "此处应为 true 或 false", "expected true or false")
        return self.string(node) == "true"

    def expression(self, node: yaml.Node | None) -> Expression | None:
        """An expression with the place of its first character."""
        if node is None:
            return None
        if (
            isinstance(node, yaml.SequenceNode) and node.flow_style
        ):  # a list reads alike in YAML and the language
            return Expression(self.text[node.start_mark.index : node.end_mark.index], self.where(node))
        expression = Expression(self.string(node), self._start(node))
        if isinstance(node, yaml.ScalarNode):
            self.expressions.append((node, expression))
        return expression

    def _start(self, node: yaml.Node) -> Location:
        """Where the text of a scalar starts: after a quote, or on the line after the mark of a block."""
        here = self.where(node)
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        assert here.line is not None
        assert here.column is not None
        if style in (">", "|"):
            return evolve(here, line=here.line + 1, column=None)
        return evolve(here, column=here.column + 1) if style in ('"', "'") else here

    def where(self, node: yaml.Node) -> Location:
        """Where a node starts in this file."""
        return Location(self.path, "", None, node.start_mark.line + 1, node.start_mark.column + 1)

    def choice(self, node: yaml.Node | None, allowed: Iterable[str], default: str) -> str:
        """One of the allowed words; a fault that lists them for anything else."""
        word = self.string(node, default)
        listed = tuple(allowed)
        if node is not None and word not in listed:
            among = ", ".join(listed)
            self._blame(
                node, "ruleset.not_a_choice", f"{word} 不可用, 可用: {among}", f"{word} is not one of {among}"
            )
            return default
        return word

    def _unknown_key(self, node: yaml.Node, name: str, allowed: tuple[str, ...]) -> None:
        near = get_close_matches(name, allowed, 1)
        hint = Bilingual(f"是否为 {near[0]}?", f"did you mean {near[0]}?") if near else _allowed(allowed)
        self._blame(node, "ruleset.unknown_key", f"未知的键 {name}", f"unknown key {name}", hint)

    def _blame(
        self, node: yaml.Node | None, code: str, zh: str, en: str, hint: Bilingual | None = None
    ) -> None:
        where = self.where(node) if node is not None else Location(self.path)
        self.blame(where, code, Bilingual(zh, en), hint)

    def blame(self, where: Location, code: str, message: Bilingual, hint: Bilingual | None = None) -> None:
        """Notes a fault at a place of this file, with the line and a caret."""
        excerpt, caret = None, None
        if where.line is not None and where.column is not None:
            lines = self.text.splitlines()
            excerpt = lines[where.line - 1] if where.line <= len(lines) else ""
            caret = (where.column - 1, where.column)
        self.faults.append(Fault(code, message, where, hint, excerpt, caret))

    def _not_yaml(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        where = Location(self.path, "", None, mark.line + 1, mark.column + 1) if mark else Location(self.path)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        hint = Bilingual("检查缩进、冒号和引号", "look at the indentation, colons and quotes")
        self.blame(
            where, "ruleset.not_yaml", Bilingual(f"不是合法的 YAML: {problem}", f"not YAML: {problem}"), hint
        )


def as_plain(node: yaml.Node) -> object:
    """A node as dicts, lists and texts, nothing resolved; what the submission format reads in examples."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): as_plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [as_plain(each) for each in node.value]
    return node.value


def raise_all(files: Iterable[YamlFile]) -> None:
    """Raises RulesetError with the faults of all files, if there are any."""
    faults = [fault for each in files for fault in each.faults]
    if faults:
        raise RulesetError(faults)


_DEEP = "maximum nesting depth"
"""What libyaml says of a text that is nested deeper than it goes."""


def _looked_over(text: str) -> tuple[bool, bool]:
    """Whether a text is nested deeper than any ruleset is, and whether it has aliases; raises YAMLError for no YAML.

    Without aliases a text has no more nodes than characters, and needs no counting.
    """
    depth, has_aliases = 0, False
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            has_aliases = True
        if depth > MAX_DEPTH:
            return True, has_aliases
    return False, has_aliases


def _size(node: yaml.Node, depth: int, known: dict[int, int]) -> int:
    """How many nodes there are with every alias written out; past every bound where it is too deep or a circle.

    Each node is counted once and its size remembered, so that aliases of aliases cost nothing.
    """
    if depth == 0:
        return MAX_NODES + 1
    if id(node) not in known:
        known[id(node)] = MAX_NODES + 1  # while it is being counted: meeting it again means a circle
        known[id(node)] = 1 + sum(_size(each, depth - 1, known) for each in below(node))
    return known[id(node)]


def below(node: yaml.Node) -> Iterable[yaml.Node]:
    """The nodes directly below a node, keys and values in turn."""
    if isinstance(node, yaml.MappingNode):
        return [each for pair in node.value for each in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _allowed(keys: tuple[str, ...]) -> Bilingual:
    listed = ", ".join(keys)
    return Bilingual(f"可用的键: {listed}", f"keys that may stand here: {listed}")


Nodes = Mapping[str, yaml.Node]
