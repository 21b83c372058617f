"""The documents say what is there: every field, hook, key, function and decision has its place in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfrules.language import BUILTINS
from perfrules.language.words import FORMS, UNITS
from perfrules.model.subject_types import CORE_TYPES
from perfrules.plugins.hooks import Hooks
from perfrules.rules.rule_from_yaml import RULE, TOPICS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FIELDS = sorted({(field.name, field.label.zh) for each in CORE_TYPES.values() for field in each.fields})
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "label"), FIELDS)
def test_every_field_is_in_the_glossary(name: str, label: str) -> None:
    rows = [line for line in text("glossary.md").splitlines() if f"| `{name}` |" in line]
    assert rows, name
    assert any(row.startswith(f"| {label} |") for row in rows), label


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_in_the_glossary(topic: str) -> None:
    assert f"`{topic}`" in text("glossary.md")


@pytest.mark.parametrize("key", RULE.all)
def test_every_key_of_a_rule_is_documented(key: str) -> None:
    assert f"`{key}`" in text("rulesets.md")


@pytest.mark.parametrize(
    "name", sorted({each.name for each in BUILTINS.values()} | set(FORMS.values()) | {"has_row", "is_set"})
)
def test_every_function_is_documented(name: str) -> None:
    assert re.search(rf"`{name}[(`]", text("language.md"))


@pytest.mark.parametrize("hook", [name for name in vars(Hooks) if name.startswith("perfrules_")])
def test_every_hook_has_heading_signature_and_example(hook: str) -> None:
    section = text("plugins.md").split(f"## {hook}\n", 1)[1].split("\n## ")[0]
    assert f"def {hook}() -> list[" in section
    assert "xample" in section or "```python" in section


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_tells_context_choice_cost_and_doubt(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    for heading in ("## Context", "## Choice", "## Cost", "## What would change our mind"):
        assert heading in page
    assert path.name in (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")


def test_the_capture_in_the_readme_is_what_the_program_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    golden = (ROOT / "tests" / "golden" / "wangxinban.zh.80.txt").read_text(encoding="utf-8")
    block = next(each for each in readme.split("```") if "绩效监控报告核查结果" in each)
    for part in block.strip("\n").split("\n...\n"):
        assert f"\n{part}\n" in f"\n{golden}\n"


def test_the_page_of_the_language_lists_every_unit() -> None:
    page = (DOCS / "language.md").read_text(encoding="utf-8").replace("`", " ").split()
    assert set(UNITS) <= {word.strip(".,()") for word in page}
