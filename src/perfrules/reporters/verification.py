"""How a verification is told: as text for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from perfrules.bilingual import Bilingual, Language
from perfrules.model.verification import Difference, Part, Verification
from perfrules.plugins.hooks import Page
from perfrules.reporters.layout import Styled, block, labelled, rendered

PARTS = {
    Part.FILE: Bilingual("清单文件在写出之后被改动", "The bundle was changed after it was written"),
    Part.INPUT_MISSING: Bilingual("缺少的文件", "Files that are missing"),
    Part.INPUT_CHANGED: Bilingual("内容已变的文件", "Files with other contents"),
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
"""Lines told of one part; of more their number."""
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
    return {"part": each.part.value, "what": each.what, "before": each.before, "after": each.after}


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
        for each in listed[:MOST]:
            yield from _difference(each, language, page)
        if len(listed) > MOST:
            rest = len(listed) - MOST
            yield from block(f"…另有 {rest} 处" if language == "zh" else f"… and {rest} more", page)


def _difference(each: Difference, language: Language, page: Page) -> Iterator[Styled]:
    zh, nothing = language == "zh", "无" if language == "zh" else "none"
    yield from block(each.what, page)
    if each.part is not Part.INPUT_MOVED and not (each.before or each.after):
        return
    yield from labelled("清单" if zh else "Bundle", each.before or nothing, page, 6, GAP)
    yield from labelled("现在" if zh else "Now", each.after or nothing, page, 6, GAP)
