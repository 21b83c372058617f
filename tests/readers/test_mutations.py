"""A report says the same however it was typed, pasted or wrapped: the facts stay, and their quotes are still cut true."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perfrules.documents import text_document
from perfrules.model.fact import Fact
from perfrules.model.quantity import Quantity
from perfrules.model.submission import Submission
from perfrules.readers import read_text

WIDE = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
Mutation = Callable[[str], str]


def figures(submission: Submission) -> list[tuple[object, ...]]:
    """Every quantity that is printed: whose, which, how much, and how it is qualified."""
    return [
        (path[-1].id, field, fact.value.interval, fact.value.unit.name, fact.value.qualifier)
        for path in submission.walk()
        for field, fact in path[-1].facts.items()
        if isinstance(fact.value, Quantity)
    ]


def read(text: str) -> Submission:
    return read_text(text_document("report.txt", text.encode()))


def wrapped(seed: int) -> Mutation:
    """Breaks lines inside the sentences of the paragraphs on money, at places drawn from a seed."""

    def mutate(text: str) -> str:
        draw = random.Random(seed)
        lines = text.split("\n")
        return "\n".join(broken(line, draw) if "万元" in line else line for line in lines)

    return mutate


def broken(line: str, draw: random.Random) -> str:
    first = line.index("。") if line.startswith("（") else line.index("元")
    places = sorted(draw.sample(range(first + 1, len(line)), 6), reverse=True)
    for place in places:
        if not opens_or_ends(line, place):
            line = line[:place] + "\n" + line[place:]
    return line


def opens_or_ends(line: str, place: int) -> bool:
    """Whether a break here could not be told from the end of a paragraph, or from a list number."""
    return (
        line[place - 1] in "。；：！？"
        or line[place] in "（."
        or bool(re.match(r"\d{1,2}[、.](?!\d)", line[place:]))
    )


def with_thousands(text: str) -> str:
    return text.replace("1820 条", "1,820 条")


MUTATIONS = {
    "full-width digits": lambda text: text.translate(WIDE),
    "no blanks": lambda text: text.replace(" ", ""),
    "ideographic blanks": lambda text: text.replace(" ", "\u3000"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "ASCII brackets and commas": lambda text: text.replace("（", "(").replace("）", ")").replace("，", ","),
    "blanks at the points of numbers": lambda text: re.sub(r"(\d)\.(\d)", r"\1. \2", text),
    "thousands": with_thousands,
    **{f"wrapped {seed}": wrapped(seed) for seed in range(12)},
}


@pytest.mark.parametrize("mutation", MUTATIONS)
@pytest.mark.parametrize("name", ["wangxinban.txt", "shuiwenzhan.txt"])
def test_the_figures_stay(examples: Path, name: str, mutation: str) -> None:
    text = (examples / name).read_text(encoding="utf-8")
    mutated = MUTATIONS[mutation](text)
    submission = read(mutated)
    assert figures(submission) == figures(read(text))
    assert [each for each in submission.unread if each.open] == []
    for path in submission.walk():
        for fact in path[-1].facts.values():
            assert is_cut_true(fact, mutated)


def is_cut_true(fact: Fact, text: str) -> bool:
    span = fact.location.span if fact.location else None
    return not fact.quote or span is None or text[span[0] : span[1]] == fact.quote


def test_the_seed_report_reads_the_same_in_crlf(shared: Path) -> None:
    text = (shared / "seed-report.txt").read_text(encoding="utf-8")
    assert figures(read(text.replace("\n", "\r\n"))) == figures(read(text))


BELOW_THE_TITLE = (
    "年初预算100万元，基本支出60万元，项目支出40万元。实际支出50.5万元，占年初预算的50.5%。",
    "甲培训经费（预算60万元）支出30万元，乙会议专项（预算80万元）支出40万元。",
    "截至6月末，县财政已拨付资金1,286.50万元，我局实际支出643.25万元，执行率50%。",
)
TITLE = "石桥县发改局2024年1-6月部门整体绩效监控报告\n"


@pytest.mark.parametrize("body", BELOW_THE_TITLE)
def test_a_break_anywhere_in_a_sentence_changes_nothing(body: str) -> None:
    """Also in the first words below the title, where no heading stands between."""
    said = figures(read(f"{TITLE}{body}\n"))
    assert len(said) >= 8
    for at in range(1, len(body)):
        assert figures(read(f"{TITLE}{body[:at]}\n{body[at:]}\n")) == said, f"{body[:at]}⏎{body[at:]}"


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("body", BELOW_THE_TITLE)
def test_many_breaks_in_a_sentence_change_nothing(body: str, seed: int) -> None:
    said, broken_up = figures(read(f"{TITLE}{body}\n")), body
    for at in sorted(random.Random(seed).sample(range(1, len(body)), 8), reverse=True):
        broken_up = f"{broken_up[:at]}\n{broken_up[at:]}"
    assert figures(read(f"{TITLE}{broken_up}\n")) == said, broken_up


@pytest.mark.parametrize("line", ["石桥县发改局", "（2024年7月10日）", "2024年7月", "县财政局：", "金额单位：万元", "石财绩〔2024〕7号"])  # fmt: skip
def test_a_line_between_title_and_text_is_no_part_of_the_text(line: str) -> None:
    plain = f"{TITLE}年初预算100万元，实际支出50万元。\n"
    assert figures(read(plain.replace("\n", f"\n{line}\n", 1))) == figures(read(plain))
