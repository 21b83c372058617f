"""How a verification is told: as text for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import takewhile

from perfrules.bilingual import Bilingual, Language
from perfrules.model.finding import Outcome
from perfrules.model.verification import Difference, Part, Verification
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, labelled, rendered
from perfrules.reporters.words import OUTCOMES

PARTS = {
    Part.FILE: Bilingual("清单文件在写出之后被改动", "The bundle was changed after it was written"),
    Part.INPUT_MISSING: Bilingual(
        "缺少的文件, 所在报告的结果没有对比",
        "Files that are missing; results of their reports were not compared",
    ),
    Part.INPUT_CHANGED: Bilingual(
        "内容已变的文件, 所在报告的结果没有对比",
        "Files with other contents; results of their reports were not compared",
    ),
    Part.INPUT_EXTRA: Bilingual(
        "清单之外的文件, 没有核查", "Files that the bundle does not name; not checked"
    ),
    Part.INPUT_MOVED: Bilingual(
        "换了位置的文件, 内容相同", "Files that lie elsewhere, with the same contents"
    ),
    Part.RULESET: Bilingual("规则集不同", "Another ruleset"),
    Part.PLUGIN: Bilingual("插件不同", "Other plugins"),
    Part.PARAMETER: Bilingual("参数取值不同", "Other values of parameters"),
    Part.DECISION: Bilingual("豁免、更正或日期不同", "Other waivers, corrections or days"),
    Part.FINDING: Bilingual("发现不同", "Other findings"),
    Part.VERDICT: Bilingual("规则的结果不同", "Other verdicts"),
    Part.RESULT: Bilingual("结果的其他部分不同", "Other parts of the results"),
    Part.PROGRAM: Bilingual("程序版本不同", "Other versions of programs"),
}
_NOTE = {
    Part.RULESET: Bilingual(
        "本机同名规则集已有改动; 以上按清单中的规则集重算",
        "The ruleset of that name here has changed; this was computed by the bundle's own",
    ),
}
MOST = 20
"""Things told of one part, findings apart, which are all told; of more their number."""
MOST_DETAILS, MOST_OF = 8, 3
LONG, AROUND = 160, 30
"""Characters of a text that is shown whole, and of what stands around a difference in a longer one."""
GAP = 9


def verification_json(found: Verification, file: str, tool: str) -> str:
    """All differences and notes."""
    told = {
        "tool": {"name": "perfrules", "version": tool},
        "verified": file,
        "same": not found.differences,
        "inputs": found.inputs,
        "findings": found.findings,
        "differences": [_json(each) for each in found.differences],
        "notes": [_json(each) for each in found.notes],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _json(each: Difference) -> dict[str, object]:
    told: dict[str, object] = {"part": each.part.value, "what": each.what}
    if each.about:
        told |= {name: getattr(each.about, name) for name in ("department", "rule", "title", "subject")}
    if each.of:
        told["of"] = list(each.of)
    found = [{"name": one.name, "before": one.before, "after": one.after} for one in each.details]
    return {**told, "before": each.before, "after": each.after, "details": found}


def verification_terminal(found: Verification, file: str, language: Language, page: Page) -> str:
    """The same, or everything that differs by its part, then what is otherwise and changes nothing."""
    return rendered(_lines(found, file, language, page), page)


def _lines(found: Verification, file: str, language: Language, page: Page) -> Iterator[Styled]:
    zh, number = language == "zh", len(found.differences)
    if number:
        said = f"与清单有 {number} 处不同" if zh else f"{number} differences from the bundle"
    else:
        said = "重算结果与清单一致" if zh else "Computed again, and the same as the bundle"
    yield Styled(said, "findings" if number else "green")
    told = f"{file}: 输入文件 {found.inputs}, 发现 {found.findings}" if zh else f"{file}: {found.inputs} input files, {found.findings} findings"  # fmt: skip
    yield from block(told, page)
    yield from _parts(found.differences, language, page)
    if found.notes:
        yield Styled("")
        yield Styled("另请留意" if zh else "Please note as well", "title")
    yield from _parts(found.notes, language, page, notes=True)


def _parts(
    differences: Sequence[Difference], language: Language, page: Page, *, notes: bool = False
) -> Iterator[Styled]:
    for part in Part:
        listed = [each for each in differences if each.part is part]
        if not listed:
            continue
        title = (_NOTE.get(part, PARTS[part]) if notes else PARTS[part]).said(language)
        yield Styled("")
        yield Styled(f"{title} ({len(listed)})", "title")
        shown = listed if part is Part.FINDING else listed[:MOST]
        for each in shown:
            yield from _difference(each, language, page)
        yield from _rest(len(listed) - len(shown), language, page)


def _rest(number: int, language: Language, page: Page, indent: int = 3) -> Iterator[Styled]:
    if number:
        said = f"…另有 {number} 处, 见 -f json" if language == "zh" else f"… and {number} more, see -f json"
        yield from block(said, page, indent)


def _difference(each: Difference, language: Language, page: Page) -> Iterator[Styled]:
    """A thing by its name, as it was and as it is now; where that is the same or not said, the values in which it differs."""
    yield from block(_named(each, language), page)
    if each.before != each.after or each.part is Part.INPUT_MOVED:
        before, after = (_said(each.part, said, language) for said in (each.before, each.after))
        yield from _both(before, after, language, page, 6)
    if each.before == each.after or each.part is Part.RULESET:
        for detail in each.details[:MOST_DETAILS]:
            if detail.name:
                yield from block(_detail(detail.name, language), page, 6)
            indent = 9 if detail.name else 6
            yield from _both(*differing(detail.before, detail.after), language, page, indent)
        yield from _rest(len(each.details[MOST_DETAILS:]), language, page, 6)


def _named(each: Difference, language: Language) -> str:
    if each.of:
        more = (f" 等 {len(each.of)} 份" if language == "zh" else f" … {len(each.of)} submissions") if each.of[MOST_OF:] else ""  # fmt: skip
        return f"{each.what} ({'; '.join(each.of[:MOST_OF])}{more})"
    if each.about is None:
        return each.what
    about = each.about
    return " ".join(filter(None, (f"{about.department}:", about.title, f"[{about.rule}]", about.subject)))


def _detail(name: str, language: Language) -> str:
    """A path in the thing, or a line of a text."""
    path, _, line = name.rpartition(":")
    if not line.isdigit():
        return name
    return f"{path} 第{line}行".lstrip() if language == "zh" else f"{path} line {line}".lstrip()


def _said(part: Part, said: str, language: Language) -> str:
    found = (
        next((OUTCOMES[each] for each in Outcome if each.value == said), None)
        if part is Part.VERDICT
        else None
    )
    return found.said(language) if found else said


def _both(before: str, after: str, language: Language, page: Page, indent: int) -> Iterator[Styled]:
    zh, nothing = language == "zh", "无" if language == "zh" else "none"
    yield from labelled("清单" if zh else "Bundle", before or nothing, page, indent, GAP)
    yield from labelled("现在" if zh else "Now", after or nothing, page, indent, GAP)


def differing(before: str, after: str) -> tuple[str, str]:
    """Two texts whole, or where they are long the part in which they differ, with some of what stands around it."""
    if max(len(before), len(after)) <= LONG:
        return before, after
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    return _part(before, start, end), _part(after, start, end)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _part(text: str, start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(text), len(text) - end + AROUND)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
