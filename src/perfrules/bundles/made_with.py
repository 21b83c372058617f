"""What results were made with, as far as it can change them: plugins by their files, libraries that read, parameters in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from perfrules.bilingual import Language
from perfrules.model.report import Report
from perfrules.plugins import Catalog
from perfrules.reporters.facts_json import Json
from perfrules.reporters.values_json import value_json
from perfrules.rules import CompiledParameter, CompiledRuleset, parameter_values

LIBRARIES = {
    ".pdf": ("pdfplumber", "pdfminer.six"),
    ".xls": ("xlrd",),
    ".et": ("xlrd",),
    ".xlsx": ("openpyxl",),
    ".xlsm": ("openpyxl",),
}
"""Libraries that read files of a kind: another version may read them otherwise. Python itself computes the same in all of its."""
_SOURCES = (".py", ".yaml")


def plugins_json(catalog: Catalog) -> list[Json]:
    """The plugins beside the core: name, version, and a digest of their files, which tells what a version does not."""
    return [
        {"name": each.name, "version": each.version, "sha256": _digest(each.module)}
        for each in catalog.plugins
        if not each.is_core
    ]


def _digest(module: str) -> str:
    spec = find_spec(module) if module else None
    if spec is None or spec.origin is None:
        return ""
    own = Path(spec.origin)
    files = [own] if own.name != "__init__.py" else sorted(own.parent.rglob("*"))
    digest = sha256()
    for path in files:
        if path.suffix in _SOURCES:
            place = path.relative_to(own.parent).as_posix()
            digest.update(f"{place}\0".encode() + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def libraries_json(names: Iterable[str]) -> list[Json]:
    """The libraries that read files with such names, with their versions; empty where one is not installed."""
    wanted = {each for name in names for each in LIBRARIES.get(Path(name).suffix.lower(), ())}
    return [{"name": each, "version": _version(each)} for each in sorted(wanted)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def parameters_json(
    reports: Sequence[Report], ruleset: CompiledRuleset, as_of: date | None, language: Language
) -> list[Json]:
    """The parameters in force, once for each set of submissions that have the same."""
    told: list[Json] = []
    for report in reports:
        values = _values(report, ruleset, as_of, language)
        name = f"{report.department} {report.period[1] or ''}".strip()
        same = next((each for each in told if each["values"] == values), None)
        if same is None:
            told.append({"of": [name], "values": values})
        else:
            of = same["of"]
            assert isinstance(of, list)
            of.append(name)
    return told


def _values(report: Report, ruleset: CompiledRuleset, as_of: date | None, language: Language) -> list[Json]:
    found = parameter_values(ruleset.parameters, report.submission, as_of)
    sources = {each.parameter.name: _source(each, report.as_of) for each in ruleset.parameters}
    return [
        {"name": name, **value_json(trace.value, language), **sources[name]}
        for name, trace in sorted(found.items())
    ]


def _source(parameter: CompiledParameter, day: date | None) -> Json:
    """What is in force as the ruleset writes it, since when, and where it comes from; nulls where no day picks one."""
    known = [each for each in parameter.parameter.values if day is not None and each.since <= day]
    last = max(known, key=lambda each: each.since) if known else None
    if last is None:
        return {"expression": None, "since": None, "source": None}
    written = (
        last.value.text
        if last.value
        else "; ".join(f"{at}: {each.text}" for at, each in last.by_month.items())
    )
    return {"expression": written, "since": last.since.isoformat(), "source": last.source}
