"""Rule pages as Markdown, in Chinese and English on one page, and their index by family and by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from perfrules.bilingual import Bilingual
from perfrules.model.rule_page import Rows, RulePage, Shown, Words

HEADLINE = "<!-- made by `perfrules rules pages`; change the rule instead -->"
SHORT = 30
"""Characters up to which a text stands beside its label."""
FAMILIES: Mapping[str, Bilingual] = {
    "ARI": Bilingual("算术关系", "arithmetic"),
    "EXE": Bilingual("预算执行", "execution"),
    "TGT": Bilingual("指标与得分", "targets and scores"),
    "CMP": Bilingual("完整性", "completeness"),
    "CON": Bilingual("一致性", "consistency"),
    "PEER": Bilingual("横向比较", "beside others"),
    "YOY": Bilingual("前后期", "over time"),
    "TXT": Bilingual("文字、日期、单位", "text, dates, units"),
}
"""What the letters at the beginning of a rule's id stand for."""


def rule_markdown(page: RulePage) -> str:
    """One rule's page."""
    lines = [HEADLINE, "", f"# {page.id} {_both(page.title)}", "", f"`{page.topic}`", ""]
    for part in page.parts:
        lines += _words(part) if isinstance(part, Words) else _rows(part)
    lines += ["## 示例 / Examples", ""]
    for number, example in enumerate(page.examples, 1):
        lines += _example(number, example)
    return "\n".join(lines).rstrip() + "\n"


def index_markdown(pages: Sequence[RulePage], title: Bilingual) -> str:
    """The list of all pages, by family and by topic."""
    lines = [HEADLINE, "", f"# {_both(title)}", "", "## 按类别 / By family", ""]
    for family in dict.fromkeys(page.id.rstrip("0123456789") for page in pages):
        known = FAMILIES.get(family)
        lines += [f"### {family}" + (f" {_both(known)}" if known else ""), ""]
        lines += [_entry(page) for page in pages if page.id.rstrip("0123456789") == family]
        lines.append("")
    lines += ["## 按主题 / By topic", ""]
    for topic in sorted({page.topic for page in pages}):
        ids = ", ".join(f"[{page.id}]({page.id}.md)" for page in pages if page.topic == topic)
        lines.append(f"- `{topic}`: {ids}")
    return "\n".join(lines) + "\n"


def _entry(page: RulePage) -> str:
    return f"- [{page.id}]({page.id}.md) {_both(page.title)}"


def _both(text: Bilingual) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def _words(part: Words) -> Iterator[str]:
    if part.text and not part.code and len(part.text.zh) <= SHORT:
        yield from (f"**{_both(part.label)}**: {_escaped(_both(part.text))}", "")
        return
    yield from (f"**{_both(part.label)}**", "")
    if part.text:
        yield from _paragraphs(part.text)
    if part.code:
        yield from ("```", part.code, "```", "")


def _paragraphs(text: Bilingual) -> Iterator[str]:
    yield from (_escaped(text.zh), "")
    if text.en != text.zh:
        yield from (_escaped(text.en), "")


def _rows(part: Rows) -> Iterator[str]:
    yield from (f"**{_both(part.label)}**", "")
    yield _row(_both(each) for each in part.header)
    yield _row("---" for _ in part.header)
    yield from (_row(_cell(each) for each in row) for row in part.rows)
    yield ""


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: Bilingual) -> str:
    return _escaped(_both(text)).replace("|", "\\|")


def _escaped(text: str) -> str:
    """The text with nothing in it that Markdown would take for its own."""
    return " ".join(text.split()).replace("*", "\\*").replace("<", "&lt;").replace("_", "\\_")


def _example(number: int, example: Shown) -> Iterator[str]:
    yield f"{number}. **{_both(example.outcome)}** {_escaped(_both(example.note))}".rstrip()
    yield from ("", *_indented("```yaml", *example.submission.split("\n"), "```"), "")
    if example.steps.zh:
        yield from (*_indented("```", *example.steps.zh.split("\n"), "```"), "")
    if example.message:
        yield from (
            *_indented(f"> {_escaped(example.message.zh)}", ">", f"> {_escaped(example.message.en)}"),
            "",
        )


def _indented(*lines: str) -> Iterator[str]:
    yield from (f"   {line}".rstrip() for line in lines)
