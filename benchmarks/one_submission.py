"""One submission: JSON text in, twenty verdicts out, beside the peers in one run.

python benchmarks/one_submission.py [--submissions 250] [--rounds 15] [--json FILE]

Each round takes every engine through all submissions in turn, so that a slow moment falls on all alike; the table has medians of
rounds. `wrong` counts verdicts against whole numbers written by hand. An engine that is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from workload import compiled, places, verdicts
from workload.generate import submissions
from workload.peers import ALL, Peer, _whole_row, whole_numbers

PACKAGES = ("datalogic-py", "zen-engine", "common-expression-language", "msgspec")


def ours() -> Iterator[Peer]:
    """The compiled ruleset, as a service uses it."""
    made = compiled()
    at = places(made.asked)
    yield Peer("perfrules", lambda text: text, lambda text: verdicts(made.outcomes(text), at), "exact")


def engines() -> list[Peer]:
    """Every engine that is installed; the others are named."""
    found: list[Peer] = []
    for make in (ours, *ALL):
        try:
            found += make()
        except ImportError as error:
            print(f"left out: {make.__name__} ({error})")
    return found


def measured(peer: Peer, texts: list[str], rows: list[object]) -> tuple[float, float]:
    """Microseconds for each submission, to prepare and to ask."""
    start = time.perf_counter()
    for text in texts:
        peer.prepared(text)
    middle = time.perf_counter()
    for row in rows:
        peer.verdicts(row)
    end = time.perf_counter()
    return (middle - start) / len(texts) * 1e6, (end - middle) / len(texts) * 1e6


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=250)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    texts = submissions(given.submissions, 1)
    truth = [whole_numbers(_whole_row(text)) for text in texts]
    peers = engines()
    wrong = {}
    for peer in peers:
        said = [peer.verdicts(peer.prepared(text)) for text in texts]
        pairs = zip(said, truth, strict=True)
        wrong[peer.name] = sum(a != b for one, other in pairs for a, b in zip(one, other, strict=True))
    times: dict[str, list[tuple[float, float]]] = {peer.name: [] for peer in peers}
    ready = {peer.name: [peer.prepared(text) for text in texts] for peer in peers}
    gc.disable()
    for _ in range(given.rounds):
        for peer in peers:
            times[peer.name].append(measured(peer, texts, ready[peer.name]))
        gc.collect()
    rows = []
    for peer in peers:
        prepare, ask = (statistics.median(each) for each in zip(*times[peer.name], strict=True))
        rows.append(
            {
                "engine": peer.name,
                "prepare_us": prepare,
                "ask_us": ask,
                "per_second": 1e6 / (prepare + ask),
                "wrong": wrong[peer.name],
            }
        )
    size = sum(map(len, texts)) // len(texts)
    print(
        f"{len(texts)} submissions of {size} bytes, {given.rounds} rounds, wrong of {20 * len(texts)} verdicts"
    )
    print(f"{'engine':40} {'prepare us':>11} {'ask us':>9} {'a second':>9} {'wrong':>6}")
    for row in rows:
        print(
            f"{row['engine']:40} {row['prepare_us']:11.1f} {row['ask_us']:9.1f} {row['per_second']:9.0f} {row['wrong']:6}"
        )
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    versions["python"] = sys.version.split()[0]
    print("  ".join(f"{name} {each}" for name, each in versions.items()))
    if given.json:
        given.json.write_text(json.dumps({"versions": versions, "rows": rows}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
