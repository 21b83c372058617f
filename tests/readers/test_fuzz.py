"""Files with bytes and parts changed at random: each is read or refused with a ReadError, nothing else ever comes out.

`python tests/readers/test_fuzz.py SECONDS [SEED]` goes on for so long and prints what it found (`make fuzz`).
"""

from __future__ import annotations

import importlib.util
import random
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest

from perfrules.errors import ReadError
from perfrules.model.subject_types import CORE_TYPES
from perfrules.readers import READERS
from perfrules.readers.submission_form import form_workbook

HERE = Path(__file__).parent
ROUNDS = 40
LONGEST = 5.0
"""Seconds of work that one file may take in the long run; the short one measures nothing."""
MOST_MEMORY = 500
"""MiB that the long run may take."""


def beside(name: str) -> ModuleType:
    """A test module of this folder, for the files that it makes."""
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def word() -> bytes:
    """A small .docx with text, a table and a tracked change."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
        for line in ("安泉县水利局2023年上半年部门整体绩效监控报告", "一、预算", "年初预算320.5万元，其中基本支出200.5万元。")
    )  # fmt: skip
    cells = "".join(
        f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("项目", "支出（万元）")
    )
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        body = f"{runs}<w:p><w:ins><w:r><w:t>实际支出30万元。</w:t></w:r></w:ins></w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>"
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return kept.getvalue()


def seeds() -> dict[str, bytes]:
    """A sound file of each kind by its name."""
    tables, others, forms = beside("test_money_tables"), beside("test_other_documents"), beside("test_form")
    text = "\n".join([others.TITLE, *others.BODY])
    found = {
        f"table{suffix}": tables.written(tables.PROJECTS, suffix) for suffix in (".xlsx", ".xls", ".csv")
    }
    found |= {"form.xlsx": forms.monitoring(), "report.docx": word(), "report.txt": text.encode()}
    found |= {
        "report.pdf": others.pdf([others.hard_wrapped(23)]),
        "report.ofd": others.ofd([text.split("\n")]),
    }
    found["report.html"] = "".join(f"<p>{line}</p>" for line in text.split("\n")).encode()
    found["filled.xlsx"] = form_workbook(
        {
            "department": "安泉县水利局",
            "period": {"from": "2023-01-01", "to": "2023-06-30"},
            "lines": {"total": {"spent": "30万元", "claims": [{"printed": "50%", "numerator": "spent"}]}},
            "projects": {"complete": True, "rows": [{"name": "河道保洁", "spent": ["12万元", "12.0万元"]}]},
        },
        CORE_TYPES,
    )
    files = HERE.parent / "files"
    for name in ("w10-nongye.docx", "w11-jiankongbiao.docx", "p11-zhujian.pdf", "x20-danwei.xlsx", "o10-jiankong.xls", "c10-yitihua.csv", "n13-shuili.txt"):  # fmt: skip
        found[name] = (files / name).read_bytes()
    found["submission.json"] = (
        '{"department": "安泉县水利局", "lines": {"total": {"spent": "30万元"}}}'.encode()
    )
    found["submission.yaml"] = "department: 安泉县水利局\nlines:\n  total:\n    spent: 30万元\n".encode()
    return found


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with some bytes changed, cut, doubled or moved, or grown beyond measure; of an archive mostly inside one of its parts."""
    if data.startswith(b"PK") and rng.random() < 0.8:
        return repacked(data, rng)
    return changed(data, rng)


def changed(data: bytes, rng: random.Random) -> bytes:
    return grown(data, rng) if rng.random() < 0.25 else damaged(data, rng)


RUNS = ("1", "9.", "1,", "0 ", "一", "壹", "1l", "a-", "（", "《", "、甲1元", "，支出1万元", "；预算2万元，支出1万元", "。", "|", "\t", " ", "年初预算", "-", "“甲”", "其中", "占", "%")  # fmt: skip
"""What a text repeats without end."""
LONGEST_RUN = 28_000
"""Characters of it: the longest paragraph that is read has not many more."""
TAG = re.compile(rb"<([A-Za-z][\w:]*)>")


def grown(data: bytes, rng: random.Random) -> bytes:
    """The file with a run of one and the same, itself again and again on one line, or an element in itself many times."""
    tags = TAG.findall(data[:100_000])
    if tags and rng.random() < 0.6:
        tag, times = rng.choice(tags), rng.choice((50, 150, 1_500, 20_000))
        at = rng.choice([found.start() for found in TAG.finditer(data[:100_000])])
        return data[:at] + b"<%s>" % tag * times + b"1" + b"</%s>" % tag * times + data[at:]
    if data[:1] in b"{[" and rng.random() < 0.5:
        return b"[" * 20_000 + data
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return damaged(data, rng)
    if rng.random() < 0.3:
        line = "".join(text.split())
        return (line * (LONGEST_RUN // max(1, len(line)) + 1))[:LONGEST_RUN].encode()
    words = rng.choice(RUNS) if rng.random() < 0.7 else piece(text, rng)
    at = rng.randrange(len(text) + 1)
    return f"{text[:at]}{words * (LONGEST_RUN // len(words))}{text[at:]}".encode()


def piece(text: str, rng: random.Random) -> str:
    at = rng.randrange(max(1, len(text)))
    return text[at : at + rng.randint(1, 12)] or "1"


def damaged(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(made) + 1)
        length = rng.choice((1, 2, 8, 64))
        match rng.randrange(4):
            case 0:
                made[at : at + length] = rng.randbytes(length)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * rng.randint(1, 4)
            case _:
                digits = [place for place, each in enumerate(made) if 48 <= each <= 57]
                if digits:
                    made[rng.choice(digits)] = rng.choice(b"0123456789.-")
    return bytes(made)


def repacked(data: bytes, rng: random.Random) -> bytes:
    kept = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(kept, "w") as out:
        names = archive.namelist()
        chosen = rng.choice(names)
        for name in names:
            content = archive.read(name)
            if name != chosen:
                out.writestr(name, content)
            elif rng.random() < 0.9:
                out.writestr(name, changed(content, rng))
    return kept.getvalue()


def read(name: str, data: bytes) -> str:
    """What became of a file: `read`, or the code of its first fault; raises whatever is no ReadError."""
    for reader in READERS:
        if reader.accepts(Path(name), data):
            try:
                reader.read(name, data, CORE_TYPES)
            except ReadError as error:
                return error.faults[0].code
            return "read"
    return "no reader"


NAMES = ("table.xlsx", "table.xls", "table.csv", "form.xlsx", "report.docx", "report.txt", "report.pdf", "report.ofd",
         "report.html", "submission.json", "submission.yaml", "filled.xlsx", "w10-nongye.docx", "w11-jiankongbiao.docx",
         "p11-zhujian.pdf", "x20-danwei.xlsx", "o10-jiankong.xls", "c10-yitihua.csv", "n13-shuili.txt")  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    return seeds()


def test_the_sound_files_are_read(sound: dict[str, bytes]) -> None:
    assert sorted(sound) == sorted(NAMES)
    assert {name: read(name, data) for name, data in sound.items()} == dict.fromkeys(sound, "read")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", NAMES)
def test_damaged_files_are_read_or_refused(name: str, sound: dict[str, bytes]) -> None:
    rng = random.Random(f"{name}:1")
    told = Counter(read(name, mutated(sound[name], rng)) for _ in range(ROUNDS))
    assert told.total() == ROUNDS
    assert told["no reader"] == 0


@pytest.mark.parametrize(
    ("name", "part", "most", "shape"),
    [
        ("n13-shuili.txt", "", 20_000, "line"),
        ("report.html", "", 1_500, "nesting"),
        ("w10-nongye.docx", "word/document.xml", 1_500, "nesting"),
        ("x20-danwei.xlsx", "xl/worksheets/sheet1.xml", 1_500, "nesting"),
        ("submission.json", "", 1_500, "nesting"),
    ],
)
def test_the_generator_makes_what_is_nested_and_long_beyond_measure(
    name: str, part: str, most: int, shape: str, sound: dict[str, bytes]
) -> None:
    """The shapes that a recursion, or a pattern going back and forth, breaks down on."""
    data, rng = sound[name], random.Random(3)
    if part:
        with ZipFile(BytesIO(data)) as archive:
            data = archive.read(part)
    whole = [grown(data, rng) for _ in range(40)]
    if shape == "line":
        assert max(len(line) for each in whole for line in each.decode().split("\n")) > most
    else:
        assert max(each.count(b"<") + each.count(b"[") for each in whole) > data.count(b"<") + most


def forever(seed: int) -> Iterator[tuple[str, bytes]]:
    """Changed files of all kinds in turn."""
    rng, whole = random.Random(seed), seeds()
    while True:
        for name, data in whole.items():
            yield name, mutated(data, rng)


def main(seconds: float, seed: int) -> int:
    """Goes on for so many seconds; prints how the files ended, and every failure with the file kept."""
    import resource  # only where `make fuzz` runs

    warnings.simplefilter("ignore")
    resource.setrlimit(
        resource.RLIMIT_AS, (2 << 30, 2 << 30)
    )  # what takes more fails here and not the machine
    told: Counter[str] = Counter()
    slowest, failures, end = 0.0, 0, time.monotonic() + seconds
    for name, data in forever(seed):
        begun = time.process_time()
        try:
            told[read(name, data)] += 1
        except Exception as error:  # noqa: BLE001 - any other exception is what is looked for
            failures += 1
            kept = Path("build", f"fuzz-{failures}-{name}")
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            print(f"{kept}: {type(error).__name__}: {error}", flush=True)
        took = time.process_time() - begun
        slowest = max(slowest, took)
        if took > LONGEST:
            failures += 1
            kept = Path("build", f"fuzz-{failures}-{name}")
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            print(f"{kept}: {took:.1f} s", flush=True)
        if time.monotonic() > end:
            break
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    failures += peak > MOST_MEMORY
    print(
        f"{told.total()} files, slowest {slowest:.2f} s, {peak} MiB, {failures} failures: {dict(told.most_common())}"
    )
    return int(failures > 0)


if __name__ == "__main__":
    arguments: list[Any] = sys.argv[1:]
    raise SystemExit(main(float(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1))
