"""The files of rulesets with every expression written canonically, all other bytes as they are.

In: files of rulesets. Out: their texts before and after. Raises RulesetError with all faults of all files.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

import yaml
from attrs import frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import ExpressionError, Fault, RulesetError
from perfrules.language import Node, parse
from perfrules.location import Location
from perfrules.model.rule import Expression
from perfrules.rules.files import HEAD, files_of, text_of
from perfrules.rules.head_from_yaml import identity_from
from perfrules.rules.ruleset_from_yaml import add_rules
from perfrules.rules.scalars import Scalar, has_comment, rewritten
from perfrules.rules.yaml_file import YamlFile, below


@frozen
class Formatted:
    """A file's text before and after; `notes` tell which expressions were left as they are, and why.

    `mark` is the byte-order mark the file begins with, if it has one.
    """

    path: Path
    mark: str
    before: str
    after: str
    notes: tuple[Fault, ...]

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def formatted(paths: Sequence[Path]) -> tuple[Formatted, ...]:
    """Every file named, and those of the rulesets or folders named; raises RulesetError where anything is at fault."""
    faults: list[Fault] = []
    done = []
    for path in dict.fromkeys(file for each in paths for file in _files(each, faults)):
        try:
            done.append(_formatted(path))
        except RulesetError as error:
            faults += error.faults
    if faults:
        raise RulesetError(faults)
    return tuple(done)


def _files(path: Path, faults: list[Fault]) -> Iterable[Path]:
    """A file itself; of a folder the files of its ruleset, or all YAML files below where it is none."""
    if not path.is_dir():
        return [path]
    found = files_of(path) if (path / HEAD).is_file() else sorted(path.rglob("*.yaml"))
    if not found:
        message = Bilingual("文件夹中没有 .yaml 文件", "there is no .yaml file in this folder")
        hint = Bilingual("给出规则集文件夹或 .yaml 文件", "name the folder of a ruleset, or .yaml files")
        faults.append(Fault("ruleset.nothing_to_format", message, Location(path.as_posix()), hint))
    return found


def _formatted(path: Path) -> Formatted:
    before = text_of(path, path.as_posix())
    file = _read(path, before)
    nodes = _parsed(file)
    flows = _in_flow(file.root)
    notes, places = list[Fault](), dict[int, tuple[yaml.ScalarNode, str]]()
    for scalar, expression in file.expressions:
        if has_comment(expression.text):
            notes.append(_commented(expression))
            continue
        start, end = scalar.start_mark.index, scalar.end_mark.index
        written = Scalar(before[start:end], scalar.value, scalar.style, id(scalar) in flows)
        places[start] = scalar, rewritten(written, nodes[id(scalar)])
    after = before
    for start, (scalar, text) in sorted(places.items(), reverse=True):
        after = f"{after[:start]}{text}{after[scalar.end_mark.index :]}"
    if after != before and not _alike(file, _read(path, after)):
        raise RulesetError(_changed_meaning(path))
    mark = "\ufeff" if path.read_bytes().startswith(BOM_UTF8) else ""
    return Formatted(path, mark, before, after, tuple(notes))


def _read(path: Path, text: str) -> YamlFile:
    """The file read as what its name says it is, with its faults."""
    file = YamlFile(path.as_posix(), text)
    if path.name == HEAD:
        identity_from(file)
    else:
        add_rules(file, {})
    return file


def _parsed(file: YamlFile) -> dict[int, Node]:
    """The tree of every expression by its scalar's identity; raises RulesetError with all faults of the file."""
    faults, nodes = list(file.faults), dict[int, Node]()
    for scalar, expression in file.expressions:
        try:
            nodes[id(scalar)] = parse(expression.text, expression.location)
        except ExpressionError as error:
            faults += error.faults
    if faults:
        raise RulesetError(dict.fromkeys(faults))
    return nodes


def _in_flow(root: yaml.Node | None) -> set[int]:
    """The nodes that stand inside `{…}` or `[…]`, by identity."""
    found: set[int] = set()
    seen: set[tuple[int, bool]] = set()
    waiting = [(root, False)] if root is not None else []
    while waiting:
        node, flow = waiting.pop()
        if (id(node), flow) in seen:  # an alias
            continue
        seen.add((id(node), flow))
        if flow:
            found.add(id(node))
        inside = flow or bool(getattr(node, "flow_style", False))
        waiting += [(each, inside) for each in below(node)]
    return found


def _alike(before: YamlFile, after: YamlFile) -> bool:
    """Whether two files say the same: every scalar the same text, or the same expression."""
    expressions = {id(scalar) for scalar, _ in before.expressions}
    pairs = zip_longest(_scalars(before.root), _scalars(after.root))
    return not after.faults and all(
        old is not None
        and new is not None
        and (parse(old.value) == parse(new.value) if id(old) in expressions else old.value == new.value)
        for old, new in pairs
    )


def _scalars(root: yaml.Node | None) -> Iterable[yaml.ScalarNode]:
    """Every scalar in the order of the file, aliases once."""
    waiting, seen = [root] if root is not None else [], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        waiting += reversed(list(below(node)))


def _commented(expression: Expression) -> Fault:
    message = Bilingual("含注释, 保持原样", "has a comment and is left as it is")
    return Fault("ruleset.comment_kept", message, expression.location)


def _changed_meaning(path: Path) -> Fault:
    message = Bilingual(
        "改写后含义会变, 未改动", "written canonically it would mean something else; not changed"
    )
    hint = Bilingual("这是程序的错误, 请报告", "this is a mistake of the program; please report it")
    return Fault("ruleset.not_formatted", message, Location(path.as_posix()), hint)
