"""What a screening came to, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from perfrules.bilingual import Language
from perfrules.model.rule import Ruleset
from perfrules.pipeline import named, version
from perfrules.reporters.findings_json import finding_json, head_json
from perfrules.screening.screen import Screened


def screened_text(came_to: Screened, ruleset: Ruleset, output: Path, language: Language) -> str:
    """The sums by rule, and what was not asked of everything."""
    return "\n".join(_lines(came_to, ruleset, output, language)) + "\n"


def _lines(came_to: Screened, ruleset: Ruleset, output: Path, language: Language) -> Iterator[str]:
    zh = language == "zh"
    rows = ", ".join(f"{table} {count:,}" for table, count in came_to.rows.items())
    yield f"数据: {rows}" if zh else f"dataset: {rows}"
    if came_to.kept:
        yield (
            f"  另有 {came_to.kept} 份整份报送"
            if zh
            else f"  and {came_to.kept} submissions that stand beside the tables"
        )
    ends = [_day(end) for _, end in came_to.periods]
    if ends:
        yield f"截止日期: {', '.join(ends)}" if zh else f"cut-off: {', '.join(ends)}"
    yield ""
    yield ("规则      不符     不能判定  标题" if zh else "rule      violated undetermined  title")
    for rule, (violated, open_) in came_to.counts.items():
        yield f"{rule:<8}{violated:>10,}{open_:>12,}  {ruleset.rules[rule].title.said(language)}"
    total = [sum(each[place] for each in came_to.counts.values()) for place in (0, 1)]
    yield f"{'合计' if zh else 'total ':<6}{total[0]:>10,}{total[1]:>12,}"
    yield from _told_once(came_to, language)
    for orphans in came_to.orphans:
        yield (
            f"! {orphans.table}: {orphans.count:,} 行的上级不存在, 如 {orphans.example}; 没有核查这些行"
            if zh
            else f"! {orphans.table}: {orphans.count:,} rows hang on nothing, as on {orphans.example}; they were not asked"
        )
    for table, columns in came_to.unused.items():
        yield (
            f"没有用到的栏 {table}: {', '.join(columns)}"
            if zh
            else f"columns of {table} that are no field: {', '.join(columns)}"
        )
    yield f"已写入 {output.as_posix()}" if zh else f"written to {output.as_posix()}"


def _told_once(came_to: Screened, language: Language) -> Iterator[str]:
    zh = language == "zh"
    if came_to.settled:
        yield ""
        yield (
            "因缺栏而处处不能判定, 不逐行写出:"
            if zh
            else "undetermined everywhere for want of columns, and not written row by row:"
        )
        for each in came_to.settled:
            wanting = ", ".join(each.missing) or "-"
            yield f"  {each.rule} {each.subject}: {wanting}"
    if came_to.beyond:
        yield ""
        yield "由定义逐部门核查的规则:" if zh else "rules asked by the definition, department by department:"
        for rule, why in came_to.beyond:
            yield f"  {rule}: {why.said(language)}"
    if came_to.doubted:
        count = came_to.doubted
        yield (
            f"{count:,} 个部门有存疑数据, 全部规则由定义核查"
            if zh
            else f"{count:,} departments have figures in doubt; the definition was asked all rules of them"
        )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "?"


def screened_json(came_to: Screened, ruleset: Ruleset, output: Path, language: Language) -> str:
    """The same for programs."""
    said = {
        **head_json(version(), named(ruleset)),
        "output": output.as_posix(),
        "periods": [
            {"from": start and start.isoformat(), "to": end and end.isoformat()}
            for start, end in came_to.periods
        ],
        "rows": dict(came_to.rows),
        "submissions": came_to.kept,
        "rules": {
            rule: {"violation": violated, "undetermined": open_}
            for rule, (violated, open_) in came_to.counts.items()
        },
        "undetermined_everywhere": [
            {"rule": each.rule, "subject": each.subject, "missing": list(each.missing)}
            for each in came_to.settled
        ],
        "by_definition": {rule: why.said(language) for rule, why in came_to.beyond},
        "departments_in_doubt": came_to.doubted,
        "orphans": [
            {"table": each.table, "rows": each.count, "parent": each.example} for each in came_to.orphans
        ],
        "unused": {table: list(columns) for table, columns in came_to.unused.items()},
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def explained_json(came_to: Screened, ruleset: Ruleset, language: Language) -> str:
    """The worst findings of each rule as the check contract has them, each with its keys."""
    names = ("department", "project", "target")
    said = {
        **head_json(version(), named(ruleset)),
        "findings": [
            {
                "keys": dict(zip(names, each.keys, strict=False)),
                "kind": each.subject,
                **finding_json(each.finding, language),
            }
            for each in came_to.explained
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2, default=str) + "\n"
