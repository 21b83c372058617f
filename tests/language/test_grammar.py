"""The EBNF of docs/language.md and the parser take the same texts: what the one derives the other parses, and only that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from perfrules.errors import ExpressionError
from perfrules.language import parse
from perfrules.language.tokens import tokens
from perfrules.language.words import AGGREGATES, KIND_WORDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
NOT_CALLED = {"sum", "count", "all", "any", "is_set", "has_row"}
"""What the page excludes as the name of a call."""


@frozen
class Rule:
    """A piece of the grammar: `kind` is choice, row, optional, repeated, word or name; `parts` what it is made of."""

    kind: str
    parts: tuple[Rule, ...] = ()
    text: str = ""


def grammar() -> Mapping[str, Rule]:
    """The productions of the page, in the notation of ISO 14977."""
    block = re.search(r"```ebnf\n(.*?)```", PAGE, re.DOTALL)
    assert block is not None
    return {
        name: _Notation(body).choice()
        for name, body in re.findall(r"^(\w+) *= (.*?) ;$", block[1], re.DOTALL | re.MULTILINE)
    }


class _Notation:
    def __init__(self, text: str) -> None:
        self.pieces, self.at = re.findall(r'"[^"]+"|\w+|[|,(){}\[\]]', text), 0

    def next(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def choice(self) -> Rule:
        rows = [self.row()]
        while self.next() == "|":
            self.at += 1
            rows.append(self.row())
        return rows[0] if len(rows) == 1 else Rule("choice", tuple(rows))

    def row(self) -> Rule:
        parts = [self.piece()]
        while self.next() == ",":
            self.at += 1
            parts.append(self.piece())
        return Rule("row", tuple(parts))

    def piece(self) -> Rule:
        said = self.next()
        self.at += 1
        if said in ("(", "[", "{"):
            inner = self.choice()
            self.at += 1
            return inner if said == "(" else Rule("optional" if said == "[" else "repeated", (inner,))
        return Rule("word", text=said.strip('"')) if said[0] == '"' else Rule("name", text=said)


GRAMMAR = grammar()


def derives(words: tuple[str, ...]) -> bool:
    """Whether the grammar derives a row of words, `expression` being its start."""

    @cache
    def named(name: str, at: int) -> frozenset[int]:
        return ends(GRAMMAR[name], at)

    def ends(rule: Rule, at: int) -> frozenset[int]:
        """Where a derivation from here may end."""
        match rule.kind:
            case "word":
                return frozenset({at + 1} if words[at : at + 1] == (rule.text,) else ())
            case "name" if rule.text in GRAMMAR:
                return named(rule.text, at)
            case "name":
                return frozenset({at + 1} if at < len(words) and is_a(rule.text, words[at]) else ())
            case "choice":
                return frozenset().union(*(ends(part, at) for part in rule.parts))
            case "optional":
                return ends(rule.parts[0], at) | {at}
            case "repeated":
                reached, new = {at}, {at}
                while new:
                    new = set().union(*(ends(rule.parts[0], each) for each in new)) - reached
                    reached |= new
                return frozenset(reached)
            case _:
                places = frozenset({at})
                for part in rule.parts:
                    places = frozenset().union(*(ends(part, each) for each in places))
                return places

    def is_a(terminal: str, word: str) -> bool:
        return {"NUMBER": word[0].isdigit() and "-" not in word, "DATE": word[0].isdigit() and "-" in word,
                "TEXT": word[0] == '"', "NAME": re.fullmatch(r"[a-z_]+", word) is not None and word not in RESERVED}[terminal]  # fmt: skip

    return len(words) in named("expression", 0)


RESERVED = {"and", "or", "not", "if", "then", "else", "in", "has", "starts", "ends", "with", "matches", "is", "for", "where", "distinct", "true", "false"}  # fmt: skip
WORDS = [
    *RESERVED, "a", "b", "abs", "sum", "count", "min", "all", "is_set", "has_row", "money", "3", '"x"', "2022-06-30",
    "$", "(", ")", "[", "]", ",", ".", "..", "+", "-", "*", "/", "<", "==", "≈",
]  # fmt: skip


def called_wrongly(words: tuple[str, ...]) -> bool:
    """The one exclusion the page makes in words: the name of a call is none of the aggregates and special forms.

    Without it `sum ( a )` would be derived as a call; such rows are left to the tests by hand.
    """
    return any(word in NOT_CALLED and words[at + 1 : at + 2] == ("(",) for at, word in enumerate(words))


def is_parsed(words: tuple[str, ...]) -> bool:
    """`$` belongs to the name after it: the one place where the words of the page are not apart."""
    try:
        parse(" ".join(words).replace("$ ", "$"))
    except ExpressionError:
        return False
    return True


def well_spelled(words: tuple[str, ...]) -> bool:
    """`$` is followed by a name that is no keyword, so that both readings see the same words."""
    followed = zip(words, (*words[1:], ""), strict=True)
    return all(
        word != "$" or after in ("a", "b", "abs", "sum", "count", "min", "all", "money")
        for word, after in followed
    )


@cache
def sentences(name: str, depth: int) -> st.SearchStrategy[tuple[str, ...]]:
    return _sentences(GRAMMAR[name], depth)


def _sentences(rule: Rule, depth: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Sentences of a rule; past the depth an expression is a name."""
    samples = {"NUMBER": ("3", "7"), "DATE": ("2022-06-30",), "TEXT": ('"x"',), "NAME": ("a", "b", "abs")}
    match rule.kind:
        case "word":
            return st.just((rule.text,))
        case "name" if rule.text in samples:
            return st.sampled_from(samples[rule.text]).map(lambda word: (word,))
        case "name" if rule.text in ("expression", "unary", "not", "atom") and depth <= 0:
            return st.just(("a",))
        case "name":
            return st.deferred(
                lambda: sentences(rule.text, depth - (rule.text in ("expression", "unary", "not")))
            )
        case "choice":
            return st.one_of([_sentences(part, depth) for part in rule.parts])
        case "optional":
            return st.just(()) | _sentences(rule.parts[0], depth)
        case "repeated":
            inner = _sentences(rule.parts[0], depth - 1)
            several = st.lists(inner, max_size=1 if depth > 0 else 0)
            return several.map(lambda found: tuple(word for each in found for word in each))
        case _:
            row = st.tuples(*(_sentences(part, depth) for part in rule.parts))
            return row.map(lambda found: tuple(word for each in found for word in each))


@given(sentences("expression", 3))
def test_what_the_grammar_derives_is_parsed(words: tuple[str, ...]) -> None:
    assert derives(words)
    assert is_parsed(words), " ".join(words)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(tuple))
def test_a_row_of_any_words_is_parsed_where_the_grammar_derives_it(words: tuple[str, ...]) -> None:
    if well_spelled(words) and not called_wrongly(words):
        assert derives(words) is is_parsed(words), " ".join(words)


@given(sentences("expression", 2), st.data())
def test_a_sentence_with_a_word_changed_is_parsed_where_the_grammar_derives_it(
    words: tuple[str, ...], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    new = data.draw(st.lists(st.sampled_from(WORDS), max_size=2))
    changed = (*words[:at], *new, *words[at + 1 :])
    if changed and well_spelled(changed) and not called_wrongly(changed):
        assert derives(changed) is is_parsed(changed), " ".join(changed)


@pytest.mark.parametrize(
    "text", ["sum(a)", "sum(a, b)", "count(a, b)", "all(a)", "any()", "is_set(a)", "has_row(a)", "count()"]
)
def test_aggregates_and_special_forms_are_not_called_like_functions(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_every_case_that_parses_is_derived() -> None:
    checked = 0
    for path in sorted((ROOT / "tests" / "conformance").glob("*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
            try:
                parse(case["if"])
            except ExpressionError:
                continue
            words = [word for token in tokens(case["if"])[:-1] for word in spelled(token.kind, token.text)]
            assert derives(tuple(words)), case["if"]
            checked += 1
    assert checked > 600


def spelled(kind: str, text: str) -> list[str]:
    """A token in the words of the page: names that are none of its words all look alike to it."""
    known = (*NOT_CALLED, "min", "max", "money", "ratio", "number", "count", "days", "months", "date", "text")
    english = {
        **AGGREGATES,
        **{word: kind.value for word, kind in KIND_WORDS.items()},
        "已设": "is_set",
        "有此行": "has_row",
    }
    match kind:
        case "number":
            return ["3"]
        case "text":
            return ['"x"']
        case "date":
            return ["2022-06-30"]
        case "parameter":
            return ["$", "a"]
        case "name":
            word = english.get(text, text)
            return [word if word in known else "a"]
        case _:
            return kind.split(" ")
