"""Start-up: medians of interleaved rounds, wall milliseconds of whole processes; aims beside them.

python benchmarks/startup.py [--rounds 9] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT = str(ROOT / "examples" / "yunling" / "wangxinban.txt")
PASSES = ("--fail-on", "never")
RUN = "from perfrules.cli.main import run; run()"
CASES = {
    "python alone": (["-c", "pass"], None),
    "import perfrules": (["-c", "import perfrules"], 150),
    "perfrules --help": (["-c", RUN, "--help"], None),
    "perfrules rules list": (["-c", RUN, "rules", "list"], None),
    "perfrules check (terminal)": (["-c", RUN, "check", REPORT, *PASSES], 500),
    "perfrules check (json)": (["-c", RUN, "check", REPORT, *PASSES, "--format", "json"], 500),
}


def once(arguments: list[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment, check=True)
    return (time.perf_counter() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    # As installed programs run: with compiled modules kept, whatever the shell says.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(options.rounds + 1):
        for name, (arguments, _aim) in CASES.items():
            times[name].append(once(arguments, environment))
    print(
        f"{'':30} {'median ms':>10} {'aim ms':>8}   (Python {sys.version.split()[0]}, {options.rounds} rounds)"
    )
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    for name, (_, aim) in CASES.items():
        print(f"{name:30} {medians[name]:10.0f} {aim or '-':>8}")
    if options.json:
        options.json.write_text(
            json.dumps({name: round(value, 1) for name, value in medians.items()}, indent=1)
        )


if __name__ == "__main__":
    main()
