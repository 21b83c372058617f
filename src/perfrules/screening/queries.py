"""Questions (a rule asked of a kind of subject) over related tables → one SQL statement that gives its findings.

The aggregates over a child table are computed in one GROUP BY, shared by all questions; what they ask of a grandchild, in one
more below. A finding is a row: rule and subject kind (as the number of the question), keys, and outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from sqlglot import exp

from perfrules.language.to_sql import BIGINT, INT128, condition_to_sql, to_sql
from perfrules.language.whole.nodes import (
    FALSE,
    TRUE,
    Aggregates,
    AnyRow,
    Column,
    Day,
    DayPart,
    Different,
    Flag,
    Int,
    Tally,
    TextColumn,
    Total,
    Utmost,
    WhollyNode,
)
from perfrules.language.whole.ranges import below, range_of, walk
from perfrules.screening.asked import Question, Relation

_BITS = 31
"""Questions whose outcomes go into one whole number, two bits each."""


def findings_query(questions: Sequence[Question], relations: Sequence[Relation]) -> exp.Expression:
    """The statement: one row for each question and subject that is violated or unknown.

    Columns: `question` (its index), `k0`, `k1`, … the keys down to the subject's, `outcome` (1 violated, 2 unknown).
    """
    return _Query(relations, questions).findings()


def counts_query(questions: Sequence[Question], relations: Sequence[Relation]) -> exp.Expression:
    """For each question one row: its index, and how many subjects are violated and unknown."""
    return _Query(relations, questions).counts()


def worst_query(question: Question, relations: Sequence[Relation], rank: tuple[Int, Int]) -> exp.Expression:
    """The subjects that violate a question: `k0`, `k1`, … as far as their rows say them, and `rank`, a ratio of two numbers.

    The ratio is a double: it ranks what is shown, and decides nothing.
    """
    query, depth = _Query(relations, [question]), question.depth
    for each in rank:
        query.gather(each)
    keys = [exp.alias_(query.key_of(depth), f"k{depth}")]
    if depth:
        keys.append(exp.alias_(query.key(depth, relations[depth].parent), f"k{depth - 1}"))
    nodes: list[WhollyNode] = [question.violated, *rank]
    top, under = (exp.cast(query.printed(each), "DOUBLE") for each in rank)
    ratio = exp.Div(this=top, expression=exp.Nullif(this=under, expression=exp.Literal.number(0)))
    select = exp.select(*keys, exp.alias_(ratio, "rank")).from_(query.source(depth))
    select = query.joined(select, depth, nodes)
    return query.with_groups(select.where(condition_to_sql(question.violated, query.column)))


class _Query:
    def __init__(self, relations: Sequence[Relation], questions: Sequence[Question]) -> None:
        self.relations, self.questions = relations, questions
        self.depths = {relation.name: depth for depth, relation in enumerate(relations)}
        self.columns: dict[Aggregates, str] = {}
        self.needed: dict[int, list[Aggregates]] = {depth: [] for depth in range(len(relations))}
        for each in questions:
            for truth in (each.violated, each.unknown):
                self.gather(truth)

    def gather(self, node: WhollyNode) -> None:
        """Gives every aggregate below a node a column in the grouping of its table."""
        for each in walk(node):
            if isinstance(each, Aggregates) and each not in self.columns:
                depth = self.depths[each.table]
                self.columns[each] = f"x{len(self.columns)}"
                self.needed[depth].append(each)

    def printed(self, node: WhollyNode) -> exp.Expression:
        return to_sql(node, self.column)

    def column(self, aggregate: Aggregates) -> exp.Expression:
        """An aggregate as its owner sees it; a row without children has none of them."""
        depth = self.depths[aggregate.table]
        found = exp.column(self.columns[aggregate], table=f"a{depth}")
        match aggregate:
            case Tally() | Total() | Different():
                return exp.Coalesce(this=found, expressions=[exp.Literal.number(0)])
            case AnyRow():
                return exp.Coalesce(this=found, expressions=[exp.Boolean(this=False)])
            case Utmost():
                return found
            case _:
                assert_never(aggregate)

    def computed(self, aggregate: Aggregates) -> exp.Expression:
        """An aggregate over the rows of a group."""
        test = condition_to_sql(aggregate.test, self.column)
        is_plain = aggregate.test == TRUE
        match aggregate:
            case AnyRow():
                return exp.LogicalOr(this=test)
            case Tally():
                return exp.Count(this=exp.Star() if is_plain else _case(test, exp.Literal.number(1)))
            case Total(_, _, body, _):
                total = exp.Sum(this=self.printed(body) if is_plain else _case(test, self.printed(body)))
                low, high = range_of(aggregate)
                narrow = low is not None and high is not None and low >= -(2**63) and high < 2**63
                return exp.cast(total, BIGINT if narrow else INT128)
            case Different(_, _, body):
                return exp.Count(this=exp.Distinct(expressions=[_case(test, self.printed(body))]))
            case Utmost(_, _, body, is_least):
                kind = exp.Min if is_least else exp.Max
                return kind(this=_case(test, self.printed(body)))
            case _:
                assert_never(aggregate)

    def source(self, depth: int) -> exp.Table:
        return exp.to_table(self.relations[depth].name, alias=f"t{depth}")

    def key(self, depth: int, name: str, table: str = "t") -> exp.Expression:
        return exp.column(name, table=f"{table}{depth}", quoted=table == "t")

    def key_of(self, depth: int) -> exp.Expression:
        """The key of a table's rows; NULL where it has none."""
        return self.key(depth, self.relations[depth].key) if self.relations[depth].key else exp.null()

    def grouped(self, depth: int) -> exp.Expression:
        """The aggregates over a table, grouped by the key of the rows above."""
        parent = self.key(depth, self.relations[depth].parent)
        columns = [exp.alias_(self.computed(each), self.columns[each]) for each in self.needed[depth]]
        select = exp.select(exp.alias_(parent, "k"), *columns).from_(self.source(depth))
        select = self.joined(
            select,
            depth,
            [each.test for each in self.needed[depth]]
            + [each.body for each in self.needed[depth] if isinstance(each, Total | Utmost | Different)],
        )
        return select.group_by(parent.copy())

    def joined(self, select: exp.Select, depth: int, nodes: Sequence[WhollyNode]) -> exp.Select:
        """The rows of a depth joined with the aggregates of their children, and with what is read of rows above."""
        own = [each for node in nodes for each in _own(node)]
        reads = {each.read[0] for each in own if isinstance(each, Column | TextColumn | Flag | Day | DayPart)}
        used = {self.depths[each.table] for each in own if isinstance(each, Aggregates)}
        top = min([depth, *(read for read in reads), *(each - 1 for each in used)])
        for above in range(depth - 1, top - 1, -1):
            on = exp.EQ(
                this=self.key(above, self.relations[above].key),
                expression=self.key(above + 1, self.relations[above + 1].parent),
            )
            select = select.join(self.source(above), on=on, join_type="inner")
        for each in sorted(used):
            on = exp.EQ(
                this=self.key(each, "k", "a"), expression=self.key(each - 1, self.relations[each - 1].key)
            )
            select = select.join(exp.to_table(f"a{each}"), on=on, join_type="left")
        return select

    def asked(self, depth: int) -> exp.Expression:
        """The rows of a depth with the outcomes of their questions as bits of whole numbers."""
        mine = [(index, each) for index, each in enumerate(self.questions) if each.depth == depth]
        select = exp.select(
            exp.alias_(self.key_of(depth), f"k{depth}"),
            *(
                exp.alias_(self.mask([each for _, each in mine[start : start + _BITS]]), f"m{start // _BITS}")
                for start in range(0, len(mine), _BITS)
            ),
        )
        if depth:
            select = select.select(exp.alias_(self.key(depth, self.relations[depth].parent), f"k{depth - 1}"))
        nodes = [truth for _, each in mine for truth in (each.violated, each.unknown)]
        return self.joined(select.from_(self.source(depth)), depth, nodes)

    def findings(self) -> exp.Expression:
        """All depths together; of each row only the questions that are open, by the bits that are set."""
        selects: list[exp.Select] = []
        groups = self.with_groups(exp.select("*"))
        for depth in range(len(self.relations)):
            mine = [index for index, each in enumerate(self.questions) if each.depth == depth]
            if not mine:
                continue
            groups = groups.with_(f"m{depth}", as_=self.asked(depth))
            for part, start in enumerate(range(0, len(mine), _BITS)):
                selects.append(self.opened(depth, f"m{part}", mine[start : start + _BITS]))
        union: exp.Expression = selects[0]
        for select in selects[1:]:
            union = exp.union(union, select, distinct=False)
        union.set("with_", groups.args.get("with_"))
        return union

    def opened(self, depth: int, mask: str, questions: Sequence[int]) -> exp.Select:
        bits = exp.values(
            [(index, 2 * place) for place, index in enumerate(questions)], "q", ["question", "bit"]
        )
        column = exp.column(mask, table=f"m{depth}")
        outcome = exp.BitwiseAnd(
            this=exp.paren(exp.BitwiseRightShift(this=column, expression=exp.column("bit", table="q"))),
            expression=exp.Literal.number(3),
        )
        zero = exp.Literal.number(0)
        keys = [
            exp.alias_(
                exp.column(f"k{each}", table=f"m{depth}") if each in (depth, depth - 1) else exp.null(),
                f"k{each}",
            )
            for each in range(len(self.relations))
        ]
        inner = (
            exp.select(exp.column("question", table="q"), *keys, exp.alias_(exp.paren(outcome), "outcome"))
            .from_(exp.to_table(f"m{depth}"))
            .join(bits, join_type="cross")
            .where(exp.NEQ(this=column.copy(), expression=zero))
        )
        return (
            exp.select("*")
            .from_(inner.subquery("o"))
            .where(exp.NEQ(this=exp.column("outcome"), expression=zero.copy()))
        )

    def counts(self) -> exp.Expression:
        """One row for each question, by way of one row of sums for each depth."""
        select = self.with_groups(exp.select("*"))
        parts: list[exp.Select] = []
        for depth in range(len(self.relations)):
            mine = [(index, each) for index, each in enumerate(self.questions) if each.depth == depth]
            if not mine:
                continue
            sums = [
                exp.alias_(
                    exp.Count(this=_case(condition_to_sql(truth, self.column), exp.Literal.number(1))),
                    f"{name}{index}",
                )
                for index, each in mine
                for name, truth in (("v", each.violated), ("u", each.unknown))
            ]
            nodes = [truth for _, each in mine for truth in (each.violated, each.unknown)]
            asked = self.joined(exp.select(*sums).from_(self.source(depth)), depth, nodes)
            select = select.with_(f"c{depth}", as_=asked)
            parts.append(exp.select("*").from_(f"c{depth}"))
        out = exp.select("*").from_(parts[0].subquery("s0"))
        for index, part in enumerate(parts[1:], 1):
            out = out.join(part.subquery(f"s{index}"), join_type="cross")
        out.set("with_", select.args.get("with_"))
        return out

    def mask(self, questions: Sequence[Question]) -> exp.Expression:
        bits: list[exp.Expression] = []
        for index, each in enumerate(questions):
            for place, truth in enumerate((each.violated, each.unknown)):
                if truth == FALSE:
                    continue
                weight = exp.Literal.number(2 ** (2 * index + place))
                bits.append(
                    exp.Case(
                        ifs=[exp.If(this=condition_to_sql(truth, self.column), true=weight)],
                        default=exp.Literal.number(0),
                    )
                )
        total: exp.Expression = exp.cast(exp.Literal.number(0), exp.DataType.build("BIGINT"))
        for bit in bits:
            total = exp.Add(this=total, expression=bit)
        return total

    def with_groups(self, select: exp.Select) -> exp.Select:
        for depth in range(len(self.relations) - 1, 0, -1):
            if self.needed[depth]:
                select = select.with_(f"a{depth}", as_=self.grouped(depth))
        return select


def _case(test: exp.Expression, then: exp.Expression) -> exp.Expression:
    return exp.Case(ifs=[exp.If(this=test, true=then)])


def _own(node: WhollyNode) -> Iterator[WhollyNode]:
    """A node and all below it, not what aggregates ask of their own rows."""
    yield node
    if not isinstance(node, Aggregates):
        for each in below(node):
            yield from _own(each)
