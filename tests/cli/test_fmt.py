"""perfrules fmt: expressions in place, every other byte as it was; nothing written where anything is at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfrules.cli.main import outcome

CORE = Path(__file__).parents[2] / "rulesets" / "core"
HEAD = "# kept\nid: t\nversion:   1.10\ntitle: {zh: 甲, en: 'b'}\nparameters:\n"
PACE = "  pace: {title: {zh: a, en: b}, values: [{since: 2020-01-01, value: {4: 月份÷12, 6: month/12}}]}\n"
CANONICAL = PACE.replace("月份÷12", "月份 / 12").replace("month/12", "month / 12")


def ruleset(folder: Path, rule: str = "") -> Path:
    (folder / "rules").mkdir()
    (folder / "ruleset.yaml").write_bytes((HEAD + PACE).encode())
    if rule:
        (folder / "rules" / "R1.yaml").write_bytes(rule.encode())
    return folder


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", ("已改写", "需要改写", "不变")), ("en", ("rewritten", "would", "unchanged"))],
)
def test_only_expressions_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: tuple[str, str, str]
) -> None:
    path = ruleset(tmp_path) / "ruleset.yaml"
    call = ["fmt", str(tmp_path), "--lang", language]
    assert outcome([*call, "--check"]) == 1
    told = capsys.readouterr().out
    assert said[1] in told
    assert path.as_posix() in told
    assert path.read_text(encoding="utf-8") == HEAD + PACE
    assert outcome(call) == 0
    assert said[0] in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == HEAD + CANONICAL
    assert outcome([*call, "--check"]) == 0
    assert said[2] in capsys.readouterr().out


def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    path = tmp_path / "ruleset.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + PACE).replace("\n", "\r\n").encode())
    assert outcome(["fmt", str(path)]) == 0
    assert path.read_bytes() == b"\xef\xbb\xbf" + (HEAD + CANONICAL).replace("\n", "\r\n").encode()


def test_a_ruleset_that_is_canonical_is_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["fmt", "--check", str(CORE)]) == 0
    assert f"不变 {len(list(CORE.rglob('*.yaml')))}" in capsys.readouterr().out


def test_a_folder_that_is_no_ruleset_is_searched(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    ruleset(tmp_path / "one")
    assert outcome(["fmt", str(tmp_path)]) == 0
    assert (tmp_path / "one" / "ruleset.yaml").read_text(encoding="utf-8") == HEAD + CANONICAL


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("id: [", "R1.yaml:2:1"),
        ("id: R1\nassert: 1 +\n", "R1.yaml:2:12: "),
        ("- 1\n", "R1.yaml"),
        ("id: R1\nasert: spent > 0元\n", "assert"),
    ],
)
def test_nothing_is_written_where_anything_is_at_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rule: str, words: str, language: str
) -> None:
    path = ruleset(tmp_path, rule) / "ruleset.yaml"
    assert outcome(["fmt", str(tmp_path), "--lang", language]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert words in told.err
    assert "Traceback" not in told.err
    assert path.read_text(encoding="utf-8") == HEAD + PACE


def test_absent_and_empty_places_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(["fmt", str(tmp_path / "absent.yaml")]) == 2
    assert "absent.yaml" in capsys.readouterr().err
    assert outcome(["fmt", str(tmp_path), "--lang", "en"]) == 2
    assert "no .yaml file" in capsys.readouterr().err
    assert outcome(["fmt"]) == 2


def test_an_expression_with_a_comment_is_left_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = HEAD + "  pace:\n    title: {zh: a, en: b}\n    values:\n      - since: 2020-01-01\n"
    text += "        value: |\n          month/12  # of the year\n"
    path = tmp_path / "ruleset.yaml"
    path.write_text(text, encoding="utf-8")
    assert outcome(["fmt", str(path)]) == 0
    assert "ruleset.yaml:11: 含注释, 保持原样" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == text


def test_what_would_change_its_meaning_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from perfrules.rules import formatting

    monkeypatch.setattr(formatting, "rewritten", lambda *_: "month / 11")
    path = ruleset(tmp_path) / "ruleset.yaml"
    assert outcome(["fmt", str(path)]) == 2
    assert "含义会变" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == HEAD + PACE


RULE = """# a rule
id: T1
title: {zh: 测试, en: test}
topic: slow_progress
severity: warning
for: [line, project]
when: 支出类别 = “project” 且 月份 ≥ 6   # kept
assert: |
    实际支出 ÷ 调整预算 ≥ 30%
      或 （上年结转 > 0元
      且 not (spent>5万元))
measure: (spent) / (adjusted_budget)
limit:   >-
  min(30%，40%)
margin: abs(spent
  - adjusted_budget)
figure: ( spent )
suspects:
  a: {zh: 甲, en: a, value: min(1元，2元)}
  b: {zh: 乙, en: b, value: "spent*2"}
message: {zh: "{spent*2}", en: "{spent*2}"}
why: {zh: 一, en: a}
examples:
  pass: [{submission: {lines: {total: {spent: 1万元}}}}]
  violation: [{submission: {lines: {total: {spent: 1万元}}}}]
"""
FORMATTED = {
    "支出类别 = “project” 且 月份 ≥ 6   #": '支出类别 == "project" and 月份 >= 6   #',
    "实际支出 ÷ 调整预算 ≥ 30%": "实际支出 / 调整预算 >= 30%",
    "或 （上年结转 > 0元": "or 上年结转 > 0元",
    "且 not (spent>5万元))": "and not spent > 5万元",
    "(spent) / (adjusted_budget)": "spent / adjusted_budget",
    "min(30%，40%)": "min(30%, 40%)",
    "( spent )": "spent",
    "min(1元，2元)": "'min(1元, 2元)'",
    '"spent*2"}\nmessage': '"spent * 2"}\nmessage',
}


def test_a_rule_loads_to_the_same_and_its_other_bytes_stay(tmp_path: Path) -> None:
    from perfrules.language import parse
    from perfrules.rules import load_ruleset

    folder = ruleset(tmp_path, RULE)
    before = load_ruleset(folder).rules["T1"]
    assert outcome(["fmt", str(folder)]) == 0
    after = load_ruleset(folder).rules["T1"]
    expected = RULE
    for old, new in FORMATTED.items():
        expected = expected.replace(old, new)
    assert (folder / "rules" / "R1.yaml").read_text(encoding="utf-8") == expected
    for name in ("condition", "when", "measure", "limit", "margin"):
        assert parse(getattr(before, name).text) == parse(getattr(after, name).text)
    assert parse(before.figure) == parse(after.figure)
    assert [parse(each.value.text) for each in before.suspects] == [
        parse(each.value.text) for each in after.suspects
    ]
    assert (before.message, before.title, before.examples[0].submission) == (
        after.message,
        after.title,
        after.examples[0].submission,
    )
