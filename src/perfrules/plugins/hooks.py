"""The four hooks a plugin may implement, and the frozen values they return.

A plugin is a module named by an entry point of the group `perfrules`; it marks its functions with `@hookimpl`. Each
hook is called once, when the catalog is made, and returns a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from pathlib import Path

import pluggy
from attrs import frozen

from perfrules.bilingual import Bilingual, Language
from perfrules.language import Function
from perfrules.model.project_type import ProjectType
from perfrules.model.report import Results
from perfrules.model.subject import SubjectType
from perfrules.model.submission import Submission

hookspec = pluggy.HookspecMarker("perfrules")
hookimpl = pluggy.HookimplMarker("perfrules")


@frozen
class Reader:
    """A way to read one kind of file.

    `accepts` looks at the name and the bytes and opens nothing; `read` takes the path as the user gave it, the bytes
    and the subject types with the fields that plugins add, and raises ReadError for what it cannot read.
    """

    name: str
    about: Bilingual
    suffixes: tuple[str, ...]
    accepts: Callable[[Path, bytes], bool]
    read: Callable[[str, bytes, Mapping[str, SubjectType]], Submission]


class Detail(Enum):
    """How much a page shows: findings alone, what people need, or everything with its calculation."""

    QUIET = "quiet"
    NORMAL = "normal"
    VERBOSE = "verbose"


@frozen
class Page:
    """What a report is written on: columns, whether it can show colour, how much it shows and in what groups.

    `group_by` is `severity`, `rule`, `department` or `cause`.
    """

    width: int = 80
    colour: bool = False
    detail: Detail = Detail.NORMAL
    group_by: str = "severity"


@frozen
class Reporter:
    """A form in which the results of a run are written; `write` gives the whole file in that language.

    A text is written in UTF-8; bytes as they are, and only into a file. `for_people` tells a text that a screen shows,
    `into_file` a form that gives bytes, so that it is refused for the screen before anything is read.
    """

    name: str
    about: Bilingual
    write: Callable[[Results, Language, Page], str | bytes]
    for_people: bool = False
    into_file: bool = False


class Hooks:
    """The specifications; pluggy reads them off this class."""

    @hookspec
    def perfrules_project_types(self) -> list[ProjectType]:  # type: ignore[empty-body]
        """Project types, with their fields, words, indicators and spending curve."""

    @hookspec
    def perfrules_functions(self) -> list[Function]:  # type: ignore[empty-body]
        """Named pure functions that expressions may call."""

    @hookspec
    def perfrules_readers(self) -> list[Reader]:  # type: ignore[empty-body]
        """Readers of further kinds of file, tried in the order of their plugins' names."""

    @hookspec
    def perfrules_reporters(self) -> list[Reporter]:  # type: ignore[empty-body]
        """Reporters of further forms, chosen by name with `--format`."""
