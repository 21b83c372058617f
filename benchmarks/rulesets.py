"""Loading core with all profiles: medians of interleaved rounds in one process, wall milliseconds; the aim beside them.

python benchmarks/rulesets.py [--rounds 15] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path

AIM = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        os.environ["PERFRULES_CACHE"] = cache
        medians = measured(options.rounds)
    print(
        f"{'':58}{'median ms':>10}{'aim ms':>8}   (Python {sys.version.split()[0]}, {options.rounds} rounds)"
    )
    for name, value in medians.items():
        print(f"{name:58}{value:10.1f}{AIM if name.startswith('core and all') else '-':>8}")
    read, again = (medians[name] for name in list(medians)[:2])
    print(f"kept / read: {again / read:.2f}")
    if options.json:
        options.json.write_text(
            json.dumps({name: round(value, 1) for name, value in medians.items()}, indent=1)
        )


def measured(rounds: int) -> dict[str, float]:
    from perfrules.plugins import catalog
    from perfrules.rules import compile_ruleset, load_ruleset, load_rulesets, shipped_names

    core = [each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
    found = catalog(found=core)
    loaded = load_ruleset("core")
    cases: dict[str, Callable[[], object]] = {
        "core and all profiles, read from YAML with examples": lambda: load_rulesets(shipped_names()),
        "core and all profiles, kept, for a check": lambda: load_rulesets(
            shipped_names(), with_examples=False
        ),
        "core alone, kept, for a check": lambda: load_ruleset("core", with_examples=False),
        "core compiled": lambda: compile_ruleset(loaded, found.types, found.functions),
    }
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds + 1):
        for name, run in cases.items():
            start = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - start) * 1000)
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


if __name__ == "__main__":
    main()
