"""A dataset → findings: rules as SQL where whole numbers say them, the definition where they do not.

What is screened is one row for each rule and subject that is violated or undetermined. Rules beyond SQL are asked by the
definition, department by department, and so are departments in which a rule cast doubt on figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.errors import ReadError
from perfrules.findings.judge import judge
from perfrules.language import Context
from perfrules.language.whole import Frame
from perfrules.model.finding import Outcome
from perfrules.model.submission import Submission
from perfrules.model.trace import Trace
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset
from perfrules.screening.asked import VIOLATED, Relation
from perfrules.screening.database import open_tables
from perfrules.screening.frames import Laying
from perfrules.screening.layout import load_layout
from perfrules.screening.period import in_force, with_pace
from perfrules.screening.queries import counts_query, findings_query
from perfrules.screening.questions import Questions, questions
from perfrules.screening.subjects import subject

if TYPE_CHECKING:
    import duckdb


@frozen
class Prepared:
    """A dataset with a ruleset laid over it: its frames, questions and parameters."""

    frame: Frame
    relations: tuple[Relation, ...]
    questions: Questions
    parameters: Mapping[str, Trace]
    unused: Mapping[str, Sequence[str]]


def prepared(
    folder: Path,
    database: duckdb.DuckDBPyConnection,
    ruleset: CompiledRuleset,
    catalog: Catalog,
    as_of: date | None = None,
) -> Prepared:
    """The dataset of a folder, opened; raises ReadError where it cannot be read, RulesetError where its layout is at fault."""
    layout = load_layout(folder, catalog.types)
    tables = open_tables(database, folder, layout)
    laying = Laying(layout, catalog.types, tables)
    frame = laying.department()
    if laying.faults:
        raise ReadError(laying.faults)
    parameters = in_force(ruleset, layout, as_of)
    frame = with_pace(frame, parameters)
    day = as_of or layout.period[1]
    asked = questions(ruleset, frame, parameters, day, catalog.types, catalog.functions)
    levels = [each for each in layout.levels if each.table in tables]
    relations = tuple(
        Relation(each.table, each.key if each.key in tables[each.table] else "", each.parent)
        for each in levels
    )
    return Prepared(frame, relations, asked, parameters, laying.unused())


def screened(
    made: Prepared, database: duckdb.DuckDBPyConnection, target: Path
) -> Mapping[str, tuple[int, int]]:
    """Writes the findings as Parquet and gives for each rule how many subjects are violated and undetermined.

    Columns: rule, subject (the kind, as `department/project`), department, project, target (keys), outcome.
    """
    asked = made.questions.asked
    if not asked:
        raise ReadError(())
    text = findings_query(asked, made.relations).sql(dialect="duckdb")
    database.execute(
        "CREATE OR REPLACE TEMP TABLE questions (question INTEGER, rule VARCHAR, subject VARCHAR)"
    )
    database.executemany(
        "INSERT INTO questions VALUES (?, ?, ?)",
        [(index, each.rule, each.subject) for index, each in enumerate(asked)],
    )
    keys = ("department", "project", "target")
    selected = ", ".join(
        f"f.k{depth} AS {name}" if depth < len(made.relations) else f"NULL AS {name}"
        for depth, name in enumerate(keys)
    )
    database.execute(
        f"COPY (SELECT q.rule, q.subject, {selected}, "
        f"CASE f.outcome WHEN {VIOLATED} THEN 'violation' ELSE 'undetermined' END AS outcome "
        f"FROM ({text}) f JOIN questions q USING (question)) TO '{target}' (FORMAT parquet)"
    )
    return summary(database, target)


def summary(database: duckdb.DuckDBPyConnection, target: Path) -> Mapping[str, tuple[int, int]]:
    """How many subjects of each rule are violated and undetermined."""
    rows = database.execute(
        "SELECT rule, count(*) FILTER (WHERE outcome = 'violation'), count(*) FILTER (WHERE outcome <> 'violation') "
        f"FROM read_parquet('{target}') GROUP BY rule ORDER BY rule"
    ).fetchall()
    return {rule: (violated, open_) for rule, violated, open_ in rows}


def counted(made: Prepared, database: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """How many subjects of each question are violated and undetermined, without writing which."""
    text = counts_query(made.questions.asked, made.relations).sql(dialect="duckdb")
    row = database.execute(text).fetchone()
    assert row is not None
    return [(row[2 * index], row[2 * index + 1]) for index in range(len(made.questions.asked))]


def by_definition(
    record: Mapping[str, object], made: Prepared, ruleset: CompiledRuleset, as_of: date | None
) -> Iterator[tuple[str, str, Outcome]]:
    """Every verdict of a department's record that is violated or undetermined, by the definition."""
    whole = subject(made.frame, record)
    unset = frozenset(each.parameter.name for each in ruleset.parameters) - made.parameters.keys()
    for compiled in ruleset.rules:
        for path in Submission(whole).walk():
            if path[-1].type in compiled.rule.for_types:
                verdict = judge(compiled, Context(path, made.parameters), as_of, unset)
                if verdict.outcome in (Outcome.VIOLATION, Outcome.UNDETERMINED):
                    yield compiled.rule.id, path[-1].id, verdict.outcome
