"""The catalog: what plugins bring, and what stops the run."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from perfrules.errors import PluginError
from perfrules.plugins import catalog

INSTALLED = [point for point in entry_points(group="perfrules") if point.name.startswith("builtin_")]
HEAD = """\
from perfrules.bilingual import Bilingual
from perfrules.model.project_type import ProjectType
from perfrules.model.subject import Field
from perfrules.model.unit import Kind
from perfrules.plugins import hookimpl

"""
VEHICLES = """\
@hookimpl
def perfrules_project_types():
    return [ProjectType("vehicles", Bilingual("公务用车", "vehicles"), ("车辆",), fields=(
        Field("mileage", Bilingual("里程", "mileage"), Kind.COUNT),))]
"""


def plugin(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, body: str) -> EntryPoint:
    (folder / f"{name}.py").write_text(HEAD + body, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return EntryPoint(name, name, "perfrules")


def test_the_core_comes_in_by_the_same_entry_points() -> None:
    made = catalog(found=INSTALLED)
    assert {each.name for each in made.plugins} == {
        "builtin_project_types",
        "builtin_readers",
        "builtin_reporters",
    }
    assert set(made.project_types) == {"general"}
    assert {"rich", "json"} <= set(made.reporters)
    assert {"text", "submission"} <= {reader.name for reader in made.readers}
    assert "whole_base" in made.functions


def test_a_plugin_adds_a_type_and_its_fields(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point = plugin(tmp_path, monkeypatch, "vehicles_plugin", VEHICLES)
    made = catalog(found=[*INSTALLED, point])
    assert "vehicles" in made.project_types
    assert "mileage" in {field.name for field in made.types["project"].fields}
    assert "project_types:vehicles" in made.plugins[-1].brings


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("import no_such_module_anywhere", "plugin.load"),
        ("def broken(:", "plugin.load"),
        ("@hookimpl\ndef perfrules_projekt_types():\n    return []", "plugin.hook"),
        ("@hookimpl\ndef perfrules_project_types(colour):\n    return []", "plugin.hook"),
        (VEHICLES.replace('"vehicles"', '"general"'), "plugin.two_owners"),
        (VEHICLES.replace('"mileage"', '"spent"'), "plugin.field_kind"),
    ],
)
def test_a_plugin_at_fault_stops_the_run_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str
) -> None:
    point = plugin(tmp_path, monkeypatch, f"faulty_{abs(hash(body))}", body)
    with pytest.raises(PluginError) as caught:
        catalog(found=[*INSTALLED, point])
    (fault,) = caught.value.faults
    assert fault.code == code
    assert point.name in fault.said("zh") or code == "plugin.field_kind"


def test_a_plugin_at_fault_can_be_left_out_knowingly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point = plugin(tmp_path, monkeypatch, "faulty_again", "import no_such_module_anywhere")
    assert catalog(without=["faulty_again"], found=[*INSTALLED, point]).left_out == ("faulty_again",)


def test_only_what_is_installed_can_be_left_out() -> None:
    with pytest.raises(PluginError, match="not installed"):
        catalog(without=["nothing"], found=INSTALLED)
