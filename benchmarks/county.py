"""A county of 100 departments checked in one command: seconds of each stage, documents a second, memory at its peak.

python benchmarks/county.py [--departments 100] [--faults 100] [--rounds 3] [--json FILE]

The county is made by examples/county.py and is not measured. `command` is `perfrules check` from start to end, as a program
of its own, with the report for the terminal and JSON; the stages are timed inside one program. Times are medians, and
memory is the most that the command ever had, its children with it. Aim: under 20 s on two cores, under 400 MiB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "examples"))

from county import county  # noqa: E402
from perfrules import pipeline  # noqa: E402
from perfrules.model.report import Results  # noqa: E402
from perfrules.plugins import catalog  # noqa: E402
from perfrules.plugins.hooks import Page  # noqa: E402

COMMAND = "from perfrules.cli.main import run; run()"


def written(folder: Path, departments: int, faults: int) -> int:
    """The county in a folder; how many files it has."""
    files, _ = county(departments, faults, 7)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return len(files)


def stages(folder: Path) -> dict[str, float]:
    """Seconds to get ready, to read, to check and to write each report."""
    marks, names = [time.perf_counter()], []

    def done(name: str) -> None:
        marks.append(time.perf_counter())
        names.append(name)

    found = catalog(())
    ruleset = pipeline.prepare(None, found, with_examples=False)
    done("prepare")
    reading = pipeline.read_paths([folder], found)
    done("read")
    reports = tuple(pipeline.check(each, ruleset, found) for each in reading.submissions)
    done("check")
    for name in found.reporters:
        found.reporters[name].write(Results(reports, reading.faults), "zh", Page())
        done(name)
    return {name: marks[at + 1] - marks[at] for at, name in enumerate(names)}


def command(folder: Path) -> tuple[float, float]:
    """Seconds of the whole command, and the memory of the largest so far, in MiB."""
    target = folder.parent / "results.json"
    call = [sys.executable, "-c", COMMAND, "check", str(folder), "-f", "rich", "-f", f"json={target}"]
    start = time.perf_counter()
    done = subprocess.run(call, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    seconds = time.perf_counter() - start
    assert done.returncode == 2, done.stderr.decode()  # some files of the county cannot be read
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--departments", type=int, default=100)
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "reports"
        number = written(folder, given.departments, given.faults)
        whole = [command(folder) for _ in range(given.rounds)]
        parts = [stages(folder) for _ in range(given.rounds)]
    found = {
        "departments": given.departments,
        "documents": number,
        "seconds": {name: round(statistics.median(each[name] for each in parts), 2) for name in parts[0]},
        "command_seconds": round(statistics.median(each for each, _ in whole), 2),
        "documents_per_second": round(number / statistics.median(each for each, _ in whole), 1),
        "peak_mib": round(max(each for _, each in whole)),
    }
    print(f"{given.departments} departments, {number} documents")
    for name, seconds in found["seconds"].items():  # type: ignore[attr-defined]
        print(f"   {name:<10}{seconds:>7.2f} s")
    print(
        f"   {'command':<10}{found['command_seconds']:>7.2f} s   {found['documents_per_second']} documents a second"
    )
    print(f"   {'memory':<10}{found['peak_mib']:>7} MiB")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
