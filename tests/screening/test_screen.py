"""Datasets screened: equal to the definition, whatever the tables lack; faults of datasets told, nothing left behind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import Phase
from hypothesis import strategies as st

from perfrules import pipeline
from perfrules.cli.main import outcome
from perfrules.errors import PerfrulesError, ReadError
from perfrules.plugins import catalog
from perfrules.screening.database import connect, whole
from perfrules.screening.screen import Screened, screen

CATALOG = catalog()
RULES = pipeline.prepare(None, CATALOG, with_examples=False)
DEPARTMENT = "id, name, period_from, period_to, projects_complete, total_initial_budget, total_carried_over, total_adjustment, total_adjusted_budget, total_spent"
PROJECT = "id, department_id, name, initial_budget, carried_over, adjustment, adjusted_budget, appropriated, spent, spent_of_budget, targets_complete"
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A dataset takes a second; what fails is read as it is."""
Rows = list[tuple[object, ...]]


def table(folder: Path, name: str, columns: str, kinds: str, rows: Rows, suffix: str = "parquet") -> None:
    """A table of a dataset with these columns and rows."""
    folder.mkdir(exist_ok=True)
    database = duckdb.connect()
    pairs = zip(columns.split(", "), kinds.split(" "), strict=True)
    database.execute(f"CREATE TABLE t ({', '.join(' '.join(each) for each in pairs)})")
    for row in rows:
        database.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(row))})", list(row))
    database.execute(f"COPY t TO '{folder / name}.{suffix}'")


def small(folder: Path, **changed: object) -> Path:
    """A dataset of two departments and two projects, of which the first has spent 29 % by the end of June."""
    money = "DECIMAL(18,2) " * 5
    table(
        folder,
        "departments",
        DEPARTMENT,
        f"BIGINT VARCHAR DATE DATE BOOLEAN {money}".strip(),
        changed.get(
            "departments",
            [
                (1, "甲局", date(2024, 1, 1), date(2024, 6, 30), True, 1000, 0, 0, 1000, 290),
                (2, "乙局", date(2024, 1, 1), date(2024, 6, 30), True, 1000, 0, 0, 1000, 600),
            ],
        ),
    )  # type: ignore[arg-type]
    money = "DECIMAL(18,2) " * 6
    table(
        folder,
        "projects",
        PROJECT,
        f"BIGINT BIGINT VARCHAR {money}DECIMAL(9,2) BOOLEAN",
        changed.get(
            "projects",
            [
                (10, 1, "道路养护", 1000, 0, 0, 1000, 400, 290, 29, True),
                (20, 2, "物业服务", 1000, 0, 0, 1000, 600, 600, 60, True),
            ],
        ),
    )  # type: ignore[arg-type]
    return folder


def run(
    folder: Path, target: Path | None = None, explain: int = 0, as_of: date | None = None
) -> tuple[Screened, Rows]:
    target = target or folder / "out.parquet"
    came_to = screen(folder, connect(spill=folder), RULES, CATALOG, target, folder, as_of, explain=explain)
    return came_to, duckdb.execute(f"SELECT * FROM '{target}'").fetchall()


def violations(rows: Rows, rule: str) -> list[tuple[object, ...]]:
    return [row[1:5] for row in rows if row[0] == rule and row[5] == "violation"]


def test_a_project_below_its_line_is_found_with_its_keys(tmp_path: Path) -> None:
    came_to, rows = run(small(tmp_path / "set"))
    assert violations(rows, "EXE101") == [("department/projects", 1, 10, None)]  # 29 % < 60 % × 6 / 12
    assert came_to.counts["EXE101"][0] == 1


def test_exactly_on_the_line_is_no_violation(tmp_path: Path) -> None:
    folder = small(tmp_path / "set")
    small(
        folder,
        projects=[
            (10, 1, "养护", 1000, 0, 0, 1000, 400, 300, 30, True),
            (20, 2, "养护", 1000, 0, 0, 1000, 400, "299.99", 30, True),
        ],
    )
    assert violations(run(folder)[1], "EXE101") == [("department/projects", 2, 20, None)]


def test_each_cut_off_has_its_own_parameters(tmp_path: Path) -> None:
    june, september = (date(2024, 1, 1), date(2024, 6, 30)), (date(2024, 1, 1), date(2024, 9, 30))
    folder = small(
        tmp_path / "set",
        departments=[
            (1, "甲局", *june, True, 1000, 0, 0, 1000, 400),
            (2, "乙局", *september, True, 1000, 0, 0, 1000, 400),
        ],
        projects=[
            (10, 1, "养护", 1000, 0, 0, 1000, 400, 400, 40, True),
            (20, 2, "养护", 1000, 0, 0, 1000, 400, 400, 40, True),
        ],
    )
    came_to, rows = run(folder)
    assert came_to.periods == (june, september)
    assert violations(rows, "EXE101") == [
        ("department/projects", 2, 20, None)
    ]  # 30 % by June, 45 % by September


def test_the_course_of_a_projects_type_is_followed(tmp_path: Path) -> None:
    """A works project is expected to have spent 20 % by June, where an even one should have 50 %: 290 of 1000 is above 12 %."""
    rows = [
        (10, 1, "办公楼维修改造工程", 1000, 0, 0, 1000, 400, 290, 29, True),
        (20, 2, "绿化养护", 1000, 0, 0, 1000, 600, 290, 29, True),
    ]
    found = run(small(tmp_path / "set", projects=rows))[1]
    assert violations(found, "EXE101") == [("department/projects", 2, 20, None)]


def test_an_unknown_figure_is_a_row(tmp_path: Path) -> None:
    rows = [
        (10, 1, "养护", 1000, 0, 0, 1000, 400, None, None, True),
        (20, 2, "物业", 1000, 0, 0, 1000, 600, 600, 60, True),
    ]
    found = run(small(tmp_path / "set", projects=rows))[1]
    assert ("EXE101", "department/projects", 1, 10, None, "undetermined") in found


def test_figures_in_doubt_are_left_open(tmp_path: Path) -> None:
    """Spending below nothing is in doubt: what rests on it is undetermined, by the definition, in that department only."""
    projects = [
        (10, 1, "养护", 1000, 0, 0, 1000, "0.04", 290, 29, True),
        (11, 1, "物业", 1000, 0, 0, 1000, 400, 290, 29, True),
        (20, 2, "物业", 1000, 0, 0, 1000, 600, 290, 29, True),
    ]
    came_to, rows = run(small(tmp_path / "set", projects=projects))
    assert came_to.doubted == len(
        {row[2] for row in rows if row[0] in ("TXT104", "TXT112") and row[5] == "violation"}
    )
    assert ("department/projects", 2, 20, None) in violations(rows, "EXE101")


def test_rows_without_a_parent_are_told_with_their_count(tmp_path: Path) -> None:
    rows = [
        (10, 1, "养护", 1000, 0, 0, 1000, 400, 290, 29, True),
        (30, 7, "无主", 1000, 0, 0, 1000, 0, 0, 0, True),
        (31, 8, "无主", 1000, 0, 0, 1000, 0, 0, 0, True),
    ]
    came_to, found = run(small(tmp_path / "set", projects=rows))
    assert [(each.table, each.count, each.example) for each in came_to.orphans] == [("projects", 2, "7")]
    assert not [row for row in found if row[3] in (30, 31)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"departments": [(1, "甲局", None, date(2024, 6, 30), True, 1, 0, 0, 1, 1)] * 2},
            "departments: 1 rows repeat a key id; 1 stands 2 times",
        ),
        ({"projects": [(None, 1, "养护", 1, 0, 0, 1, 1, 1, 1, True)]}, "projects: 1 rows have no key id"),
    ],
)
def test_keys_that_are_no_keys_are_an_error(changed: Mapping[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        run(small(tmp_path / "set", **changed))
    assert said in str(caught.value)
    assert not (tmp_path / "set" / "out.parquet").exists()


def test_a_column_of_binary_fractions_is_an_error(tmp_path: Path) -> None:
    folder = small(tmp_path / "set")
    table(folder, "projects", "id, department_id, spent", "BIGINT BIGINT DOUBLE", [(10, 1, 0.1)])
    with pytest.raises(ReadError) as caught:
        run(folder)
    assert "projects.spent" in str(caught.value)
    assert "DECIMAL" in str(caught.value)


def csv(folder: Path, spent: str) -> Path:
    folder.mkdir()
    (folder / "departments.csv").write_text(
        "id,name,period_to,projects_complete\n1,甲局,2024-06-30,是\n", encoding="utf-8"
    )
    (folder / "projects.csv").write_text(
        f'id,department_id,name,adjusted_budget,spent\n10,1,养护,1000,250\n11,1,物业,"1,000.00",{spent}\n',
        encoding="utf-8",
    )
    return folder


def test_a_csv_is_read_as_written(tmp_path: Path) -> None:
    found = run(csv(tmp_path / "set", "299.999999"))[1]
    assert violations(found, "EXE101") == [
        ("department/projects", "1", "10", None),
        ("department/projects", "1", "11", None),
    ]


@pytest.mark.parametrize(
    ("spent", "said"),
    [
        ("299.9999999", 'projects.spent, row 2: "299.9999999" is no number of at most 6 decimals'),
        ("约300", 'row 2: "约300"'),
        ("3e2", 'row 2: "3e2"'),
    ],
)
def test_a_number_of_a_csv_that_is_none_is_told_with_its_row(spent: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        run(csv(tmp_path / "set", spent))
    assert said in str(caught.value)


def test_zeros_at_the_end_are_no_decimals(tmp_path: Path) -> None:
    assert violations(run(csv(tmp_path / "set", "300.00000000"))[1], "EXE101") == [
        ("department/projects", "1", "10", None)
    ]


def test_there_must_be_departments(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no table departments"):
        run(tmp_path)


def test_findings_are_sorted_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    departments = [
        (n, f"局{n}", date(2024, 1, 1), date(2024, 6, 30), True, 1000, 0, 0, 1000, 290)
        for n in range(300, 0, -1)
    ]
    projects = [
        (n * 7 % 901, n % 300 + 1, "养护", 1000, 0, 0, 1000, 400, n % 500, 29, True) for n in range(1, 900)
    ]
    small(folder, departments=departments, projects=projects)
    rows = run(folder, tmp_path / "one.parquet")[1]
    run(folder, tmp_path / "two.parquet")
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()
    keys = [[(value is not None, value) for value in row[:5]] for row in rows]
    assert keys == sorted(keys)


def test_the_worst_are_explained_with_column_and_key(tmp_path: Path) -> None:
    rows = [(n, 1, f"养护{n}", 1000, 0, 0, 1000, 400, 200 + n, 20, True) for n in range(30)]
    came_to, _ = run(small(tmp_path / "set", projects=rows), explain=2)
    slow = [each for each in came_to.explained if each.finding.rule == "EXE101"]
    assert [each.keys for each in slow] == [(1, 0), (1, 1)]  # 100 and 99 yuan short
    places = {str(fact.location) for fact in slow[0].finding.facts if fact.location}
    assert f"{(tmp_path / 'set').as_posix()} projects[0].spent" in places
    assert slow[0].finding.margin is not None
    assert slow[0].finding.margin.interval.exact == 100


# The definition is what a dataset is held against: whatever its figures, and whatever columns it has.
amount = (
    st.none() | st.sampled_from([0, 1, 100, 29953, 30000, 100000, -5, 10**15]) | st.integers(-(10**6), 10**12)
)


@st.composite
def datasets(draw: st.DrawFn) -> dict[str, object]:
    kept = draw(st.sets(st.sampled_from(PROJECT.split(", ")[3:]), min_size=4))
    periods = st.sampled_from([date(2024, 6, 30), date(2023, 12, 31), None])
    departments = [
        (
            number,
            draw(st.sampled_from(["甲局", None])),
            None,
            draw(periods),
            draw(st.none() | st.booleans()),
            *(draw(amount) for _ in range(5)),
        )
        for number in range(draw(st.integers(1, 6)))
    ]
    names = st.sampled_from(["道路养护", "维修工程", "设备购置", "惠农补贴", "信息化建设", None])
    projects = [
        (
            100 + number,
            draw(st.integers(0, len(departments) - 1)),
            draw(names),
            *(draw(amount) for _ in range(6)),
            draw(st.none() | st.integers(0, 20000)),
            draw(st.none() | st.booleans()),
        )
        for number in range(draw(st.integers(0, 10)))
    ]
    return {"kept": kept, "departments": departments, "projects": projects}


def _decimal(value: int | None) -> str | None:
    return None if value is None else f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def by_definition(folder: Path) -> list[tuple[object, ...]]:
    """Every open verdict of the dataset by the definition alone."""
    from perfrules.screening.keys import narrow
    from perfrules.screening.prepared import laid, opened
    from perfrules.screening.records import records

    database = connect(spill=folder)
    dataset = opened(folder, database, CATALOG)
    found = []
    for period in dataset.periods:
        made = laid(dataset, period, RULES, CATALOG, None)
        narrow(database, dataset.layout, dataset.opened, period)
        for record in records(database, dataset.levels, made.definition.frame):
            for each in made.definition.all_verdicts(record):
                keys = (*each.keys, None, None)[:3]
                found.append((each.rule, each.subject, *keys, each.outcome.value))
    return found


@pytest.mark.parametrize(
    ("width", "places", "printed", "steps"),
    [
        (18, 2, "9999999999999999.99", 999999999999999999),
        (18, 18, "-0.999999999999999999", -999999999999999999),
        (38, 2, "999999999999999999999999999999999999.99", 10**38 - 1),
        (20, 0, "-12345678901234567890", -12345678901234567890),
        (9, 4, "-0.0001", -1),
    ],
)
def test_a_decimal_is_its_whole_number_of_steps(width: int, places: int, printed: str, steps: int) -> None:
    cast = f"'{printed}'::DECIMAL({width},{places})"
    assert duckdb.execute(f"SELECT {whole(cast, width, places)}").fetchone() == (steps,)


def test_the_command_writes_findings_and_tells_the_sums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, target = small(tmp_path / "set"), tmp_path / "found.parquet"
    assert (
        outcome(["screen", str(folder), "-o", str(target), "--explain", "1"]) == 0
    )  # warnings are no errors
    said = capsys.readouterr().out
    assert "EXE101" in said
    assert "处处不能判定" in said
    explained = json.loads((tmp_path / "found.explained.json").read_text(encoding="utf-8"))
    assert [each["keys"] for each in explained["findings"] if each["rule"] == "EXE101"] == [
        {"department": 1, "project": 10}
    ]
    assert outcome(["screen", str(folder), "-o", str(target), "--fail-on", "warning", "-f", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["rules"]["EXE101"]["violation"] == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "found.explained.json",
        "found.parquet",
        "set",
    ]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--memory", "lots"], "内存写法不对"),
        (["--master", "spark://a:7077"], "--master 只用于"),
        (["--temp", "/nowhere/at/all"], "无法写入这个文件夹"),
    ],
)
def test_a_call_at_fault_is_told(
    more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["screen", str(small(tmp_path / "set")), "-o", str(tmp_path / "a.parquet"), *more]
    assert outcome(arguments) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.parquet").exists()


def test_a_table_of_the_dataset_is_not_overwritten(
    tmp_path: Path,
) -> None:
    folder = small(tmp_path / "set")
    before = (folder / "projects.parquet").read_bytes()
    assert outcome(["screen", str(folder), "-o", str(folder / "projects.parquet")]) == 2
    assert (folder / "projects.parquet").read_bytes() == before


def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    folder = tmp_path / "set"
    folder.mkdir()
    assert outcome(["screen", str(folder), "-o", str(tmp_path / "a.parquet"), "--lang", "en"]) == 2
    assert "pip install 'perfrules[bulk]'" in capsys.readouterr().err
    assert outcome(["export", str(folder), "-o", str(tmp_path / "b"), "--lang", "en"]) == 2
    assert "pip install 'perfrules[bulk]'" in capsys.readouterr().err


def test_before_its_first_value_a_parameter_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(PerfrulesError, match="before"):
        run(small(tmp_path / "set"), as_of=date(1999, 1, 1))
