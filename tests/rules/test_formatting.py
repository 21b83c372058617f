"""One expression in its place in a YAML file: its author's style and lines are kept, and it reads the same."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from perfrules.language import parse
from perfrules.rules.scalars import Scalar, has_comment, rewritten

CASES = {
    "plain": ("k: a>b  # kept\n", "k: a > b  # kept\n"),
    "unchanged": ("k:   'a > b'   \n", "k:   'a > b'   \n"),
    "single": ("k: 'a==\"x''y\"'\n", "k: 'a == \"x''y\"'\n"),
    "double": ('k: "a==\\"甲\\""\n', 'k: "a == \\"甲\\""\n'),
    "plain would start a quoted text": ("k: “甲” = a\n", "k: '\"甲\" == a'\n"),
    "plain would end in a flow": ("{k: min(a，b), z: 1}\n", "{k: 'min(a, b)', z: 1}\n"),
    "plain in a block may hold commas": ("k: min(a，b)\n", "k: min(a, b)\n"),
    "anchor and tag": ("k: &x !!str a>b\nl: *x\n", "k: &x !!str a > b\nl: *x\n"),
    "literal block": ("k: |\n    a>b\n      且 c>d\n\nl: 1\n", "k: |\n    a > b\n      and c > d\n\nl: 1\n"),
    "folded block": ("k: >-  # why\n  a>b 且\n  c>d\nl: 1\n", "k: >-  # why\n  a > b and\n  c > d\nl: 1\n"),
    "kept block": ("k: |+2\n    a > b\n      and c > d\n\n", "k: |+2\n    a > b\n      and c > d\n\n"),
    "a blank line stays": ("k: |\n  a>b\n\n  and c>d\n", "k: |\n  a > b\n\n  and c > d\n"),
    "a line of brackets goes": (
        "k: |\n  (\n    a>b\n  )\n  and c\n",
        "k: |\n  a > b\n  and c\n",
    ),
    "needed brackets stay on their lines": (
        "k: |\n  not (\n    a>b or\n    c>d\n  )\n",
        "k: |\n  not (\n    a > b or\n    c > d\n  )\n",
    ),
    "plain over two lines": ("k: a>b\n   且 c>d # x\n", "k: a > b\n   and c > d # x\n"),
    "quoted over two lines": ("k: 'a>b\n   且 c>d'\n", "k: 'a > b and c > d'\n"),
    "text over two folded lines": ('k: >-\n  a="甲\n  乙"\n', 'k: >-\n  a == "甲 乙"\n'),
}  # fmt: skip


def formatted(text: str) -> str:
    """The file with the value of `k` rewritten."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    node = root.value[0][1]
    start, end = node.start_mark.index, node.end_mark.index
    scalar = Scalar(text[start:end], node.value, node.style, bool(root.flow_style))
    return text[:start] + rewritten(scalar, parse(node.value)) + text[end:]


@pytest.mark.parametrize("name", CASES)
def test_the_style_of_the_author_is_kept(name: str) -> None:
    before, after = CASES[name]
    assert formatted(before) == after
    assert formatted(after) == after


PARTS = [
    "a>b",
    "（c)",
    "not (d or e)",
    "min(a，b) ≥ 3万元",
    '「甲: "乙" # 丙」 = x',
    "x in [1..(2)]",
    "((a+b))*c<d",
]
STYLES = ["k: |\n  {}\n", "k: >\n  {}\n", "k: '{}'\n", "k: {}\n", "{{k: '{}'}}\n"]


@given(
    parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=4),
    joints=st.lists(st.sampled_from([" 且 ", " and\n  ", "\n    或 ", "  or  "]), min_size=4, max_size=4),
    style=st.sampled_from(STYLES),
)
def test_it_reads_the_same_and_stays(parts: list[str], joints: list[str], style: str) -> None:
    text = "".join(part + joint for part, joint in zip(parts, joints, strict=False))
    text = text[: -len(joints[len(parts) - 1])]
    before = style.format(text)
    try:
        said = yaml.compose(before, Loader=yaml.SafeLoader).value[0][1].value
    except yaml.YAMLError:
        return
    node = parse(said.split(" #")[0] if "「" not in said else said)
    after = formatted(before)
    assert parse(yaml.compose(after, Loader=yaml.SafeLoader).value[0][1].value) == node
    assert formatted(after) == after


@pytest.mark.parametrize(
    ("text", "found"),
    [("a # b", True), ("a ＃ b", True), ('a == "# b"', False), ("a starts # c\n with b", True), ("a", False)],
)
def test_comments_are_seen_and_texts_are_none(text: str, found: bool) -> None:
    assert has_comment(text) is found
