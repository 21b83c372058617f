"""Reports in the old formats of Word and WPS, through LibreOffice where it is installed: what is read is what the .docx says."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.files.labels import FILES

from perfrules import pipeline
from perfrules.plugins import catalog
from perfrules.reporters.facts_json import facts_json

CATALOG = catalog()
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def figures(path: Path) -> set[tuple[object, ...]]:
    read = pipeline.read_paths([path], CATALOG)
    assert not read.faults, read.faults
    told = json.loads(facts_json(read.submissions))
    facts = {
        (each["subject"], each["line"], each["field"], each["value"], each["unit"]) for each in told["facts"]
    }
    return facts | {(each["subject"], each["line"], each["printed"]) for each in told["claims"]}


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our labelled Word documents as LibreOffice saves them in the format of Word 97."""
    folder = tmp_path_factory.mktemp("old")
    assert OFFICE is not None
    call = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    sources = [str(each) for each in sorted(FILES.glob("w*.docx"))]
    subprocess.run([*call, "--convert-to", "doc", "--outdir", str(folder), *sources], check=True, capture_output=True, timeout=240)  # fmt: skip
    return folder


@pytest.mark.parametrize("name", sorted(each.stem for each in FILES.glob("w*.docx")))
def test_an_old_word_file_gives_the_figures_of_its_docx(old_files: Path, name: str) -> None:
    assert figures(old_files / f"{name}.doc") == figures(FILES / f"{name}.docx")


def test_a_wps_file_is_read_as_the_word_file_it_is(old_files: Path) -> None:
    wps = old_files / "w10-nongye.wps"
    shutil.copy(old_files / "w10-nongye.doc", wps)
    assert figures(wps) == figures(FILES / "w10-nongye.docx")
