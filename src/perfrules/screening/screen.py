"""A dataset → findings: rules as SQL where whole numbers say them, the definition where they do not.

What is screened is one row for each rule and subject that is violated or undetermined. Rules beyond SQL are asked by the
definition, department by department, and so are departments in which a rule cast doubt on figures, and those whose
submissions stand beside the tables.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.finding import Outcome
from perfrules.plugins import Catalog
from perfrules.rules import CompiledRuleset
from perfrules.screening.database import all_of, named
from perfrules.screening.definition import Settled, reads_of, scope_of
from perfrules.screening.explained import Explained, of_rows, of_submissions, worst
from perfrules.screening.found import WANTED, Found
from perfrules.screening.keys import Orphans, checked_keys, narrow
from perfrules.screening.period import Period
from perfrules.screening.prepared import Dataset, Prepared, laid, opened, prepared
from perfrules.screening.queries import counts_query, findings_query
from perfrules.screening.records import records
from perfrules.screening.subjects import Record
from perfrules.screening.submissions import KEPT, Kept, kept_in, verdicts_of

if TYPE_CHECKING:
    import duckdb

__all__ = ["Engine", "Screened", "Step", "counted", "prepared", "screen", "screened"]

Engine = Callable[[Dataset, Prepared, Path], str]
"""Asks the questions of one period; gives what to select from: rows of question, k0, k1, … and outcome.

The folder is for whatever it writes on the way; it is removed when the run ends.
"""
Step = Callable[[str, int, int], None]
"""Called while a run lasts: the stage, how much of it is done, of how much."""


@frozen
class Screened:
    """What a run came to.

    `counts` are, by rule, the subjects violated and undetermined. `settled` are rules that are undetermined everywhere, by
    period; `beyond` those that the definition was asked, with why. `doubted` departments have figures in doubt, and `kept`
    stand whole beside the tables: they are asked by the definition in full.
    """

    periods: tuple[Period, ...]
    counts: Mapping[str, tuple[int, int]]
    settled: tuple[Settled, ...]
    beyond: tuple[tuple[str, Bilingual], ...]
    orphans: tuple[Orphans, ...]
    unused: Mapping[str, Sequence[str]]
    rows: Mapping[str, int]
    doubted: int
    kept: int
    explained: tuple[Explained, ...] = ()


def with_duckdb(_: Dataset, made: Prepared, __: Path) -> str:
    """The engine that comes with the dataset's own database."""
    return f"({findings_query(made.questions.asked, made.relations).sql(dialect='duckdb')})"


def screen(
    folder: Path,
    database: duckdb.DuckDBPyConnection,
    ruleset: CompiledRuleset,
    catalog: Catalog,
    target: Path,
    work: Path,
    as_of: date | None = None,
    engine: Engine = with_duckdb,
    explain: int = 0,
    step: Step = lambda *_: None,
) -> Screened:
    """Screens the dataset of a folder and writes its findings; `work` is a folder for what is written on the way.

    The file is there when all of it is, or not at all. `explain` is how many findings of each rule are explained.
    """
    dataset = opened(folder, database, catalog)
    kept = kept_in(folder)
    orphans = checked_keys(database, dataset.layout, dataset.opened)
    _apart(database, dataset, kept)
    found = Found(database, dataset.levels)
    runs: list[Prepared] = []
    doubted, full = 0, list[Explained]()
    every = dataset.periods if found.count_of(dataset.levels[0]) else ()
    for number, period in enumerate(every, 1):
        step("screen", number - 1, len(dataset.periods))
        made = laid(dataset, period, ruleset, catalog, as_of)
        narrow(database, dataset.layout, dataset.opened, period if len(dataset.periods) > 1 else None)
        if made.questions.asked:
            found.add_rows(engine(dataset, made, work), made.questions.asked)
        doubted += _by_definition(database, dataset, made, ruleset, found, step)
        made = _with_names(database, dataset, made)
        if explain:
            full += of_rows(database, dataset, made, found, explain)
        runs.append(made)
        step("screen", number, len(dataset.periods))
    narrow(database, dataset.layout, dataset.opened, None)
    found.add(verdicts_of(kept, ruleset, catalog, as_of))
    full += of_submissions(kept, ruleset, catalog, as_of) if explain else ()
    _write(found, target)
    return Screened(
        every,
        found.counts(),
        tuple(dict.fromkeys(each for made in runs for each in made.settled)),
        _beyond(runs),
        orphans,
        runs[0].unused if runs else {},
        {each.table: found.count_of(each) for each in dataset.levels},
        doubted,
        len(kept),
        tuple(worst(full, explain)),
    )


def _with_names(database: duckdb.DuckDBPyConnection, dataset: Dataset, made: Prepared) -> Prepared:
    """What is settled with the fields that are wanting, as the definition says it of the first department."""
    if not made.settled:
        return made
    first = next(records(database, dataset.levels, made.definition.frame), None)
    settled = tuple(made.definition.wanting(each, first) for each in made.settled) if first else made.settled
    return evolve(made, settled=settled)


def _beyond(runs: Sequence[Prepared]) -> tuple[tuple[str, Bilingual], ...]:
    """The rules that the definition was asked, each with the first reason."""
    found: dict[str, Bilingual] = {}
    for made in runs:
        whys = {each.rule: each.why for each in reversed(made.questions.beyond)}
        for rule in made.beyond:
            found.setdefault(rule, whys.get(rule, Bilingual("截止日期未知", "no cut-off date")))
    return tuple(found.items())


def _by_definition(
    database: duckdb.DuckDBPyConnection,
    dataset: Dataset,
    made: Prepared,
    ruleset: CompiledRuleset,
    found: Found,
    step: Step,
) -> int:
    """Asks the definition what SQL cannot say; how many departments it was asked in full, for doubts in their figures."""
    over, ask = set(made.over), made.definition
    rules = [each for each in ruleset.rules if each.rule.id in made.beyond]
    found.doubted(made.questions.doubting)
    scope = scope_of(ruleset, ask.catalog) if rules else None
    if doubting := [each for each in rules if each.rule.doubts]:
        every = _told(records(database, dataset.levels, ask.frame), found.count_of(dataset.levels[0]), step)
        verdicts = (each for record in every for each in ask.verdicts(record, doubting))
        found.want(each.keys[0] for each in verdicts if each.outcome is Outcome.VIOLATION)
    doubted = found.wanted()
    if doubted:
        found.forget_wanted()
        rows = _told(records(database, dataset.levels, ask.frame, WANTED), doubted, step)
        found.add(
            each
            for record in rows
            for each in ask.all_verdicts(record)
            if (each.rule, each.subject) not in over
        )
    if rules and scope:
        reads = frozenset[str]().union(*(part for each in rules for part in reads_of(each.rule, scope)))
        ask = ask.only_for(reads, {name for each in rules for name in each.rule.for_types})
        left = records(database, dataset.levels, ask.frame, WANTED, are_wanted=False)
        rows = _told(left, found.count_of(dataset.levels[0]) - doubted, step)
        found.add(
            each
            for record in rows
            for each in ask.verdicts(record, rules)
            if (each.rule, each.subject) not in over
        )
    return doubted


def _told(rows: Iterator[Record], total: int, step: Step) -> Iterator[Record]:
    """The records, with word of how many are done."""
    for number, row in enumerate(rows, 1):
        yield row
        if number % 50 == 0 or number == total:
            step("ask", number, total)


def _apart(database: duckdb.DuckDBPyConnection, dataset: Dataset, kept: Sequence[Kept]) -> None:
    """Raises ReadError where a department stands in the tables and beside them."""
    if not kept:
        return
    top = dataset.levels[0]
    keys = [each.key for each in kept]
    row = database.execute(
        f"SELECT min({named(top.key)}::VARCHAR) FROM {all_of(top.table)} "
        f"WHERE {named(top.key)}::VARCHAR IN (SELECT unnest(?))",
        [keys],
    ).fetchone()
    twice = row[0] if row and row[0] is not None else next((k for k in keys if keys.count(k) > 1), None)
    if twice is not None:
        zh, en = (
            f"部门 {twice} 既在表中又在 {KEPT} 中, 或出现两次",
            f"department {twice} stands twice: in the tables and in {KEPT}, or there",
        )
        raise ReadError(Fault("dataset.duplicate_key", Bilingual(zh, en)))


def _write(found: Found, target: Path) -> None:
    """The file of findings: there when all of it is written."""
    if not target.parent.is_dir():
        message = Bilingual("输出文件夹不存在", "the folder of the output is not there")
        raise ReadError(Fault("output.cannot_write", message, Location(str(target))))
    beside = target.with_name(f".{target.name[:60]}.{os.getpid()}.part")
    try:
        found.write(beside)
        os.replace(beside, target)
    except OSError as error:
        message = Bilingual(f"无法写入: {error.strerror}", f"cannot be written: {error.strerror}")
        raise ReadError(Fault("output.cannot_write", message, Location(str(target)))) from None
    finally:
        beside.unlink(missing_ok=True)


def screened(
    made: Prepared, database: duckdb.DuckDBPyConnection, target: Path
) -> Mapping[str, tuple[int, int]]:
    """Writes what SQL alone finds in one period, sorted, and gives for each rule how many are violated and undetermined."""
    found = Found(database, made.definition.levels)
    text = findings_query(made.questions.asked, made.relations).sql(dialect="duckdb")
    found.add_rows(f"({text})", made.questions.asked)
    found.write(target)
    return found.counts()


def counted(made: Prepared, database: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """How many subjects of each question are violated and undetermined, without writing which."""
    text = counts_query(made.questions.asked, made.relations).sql(dialect="duckdb")
    row = database.execute(text).fetchone()
    assert row is not None
    return [(row[2 * index], row[2 * index + 1]) for index in range(len(made.questions.asked))]
