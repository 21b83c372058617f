"""A new plugin's package, written from the templates beside this page: a type, two indicators, a rule, tests, README."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from perfrules.bilingual import Bilingual
from perfrules.errors import Fault, PluginError

TEMPLATES = Path(__file__).with_name("template")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LABEL = re.compile(r"[A-Za-z_\u4e00-\u9fff]\w*")
_PLACES = {
    "pyproject.toml": "pyproject.toml.tmpl",
    "README.md": "README.md.tmpl",
    "src/perfrules_{name}/__init__.py": "module.py.tmpl",
    "src/perfrules_{name}/rules.yaml": "rules.yaml.tmpl",
    "tests/test_{name}.py": "test_module.py.tmpl",
}


def package(name: str, label: str, words: Sequence[str] = ()) -> Mapping[str, str]:
    """The files of a package by their paths, for a type of that id, Chinese label and words (the label where none).

    Raises PluginError for a name that no Python package can have, and for a label or words that expressions cannot use.
    """
    named = tuple(word for word in words if word) or (label,)
    _refuse_wrong(name, label, named)
    told = {
        "name": name,
        "dashed": name.replace("_", "-"),
        "constant": name.upper(),
        "label": label,
        "words": ", ".join(f'"{word}"' for word in named),
        "listed": ", ".join(named),
        "prefix": f"{name.replace('_', '')[:3].upper()}901",
        "sample": f"县级{named[0]}项目",
    }
    return {
        place.format(name=name): Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(told)
        for place, template in _PLACES.items()
    } | {f"src/perfrules_{name}/py.typed": ""}


def _refuse_wrong(name: str, label: str, words: Sequence[str]) -> None:
    if not _NAME.fullmatch(name):
        hint = Bilingual(
            "小写字母、数字和下划线, 如 official_vehicles", "lower case, digits and _, as official_vehicles"
        )
        message = Bilingual(f"{name} 不能作插件名", f"{name} cannot name a plugin")
        raise PluginError(Fault("plugin.name", message, None, hint))
    wrong = next((each for each in (label, *words) if not _LABEL.fullmatch(each)), None)
    if wrong is not None:
        hint = Bilingual("只用汉字、字母、数字, 如 公务用车运维", "letters and digits only, as 公务用车运维")
        message = Bilingual(f"“{wrong}” 不能作名称", f"{wrong} cannot be a label or a word")
        raise PluginError(Fault("plugin.label", message, None, hint))
