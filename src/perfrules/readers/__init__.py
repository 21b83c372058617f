"""Stage 1: files become submissions, each figure with its place; what cannot be placed is told, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.documents import MAX_BYTES, TextDocument, text_document, word_document
from perfrules.documents.besides import told_of
from perfrules.documents.html import html_document
from perfrules.documents.kinds import kind_of
from perfrules.documents.ofd import ofd_document
from perfrules.documents.old_word import old_word_document
from perfrules.documents.pdf import pdf_document
from perfrules.errors import Fault, ReadError
from perfrules.location import Location
from perfrules.model.fact import State
from perfrules.model.quantity import Quantity
from perfrules.model.subject import SubjectType
from perfrules.model.subject_types import CORE_TYPES
from perfrules.model.submission import Submission, Unread
from perfrules.plugins.hooks import Reader, hookimpl
from perfrules.readers.corrections import corrected
from perfrules.readers.folder import gathered
from perfrules.readers.infer import infer
from perfrules.readers.link import with_unread
from perfrules.readers.missed import may_be_filed, unread_folder, with_missed
from perfrules.readers.review import corrections_from, review_workbook
from perfrules.readers.review_kept import keep_review
from perfrules.readers.structured import submission_from
from perfrules.readers.submission_form import form_workbook
from perfrules.readers.submission_json import read_json
from perfrules.readers.submission_mapping import mapping_of, submission_json
from perfrules.readers.submission_schema import submission_schema
from perfrules.readers.submission_yaml import read_yaml
from perfrules.readers.tables import read_tables
from perfrules.readers.text import read_text

__all__ = [
    "READERS",
    "corrected",
    "corrections_from",
    "form_workbook",
    "gathered",
    "infer",
    "keep_review",
    "linked",
    "locked",
    "mapping_of",
    "may_be_filed",
    "nothing_readable",
    "perfrules_readers",
    "read",
    "read_json",
    "read_text",
    "read_yaml",
    "review_workbook",
    "submission_from",
    "submission_json",
    "submission_schema",
    "unknown_format",
    "unread_folder",
    "with_missed",
]


def _narrative(
    name: str,
    zh: str,
    en: str,
    suffixes: tuple[str, ...],
    opened: Callable[[str, bytes], TextDocument],
) -> Reader:
    """A reader of reports in words: `opened` makes a document of the bytes."""

    def accepts(path: Path, data: bytes) -> bool:
        return kind_of(path.name, data) == name

    def read_one(source: str, data: bytes, types: Mapping[str, SubjectType]) -> Submission:
        return read_text(opened(source, data), types)

    return Reader(name, Bilingual(zh, en), suffixes, accepts, read_one)


READERS: tuple[Reader, ...] = (
    Reader(
        "submission",
        Bilingual("JSON 报送文件", "submission in JSON"),
        (".json",),
        lambda path, data: kind_of(path.name, data) == "json",
        read_json,
    ),
    Reader(
        "submission-yaml",
        Bilingual("YAML 报送文件", "submission in YAML"),
        (".yaml", ".yml"),
        lambda path, data: kind_of(path.name, data) == "yaml",
        read_yaml,
    ),
    _narrative("text", "纯文本报告", "report in plain text", (".txt", ".text", ".md"), text_document),
    _narrative("docx", "Word 报告", "report in Word", (".docx", ".docm"), word_document),
    _narrative("doc", "旧版 Word 报告", "report in an old Word format", (".doc", ".wps"), old_word_document),
    _narrative("pdf", "PDF 报告", "report in PDF", (".pdf",), pdf_document),
    _narrative("html", "网页报告", "report as a web page", (".html", ".htm"), html_document),
    _narrative("ofd", "OFD 报告", "report in OFD", (".ofd",), ofd_document),
    Reader(
        "form",
        Bilingual("绩效表格", "forms and tables"),
        (".xlsx", ".xlsm", ".xls", ".et", ".csv"),
        lambda path, data: kind_of(path.name, data) in ("xlsx", "xls", "csv"),
        read_tables,
    ),
)
"""The readers that come with the product, in the order in which they are asked."""


@hookimpl
def perfrules_readers() -> list[Reader]:
    """The built-in readers: submissions in JSON, reports in words, forms and tables."""
    return list(READERS)


def read(
    path: Path, readers: Sequence[Reader] = READERS, types: Mapping[str, SubjectType] = CORE_TYPES
) -> Submission:
    """The submission in a file, by the first reader that accepts it; raises ReadError where none does or it fails.

    Whatever else a reader raises is a fault of its own: it is told of this file, and the others are read.
    """
    data = _bytes(path)
    for reader in readers:
        try:
            if reader.accepts(path, data):
                return _with_figures(_told(reader.read(str(path), data, types), path, data), path)
        except ReadError:
            raise
        except Exception as error:  # the edge between files: a reader may be a plugin's
            raise ReadError(failed(path, reader, error)) from error
    raise ReadError(
        unknown_format(path, sorted({suffix for reader in readers for suffix in reader.suffixes}))
    )


def _told(submission: Submission, path: Path, data: bytes) -> Submission:
    """The submission with what its file holds besides text: an embedded document may have figures that nobody has read."""
    besides = told_of(data) if data.startswith(b"PK") and kind_of(path.name, data) in ("docx", "xlsx") else ()
    told = (
        Unread(Location(str(path), part), name, why, open=why == "embedded") for why, part, name in besides
    )
    return with_unread(submission, told)


def _with_figures(submission: Submission, path: Path) -> Submission:
    """The submission, where anything was read from it; a document without one figure is no report."""
    if _figures(submission):
        return submission
    message = Bilingual("没有读到任何金额、比率或数量", "no amount, ratio or count was found in it")
    hint = Bilingual(
        "请确认这是一份绩效监控报告, 金额写有单位 (元、万元)",
        "check that it is a report and that its amounts carry units",
    )
    raise ReadError(Fault("read.no_figures", message, Location(str(path)), hint))


def _figures(submission: Submission) -> bool:
    printed = (
        fact
        for path in submission.walk()
        for fact in path[-1].facts.values()
        if isinstance(fact.value, Quantity) and fact.state not in (State.DERIVED, State.ASSUMED)
    )
    return bool(submission.unread) or next(printed, None) is not None


_ARCHIVES = (".zip", ".rar", ".7z")
_UNPACK = Bilingual("先解压, 再把里面的文件放进文件夹", "unpack it, and put the files in it into the folder")


def unknown_format(path: Path, suffixes: Sequence[str]) -> Fault:
    """The fault of a file that no reader knows, with the formats that can be read."""
    message = Bilingual(
        f"不支持的文件格式 {path.suffix or '（无扩展名）'}", f"unknown format {path.suffix or '(no suffix)'}"
    )
    hint = _UNPACK if path.suffix.lower() in _ARCHIVES else _readable(suffixes)
    return Fault("read.unknown_format", message, Location(str(path)), hint)


def failed(path: Path, reader: Reader, error: Exception) -> Fault:
    """The fault of a reader that broke down on a file, with what to do and what to tell whoever keeps the reader."""
    said = f"{reader.name}: {type(error).__name__} {error}".strip()[:200]
    message = Bilingual(
        f"读取程序在这个文件上出错, 未读取 ({said})",
        f"the reader broke down on this file, and it is not read ({said})",
    )
    hint = Bilingual(
        "用 WPS 或 Office 打开后另存一份再试; 仍然出错, 请把文件和这条提示交给维护人员",
        "open it in WPS or Office, save it again and try once more; if it fails still, send the file and this message to whoever maintains the program",
    )
    return Fault("read.failed", message, Location(str(path)), hint)


def locked(path: Path) -> Fault:
    """The remark on the lock that an office program keeps beside a document that is open; it may be left from one that is gone."""
    name = path.name[2:]
    beside = [each.name for each in path.parent.glob("*") if each.name != path.name]
    covered = [
        each for each in beside if each[2:] == name
    ]  # some programs write ~$ over the first two characters
    if name not in beside and len(covered) == 1:
        name = covered[0]
    if name in beside or covered:
        zh, en = f"文件 {name} 可能正在编辑, 读到的是上次保存的内容", f"{name} may be open in an office program; what was last saved is read"  # fmt: skip
    else:
        zh, en = f"这是文件 {name} 打开时的锁, 旁边没有这个文件", f"this is the lock of {name}, which is not beside it"  # fmt: skip
    hint = Bilingual("保存并关闭后再运行; 没有打开就删去这个 ~$ 文件", "save and close it and run again; if it is not open, delete the ~$ file")  # fmt: skip
    return Fault("read.lock", Bilingual(zh, en), Location(str(path)), hint)


def linked(path: Path) -> Fault:
    """The fault of a link that leads out of the folder that was named."""
    message = Bilingual(
        "这是指向文件夹以外的链接, 没有打开", "this is a link that leads out of the folder; it was not opened"
    )
    hint = Bilingual("把文件本身放进文件夹", "put the file itself into the folder")
    return Fault("read.link", message, Location(str(path)), hint)


def nothing_readable(path: Path, suffixes: Sequence[str]) -> Fault:
    """The fault of a folder without a file that can be read."""
    message = Bilingual("文件夹中没有可读取的文件", "the folder holds no file that can be read")
    return Fault("read.nothing", message, Location(str(path)), _readable(suffixes))


def _readable(suffixes: Sequence[str]) -> Bilingual:
    listed = ", ".join(suffixes) or "-"
    return Bilingual(f"可读取的格式: {listed}", f"formats that can be read: {listed}")


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no end
            said = Bilingual("不是普通文件, 未读取", "not a plain file, and not read")
            hint = Bilingual("请指定文件或文件夹", "name a file or a folder")
            raise ReadError(Fault("read.not_plain", said, Location(str(path)), hint))
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        zh = "找不到文件或文件夹" if missing else "无法打开文件, 可能没有权限或被其他程序占用"
        en = "there is no such file or folder" if missing else f"the file cannot be opened ({error.strerror})"
        hint = Bilingual("请检查路径和文件名", "check the path and the name")
        raise ReadError(Fault("read.not_there", Bilingual(zh, en), Location(str(path)), hint)) from error
