"""What is found, gathered in the database: by SQL, by the definition; sorted and written as one Parquet file.

Columns: `rule`, `subject` (the kind, as `department/projects`), `department`, `project`, `target` (keys), `outcome`. The order is
that of these columns, the same whatever engine found them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from perfrules.model.finding import Outcome
from perfrules.screening.asked import VIOLATED, Question
from perfrules.screening.database import all_of, named, quoted
from perfrules.screening.definition import Verdict
from perfrules.screening.layout import Level

if TYPE_CHECKING:
    import duckdb

COLUMNS = ("department", "project", "target")
WANTED = '"perfrules wanted"'
"""A table of the departments that the definition is asked about."""
_TABLE = '"perfrules found"'
_ASKED = '"perfrules asked"'
_BATCH = 20_000


class Found:
    """The open verdicts of a run."""

    def __init__(self, database: duckdb.DuckDBPyConnection, levels: Sequence[Level]) -> None:
        self.database, self.levels = database, levels
        self.numbers: dict[tuple[str, str], int] = {}
        kinds = [self.kind(level) for level in levels] + ["VARCHAR"] * (3 - len(levels))
        keys = ", ".join(f"k{depth} {kind}" for depth, kind in enumerate(kinds))
        database.execute(f"CREATE OR REPLACE TABLE {_TABLE} (question INTEGER, {keys}, outcome TINYINT)")

    def kind(self, level: Level) -> str:
        """The type of a table's keys."""
        described = self.database.execute(f"DESCRIBE {all_of(level.table)}").fetchall()
        return str({each[0]: each[1] for each in described}.get(level.key, "VARCHAR"))

    def number(self, rule: str, subject: str) -> int:
        """The number of a rule asked of a kind of subject."""
        return self.numbers.setdefault((rule, subject), len(self.numbers))

    def add_rows(self, source: str, questions: Sequence[Question]) -> None:
        """Rows of `question` (the index), `k0`, `k1`, … and `outcome`, as the queries of rules give them."""
        numbers = [self.number(each.rule, each.subject) for each in questions]
        self.database.execute(
            'CREATE OR REPLACE TABLE "perfrules numbers" (question INTEGER, number INTEGER)'
        )
        rows = ", ".join(f"({index}, {number})" for index, number in enumerate(numbers))
        self.database.execute(f'INSERT INTO "perfrules numbers" VALUES {rows}')
        keys = [f"f.k{depth}" if depth < len(self.levels) else "NULL" for depth in range(3)]
        join = ""
        if any(each.depth == 2 for each in questions):  # noqa: PLR2004: targets, whose rows do not name the department
            project = self.levels[1]
            keys[0] = f"coalesce(f.k0, p.{named(project.parent)})"
            join = f" LEFT JOIN {named(project.table)} p ON f.k0 IS NULL AND f.k1 = p.{named(project.key)}"
        self.database.execute(
            f"INSERT INTO {_TABLE} SELECT n.number, {', '.join(keys)}, f.outcome "
            f'FROM {source} f JOIN "perfrules numbers" n USING (question){join}'
        )

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Verdicts of the definition."""
        rest = iter(verdicts)
        while batch := list(islice(rest, _BATCH)):
            columns: list[list[object]] = [[self.number(each.rule, each.subject) for each in batch]]
            for depth in range(3):
                columns.append([each.keys[depth] if depth < len(each.keys) else None for each in batch])
            columns.append([VIOLATED if each.outcome is Outcome.VIOLATION else 2 for each in batch])
            self.database.execute(f"INSERT INTO {_TABLE} SELECT {', '.join(['unnest(?)'] * 5)}", columns)

    def doubted(self, rules: Iterable[str]) -> None:
        """Puts the keys of the departments in which one of the rules is violated into `WANTED`."""
        listed = ", ".join(str(number) for (rule, _), number in self.numbers.items() if rule in set(rules))
        self.database.execute(
            f"CREATE OR REPLACE TABLE {WANTED} AS SELECT DISTINCT k0 AS k FROM {_TABLE} "
            f"WHERE outcome = {VIOLATED} AND question IN ({listed or -1})"
        )

    def want_only(self, keys: Iterable[object]) -> None:
        """Puts these keys of departments into `WANTED`, and no others."""
        self.database.execute(f"CREATE OR REPLACE TABLE {WANTED} AS SELECT k0 AS k FROM {_TABLE} LIMIT 0")
        self.want(keys)

    def worst(
        self, rule: str, subject: str, ranking: str, depth: int, most: int
    ) -> Iterator[tuple[str, str, tuple[object, ...]]]:
        """The violations of a rule that rank first, by a query of keys and `rank`, else by their keys."""
        number = self.numbers.get((rule, subject))
        if number is None:
            return
        source, order = f"{_TABLE} f", ""
        if ranking:
            same = " AND ".join(f"f.k{each} = w.k{each}" for each in (depth, depth - 1) if each >= 0)
            source, order = f"{source} JOIN ({ranking}) w ON {same}", "w.rank DESC NULLS LAST, "
        rows = self.database.execute(
            f"SELECT f.k0, f.k1, f.k2 FROM {source} WHERE f.question = {number} AND f.outcome = {VIOLATED} "
            f"ORDER BY {order}f.k0, f.k1, f.k2 LIMIT {most}"
        ).fetchall()
        length = 1 + subject.count("/projects") + subject.count("/targets")
        for row in rows:
            yield rule, subject, tuple(row[:length])

    def want(self, keys: Iterable[object]) -> None:
        """Puts more keys of departments into `WANTED`."""
        more = sorted(set(keys), key=str)
        if more:
            self.database.execute(
                f"INSERT INTO {WANTED} SELECT unnest(?) EXCEPT SELECT k FROM {WANTED}", [more]
            )

    def wanted(self) -> int:
        """How many departments are in `WANTED`."""
        return self._one(f"SELECT count(*) FROM {WANTED}")

    def count_of(self, level: Level) -> int:
        """How many rows a table has, of the period that is looked at."""
        return self._one(f"SELECT count(*) FROM {named(level.table)}")

    def _one(self, text: str) -> int:
        row = self.database.execute(text).fetchone()
        return int(row[0]) if row else 0

    def forget_wanted(self) -> None:
        """Drops what was found of the departments in `WANTED`: the definition says it anew."""
        self.database.execute(f"DELETE FROM {_TABLE} WHERE k0 IN (SELECT k FROM {WANTED})")

    def write(self, target: Path) -> None:
        """Writes the findings, sorted."""
        asked = ", ".join(
            f"({number}, {quoted(rule)}, {quoted(subject)})"
            for (rule, subject), number in self.numbers.items()
        )
        self.database.execute(
            f"CREATE OR REPLACE TABLE {_ASKED} (question INTEGER, rule VARCHAR, subject VARCHAR)"
        )
        if asked:
            self.database.execute(f"INSERT INTO {_ASKED} VALUES {asked}")
        keys = ", ".join(f"f.k{depth} AS {name}" for depth, name in enumerate(COLUMNS))
        self.database.execute("SET preserve_insertion_order = true")
        self.database.execute(
            f"COPY (SELECT a.rule, a.subject, {keys}, CASE f.outcome WHEN {VIOLATED} THEN 'violation' "
            f"ELSE 'undetermined' END AS outcome FROM {_TABLE} f JOIN {_ASKED} a USING (question) "
            f"ORDER BY ALL NULLS FIRST) TO {quoted(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        )
        self.database.execute("SET preserve_insertion_order = false")

    def counts(self) -> Mapping[str, tuple[int, int]]:
        """For each rule how many subjects are violated and undetermined."""
        rows = self.database.execute(
            f"SELECT question, count(*) FILTER (WHERE outcome = {VIOLATED}), "
            f"count(*) FILTER (WHERE outcome <> {VIOLATED}) FROM {_TABLE} GROUP BY 1"
        ).fetchall()
        names = {number: rule for (rule, _), number in self.numbers.items()}
        found: dict[str, tuple[int, int]] = {}
        for number, violated, open_ in rows:
            before = found.get(names[number], (0, 0))
            found[names[number]] = (before[0] + violated, before[1] + open_)
        return dict(sorted(found.items()))
