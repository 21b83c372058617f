"""Plugins: what all that are installed add to start-up (whole processes) and to checking (in one), medians of interleaved rounds.

python benchmarks/plugins.py [--rounds 15]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from perfrules import pipeline, readers
from perfrules.plugins import Catalog, catalog

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "examples" / "yunling" / "wangxinban.txt"
RUN = "from perfrules.cli.main import run; run()"
AIM_STARTUP, AIM_CHECKING = 100, 20


def process(without: list[str]) -> Callable[[], float]:
    """Milliseconds of a whole `perfrules check`, some plugins left out."""
    left_out = [word for name in without for word in ("--without", name)]
    call = [sys.executable, "-c", RUN, "check", str(REPORT), "--fail-on", "never", *left_out]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(call, stdout=subprocess.DEVNULL, env=environment, check=True)
        return (time.perf_counter() - start) * 1000

    return once


def its_rules(found: Catalog) -> Callable[[], float]:
    """Milliseconds of the stages after reading: indicators, rules, findings."""
    ruleset = pipeline.prepare(None, found)
    submission = readers.read(REPORT, found.readers, found.types)

    def once() -> float:
        start = time.perf_counter()
        for _ in range(10):
            pipeline.check(submission, ruleset, found)
        return (time.perf_counter() - start) * 100

    return once


def a_report(found: Catalog) -> Callable[[], float]:
    """Milliseconds of a report from file to findings, the ruleset prepared."""
    ruleset = pipeline.prepare(None, found)

    def once() -> float:
        start = time.perf_counter()
        for _ in range(10):
            pipeline.check_paths([REPORT], ruleset, found)
        return (time.perf_counter() - start) * 100

    return once


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    everything = catalog()
    names = [each.name for each in everything.plugins if not each.is_core]
    measured = {
        "start-up, core alone": process(names),
        "start-up, all plugins": process([]),
        "a report, core alone": a_report(catalog(without=names)),
        "a report, all plugins": a_report(everything),
        "its rules, core alone": its_rules(catalog(without=names)),
        "its rules, all plugins": its_rules(everything),
    }
    times: dict[str, list[float]] = {name: [] for name in measured}
    for _ in range(options.rounds + 1):
        for name, once in measured.items():
            times[name].append(once())
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    print(f"{len(names)} plugins, {options.rounds} rounds, Python {sys.version.split()[0]}")
    for name, median in medians.items():
        print(f"{name:24} {median:8.1f} ms")
    grown = medians["start-up, all plugins"] - medians["start-up, core alone"]
    print(f"start-up grows by {grown:.0f} ms (aim: less than {AIM_STARTUP})")
    for what in ("a report", "its rules"):
        share = (medians[f"{what}, all plugins"] / medians[f"{what}, core alone"] - 1) * 100
        aim = f" (aim: less than {AIM_CHECKING}%)" if what == "a report" else ""
        print(f"checking {what} grows by {share:.0f}%{aim}")


if __name__ == "__main__":
    main()
