"""What a page of HTML does not show: elements that hide their text by themselves, or by a rule of the page's own styles."""

from __future__ import annotations

import re

from attrs import define, field

NEVER_SHOWN = {"script", "style", "head", "title", "template", "noscript", "datalist", "object"}
_HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!\s*important)?\s*(?:;|$))",
    re.I,
)
_MEDIA = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"[a-z][\w-]*|[.#][\w-]+|[a-z][\w-]*[.#][\w-]+", re.I)


@define
class Hiding:
    """What is known to be hidden: the simple selectors of the page's styles."""

    selectors: set[str] = field(factory=set)

    def learn(self, styles: str) -> None:
        """Takes up the rules of a style sheet that hide something; those for print or other media are none."""
        for selectors, rules in _RULE.findall(_MEDIA.sub("", styles[:200_000])):
            if _HIDES.search(rules):
                named = (each.strip() for each in selectors.split(","))
                self.selectors |= {each.lower() for each in named if _SIMPLE.fullmatch(each)}

    def hides(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        """Whether an element is not shown: by what it is, by its own attributes, or by a rule."""
        said = {name: value or "" for name, value in attrs}
        if tag in NEVER_SHOWN or "hidden" in said or _HIDES.search(said.get("style", "")):
            return True
        if tag == "input" or not self.selectors:
            return False
        names = {tag, *(f".{each}" for each in said.get("class", "").lower().split()), f"#{said.get('id', '').lower()}"}  # fmt: skip
        return bool(self.selectors & (names | {f"{tag}{each}" for each in names if each[0] in ".#"}))
