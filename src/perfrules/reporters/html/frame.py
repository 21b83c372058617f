"""The frame of the page: its style and script stand in it, and a policy that lets it load nothing else."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from perfrules.reporters.html.markup import Markup, element
from perfrules.reporters.html.wording import Say

LANGUAGES = {"zh": "zh-CN", "en": "en"}


def framed(
    title: str, header: Markup, links: Sequence[tuple[str, str]], body: Markup, tool: str, say: Say
) -> str:
    """The whole page; `links` lead to sections by their ids, `tool` is the version that wrote it."""
    style, script = _asset("page.css"), _asset("page.js")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="generator", content=f"perfrules {tool}"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", title),
        element("style", Markup(style)),
    )
    skip = element("a", say("跳到正文", "Skip to the content"), href="#main", class_="skip")
    page = element(
        "body",
        skip,
        element("header", header),
        _navigation(links, say),
        element("main", body, id="main", tabindex=-1),
        element("footer", element("p", _closing(say))),
        element("script", Markup(script)),
    )
    return "<!DOCTYPE html>\n" + element("html", head, page, lang=LANGUAGES[say.language]).text


def _navigation(links: Sequence[tuple[str, str]], say: Say) -> Markup | None:
    if not links:
        return None
    items = (element("li", element("a", name, href=f"#{id}")) for id, name in links)
    return element("nav", element("ul", items), aria_label=say("目录", "Contents"))


def _closing(say: Say) -> str:
    return say(
        "计算均依据报告所列数据。本页不联网, 可存放、转发和打印。",
        "All figures are computed from those of the reports. This page loads nothing and can be kept, sent and printed.",
    )


def _asset(name: str) -> str:
    return "\n" + (files(__package__) / "assets" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(style: str, script: str) -> str:
    parts = ("default-src 'none'", f"style-src '{_hash(style)}'", f"script-src '{_hash(script)}'", "base-uri 'none'", "form-action 'none'")  # fmt: skip
    return "; ".join(parts)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
