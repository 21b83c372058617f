"""The page in a real browser: marks and links, filters, sorting, the keyboard, paper, narrow screens, and nothing loaded."""

from __future__ import annotations

import logging
import re
import shutil
import unicodedata
from collections.abc import Iterator
from importlib.metadata import entry_points
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from perfrules import pipeline
from perfrules.bilingual import Language
from perfrules.model.report import Results
from perfrules.plugins import catalog
from perfrules.reporters.html import html_report

ROOT = Path(__file__).parents[3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
WIDTHS = (1280, 390)
CATALOG = catalog(
    found=[each for each in entry_points(group="perfrules") if each.name.startswith("builtin_")]
)
FILES = ["examples/yunling/wangxinban.txt", "tests/files/w11-jiankongbiao.docx", "tests/files/x15-liangge.xlsx", "tests/files/n103-liangshi.txt", "examples/yunling/shuiwenzhan.txt"]  # fmt: skip
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)"
)


@pytest.fixture(scope="module")
def results() -> Results:
    ruleset = pipeline.prepare("core", CATALOG, with_examples=False)
    return pipeline.check_paths([ROOT / each for each in FILES], ruleset, CATALOG).results


@pytest.fixture(scope="module")
def pages(results: Results, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages on disk: one submission and a county, in both languages, and a county of a hundred."""
    folder = tmp_path_factory.mktemp("pages")
    single = Results(results.reports[:1])
    many = Results(results.reports * 20)
    written: list[tuple[str, Results, Language]] = [
        ("single", single, "zh"), ("single-en", single, "en"), ("county", results, "zh"), ("county-en", results, "en"), ("hundred", many, "zh"),
    ]  # fmt: skip
    for name, what, language in written:
        (folder / f"{name}.html").write_text(html_report(what, language), encoding="utf-8")
    return {name: folder / f"{name}.html" for name, _, _ in written}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


class Opened:
    """Opens pages, and remembers what they asked for and what they complained of."""

    def __init__(self, browser: Browser, pages: dict[str, Path]) -> None:
        self.browser = browser
        self.pages = pages
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.open: list[Page] = []

    def __call__(self, name: str, width: int = 1280, anchor: str = "", *, script: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        context.set_default_timeout(5000)
        page = context.new_page()
        page.on("request", lambda request: self.requests.append(request.url.partition("#")[0]))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.pages[name].as_uri() + anchor)
        self.open.append(page)
        return page


@pytest.fixture
def show(browser: Browser, pages: dict[str, Path]) -> Iterator[Opened]:
    """Opens a page; afterwards it has asked for nothing but itself, and nobody complained."""
    opened = Opened(browser, pages)
    yield opened
    assert set(opened.requests) <= {each.as_uri() for each in pages.values()}
    assert opened.requests
    assert opened.complaints == []
    for page in opened.open:
        page.context.close()


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def is_on_screen(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return box is not None and 0 <= box["y"] < 900 and box["height"] > 0


def rows(page: Page, inside: str = "#findings") -> list[str]:
    return [each for each in page.locator(f"{inside} tbody tr:visible").all_inner_texts() if each]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["single", "single-en", "county", "county-en", "hundred"])
def test_nothing_is_wider_than_the_screen(show: Opened, name: str, width: int) -> None:
    page = show(name, width)
    page.evaluate(
        "document.querySelectorAll('details').forEach(each => each.open = each.closest('#each') === null || each.id.endsWith('1'))"
    )
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen == width


def test_every_place_is_marked_at_its_words_and_leads_back(show: Opened, results: Results) -> None:
    page = show("single")
    report = results.reports[0]
    quotes = {squeezed(fact.quote) for each in report.findings for fact in each.evidence if fact.quote}
    links = page.locator(".card .places a")
    assert links.count() > 15
    seen = set()
    for at in range(links.count()):
        link = links.nth(at)
        card = link.evaluate("each => each.closest('article').id")
        target = page.locator(str(link.get_attribute("href")))
        words = squeezed(re.split("[“”]", link.inner_text())[1])
        assert words.startswith(
            squeezed(target.inner_text())
        )  # its first line, where a figure is broken by lines
        seen.add(words)
        backs = page.evaluate('id => [...document.querySelectorAll(`sup a[href="#${id}"]`)].length', card)
        assert backs >= 1
    assert seen == quotes


def test_links_lead_from_a_finding_to_its_place_and_back(show: Opened) -> None:
    page = show("single")
    page.locator("#f1 .places a").first.click()
    anchor = page.evaluate("location.hash")
    assert is_on_screen(page, anchor)
    assert page.locator(anchor).inner_text() == "69.86%"
    page.locator(f"{anchor} + sup a").first.click()
    assert page.evaluate("location.hash") == "#f1"
    assert is_on_screen(page, "#f1 h3")


def test_a_link_into_a_folded_department_unfolds_it(show: Opened) -> None:
    page = show("county")
    assert not page.locator("#r1-f2").is_visible()
    page.locator("#findings a[href='#r1-f2']").click()
    assert is_on_screen(page, "#r1-f2 h5")
    assert is_on_screen(show("county", 390, "#r4-ledger"), "#r4-ledger")


def test_filters_by_severity_rule_and_words_and_shows_all_again(show: Opened) -> None:
    page = show("single")
    status = page.locator("#findings .count")
    assert status.inner_text() == "显示 5 / 5"
    page.get_by_label("请更正 (2)").uncheck()
    assert status.inner_text() == "显示 3 / 5"
    assert all("请说明" in each for each in rows(page))
    assert page.locator(".card:visible").count() == 3
    assert not page.get_by_role("heading", name="请更正 (2)").is_visible()
    page.get_by_label("规则").select_option("EXE101")
    assert [each.split("\t")[2] for each in rows(page)] == ["EXE101"]
    page.get_by_role("button", name="显示全部").click()
    page.get_by_label("文字").fill("49.88万元")  # stands in the card only
    assert len(rows(page)) == 1
    page.get_by_label("文字").fill("没有这样的文字")
    assert status.inner_text() == "显示 0 / 5"
    page.get_by_role("button", name="显示全部").click()
    expect(status).to_have_text("显示 5 / 5")


def test_filters_by_department_and_by_light(show: Opened) -> None:
    page = show("county")
    whole = len(rows(page))
    page.locator("#findings select[name=department]").select_option("云岭县互联网信息办公室")
    assert 0 < len(rows(page)) < whole
    assert all("云岭县互联网信息办公室" in each for each in rows(page))
    assert page.locator("#each > details:visible").count() == 1
    page.locator("#departments input[value=grey]").uncheck()
    assert all("○ 灰" not in each for each in rows(page, "#departments"))


def test_what_is_filtered_out_comes_back_when_a_link_leads_there(show: Opened) -> None:
    page = show("single")
    page.get_by_label("请更正 (2)").uncheck()
    page.locator("sup a[href='#f1']").first.click()
    assert is_on_screen(page, "#f1 h3")


def test_sorts_up_and_down_and_says_so(show: Opened) -> None:
    page = show("county")
    heading = page.locator("#departments th", has_text="请说明")
    assert heading.get_attribute("aria-sort") == "none"
    counts = lambda: [int(each.split("\t")[6]) for each in rows(page, "#departments")]  # noqa: E731
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert counts() == sorted(counts())
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert counts() == sorted(counts(), reverse=True)
    assert len(set(counts())) > 1
    page.locator("#departments th", has_text="部门").get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "none"
    assert page.locator("#departments p[role=status].note").inner_text() == "已按“部门”排序 ↑"


def test_the_light_sorts_grey_first_and_shares_by_their_size(show: Opened) -> None:
    page = show("county")
    page.locator("#departments th", has_text="结论").get_by_role("button").click()
    lights = [each.split("\t")[1] for each in rows(page, "#departments")]
    assert lights == sorted(lights, key=["○ 灰", "▲ 有待处理", "● 绿"].index)
    page.locator("#departments th", has_text="执行率").get_by_role("button").click()
    shares = [each.split("\t")[8] for each in rows(page, "#departments")]
    known = [each for each in shares if each != "未知"]
    assert shares[: len(shares) - len(known)] == ["未知"] * (len(shares) - len(known))
    assert known == sorted(known, key=lambda each: float(each.rstrip("%")))


def test_all_of_it_is_reached_by_the_keyboard(show: Opened) -> None:
    page = show("single")
    page.keyboard.press("Tab")
    assert is_on_screen(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(30):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.tagName + document.activeElement.textContent")
            == "BUTTON发现"
        ):
            break
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.locator("#findings th", has_text="发现").get_attribute("aria-sort") == "ascending"
    page.locator("#ledger summary").focus()
    assert not page.locator("#ledger p").first.is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#ledger p").first.is_visible()
    page.locator("#f3 .places a").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == page.locator("#f3 .places a").first.get_attribute("href")


def test_paper_shows_everything_unfolded_and_unfiltered(show: Opened) -> None:
    page = show("county")
    page.get_by_label("文字").last.fill("没有这样的文字")
    assert rows(page) == []
    page.get_by_role("button", name="全部展开或收起").click()
    page.emulate_media(media="print")
    assert len(rows(page)) > 3
    for part in (
        "#r1-f1 .message",
        "#r1-ledger table",
        "#r4-sources .lines li:first-child",
        ".behind table >> nth=0",
    ):
        assert page.locator(part).first.is_visible(), part
    for part in ("form.filter", "nav", ".skip"):
        assert not page.locator(part).first.is_visible(), part


def test_paper_has_the_sums_the_lists_and_of_the_departments_those_unfolded(show: Opened) -> None:
    page = show("county")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#departments table").is_visible()
    assert page.locator("#findings table").is_visible()
    assert not page.locator("#each h2").is_visible()  # no department is unfolded
    assert page.locator("#each details.department:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert "打印本页时只印汇总" in page.locator("#each > .note").inner_text()
    page.locator("#r2 > summary").click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert [each.get_attribute("id") for each in page.locator("#each details.department:visible").all()] == [
        "r2"
    ]
    assert page.locator("#r2-ledger table").first.is_visible()


def test_a_table_that_is_wider_than_a_telephone_says_so(show: Opened) -> None:
    hint = "each => getComputedStyle(each, '::after').content"
    caption = "#departments caption"
    assert "左右滑动" in show("county", 390).locator(caption).evaluate(hint)
    assert "swipe" in show("county-en", 390).locator(caption).evaluate(hint)
    assert show("county").locator(caption).evaluate(hint) == "none"


def test_what_is_printed_has_the_county_on_its_first_page_and_every_word_of_a_report(show: Opened) -> None:
    first = printed(show("county").pdf(format="A4", page_ranges="1"))
    for words in (
        "有应判断而未判断",
        "执行率的分布",
        "互联网信息办公室请更正2",
    ):  # the font has other codes for 页 and 门
        assert words in first
    whole = printed(show("single").pdf(format="A4"))
    for words in ("占比所用分母与所称不符", "网络舆情应对经费", "规则×对象", "12月末", "2022年7月8日"):
        assert words in whole


def printed(data: bytes) -> str:
    """The words of a printed page, without blanks."""
    from pdfminer.high_level import extract_text

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    return squeezed(unicodedata.normalize("NFKC", extract_text(BytesIO(data))))


def test_without_script_everything_is_there_to_read(show: Opened) -> None:
    page = show("county", script=False)
    assert len(rows(page)) > 3
    assert not page.locator("form.filter").first.is_visible()
    page.locator("#each summary").first.click()
    assert page.locator("#each .paper, #each .sheets").first.is_visible()
    assert page.locator("th button").count() == 0


def test_the_tree_that_is_read_aloud_has_landmarks_and_names(show: Opened) -> None:
    page = show("single")
    for role in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role  # type: ignore[arg-type]
    assert page.get_by_role("img", name="项目支出: 支出与应达进度").is_visible()
    assert page.get_by_role("link", name="发现1: 占比所用分母与所称不符 – 所列占比").is_visible()
    assert page.get_by_role("group", name="全部发现").count() == 1


def test_a_hundred_departments_open_and_answer_at_once(show: Opened, pages: dict[str, Path]) -> None:
    assert pages["hundred"].stat().st_size < 15_000_000
    page = show("hundred")
    assert page.locator("#each > details").count() == 100
    took = page.evaluate(
        """() => { const from = performance.now();
        document.querySelector('#departments th button').click();
        const words = document.querySelector('#findings input[type=search]');
        words.value = '占比'; words.dispatchEvent(new Event('input', {bubbles: true}));
        document.body.offsetHeight; return performance.now() - from; }"""
    )
    assert took < 2000


def test_colours_can_be_told_from_their_ground(show: Opened) -> None:
    """Every text that is seen has at least the contrast that WCAG's level AA asks for, 4.5 to 1."""
    for name in ("single", "county"):
        page = show(name)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const numbers = (said) => said.match(/[\\d.]+/g).map(Number);
  const ground = (each) => {
    for (; each; each = each.parentElement) {
      const found = numbers(getComputedStyle(each).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const each of document.querySelectorAll('body *:not(svg *):not(script)')) {
    if (![...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(numbers(getComputedStyle(each).color)), light(ground(each))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push(`${each.tagName} ${each.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
}"""
