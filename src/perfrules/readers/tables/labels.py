"""What stands beside the labels of a form, and the department that a table names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from perfrules.documents.sheet import Cell
from perfrules.readers.tables.header import Rows
from perfrules.readers.tables.headings import OWNERS
from perfrules.readers.tables.taken import Taken, bare

_LONGEST = 12
_TOLD = re.compile(
    r"(项\s*目\s*名\s*称|主管部门(?:及代码)?|主管单位|实施单位|项目单位|预算单位)[（(盖章）)]*[：:]\s*(\S.*)"
)
_CODE = re.compile(r"^[\[【（(]?\d+[\]】）)]?[\s—–-]*|[\s—–-]*[\[【（(]?\d+[\]】）)]?$")
_OWN_LABEL = re.compile(r"^(?:(?:填报|编报|预算|主管|申报)?(?:单位|部门)|部门[（(]单位[）)])(?:名称)?(?:[（(](?:盖章|公章|签章)[）)])?[：:]")  # fmt: skip
_SEAL = re.compile(r"[（(](?:盖章|公章|签章|章)[）)].*$")
_UNIT_NAME = re.compile(r"^(?:关于)?(?:报送|上报|呈报|呈送)?(?:20\d\d年度?)?([\u4e00-\u9fff]{2,30}?(?:局|委员会|委|办公室|馆|中心|医院|学校|法院|检察院|联合会|红十字会))(?:20\d\d|部门|项目|整体|预算|上半年|（|\(|$)")  # fmt: skip
_AFTER = re.compile("(?:填[报表]|报送|编报)(?:人|日期|时间)|日期|金额|(?:资金|计量)?单位[：:]|联系")
_NAME = re.compile("(?!.*[亿万千]?元$)[\u4e00-\u9fff（）()·]{3,40}")
_COUNTY = re.compile(
    "^(?:全[县市区省州]|[\\u4e00-\\u9fff]{1,6}[县市区州](?:本级|级)?(?:20|各?(?:部门|单位)))"
)


def labels_of(rows: Rows, skipped: Sequence[int]) -> Mapping[str, Cell]:
    """What stands beside each cell that may be a label, the first of each; rows of headings name nothing."""
    found: dict[str, Cell] = {}
    for number, row in enumerate(rows):
        cells = list({cell.location: cell for cell in row}.values()) if number not in skipped else []
        for at, cell in enumerate(cells):
            if own := _TOLD.fullmatch(cell.text.strip()):  # label and value in one cell
                found.setdefault("".join(own[1].split()), evolve(cell, text=own[2], printed=own[2]))
            label = bare(cell).strip("：:")
            if not label or len(label) > _LONGEST or label in found:
                continue
            beside = next((each for each in cells[at + 1 :] if each.text and each.text != cell.text), None)
            if beside is not None:
                found[label] = beside
    return found


def owner_beside(labels: Mapping[str, Cell], taken: Taken) -> str | None:
    """The department that stands beside a label of one, without its code."""
    cell = next((cell for label in OWNERS if (cell := labels.get(label)) is not None), None)
    name = _SEAL.sub("", taken.put("/department", cell)) if cell is not None else ""
    name = _CODE.sub("", name)
    return name or None


def owner_told(above: Iterator[Cell], taken: Taken) -> str | None:
    """The department that a title names, or a cell that begins with the label of one."""
    for cell in above:
        text = bare(cell)
        own = _OWN_LABEL.sub("", text)
        found = _UNIT_NAME.match(own)
        if own != text:
            name = _SEAL.sub("", _AFTER.split(own)[0]).strip("0123456789-—")
        else:
            name = found[1] if found and not _COUNTY.match(own) else ""
        if _NAME.fullmatch(name):
            taken.places["/department"] = cell.location
            return name
    return None
