"""The quick reference on paper and in a browser, and the topics to read."""

from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.looking import PHONE, WIDE, problems
from trainer.catalog.packs import get_pack

pytestmark = pytest.mark.browser

LEARN = "/learn/twitter/"
SECTIONS = get_pack("twitter").quick_reference.sections
PAPERS = ("A4", "Letter")
SMALLEST_PX = 12  # 9 pt

PRINTED = """() => {
  const words = [...document.querySelectorAll(".quick *")].filter(
    (el) => el.checkVisibility() && [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim()),
  );
  const styles = words.map((el) => getComputedStyle(el));
  return {
    smallest: Math.min(...styles.map((style) => parseFloat(style.fontSize))),
    colours: [...new Set(styles.map((style) => style.color))],
    ground: getComputedStyle(document.documentElement).backgroundColor,
  };
}"""  # noqa: E501
PLACES = "els => els.map((el) => Math.round(el.getBoundingClientRect()['{}']))"


def on_paper(page: Page, paper: str) -> tuple[int, str]:
    """How many pages it takes, and the words on them."""
    pages = PdfReader(BytesIO(page.pdf(format=paper))).pages
    return len(pages), alike("".join(each.extract_text() for each in pages))


def alike(words: str) -> str:
    """In small letters, without spaces and without the ligatures of print."""
    return "".join(normalize("NFKC", words).lower().split())


def test_it_prints_on_one_page_of_either_paper_large_enough_and_black_on_white(page, live_server):
    for query in ("", "?recall=1"):
        page.goto(f"{live_server.url}{LEARN}quick-reference/{query}")
        for paper in PAPERS:
            count, words = on_paper(page, paper)
            assert (query, paper, count) == (query, paper, 1)
            assert [s.title for s in SECTIONS if alike(s.title) not in words] == []
            assert ("level1:lightrankeralone" in words) == (query != "?recall=1")
            assert "flashcards" not in words
    page.emulate_media(media="print", color_scheme="dark")
    page.reload()  # no colour is still on its way from one to another
    printed = page.evaluate(PRINTED)
    assert printed["smallest"] >= SMALLEST_PX
    assert printed["colours"] == ["rgb(0, 0, 0)"]
    assert printed["ground"] == "rgb(255, 255, 255)"


def test_recall_goes_by_keyboard_and_counts_on_this_page_alone(page, live_server):
    page.goto(f"{live_server.url}{LEARN}quick-reference/?recall=1")
    first, answer = page.locator(".recall summary").first, page.get_by_text("Focus area?")
    tally = page.locator("[data-tally]")
    expect(answer).to_be_hidden()

    first.focus()
    page.keyboard.press("Space")
    expect(answer).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(tally).to_have_text("1 of 23 recalled")
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".recall details[open]")).to_have_count(23)
    expect(tally).to_have_text("1 of 23 recalled")
    found = problems(page, "recall")
    assert not found, "\n".join(found)
    page.get_by_role("link", name="Hide all").click()
    expect(answer).to_be_hidden()
    page.reload()
    expect(tally).to_have_text("0 of 23 recalled")


def test_without_a_script_the_items_open_and_nothing_is_offered_that_does_nothing(
    browser, browser_context_args, live_server
):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{LEARN}quick-reference/")
    expect(page.get_by_role("button", name="Print on one page")).to_be_hidden()
    page.get_by_role("link", name="Hide and recall").click()
    page.locator(".recall summary").first.click()
    expect(page.get_by_text("Focus area?")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".recall details[open]")).to_have_count(23)
    expect(page.locator("[data-tally]")).to_be_hidden()
    context.close()


def test_pages_to_read_use_a_desk_and_fit_a_phone(page, live_server):
    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}{LEARN}quick-reference/")
    sections = page.locator(".quick-card > section")
    lists = page.locator(".quick-card > section > :is(ul, ol)")
    assert len(set(sections.evaluate_all(PLACES.format("left")))) == 3
    tops = lists.evaluate_all(PLACES.format("top"))
    assert tops[:6] == [tops[0]] * 3 + [tops[3]] * 3  # lists of a row begin on one line
    page.set_viewport_size(PHONE)
    assert len(set(sections.evaluate_all(PLACES.format("left")))) == 1
    expect(page.get_by_role("button", name="Print on one page")).to_be_visible()

    page.set_viewport_size(WIDE)
    page.goto(f"{live_server.url}{LEARN}architecture/")
    contents = page.locator(".toc").get_by_role("link", name="Flows to explain")
    contents.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Flows to explain")).to_be_in_viewport()
    found = problems(page, "architecture")
    assert not found, "\n".join(found)
    page.set_viewport_size(PHONE)
    expect(contents).to_be_hidden()
    page.get_by_text("On this page").click()
    expect(contents).to_be_visible()
