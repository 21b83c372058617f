"""What is exported and screened has the outcomes of `perfrules check`, rule × subject by rule × subject."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import pipeline
from perfrules.errors import ReadError
from perfrules.model.finding import Outcome
from perfrules.model.submission import Submission
from perfrules.plugins import catalog
from perfrules.readers import submission_from
from perfrules.screening.database import connect
from perfrules.screening.export import export
from perfrules.screening.screen import screen
from perfrules.screening.submissions import KEPT, kept_from, line_of, name_and_keys

CATALOG = catalog()
RULES = pipeline.prepare(None, CATALOG, with_examples=False)
ROOT = Path(__file__).parents[2]
OPEN = (Outcome.VIOLATION, Outcome.UNDETERMINED)


def screened(folder: Path) -> tuple[Counter[tuple[str, ...]], set[tuple[str, str]]]:
    """The open verdicts written, and the rules told once with the kind of subject."""
    target = folder / "out.parquet"
    came_to = screen(folder, connect(spill=folder), RULES, CATALOG, target, folder)
    rows = duckdb.execute(
        f"SELECT rule, subject, department, project, target, outcome FROM '{target}'"
    ).fetchall()
    return Counter(tuple(map(str, row)) for row in rows), {
        (each.rule, each.subject) for each in came_to.settled
    }


def checked(submissions: list[Submission]) -> Counter[tuple[str, ...]]:
    """The open verdicts of the ledgers of `perfrules check`, as findings of a screen name them."""
    found: Counter[tuple[str, ...]] = Counter()
    for number, submission in enumerate(submissions, 1):
        report = pipeline.check(submission, RULES, CATALOG)
        names = {path[-1].id: name_and_keys(path, str(number)) for path in report.submission.walk()}
        for each in report.ledger.verdicts:
            if each.outcome in OPEN:
                kind, keys = names[each.subject.id]
                found[each.rule, kind, *map(str, (*keys, None, None)[:3]), each.outcome.value] += 1
    return found


def without_claims(found: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """The same with claims by the row they stand in: tables name them by what they claim, and submissions by number."""
    plain: Counter[tuple[str, ...]] = Counter()
    for (rule, kind, *rest), count in found.items():
        plain[rule, kind.partition("/claims")[0], *rest] += count
    return plain


def compared(submissions: list[Submission], folder: Path) -> None:
    written, once = screened(folder)
    wanted = checked(submissions)
    told = {key for key in wanted if key[:2] in once and key not in written}
    assert all(key[-1] == "undetermined" for key in told)
    left = Counter({key: count for key, count in wanted.items() if key not in told})
    assert without_claims(written) == without_claims(left)


@pytest.mark.parametrize("folder", ["tests/files", "examples/yunling"])
def test_labelled_reports_have_the_same_outcomes(folder: str, tmp_path: Path) -> None:
    submissions = list(pipeline.read_paths([ROOT / folder], CATALOG).submissions)
    done = export(submissions, CATALOG, tmp_path / "set")
    assert done.rows + done.whole == len(submissions)
    assert done.whole  # reports in words say more than rows do
    compared(submissions, tmp_path / "set")


@pytest.mark.parametrize("folder", ["tests/files", "examples/yunling"])
def test_a_submission_is_the_same_after_it_was_written_whole(folder: str) -> None:
    for each in pipeline.read_paths([ROOT / folder], CATALOG).submissions:
        again = kept_from(line_of("7", each), "a")
        assert again.key == "7"
        assert again.submission == each


yuan = st.sampled_from(["0元", "1.00元", "100000.00元", "295342.00元", "421787.00元", "30000.01元", "700.00元", "0.00元"]) | st.integers(0, 10**9).map(lambda n: f"{n / 100:.2f}元")  # fmt: skip
money = st.fixed_dictionaries(
    {
        "initial_budget": yuan,
        "carried_over": yuan,
        "adjustment": yuan | st.just("-5.00元"),
        "adjusted_budget": yuan,
    },
    optional=dict.fromkeys(("appropriated", "spent", "unspent", "forecast"), yuan),
)
rates = st.lists(
    st.fixed_dictionaries(
        {
            "printed": st.sampled_from(["46.30%", "100.00%", "0.00%", "30.00%", "46.31%"]),
            "numerator": st.sampled_from(["spent", "appropriated"]),
            "base": st.sampled_from(["budget", "adjusted_budget", "initial_budget"]),
        }
    ),
    max_size=2,
    unique_by=lambda each: (each["numerator"], each["base"]),
)
targets = st.fixed_dictionaries(
    {"name": st.sampled_from(["培训人数", "满意度", "成本", "故障次数"])},
    optional={
        "planned": st.sampled_from(["10", "95", "0", "12"]),
        "actual": st.sampled_from(["4", "95", "0", "30"]),
        "operator": st.sampled_from(["≥", "=", "≤"]),
        "level1": st.sampled_from(["产出指标", "效益指标", "满意度指标"]),
        "weight": st.sampled_from(["10", "20", "50"]),
        "score": st.sampled_from(["5", "10"]),
        "cause": st.just("尚未结算"),
        "unit": st.sampled_from(["%", "人", "万元", "天"]),
    },
)
names = st.sampled_from(
    ["道路养护", "物业服务费", "设备购置", "惠农补贴", "办公楼维修工程", "信息系统运维", "培训费", "日常公用", "系统建设", "其他"]
)  # fmt: skip


@st.composite
def submissions(draw: st.DrawFn) -> dict[str, object]:
    chosen = draw(st.lists(names, max_size=4, unique=True))
    rows = [
        {
            "name": name,
            **draw(money),
            "claims": draw(rates),
            "targets": {"complete": draw(st.booleans()), "rows": draw(st.lists(targets, max_size=3))},
            **draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "acceptance_date": st.sampled_from(["2024-05-01", "2024-12-01"]),
                        "released_on": st.sampled_from(["2024-02-03", "2023-12-31"]),
                        "cause": st.just("按合同支付"),
                    },
                )
            ),
        }
        for name in chosen
    ]
    return {
        "department": "云岭县水利局",
        "period": {"from": "2024-01-01", "to": draw(st.sampled_from(["2024-06-30", "2024-09-30", "2023-12-31"]))},
        "lines": {
            name: {**draw(money), "claims": draw(rates)} for name in draw(st.sampled_from([("total",), ("total", "basic", "project")]))
        },
        "projects": {"complete": draw(st.booleans()), "rows": rows},
    }  # fmt: skip


@given(st.lists(submissions(), min_size=1, max_size=5))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)  # fmt: skip
def test_random_submissions_have_the_same_outcomes(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("set")
    read = []
    for each in said:
        if date.fromisoformat(each["period"]["to"]).year == 2023:  # type: ignore[index]
            each["period"] = {"from": "2023-01-01", "to": "2023-12-31"}
        read.append(submission_from(each, "a.json", CATALOG.types))
    export(read, CATALOG, folder)
    compared(read, folder)


def one(**changed: object) -> Submission:
    """A submission that rows say all of."""
    amounts = {
        "initial_budget": "1000.00元",
        "carried_over": "0元",
        "adjustment": "0.00元",
        "adjusted_budget": "1000.00元",
        "spent": "290.00元",
    }
    said = {
        "department": "甲局",
        "period": {"from": "2024-01-01", "to": "2024-06-30"},
        "lines": {"total": amounts},
        "projects": {"complete": True, "rows": [{"name": "养护", **amounts}]},
    }
    return submission_from({**said, **changed}, "a.json", CATALOG.types)


def test_exact_figures_become_rows(tmp_path: Path) -> None:
    assert export([one()], CATALOG, tmp_path / "set").rows == 1
    assert not (tmp_path / "set" / KEPT).exists()
    row = duckdb.execute(
        f"SELECT id, department_id, name, spent, typeof(spent) FROM '{tmp_path}/set/projects.parquet'"
    ).fetchone()
    assert [str(each) for each in row] == ["1/1", "1", "养护", "290.00", "DECIMAL(18,2)"]
    assert duckdb.execute(
        f"SELECT projects_complete, period_to FROM '{tmp_path}/set/departments.parquet'"
    ).fetchone() == (True, date(2024, 6, 30))


def about(spent: str, **more: object) -> dict[str, object]:
    return {"lines": {"total": {"initial_budget": "1000.00元", "carried_over": "0元", "adjustment": "0元", "adjusted_budget": "1000元", "spent": spent, **more}}}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        about("约290元"),
        about("290余元"),
        about("0.029万元"),
        about("290.001元"),
        about("290.00元", unspent=["710元", "720元"]),
        about("290.00元", claims=[{"printed": "29.0%", "numerator": "spent", "base": "budget"}]),
        {"counts": [{"what": "培训", "value": "3期"}]},
        {
            "lines": {"total": {"initial_budget": "1000.00元", "spent": "290元"}}
        },  # what is adjusted is derived
        {"projects": [{"name": "养护", "targets": [{"name": "里程", "planned": "95%"}]}]},
        {"staffing": {"posts": "9人"}},
    ],
)
def test_what_rows_cannot_say_is_written_whole(changed: dict[str, object], tmp_path: Path) -> None:
    submissions = [one(), one(**changed)]
    done = export(submissions, CATALOG, tmp_path / "set")
    assert (done.rows, done.whole) == (1, 1)
    assert sum(done.whys.values()) == 1
    lines = (tmp_path / "set" / KEPT).read_text(encoding="utf-8").splitlines()
    assert [json.loads(each)["key"] for each in lines] == ["2"]
    compared(submissions, tmp_path / "set")


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(ReadError, match="there already"):
        export([one()], CATALOG, tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_line_that_is_no_submission_is_told(tmp_path: Path) -> None:
    export([one(counts=[{"what": "培训", "value": "3期"}])], CATALOG, tmp_path / "set")
    kept = tmp_path / "set" / KEPT
    kept.write_text(
        kept.read_text(encoding="utf-8") + '{"perfrules":"whole/1","key":"2"}\n', encoding="utf-8"
    )
    with pytest.raises(ReadError) as caught:
        screened(tmp_path / "set")
    assert caught.value.faults[0].where is not None
    assert caught.value.faults[0].where.source.endswith(f"{KEPT}:2")


def test_a_department_stands_once(tmp_path: Path) -> None:
    export([one(), one(counts=[{"what": "培训", "value": "3期"}])], CATALOG, tmp_path / "set")
    kept = tmp_path / "set" / KEPT
    kept.write_text(kept.read_text(encoding="utf-8").replace('"key":"2"', '"key":"1"'), encoding="utf-8")
    with pytest.raises(ReadError, match="twice"):
        screened(tmp_path / "set")
