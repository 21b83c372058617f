"""Where a command's output goes: the screen, a pipe, or a file that is replaced only when all of it is written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from errno import EACCES
from pathlib import Path

import click
from attrs import evolve

from perfrules.bilingual import Bilingual, Language
from perfrules.errors import Fault, PerfrulesError, ReadError
from perfrules.location import Location
from perfrules.plugins.hooks import Detail, Page

FOR_PEOPLE = "rich"
"""The one form that is written for a screen; all others are for programs, in UTF-8 wherever they go."""


def page() -> Page:
    """The terminal's width, and colour where the terminal shows it and NO_COLOR is not set; 80 columns for a pipe."""
    interactive = sys.stdout.isatty()
    width = shutil.get_terminal_size((80, 24)).columns if interactive or "COLUMNS" in os.environ else 80
    colour = interactive and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(max(width, 40), colour)


def page_for(target: Path | None, detail: Detail = Detail.NORMAL, group_by: str = "severity") -> Page:
    """The page of the screen, or of a file: a file has no colour."""
    shown = page()
    return evolve(shown, colour=shown.colour and target is None, detail=detail, group_by=group_by)


def emit(written: str | bytes, target: Path | None = None, *, for_people: bool = True) -> None:
    """Writes to the screen, or to a file that is replaced only when all of it is written; raises ReadError.

    Bytes are written to a file only. A text that is not for people is UTF-8 wherever it goes.
    """
    if target is not None:
        write_bytes(written if isinstance(written, bytes) else written.encode("utf-8", "replace"), target)
    elif isinstance(written, bytes):
        message = Bilingual("这种格式不能显示在屏幕上", "this form is no text for a screen")
        hint = Bilingual("写成 -f 格式=文件", "write -f FORMAT=FILE")
        raise ReadError(Fault("output.bytes", message, None, hint))
    else:
        _to_screen(written, for_people=for_people)


def write_bytes(content: bytes, target: Path) -> None:
    """Writes a file that is no text, replaced only when all of it is written; raises ReadError."""
    try:
        _to_file(content, target)
    except OSError as error:
        raise ReadError(_cannot_write(target, error)) from None


def complain(faults: Sequence[Fault], language: Language) -> None:
    """Tells on the screen's error channel which inputs were not read, and why."""
    if faults:
        click.echo(PerfrulesError(faults).said(language), err=True)


def begin(target: Path, files: Mapping[str, str], next_step: str, language: Language) -> None:
    """Writes the files of something new into a folder that is not there yet, and says what to do next."""
    if target.exists():
        message = Bilingual("已经存在, 没有写入任何内容", "is there already; nothing was written")
        hint = Bilingual("换一个名称, 或用 --to 指定别处", "choose another name, or another place with --to")
        raise ReadError(Fault("output.exists", message, Location(target.as_posix()), hint))
    try:
        for place, text in files.items():
            (target / place).parent.mkdir(parents=True, exist_ok=True)
            (target / place).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ReadError(_cannot_write(target, error)) from None
    listed = "".join(f"   {(target / place).as_posix()}\n" for place in files)
    emit(f"{listed}{'已写好, 下一步' if language == 'zh' else 'written; now'}: {next_step}\n")


def spare(inputs: Iterable[str | Path], target: Path | None) -> None:
    """Raises ReadError where the output would replace a file that was read."""
    if target is not None and target.resolve() in {Path(each).resolve() for each in inputs}:
        message = Bilingual("这是输入文件, 不会被覆盖", "this is an input file; it is not overwritten")
        hint = Bilingual("写另一个文件名", "give another name")
        raise ReadError(Fault("output.is_input", message, Location(target.as_posix()), hint))


def reach(targets: Iterable[Path]) -> None:
    """Raises ReadError with every target that cannot be written: told before anything is read or written."""
    closed = OSError(EACCES, os.strerror(EACCES))
    faults = [_cannot_write(each, closed) for each in targets if each.is_dir() or not _is_open(each)]
    if faults:
        raise ReadError(faults)


def _is_open(target: Path) -> bool:
    """Whether a file can be put there; a device or a pipe is written to, whatever its folder allows."""
    whole = target.resolve()
    is_device = whole.exists() and not whole.is_file()
    return is_device or (whole.parent.is_dir() and os.access(whole.parent, os.W_OK))


def _to_screen(text: str, *, for_people: bool) -> None:
    """What programs read is UTF-8 with plain line ends, whatever the console's encoding is."""
    exact = not for_people and not sys.stdout.isatty()
    try:
        click.echo(text.encode("utf-8", "replace") if exact else text, nl=False)
    except BrokenPipeError:  # the reader has seen enough; the exit code still tells what was found
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _to_file(content: bytes, target: Path) -> None:
    whole = target.resolve()
    if whole.exists() and not whole.is_file():  # a device or a pipe is written to, never replaced
        whole.write_bytes(content)
        return
    beside = whole.with_name(f".{whole.name[:60]}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        if whole.exists():
            shutil.copymode(whole, beside)
        os.replace(beside, whole)
    finally:
        beside.unlink(missing_ok=True)


def _cannot_write(target: Path, error: OSError) -> Fault:
    reason = error.strerror or type(error).__name__
    message = Bilingual("无法写入这个文件", f"the file cannot be written ({reason})")
    hint = Bilingual(
        "检查文件夹是否存在、是否可写; 原有文件没有改动",
        "check that the folder is there and can be written to; what was there before is unchanged",
    )
    if not target.resolve().parent.is_dir():
        folder = target.parent.as_posix()
        message = Bilingual(f"文件夹 {folder} 不存在", f"there is no folder {folder}")
        hint = Bilingual(
            "先建立文件夹, 或换一个位置; 没有写入任何内容",
            "make the folder first, or choose another place; nothing was written",
        )
    elif target.is_dir():
        message = Bilingual("这是文件夹, 不是文件", "this is a folder, not a file")
        hint = Bilingual("写明文件名", "give the name of a file")
    return Fault("output.cannot_write", message, Location(target.as_posix()), hint)
