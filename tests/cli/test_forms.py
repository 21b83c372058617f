"""`-f FORMAT[=FILE]`: several forms in one run, and what is told where that does not come out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

import perfrules.plugins  # noqa: F401 - its catalog is patched
from perfrules.cli.main import run


def code(*call: str) -> int:
    with pytest.raises(SystemExit) as left:
        run(list(call))
    return int(left.value.code or 0)


REPORT = str(Path(__file__).parents[2] / "examples" / "yunling" / "wangxinban.txt")


def test_several_forms_are_written_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = tmp_path / "结果.json"
    assert code("check", REPORT, "-f", f"json={told}", "-f", "rich") == 1
    assert json.loads(told.read_text(encoding="utf-8"))["status"] == "findings"
    assert "绩效监控报告核查结果" in capsys.readouterr().out


def test_one_form_goes_where_o_says(tmp_path: Path) -> None:
    told = tmp_path / "a.json"
    assert code("check", REPORT, "--format", "json", "-o", str(told)) == 1
    assert json.loads(told.read_text(encoding="utf-8"))["findings"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["-f", "json", "-f", "rich"], "屏幕上只能显示一种格式"),
        (["-f", "json=a.json", "-o", "b.json"], "-o 多余"),
        (["-f", "json=a.json", "-f", "rich=./a.json"], "写入同一个文件"),
        (["-f", "pptx=a.pptx"], "-f pptx=a.pptx 的值不可用; 可用的格式:\n   rich"),
        (["-f", "json="], "-f json= 缺少文件名"),
        (["-f", "json=a.json", "-f", "html=nowhere/a.html"], "文件夹 nowhere 不存在"),
        (["-f", "json=a.json", "-f", "html=."], "这是文件夹, 不是文件"),
        (["-f", "json=a.json", "-o", "nowhere/b.html", "-f", "html"], "文件夹 nowhere 不存在"),
    ],
)
def test_what_does_not_come_out_is_told(
    call: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert code("check", REPORT, *call) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_every_place_that_cannot_be_written_is_told_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = [tmp_path / "a" / "x.html", tmp_path, tmp_path / "b" / "x.csv"]
    forms = [f"{form}={target}" for form, target in zip(("html", "json", "csv"), targets, strict=True)]
    assert code("check", "nowhere.txt", *(part for each in forms for part in ("-f", each))) == 2
    said = capsys.readouterr().err
    assert all(each.as_posix() in said for each in targets)
    assert "nowhere.txt" not in said


def test_an_input_is_never_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("check", REPORT, "-f", f"json={REPORT}") == 2
    assert "这是输入文件" in capsys.readouterr().err


def test_the_forms_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert code("check", "-f", "list") == 0
    assert {"rich", "json"} <= {line.split()[0] for line in capsys.readouterr().out.splitlines()}


def test_bytes_are_refused_for_the_screen_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "a.json"
    assert code("check", "nowhere.txt", "-f", f"json={told}", "-f", "xlsx") == 2
    said = capsys.readouterr().err
    assert "xlsx 不能显示在屏幕上" in said
    assert "-f xlsx=文件" in said
    assert not told.exists()


def test_every_form_goes_into_a_file_in_one_run(tmp_path: Path) -> None:
    from perfrules.plugins import catalog

    forms = list(catalog().reporters)
    assert code("check", REPORT, *(f"-f{form}={tmp_path / form}" for form in forms)) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(forms)
    assert all(path.stat().st_size > 500 for path in tmp_path.iterdir())


FORM = """
from perfrules.bilingual import Bilingual
from perfrules.plugins import Reporter, hookimpl


def write(results, language, page):
    {body}


@hookimpl
def perfrules_reporters():
    return [Reporter("bureau", Bilingual("本局格式", "the bureau's form"), write)]
"""


@pytest.fixture
def bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Installs a plugin with a form whose writing has that body."""

    def install(body: str) -> None:
        (tmp_path / "own_form.py").write_text(FORM.format(body=body), encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, "own_form", raising=False)
        point = EntryPoint("own_form", "own_form", "perfrules")
        monkeypatch.setattr(sys.modules["perfrules.plugins.catalog"], "entry_points", lambda group: [*entry_points(group=group), point])  # fmt: skip

    return install


def test_a_plugins_form_is_written_like_those_of_the_core(
    bring: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring('return f"{len(results.reports)} {language}"')
    told = tmp_path / "a.txt"
    assert code("check", REPORT, "-f", f"bureau={told}", "-f", "csv", "--lang", "en") == 1
    assert told.read_text(encoding="utf-8") == "1 en"
    assert "Printed words" in capsys.readouterr().out
    assert code("check", "-f", "list") == 0
    assert "bureau     本局格式 / the bureau's form" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('no')", "插件 own_form 的格式 bureau 出错: ValueError: no"),
        ("raise SystemExit(0)", "插件 own_form 的格式 bureau 出错: SystemExit"),
        ("return 1", "插件 own_form 的格式 bureau 应给出文本或字节, 却是 int"),
        ("return results.reports[0].nothing", "插件 own_form 的格式 bureau 出错: AttributeError"),
    ],
)
def test_a_plugins_form_that_fails_is_named_and_stops_the_run(
    body: str, said: str, bring: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(body)
    told = tmp_path / "a.txt"
    assert code("check", REPORT, "-f", f"bureau={told}") == 2
    written = capsys.readouterr().err
    assert said in written
    assert "--without own_form" in written
    assert "Traceback" not in written
    assert not told.exists()


def test_two_forms_of_one_name_are_refused(
    bring: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring("return ''")
    module = tmp_path / "own_form.py"
    module.write_text(module.read_text(encoding="utf-8").replace('"bureau"', '"xlsx"'), encoding="utf-8")
    assert code("check", REPORT) == 2
    assert "xlsx" in capsys.readouterr().err
