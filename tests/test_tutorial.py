"""The tutorial of docs/plugins.md, followed to the letter: every file written, every command run, every output met."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TUTORIAL = Path(__file__).parents[1] / "docs" / "plugins.md"
BLOCK = re.compile(r"^```(?P<kind>\w+) ?(?P<path>\S*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAMS = {
    "perfrules": [sys.executable, "-c", "from perfrules.cli.main import run; run()"],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
    "pip": [sys.executable, "-m", "pip", "--disable-pip-version-check"],
}
OFFLINE = ["--no-deps", "--no-index", "--no-build-isolation", "--quiet"]


def test_the_tutorial_gives_what_it_shows(tmp_path: Path) -> None:
    blocks = list(BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")))
    assert sum(each["kind"] == "console" for each in blocks) >= 4
    for block in blocks:
        if block["path"]:
            (tmp_path / block["path"]).write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "console":
            for command, shown in commands(block["body"]):
                assert_shown(shown, printed(command, tmp_path), command)


def commands(body: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def printed(command: str, folder: Path) -> str:
    """What a command prints. What pip installs goes to a folder of its own, without a network, and is found from there."""
    program, *arguments = command.split()
    installed = folder / "installed"
    if program == "pip":
        arguments += [*OFFLINE, "--target", str(installed)]
    # The plugins that are installed beside the core are left out of sight: the tutorial has none of them.
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"COLUMNS": "80", "PERFRULES_LANG": "zh"}
    done = subprocess.run(
        [*PROGRAMS[program], *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def assert_shown(shown: str, found: str, command: str) -> None:
    """Every part of the output shown stands in what was printed, in that order; `...` stands for anything."""
    at = 0
    for part in shown.strip("\n").split("...\n"):
        wanted = part.strip("\n").removesuffix("\n...").removesuffix("...")
        place = found.find(wanted, at)
        assert place >= 0, f"{command}\n--- shown\n{wanted}\n--- printed\n{found}"
        at = place + len(wanted)
