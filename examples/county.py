"""A county's submissions in mixed formats, with known faults: python examples/county.py FOLDER

    --departments 100   how many departments file
    --faults 60         how many faults are planted, from the catalogue in making/faults.py, in its order
    --seed 7            what decides the figures and who makes which mistake; the same seed gives the same bytes

FOLDER/reports has a folder for each department: reports as .docx, .txt (UTF-8 and GB18030) and .pdf, tables and forms as
.xlsx, .xls and .csv, submissions in JSON. Three departments more file what cannot be read: a scan, an encrypted and a
damaged file; and an office program has left its lock beside one report. FOLDER/key.json lists every planted fault
(department, rule, severity, subject, what was done) and every file that cannot be read, with the reason to be told.

Check it with `perfrules check FOLDER/reports`. All names and figures are invented. Without reportlab there is no .pdf, and
without xlwt no .xls: .docx and .xlsx stand for them. Nothing here reads the clock.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random

from making.faults import FAULTS, Fault, has_slot
from making.filings import Filing, filing, names
from making.office_files import csv_file, docx, pdf, xls, xlsx
from making.papers import Papers, form, submission, table, words
from making.unreadable import UNREADABLE

HAS_PDF, HAS_XLS = (find_spec(each) is not None for each in ("reportlab", "xlwt"))
REPORT = "绩效监控报告"
TABLE = "附件/项目支出情况表"


def papers(filed: Filing) -> Papers:
    """The files of one department, by their path below its folder."""
    found: Papers = {}
    kind, _, beside = filed.layout.partition("+")
    if kind == "json":
        found["报送文件.json"] = submission(filed)
    else:
        told = words(filed, with_table=not beside)
        name, data = _report(kind, told)
        found[name] = data
    if beside:
        name, data = _table(filed, beside)
        found[name] = data
    if filed.monitoring:
        found["附件/项目监控表.xlsx"] = xlsx(form(filed, filed.monitoring, year_end=False))
    if filed.evaluation:
        made = form(filed, filed.evaluation, year_end=True)
        found["上年自评/" + ("自评表.xls" if HAS_XLS else "自评表.xlsx")] = (xls if HAS_XLS else xlsx)(made)
    return found


def _report(kind: str, told: str) -> tuple[str, bytes]:
    if kind == "pdf" and HAS_PDF:
        return f"{REPORT}.pdf", pdf(told)
    if kind in ("docx", "pdf"):
        return f"{REPORT}.docx", docx(told)
    return f"{REPORT}.txt", told.encode("gb18030" if kind == "gb" else "utf-8")


def _table(filed: Filing, kind: str) -> tuple[str, bytes]:
    if kind == "csv":
        return f"{TABLE}.csv", csv_file(table(filed, "gb18030"))
    if kind == "xls" and HAS_XLS:
        return f"{TABLE}.xls", xls(table(filed))
    return f"{TABLE}.xlsx", xlsx(table(filed))


def planted(filings: list[Filing], number: int, draw: Random) -> Iterator[dict[str, str]]:
    """Plants so many faults, at most one in each paper of a department; gives the key's line for each."""
    order = draw.sample(filings, len(filings))
    taken: set[tuple[int, str]] = set()
    for at in range(number):
        fault = FAULTS[at % len(FAULTS)]
        free = (each for each in order if has_slot(each, fault))
        chosen = next(
            (each for each in free if not taken & {(each.number, fault.slot), (each.number, fault.apart)}),
            None,
        )
        if chosen is None:
            continue
        taken |= {(chosen.number, fault.slot), (chosen.number, fault.rule)}
        yield _line(chosen, fault, fault.plant(chosen))


def _line(filed: Filing, fault: Fault, subject: str) -> dict[str, str]:
    told = {"department": filed.full_name, "rule": fault.rule, "severity": fault.severity}
    return {**told, "subject": subject, "what": fault.what}


def county(departments: int, faults: int, seed: int) -> tuple[Papers, dict[str, object]]:
    """The files of the county by their path below the folder of reports, and the key."""
    draw = Random(seed)
    filings = [filing(at, name, draw) for at, name in enumerate(names(departments), 1)]
    key = list(planted(filings, faults, draw))
    files = {
        f"{each.number:03d}-{each.name}/{name}": data
        for each in filings
        for name, data in papers(each).items()
    }
    first = next(name for name in files if name.endswith(f"{REPORT}.docx"))
    folder, _, name = first.rpartition("/")
    files[f"{folder}/~${name[2:]}"] = b"\x05office" + b"\x00" * 155
    unread = []
    for at, (name, code, what, make) in enumerate(UNREADABLE, departments + 1):
        path = f"{at:03d}-{name.split('/')[0]}/{name.split('/')[1]}"
        files[path] = make()
        unread.append({"file": path, "code": code, "what": what})
    return files, {"faults": key, "unreadable": unread}


def main() -> None:
    """Writes the county; tells how much there is of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--departments", type=int, default=100)
    parser.add_argument("--faults", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    files, key = county(given.departments, given.faults, given.seed)
    for name, data in files.items():
        path = given.folder / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    told = json.dumps(key, ensure_ascii=False, indent=1) + "\n"
    (given.folder / "key.json").write_text(told, encoding="utf-8", newline="\n")
    print(f"{given.folder / 'reports'}: {len(files)} files, {len(key['faults'])} faults")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
