"""The catalog: what plugins bring, and what stops the run."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from perfrules.cli.main import outcome
from perfrules.errors import PluginError
from perfrules.plugins import catalog

INSTALLED = [point for point in entry_points(group="perfrules") if point.name.startswith("builtin_")]
HEAD = """\
from perfrules.bilingual import Bilingual
from perfrules.language import Function
from perfrules.model.project_type import Direction, Indicator, LumpSum, ProjectType
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


FUNCTION = """\
@hookimpl
def perfrules_functions():
    return [Function("half", "一半", (None,), None, abs, Bilingual("一半", "half"))]
"""


def returning(value: str) -> str:
    return f"@hookimpl\ndef perfrules_project_types():\n    {value}\n"


def vehicles(old: str, new: str) -> str:
    assert old in VEHICLES
    return VEHICLES.replace(old, new)


def function(old: str, new: str) -> str:
    assert old in FUNCTION
    return FUNCTION.replace(old, new)


KIND = "Kind.COUNT)"
FAULTS = [
    ("import no_such_module_anywhere", "load"),
    ("def broken(:", "load"),
    ("1 / 0", "load"),
    ("raise ValueError('two\\nlines')", "load"),
    ("raise SystemExit(0)", "load"),
    ("@hookimpl\ndef perfrules_projekt_types():\n    return []", "hook"),
    ("@hookimpl\ndef perfrules_project_types(colour):\n    return []", "hook"),
    (returning("raise KeyError('nothing')"), "raises"),
    (returning("raise SystemExit(0)"), "raises"),
    (returning("pass"), "value"),
    (returning("return 3"), "value"),
    (returning("return ()"), "value"),
    (returning("return ['vehicles']"), "value"),
    (returning("return [ProjectType]"), "value"),
    (vehicles('"vehicles", B', '"general", B'), "two_owners"),
    (vehicles('"vehicles", B', '"", B'), "nameless"),
    (vehicles('"vehicles", B', "3, B"), "nameless"),
    (vehicles('("车辆",)', '"车辆"'), "malformed"),
    (vehicles('("车辆",)', '("",)'), "malformed"),
    (vehicles('("车辆",)', "None"), "malformed"),
    (vehicles(KIND, 'Kind.COUNT, "里程数")'), "malformed"),
    (vehicles('Bilingual("里程", "mileage")', '"里程"'), "malformed"),
    (vehicles('("车辆",)', '("车辆",), curve=None'), "malformed"),
    (vehicles('"mileage", B', '"spent", B'), "field_kind"),
    (vehicles('"mileage", B', '"line", B').replace("COUNT", "TEXT"), "field_differs"),
    (vehicles('"里程"', '"实际支出"'), "field_name"),
    (vehicles(KIND, 'Kind.COUNT, ("执行数",))'), "field_name"),
    (vehicles('"mileage", B', '"staff", B'), "field_name"),
    (vehicles('"mileage", B', '"targets", B'), "field_name"),
    (vehicles('"mileage", B', '"where", B'), "field_name"),
    (vehicles('"mileage", B', '"a mile", B'), "field_name"),
    (vehicles('("车辆",)', '("车辆",), curve=LumpSum(due_on="nowhere")'), "curve"),
    (vehicles('("车辆",)', '("车辆",), curve=LumpSum(due_on="mileage")'), "curve"),
    (
        vehicles(
            '("车辆",)',
            '("车辆",), indicators=(Indicator("i", Bilingual("甲", "a"), "spent / milage", "%", Direction.NEITHER, Bilingual("甲", "a")),)',
        ),
        "indicator",
    ),
    (function('"half"', '"round"'), "two_owners"),
    (function('"一半"', '"四舍五入"'), "two_owners"),
    (function('"half"', '"sum"'), "function_name"),
    (function('"一半"', '"is_known"'), "function_name"),
    (function('"half"', '"is_set"'), "function_name"),
    (function('"一半"', '"且"'), "function_name"),
    (function('"half"', '"not"'), "function_name"),
    (function('"half"', '"half of"'), "function_name"),
]


@pytest.mark.parametrize(("body", "code"), FAULTS)
def test_a_plugin_at_fault_stops_the_run_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str
) -> None:
    point = plugin(tmp_path, monkeypatch, f"faulty_{abs(hash(body))}", body)
    with pytest.raises(PluginError) as caught:
        catalog(found=[*INSTALLED, point])
    (fault,) = caught.value.faults
    assert fault.code == f"plugin.{code}"
    for said in (fault.said("zh"), fault.said("en")):
        assert said.count(point.name) > 1  # in the sentence and in the way out
        assert f"--without {point.name}" in said


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (VEHICLES, "two_owners"),
        (vehicles('"vehicles", B', '"boats", B').replace(KIND, "Kind.MONEY)"), "field_kind"),
        (vehicles('"vehicles", B', '"boats", B').replace('"里程"', '"航程"'), "field_differs"),
        (vehicles('"vehicles", B', '"boats", B').replace('"mileage", B', '"range", B'), "field_name"),
    ],
)
def test_two_plugins_that_cannot_both_be_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, code: str
) -> None:
    number = abs(hash(second))
    points = [
        plugin(tmp_path, monkeypatch, f"cars_{number}", VEHICLES),
        plugin(tmp_path, monkeypatch, f"more_{number}", second),
    ]
    with pytest.raises(PluginError) as caught:
        catalog(found=points)
    (fault,) = caught.value.faults
    assert fault.code == f"plugin.{code}"
    for name in (points[0].name, points[1].name):
        assert name in fault.message.zh
        assert name in fault.message.en


def test_two_types_may_share_a_field_that_they_define_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boats = vehicles('"vehicles", B', '"boats", B')
    points = [
        plugin(tmp_path, monkeypatch, f"alike_{kind}", body) for kind, body in (("a", VEHICLES), ("b", boats))
    ]
    fields = [field.name for field in catalog(found=points).types["project"].fields]
    assert fields.count("mileage") == 1


def test_two_functions_of_one_name_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = FUNCTION.replace('"half"', '"halved"')  # the same alias
    points = [
        plugin(tmp_path, monkeypatch, f"halves_{n}", body) for n, body in (("a", FUNCTION), ("b", other))
    ]
    with pytest.raises(PluginError, match="halves_a"):
        catalog(found=points)


def test_two_entry_points_of_one_name_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point = plugin(tmp_path, monkeypatch, "twice_named", VEHICLES)
    with pytest.raises(PluginError) as caught:
        catalog(found=[point, EntryPoint("twice_named", "perfrules.readers", "perfrules")])
    assert [fault.code for fault in caught.value.faults] == ["plugin.two_owners"]
    assert catalog(without=["twice_named"], found=[point, point]).plugins == ()


def test_a_misspelt_hook_is_laid_to_its_own_plugin_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "@hookimpl\ndef perfrules_projekt_types():\n    return []"
    point = plugin(tmp_path, monkeypatch, "aaa_first", body)
    with pytest.raises(PluginError) as caught:
        catalog(found=[point, *INSTALLED])
    assert [str(fault.where) for fault in caught.value.faults] == ["aaa_first"]


def test_the_command_ends_in_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    point = plugin(tmp_path, monkeypatch, "faulty_in_command", returning("raise KeyError('nothing')"))
    monkeypatch.setattr(
        import_module("perfrules.plugins.catalog"), "entry_points", lambda **_: [*INSTALLED, point]
    )
    assert outcome(["plugins", "list", "--lang", "en"]) == 2
    assert "plugin faulty_in_command fails in its hook project_types: KeyError" in capsys.readouterr().err


def test_a_plugin_at_fault_can_be_left_out_knowingly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point = plugin(tmp_path, monkeypatch, "faulty_again", "import no_such_module_anywhere")
    assert catalog(without=["faulty_again"], found=[*INSTALLED, point]).left_out == ("faulty_again",)


def test_only_what_is_installed_can_be_left_out() -> None:
    with pytest.raises(PluginError, match="not installed"):
        catalog(without=["nothing"], found=INSTALLED)
