"""Where rulesets stand: shipped with perfrules, beside each other, or in a folder of the bureau's own; and their texts."""

from __future__ import annotations

from pathlib import Path

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location

HEAD = "ruleset.yaml"


def shipped() -> Path:
    """The folder of the rulesets that come with perfrules: inside the wheel, or beside the sources."""
    packaged = Path(__file__).parents[1] / "rulesets"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "rulesets"


def shipped_names() -> list[str]:
    """The names of the rulesets that come with perfrules."""
    return sorted(path.parent.name for path in shipped().glob(f"*/{HEAD}"))


def folder_of(name: str, where: Location | None = None) -> Path:
    """The folder of the ruleset of that name, or at that path; raises RulesetError where there is none."""
    for candidate in (Path(name), shipped() / name):
        if (candidate / HEAD).is_file():
            return candidate
    message = Bilingual(f"找不到规则集 {name}", f"there is no ruleset {name}")
    hint = Bilingual(
        f"可用: {', '.join(shipped_names())}; 或给出含 ruleset.yaml 的文件夹",
        f"shipped: {', '.join(shipped_names())}; or name a folder with a ruleset.yaml",
    )
    raise RulesetError(Fault("ruleset.not_found", message, where or Location(name), hint))


def files_of(folder: Path) -> list[Path]:
    """The files of the ruleset in a folder, that with its identity first."""
    return [folder / HEAD, *sorted((folder / "rules").rglob("*.yaml"))]


def text_of(path: Path, said: str) -> str:
    """The text of a file, without byte-order mark; raises RulesetError, which calls the file as `said`."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        message = Bilingual("无法读取, 规则文件须为 UTF-8", "cannot be read; ruleset files are UTF-8")
        hint = Bilingual("用编辑器另存为 UTF-8", "save it as UTF-8 in your editor")
        raise RulesetError(Fault("ruleset.unreadable", message, Location(said), hint)) from None


def shown_as(path: Path, folder: Path) -> str:
    """A file of a ruleset as its faults name it: below the name of its folder."""
    return (Path(folder.name) / path.relative_to(folder)).as_posix()
