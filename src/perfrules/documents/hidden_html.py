"""What a page of HTML does not say: elements that hide or strike through their text by themselves, or by a rule of the page's own styles."""

from __future__ import annotations

import re

from attrs import define, field

NEVER_SHOWN = {"script", "style", "head", "title", "template", "noscript", "datalist", "object"}
_HIDES = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:!\s*important)?\s*(?:;|$))",
    re.I,
)
STRUCK = {"s", "del", "strike"}
_STRIKES = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.I)
_MEDIA = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.S)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"[a-z][\w-]*|[.#][\w-]+|[a-z][\w-]*[.#][\w-]+", re.I)


@define
class Hiding:
    """What is known to be hidden or struck through: the simple selectors of the page's styles."""

    selectors: set[str] = field(factory=set)
    striking: set[str] = field(factory=set)

    def learn(self, styles: str) -> None:
        """Takes up the rules of a style sheet that hide or strike something; those for print or other media are none."""
        for selectors, rules in _RULE.findall(_MEDIA.sub("", styles[:200_000])):
            named = [each.strip() for each in selectors.split(",")]
            simple = {each.lower() for each in named if _SIMPLE.fullmatch(each)}
            self.selectors |= simple if _HIDES.search(rules) else set()
            self.striking |= simple if _STRIKES.search(rules) else set()

    def why(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        """Why the words of an element are none of the page's: `hidden` or `struck`, by what it is, by its own attributes, or by a rule."""
        said = {name: value or "" for name, value in attrs}
        style = said.get("style", "")
        if tag in NEVER_SHOWN or "hidden" in said or _HIDES.search(style):
            return "hidden"
        if tag != "input" and self._is_named(self.selectors, tag, said):
            return "hidden"
        is_struck = tag in STRUCK or _STRIKES.search(style) or self._is_named(self.striking, tag, said)
        return "struck" if is_struck else ""

    def _is_named(self, selectors: set[str], tag: str, said: dict[str, str]) -> bool:
        if not selectors:
            return False
        names = {tag, *(f".{each}" for each in said.get("class", "").lower().split()), f"#{said.get('id', '').lower()}"}  # fmt: skip
        return bool(selectors & (names | {f"{tag}{each}" for each in names if each[0] in ".#"}))
