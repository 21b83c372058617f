"""A plugin under examination, and what is told where it breaks a law."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from perfrules import pipeline, readers
from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PluginError
from perfrules.language import Function
from perfrules.model.project_type import Indicator, IndicatorExample, ProjectType
from perfrules.model.subject import Subject
from perfrules.model.truth import Lack, Reason, Unknown, Value
from perfrules.plugins import Catalog, LoadedPlugin

PERIOD = {"from": "2022-01-01", "to": "2022-06-30"}


@frozen
class Breach:
    """A law broken: the law's name, what broke it, and how."""

    law: str
    message: Bilingual


@frozen
class Plugin:
    """A plugin with what it brings, in the catalog that loaded it."""

    name: str
    catalog: Catalog
    listed: LoadedPlugin
    types: tuple[ProjectType, ...]
    functions: tuple[Function, ...]
    module: str

    @property
    def folder(self) -> Path | None:
        """The folder of the plugin's package, or of its module; None where it was not loaded from files."""
        path = getattr(sys.modules.get(self.module), "__file__", None)
        return Path(path).parent if path else None

    def sources(self) -> Iterator[Path]:
        """The Python files of the plugin."""
        if self.folder is None:
            return
        own = Path(str(sys.modules[self.module].__file__))
        yield from sorted(self.folder.rglob("*.py")) if own.name == "__init__.py" else [own]

    def cases(self) -> Iterator[tuple[ProjectType, Indicator, IndicatorExample]]:
        """Every example of every indicator."""
        for kind in self.types:
            for indicator in kind.indicators:
                yield from ((kind, indicator, example) for example in indicator.examples)

    def value(self, kind: ProjectType, indicator: Indicator, given: Mapping[str, object]) -> Value:
        """What an indicator comes to on a project of which these facts are given."""
        project = self.project(kind, given)
        fact = project.facts.get(indicator.name)
        if fact is None or fact.trace is None:
            return Unknown(
                project.lacks.get(indicator.name, (Lack(Reason.MISSING, project.id, indicator.name),))
            )
        return fact.trace.value

    def project(self, kind: ProjectType, given: Mapping[str, object]) -> Subject:
        """A project of that type of which these facts are given, in the submission format, completed."""
        project = {"name": kind.label.zh, "type": kind.id, **given}
        submission = readers.submission_from(
            {"period": PERIOD, "projects": [project]}, "example", self.catalog.types
        )
        whole, _ = pipeline.completed(submission, (), self.catalog, None)
        return whole.department.table("projects").rows[0]


def plugin_of(name: str, found: Catalog) -> Plugin:
    """The plugin of that name; raises PluginError where none is loaded."""
    listed = next((each for each in found.plugins if each.name == name), None)
    if listed is None:
        known = ", ".join(each.name for each in found.plugins)
        message = Bilingual(f"没有载入插件 {name}", f"plugin {name} is not loaded")
        raise PluginError(
            Fault("plugin.not_there", message, None, Bilingual(f"已载入: {known}", f"loaded: {known}"))
        )
    types = tuple(found.project_types[each] for each in listed.brought("project_types"))
    functions = tuple(found.functions[each] for each in listed.brought("functions"))
    return Plugin(name, found, listed, types, functions, listed.module)


def breach(law: str, zh: str, en: str) -> Breach:
    """A breach said in both languages."""
    return Breach(law, Bilingual(zh, en))
