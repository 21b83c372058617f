"""The facts that a violation hangs on: of parts that decide alone those that did, of texts the words that were found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve

from perfrules.language import found_words
from perfrules.model.fact import Fact, State
from perfrules.model.quantity import Quantity
from perfrules.model.trace import Trace
from perfrules.model.truth import Unknown

_DECIDES_ALONE = {"and": False, "all": False, "or": True, "any": True}
"""What a single part must come out as to decide the whole."""
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


def deciding(trace: Trace) -> Iterator[Fact]:
    """The facts on which a condition that came out hangs, in the order of the expression, derived facts followed by theirs."""
    if trace.fact is not None:
        yield trace.fact
        if trace.fact.trace is not None:
            yield from trace.fact.trace.facts()
    for part in _hanging(trace):
        yield from (
            _words(trace, part.fact) if part.fact is not None and _is_passage(part.fact) else deciding(part)
        )


def accused_and_deciding(trace: Trace, figure: Trace | None) -> tuple[Fact, ...]:
    """The facts a violation hangs on, the accused one first, each once; of conflicting ones every print."""
    found = [figure.fact] if figure and figure.fact else []
    for fact in deciding(trace):
        prints = (fact, *fact.witnesses) if fact.state is State.CONFLICTING else (fact,)
        found += [each for each in prints if each not in found]
    return tuple(found)


def beside(facts: Sequence[Fact], shown: Sequence[Trace]) -> tuple[Fact, ...]:
    """The printed figures that a message shows and that are none of those its finding hangs on, each once."""
    figures = (each for trace in shown for each in trace.facts())
    printed = [each for each in figures if isinstance(each.value, Quantity) and each.quote]
    return tuple(each for each in dict.fromkeys(printed) if each not in facts)


def _hanging(trace: Trace) -> Sequence[Trace]:
    """The parts that made a step come out as it did; of rows that are counted those that are so for certain."""
    if trace.operator == "count":
        return [part for part in trace.parts if not isinstance(part.value, Unknown)]
    decisive = _DECIDES_ALONE.get(trace.operator)
    if decisive is not None and trace.value is decisive:
        return [part for part in trace.parts if part.value is decisive]
    return trace.parts


def _is_passage(fact: Fact) -> bool:
    """Whether a fact is a section of the text: it is no figure, and printed over many lines."""
    return isinstance(fact.value, str) and bool(fact.lines) and not fact.quote


def _words(condition: Trace, passage: Fact) -> Iterator[Fact]:
    """Of a section the words that a condition has found in it; of one in which it has found none the first sentence."""
    text = str(passage.value)
    sentence = _SENTENCE.search(text)
    for start, end in found_words(condition) or ([sentence.span()] if sentence else []):
        yield evolve(passage, quote=text[start:end], location=passage.cut(start, end), lines=())
