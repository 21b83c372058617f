"""Where what is sent goes: a folder for each department, nothing that was read and nothing that was filled in written over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.cli.output import write_bytes
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.report import Report
from perfrules.reporters.back import Sending
from perfrules.reporters.back.words import department_said
from perfrules.reporters.rows.names import named_apart

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60


def contents_of(report: Report) -> Mapping[str, bytes]:
    """The files of a report by path; raises ReadError where one is not what was checked any more."""
    found = {}
    for document in report.inputs:
        try:
            data = Path(document.path).read_bytes()
        except OSError:
            data = b""
        if sha256(data).hexdigest() != document.sha256:
            message = Bilingual("文件在核查期间有改动", "the file has changed while it was checked")
            hint = Bilingual("关闭打开它的程序后重新运行", "close it where it is open, and run this again")
            raise ReadError(Fault("return.changed", message, Location(document.path), hint))
        found[document.path] = data
    return found


def in_folders(sendings: Sequence[Sending], reports: Sequence[Report]) -> dict[str, Sending]:
    """Each by the name of its folder: what its report is called among all of them, numbered where that is no name of its own."""
    named = {id(report): name for report, name in named_apart(reports, "zh") if report.department}
    found = dict[str, Sending]()
    for each in sendings:
        plain = _plain(named.get(id(each.report), department_said(each.report)))
        numbered = (f"{plain} ({number})" for number in range(2, len(sendings) + 2))
        taken = {name.casefold() for name in found}
        found[next(name for name in (plain, *numbered) if name.casefold() not in taken)] = each
    return found


def _plain(name: str) -> str:
    """A name that every system takes for a folder."""
    return _NOT_IN_NAMES.sub("_", name)[:_LONGEST].strip(" .") or "_"


def put(sendings: Mapping[str, Sending], target: Path, paths: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Writes everything into its folder, or nothing: raises ReadError where that would write over a file, or among what is checked."""
    if faults := [*_among(target, paths), *_over(dict(_files(sendings, target)), inputs)]:
        raise ReadError(faults)
    for path, content in _files(sendings, target):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = Bilingual("不能建立这个文件夹", f"the folder cannot be made ({error.strerror})")
            hint = Bilingual(
                "换一个位置, 或检查是否可写", "choose another place, or see that it can be written to"
            )
            raise ReadError(
                Fault("output.cannot_write", message, Location(path.parent.as_posix()), hint)
            ) from None
        write_bytes(content, path)


def _files(sendings: Mapping[str, Sending], target: Path) -> Iterator[tuple[Path, bytes]]:
    for name, each in sendings.items():
        for file, content in each.files.items():
            yield target / name / file, content


def _among(target: Path, paths: Sequence[Path]) -> Iterator[Fault]:
    whole = target.resolve()
    for path in paths:
        if path.is_dir() and (whole == path.resolve() or path.resolve() in whole.parents):
            message = Bilingual("退回材料不能写在报送材料的文件夹里", "what is returned cannot go into the folder that is checked")  # fmt: skip
            hint = Bilingual("否则下次核查会把它当作报告; 换一个文件夹", "the next check would take it for reports: choose another folder")  # fmt: skip
            yield Fault("return.among", message, Location(target.as_posix()), hint)


def put_list(content: bytes, path: Path, inputs: Sequence[Path]) -> None:
    """Writes a review list; raises ReadError where that would write over a file, which may be a list that was filled in."""
    if faults := [*_over({path: content}, inputs)]:
        raise ReadError(faults)
    write_bytes(content, path)


def _over(files: Mapping[Path, bytes], inputs: Sequence[Path]) -> Iterator[Fault]:
    """Files that are there already with other content: among them may be forms that somebody has filled in."""
    read = {each.resolve() for each in inputs}
    for path, content in files.items():
        is_other = path.exists() and (not path.is_file() or path.read_bytes() != content)
        if is_other or path.resolve() in read:
            message = Bilingual("文件已存在且内容不同, 没有写入任何内容", "the file is there with other content; nothing was written")  # fmt: skip
            hint = Bilingual("换一个文件夹, 或先移走它 (其中可能有填好的内容)", "choose another folder, or move it first: it may have been filled in")  # fmt: skip
            yield Fault("return.exists", message, Location(path.as_posix()), hint)
