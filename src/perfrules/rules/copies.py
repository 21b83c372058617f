"""The files of a ruleset and of all it extends, taken along and put down again elsewhere, byte for byte of their text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, RulesetError
from perfrules.location import Location
from perfrules.rules.files import HEAD, files_of, folder_of, shown_as, text_of
from perfrules.rules.head_from_yaml import identity_from
from perfrules.rules.yaml_file import YamlFile

DEFAULT = "core"


def ruleset_files(name: str | Path | None = None) -> dict[str, str]:
    """The texts of a ruleset's files and of those it extends, each by its folder and place; that asked for comes first.

    Raises RulesetError where there is none of that name, or where one cannot be put beside the other.
    """
    folder = folder_of(str(name or DEFAULT))
    place, texts = PurePosixPath(folder.resolve().name), dict[str, str]()
    while True:
        for path in files_of(folder):
            said = shown_as(path, folder)
            texts[str(place / PurePosixPath(said).relative_to(folder.name or "."))] = text_of(path, said)
        extends = identity_from(YamlFile(HEAD, texts[str(place / HEAD)])).extends
        if extends is None:
            return texts
        above = PurePosixPath(os.path.normpath(place.parent / extends.text).replace(os.sep, "/"))
        if above.is_absolute() or ".." in above.parts or str(above / HEAD) in texts:
            raise RulesetError(_apart(extends.text, extends.location))
        beside = folder.parent / extends.text
        folder = beside if (beside / HEAD).is_file() else folder_of(extends.text, extends.location)
        place = above


def put_down(texts: Mapping[str, str], target: Path) -> Path:
    """Writes the files below a folder; the folder of the ruleset asked for. Raises RulesetError for places outside of it."""
    for said, text in texts.items():
        place = PurePosixPath(said)
        if place.is_absolute() or ".." in place.parts or "\\" in said or ":" in said or len(place.parts) < 2:
            raise RulesetError(_outside(said))
        path = target.joinpath(*place.parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))
    first = next(iter(texts), None)
    if first is None or PurePosixPath(first).name != HEAD:
        raise RulesetError(_outside(first or ""))
    return target.joinpath(*PurePosixPath(first).parent.parts)


def _apart(name: str, where: Location | None) -> Fault:
    message = Bilingual(
        f"上级规则集 {name} 不在旁边, 无法一并保存",
        f"the ruleset {name} does not lie beside it and cannot be taken along",
    )
    hint = Bilingual("把上级规则集的文件夹放在旁边, 用它的名称继承", "put the folder of the parent beside it, and extend it by its name")  # fmt: skip
    return Fault("ruleset.apart", message, where, hint)


def _outside(said: str) -> Fault:
    message = Bilingual(
        "所存规则集的文件位置不对", "a file of the ruleset kept here has no place of a ruleset's"
    )
    return Fault("ruleset.outside", message, Location(said))
