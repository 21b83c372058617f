"""Every law of the contract is broken by a plugin made to break it, and by that one alone."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from perfrules.cli.main import outcome
from perfrules.errors import PluginError
from perfrules.plugins import Catalog, catalog
from perfrules.testing.contract import LAWS, breaches, catalog_with

INSTALLED = [point for point in entry_points(group="perfrules") if point.name.startswith("builtin_")]
SOUND = '''
from fractions import Fraction

from perfrules.bilingual import Bilingual
from perfrules.language import Function
from perfrules.language.values import point
from perfrules.model.project_type import Direction, Indicator, IndicatorExample, ProjectType
from perfrules.model.subject import Field
from perfrules.model.truth import Number
from perfrules.model.unit import NUMBER, Kind
from perfrules.plugins import hookimpl


def doubled(value):
    """Twice a number."""
    return Number(value.interval + value.interval, value.slack + value.slack, value.unit)


@hookimpl
def perfrules_functions():
    return [Function("doubled", "翻倍", (Kind.NUMBER,), Kind.NUMBER, doubled, Bilingual("两倍", "twice"))]


@hookimpl
def perfrules_project_types():
    return [ProjectType(
        "cars", Bilingual("车辆", "cars"), ("车辆",),
        fields=(Field("mileage", Bilingual("里程", "mileage"), Kind.COUNT, nonnegative=True),),
        indicators=(
            Indicator(
                "cost", Bilingual("每公里成本", "cost per kilometre"), "spent / mileage", "元", Direction.LOWER,
                Bilingual("每公里花费", "what a kilometre costs"), low="0元",
                examples=(
                    IndicatorExample({"spent": "1.5万元", "mileage": "300公里"}, "50元"),
                    IndicatorExample({"spent": "1.5万元"}, None, ("mileage",)),
                ),
            ),
            Indicator(
                "shops", Bilingual("门店数", "shops"), "sum(value for counts)", "家", Direction.NEITHER,
                Bilingual("门店", "shops"),
                examples=(
                    IndicatorExample({"counts": {"complete": True, "rows": [
                        {"what": "门店", "value": "3家"}, {"what": "分店", "value": "4家"}]}}, "7家"),
                    IndicatorExample({"counts": [{"what": "门店", "value": "约3家"}]}, None, ("value",)),
                ),
            ),
        ),
    )]
'''
README = "cars mileage cost shops"


def made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, *changes: tuple[str, str], readme: str = README
) -> Catalog:
    body = SOUND
    for old, new in changes:
        assert old in body
        body = body.replace(old, new)
    (folder / name).mkdir()
    (folder / name / "__init__.py").write_text(body, encoding="utf-8")
    (folder / name / "README.md").write_text(readme, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    return catalog(found=[*INSTALLED, EntryPoint(name, name, "perfrules")])


def test_a_sound_plugin_breaks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert breaches("sound_cars", made(tmp_path, monkeypatch, "sound_cars")) == ()


BROKEN = {
    "examples": [('"50元"', '"51元"')],
    "examples_none": [('IndicatorExample({"spent": "1.5万元"}, None, ("mileage",)),', "")],
    "units": [
        ('"spent / mileage", "元"', '"odd(spent) / mileage", "元"'),
        ("def doubled", "def odd(value):\n    return point(value.interval.low / value.unit.scale * 10000, value.unit)\n\n\ndef doubled"),
        ("return [Function(", 'return [Function("odd", "单", (Kind.MONEY,), Kind.MONEY, odd, Bilingual("单", "odd")), Function('),
    ],
    "rows": [
        ('"sum(value for counts)", "家"', '"sum(alternating(value) for counts)", "家"'),
        ("def doubled", "CALLS = []\n\n\ndef alternating(value):\n    CALLS.append(1)\n    return Number(value.interval * Interval.point(Fraction(len(CALLS) % 2)), value.slack, value.unit)\n\n\ndef doubled"),
        ("return [Function(", 'return [Function("alternating", "交替", (Kind.COUNT,), Kind.COUNT, alternating, Bilingual("交替", "alternating")), Function('),
        ("from perfrules.model.subject import Field", "from perfrules.model.interval import Interval\nfrom perfrules.model.subject import Field"),
        ('"7家"', '"3家"'),
    ],
    "missing": [('"spent / mileage", "元"', '"(spent or else 1元) / mileage", "元"')],
    "repeatable": [
        ('"spent / mileage", "元"', '"doubled(1) * (spent / mileage) / calls(1)", "元"'),
        ("def doubled", "CALLS = []\n\n\ndef calls(value):\n    CALLS.append(1)\n    return point(Fraction(len(CALLS)), NUMBER)\n\n\ndef doubled"),
        ("return [Function(", 'return [Function("calls", "次数", (Kind.NUMBER,), Kind.NUMBER, calls, Bilingual("次", "calls")), Function('),
    ],
    "range": [('low="0元"', 'low="0元", high="60元"')],
    "pure": [("    return Number(value.interval", "    open(__file__).close()\n    return Number(value.interval")],
    "clock": [("from fractions import Fraction", "import time\nfrom fractions import Fraction")],
    "fields": [('"spent / mileage", "元"', '"spent / quantity", "元"'), ("mileage\": \"300", "quantity\": \"300"), ('("mileage",)', '("quantity",)')],
    "documents": [('Bilingual("每公里花费", "what a kilometre costs")', 'Bilingual("每公里花费", "")')],
}  # fmt: skip


@pytest.mark.parametrize("law", BROKEN)
def test_each_law_is_broken_by_a_plugin_made_to(
    law: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"broken_{law}"
    found = breaches(name, made(tmp_path, monkeypatch, name, *BROKEN[law]))
    assert law.split("_")[0] in {each.law for each in found}
    for each in found:
        assert each.message.zh
        assert each.message.en


def test_a_readme_that_leaves_something_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = breaches("quiet_cars", made(tmp_path, monkeypatch, "quiet_cars", readme="cars cost shops"))
    assert [each.message.en for each in found] == ["the README does not speak of mileage"]


def test_what_is_opened_while_it_runs_is_seen_even_if_the_source_hides_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = (
        "    return Number(value.interval",
        '    __builtins__["op" + "en"](__file__).close()\n    return Number(value.interval',
    )
    used = ('"spent / mileage", "元"', '"doubled(0.5) * (spent / mileage)", "元"')
    found = breaches("hidden_cars", made(tmp_path, monkeypatch, "hidden_cars", hidden, used))
    assert "indicator cost reaches outside while it is computed: open" in [each.message.en for each in found]


def test_a_plugin_that_is_not_loaded_is_told_so() -> None:
    with pytest.raises(PluginError, match="plugin nothing is not loaded"):
        breaches("nothing", catalog(found=INSTALLED))


def test_every_law_has_a_name_and_says_what_it_asks() -> None:
    assert len(LAWS) == 11
    assert all(law.__doc__ for law in LAWS.values())


def test_a_new_plugin_keeps_the_contract_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = [
        "plugins",
        "new",
        "night_buses",
        "--label",
        "夜间公交",
        "--words",
        "夜间公交，夜班车",
        "--to",
        str(tmp_path),
    ]
    assert outcome(call) == 0
    assert "night_buses/src/perfrules_night_buses/rules.yaml" in capsys.readouterr().out
    monkeypatch.syspath_prepend(str(tmp_path / "night_buses" / "src"))
    found = catalog_with("night_buses", "perfrules_night_buses")
    assert found.project_types["night_buses"].words == ("夜间公交", "夜班车")
    assert breaches("night_buses", found) == ()
    assert outcome([*call, "--lang", "en"]) == 2
    assert "is there already; nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Night-Buses"], "Night-Buses cannot name a plugin"),
        (["class_"], "class_ cannot name a plugin"),
        (["buses", "--label", '夜"间'], "cannot be a label or a word"),
        (["buses", "--words", "夜间 公交"], "cannot be a label or a word"),
    ],
)
def test_a_name_that_nothing_can_have_is_refused(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(["plugins", "new", *arguments, "--to", str(tmp_path), "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_command_tells_what_a_plugin_keeps_and_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, changes in (("sound_cars", []), ("broken_cars", BROKEN["range"])):
        made(tmp_path, monkeypatch, name, *changes)
    source = import_module("perfrules.plugins.catalog")
    for name, code, said in (
        ("sound_cars", 0, "keeps the contract"),
        ("broken_cars", 1, "is outside its unit or range"),
    ):
        points = [*INSTALLED, EntryPoint(name, name, "perfrules")]
        monkeypatch.setattr(source, "entry_points", lambda points=points, **_: points)
        assert outcome(["plugins", "check", "--lang", "en"]) == code
        assert said in capsys.readouterr().out
        assert outcome(["plugins", "list", "--lang", "en"]) == 0
        assert "cost per kilometre, shops" in " ".join(capsys.readouterr().out.split())
    assert outcome(["plugins", "check", "nothing"]) == 2
