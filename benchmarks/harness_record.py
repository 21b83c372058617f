"""Our place among the peers of an outside harness for one submission: `record.py --plugin benchmarks/harness_record.py`.

Preparing is what the quick road does before it asks (the look at the digits and the decoding), asking is the compiled function;
one that is too close for doubles takes the exact road there and then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import peers  # the harness has it
from workload import compiled, places, verdicts


def peers_() -> Iterator[peers.Peer]:
    """The compiled ruleset, as services use it."""
    made = compiled()
    at = places(made.asked)
    yield peers.Peer(
        "perfrules: compiled",
        lambda text: text,
        lambda text: verdicts(made.outcomes(text), at),
        "exact; reading the JSON is inside eval",
    )
