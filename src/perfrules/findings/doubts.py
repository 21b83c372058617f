"""Figures under suspicion: what a violated rule casts doubt on, no other rule relies on.

A rule that declares `doubts` is asked before the others. Where it is violated, the facts it names, every fact that is
the same print, and every fact derived from one of them become suspect: rules that use them are undetermined.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from perfrules.findings.judge import Judged
from perfrules.model.fact import Fact, State
from perfrules.model.finding import Outcome
from perfrules.model.subject import Subject
from perfrules.model.submission import Submission


def doubted_by(judged: Judged) -> list[Fact]:
    """The facts of the subject asked that a violation of the rule puts under suspicion; none where it is not violated."""
    if judged.verdict.outcome is not Outcome.VIOLATION:
        return []
    facts = judged.context.path[-1].facts
    return [facts[name] for name in judged.compiled.rule.doubts if name in facts]


def with_doubts(submission: Submission, doubted: Collection[Fact]) -> Submission:
    """The submission with these facts suspect wherever they stand, and whatever was derived from them."""
    if not doubted:
        return submission
    return evolve(submission, department=_subject(submission.department, doubted))


def _subject(subject: Subject, doubted: Collection[Fact]) -> Subject:
    tables = {
        name: evolve(table, rows=tuple(_subject(row, doubted) for row in table.rows))
        for name, table in subject.tables.items()
    }
    members = {name: _subject(member, doubted) for name, member in subject.members.items()}
    return evolve(subject, facts=_facts(subject.facts, doubted), tables=tables, members=members)


def _facts(facts: Mapping[str, Fact], doubted: Collection[Fact]) -> Mapping[str, Fact]:
    return {name: _suspect(fact) if _stands_on(fact, doubted) else fact for name, fact in facts.items()}


def _stands_on(fact: Fact, doubted: Collection[Fact]) -> bool:
    return fact in doubted or (fact.trace is not None and any(each in doubted for each in fact.trace.facts()))


def _suspect(fact: Fact) -> Fact:
    return evolve(fact, state=State.SUSPECT)
