"""Parts of a drawing; coordinates are exact until they are written with one decimal."""

from __future__ import annotations

from fractions import Fraction

from perfrules.language.amounts import fixed
from perfrules.reporters.html.markup import Child, Markup, element

Length = Fraction | int


def drawing(id: str, width: int, height: int, title: str, about: str, *parts: Child) -> Markup:
    """A drawing that is read aloud as its title and what it is about."""
    return element(
        "svg",
        element("title", title, id=f"{id}-t"),
        element("desc", about, id=f"{id}-d"),
        parts,
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{id}-t {id}-d",
        class_="chart",
    )


def at(length: Length) -> str:
    """A coordinate as it is written: one decimal, none where there is nothing behind the point."""
    return fixed(Fraction(length), 1).removesuffix(".0")


def words(x: Length, y: Length, said: str, class_: str = "", anchor: str | None = None) -> Markup:
    """Words at a place; `anchor` is `middle` or `end` where they do not begin there."""
    return element("text", said, x=at(x), y=at(y), class_=class_ or None, text_anchor=anchor)


def line(x: Length, y: Length, to_x: Length, to_y: Length, class_: str) -> Markup:
    """A straight line."""
    return element("line", x1=at(x), y1=at(y), x2=at(to_x), y2=at(to_y), class_=class_)


def box(x: Length, y: Length, width: Length, height: Length, class_: str) -> Markup:
    """A rectangle."""
    return element("rect", x=at(x), y=at(y), width=at(width), height=at(height), class_=class_)
