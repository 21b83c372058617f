"""How the cost of a screen grows: with rules, with rows, and with columns that no rule reads.

python benchmarks/growth.py DATA [DATA …] [--rounds 5] [--json FILE]

Each DATA is made by benchmarks/workload/generate.py; the smallest serves for rules and columns. Rounds are interleaved, each screen
in a process of its own, once to warm up and once for the clock; the table has medians, and the most memory of a process. More than
twenty rules are the twenty once more with other numbers in them. `compiling` is from YAML read to statements made, without data.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from workload import FOLDER, workload_catalog

from perfrules import pipeline

RULES, COLUMNS = (5, 10, 20, 40, 60), (0, 20, 60)
_NUMBER = re.compile(r"(\d+)(元|%)")


def rules_of(folder: Path, number: int) -> Path:
    """A ruleset of so many rules in a folder."""
    made = folder / f"rules{number}"
    (made / "rules").mkdir(parents=True)
    shutil.copy(FOLDER / "ruleset.yaml", made)
    texts = [each.read_text(encoding="utf-8") for each in sorted((FOLDER / "rules").glob("*.yaml"))]
    for at in range(number):
        again, text = divmod(at, len(texts))[0], texts[at % len(texts)]
        name = f"R{at + 1:02d}"
        head, _, rest = re.sub(r"^id: .*", f"id: {name}", text).partition("assert:")
        changed = _NUMBER.sub(lambda found, more=again: f"{int(found[1]) + more}{found[2]}", rest.partition("message:")[0])  # fmt: skip
        (made / "rules" / f"{name}.yaml").write_text(
            f"{head}assert:{changed}message:{rest.partition('message:')[2]}", encoding="utf-8"
        )
    return made


def data_of(source: Path, folder: Path, columns: int) -> Path:
    """The dataset with so many more columns of numbers in each of its projects."""
    made = folder / "data"
    made.mkdir()
    for path in (source / "whole").glob("*.parquet"):
        if columns and path.name.startswith("proj"):
            import duckdb

            more = ", ".join(f"(spent + {each}) AS more{each}" for each in range(columns))
            duckdb.execute(f"COPY (SELECT *, {more} FROM '{path}') TO '{made / path.name}' (FORMAT parquet)")
        else:
            (made / path.name).symlink_to(path.resolve())
    shutil.copy(FOLDER / "dataset.yaml", made)
    return made


def child(source: Path, rules: int, columns: int) -> None:
    """One screen: seconds of compiling, of screening, rows found, memory."""
    from perfrules.screening.database import connect
    from perfrules.screening.screen import prepared, screened

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, path, catalog = data_of(source, folder, columns), rules_of(folder, rules), workload_catalog()
        database = connect("400MB", 2)
        spent = []
        for _ in range(2):
            start = time.perf_counter()
            ruleset = pipeline.prepare(path, catalog, with_examples=False)
            read = time.perf_counter()
            made = prepared(data, database, ruleset, catalog)
            laid = time.perf_counter()
            found = screened(made, database, folder / "findings.parquet")
            spent = [read - start, laid - read, time.perf_counter() - laid]
        total = sum(violated + unknown for violated, unknown in found.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"read": spent[0], "lay": spent[1], "screen": spent[2], "found": total, "memory": memory})
    )


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", nargs=2, type=int)
    given = parser.parse_args()
    if given.child:
        child(given.data[0], *given.child)
        return
    cases = [(given.data[0], rules, 0) for rules in RULES]
    cases += [(given.data[0], 20, columns) for columns in COLUMNS if columns]
    cases += [(data, 20, 0) for data in given.data[1:]]
    results: dict[tuple[Path, int, int], list[dict[str, float]]] = {case: [] for case in cases}
    for _ in range(given.rounds):
        for case, runs in results.items():
            data, rules, columns = case
            command = [sys.executable, __file__, str(data), "--child", str(rules), str(columns)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            runs.append(json.loads(done.stdout.splitlines()[-1]))
    rows = []
    print(f"{'data':12} {'rules':>5} {'columns':>8} {'read ms':>8} {'lay ms':>7} {'screen s':>9} {'MiB':>5} {'findings':>9}")  # fmt: skip
    for (data, rules, columns), runs in results.items():
        read, lay, screen = (statistics.median(each[name] for each in runs) for name in ("read", "lay", "screen"))  # fmt: skip
        memory, found = max(each["memory"] for each in runs), int(runs[0]["found"])
        row = {"data": data.name, "rules": rules, "columns": columns, "read": read, "lay": lay, "screen": screen, "memory": memory, "found": found}  # fmt: skip
        rows.append(row)
        print(f"{data.name:12} {rules:5} {columns:+8} {read * 1000:8.0f} {lay * 1000:7.0f} {screen:9.3f} {memory:5.0f} {found:9}")  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
