"""`python -m perfrules`: the command, where its script is not on the path."""

from perfrules.cli.main import run

run()
