"""Browsing the cards with keys, with a finger, and without a script."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import PHONE, problems

pytestmark = pytest.mark.browser


def at(page: Page, number: int) -> None:
    expect(page).to_have_title(re.compile(rf"Card {number} of \d+"))


def swipe(page: Page, by_px: int, down_px: int = 0) -> None:
    """A finger that goes down on the card, moves, and goes up."""
    page.evaluate(
        """([right, down]) => {
          const card = document.querySelector("[data-card]");
          const point = (x, y) => ({ pointerId: 7, pointerType: "touch", isPrimary: true, clientX: x, clientY: y, bubbles: true });
          card.dispatchEvent(new PointerEvent("pointerdown", point(200, 300)));
          card.dispatchEvent(new PointerEvent("pointerup", point(200 + right, 300 + down)));
        }""",  # noqa: E501
        [by_px, down_px],
    )


def test_keys_turn_and_move(live_server, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.goto(f"{live_server.url}/cards/browse/?kind=cloze")
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_be_hidden()
    page.keyboard.press(" ")
    expect(answer).to_be_visible()
    page.keyboard.press(" ")
    expect(answer).to_be_hidden()
    page.keyboard.press("ArrowRight")
    at(page, 2)
    expect(answer).to_be_hidden()
    page.get_by_text("Show the answer").focus()
    page.keyboard.press(" ")
    expect(answer).to_be_visible()  # turned by the button alone, not back again by the key
    page.keyboard.press("ArrowLeft")
    at(page, 1)
    page.keyboard.press("ArrowLeft")
    page.locator(".browse-ways summary").click()
    page.keyboard.press("ArrowRight")
    at(page, 1)  # with the menu open the keys are the menu's
    page.get_by_label("Topic").select_option("traps")
    page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile("topic=traps&status=&kind=cloze"))
    assert refused == []  # the next card may be fetched ahead under the site's policy


def test_a_finger_moves_on_a_phone(live_server, page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/cards/browse/")
    swipe(page, -120)
    at(page, 2)
    swipe(page, 30)
    swipe(page, 120, 100)
    at(page, 2)
    swipe(page, 120)
    at(page, 1)
    for name in ("Previous", "Show the answer", "Next"):
        box = page.get_by_text(name, exact=True).bounding_box()
        assert box["y"] > PHONE["height"] * 0.75, name


def test_without_a_script_it_flips_all_the_same(live_server, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/cards/browse/?status=contested")
    page.get_by_text("Show the answer").click()
    expect(page.get_by_text("Hide the answer")).to_be_visible()
    page.get_by_role("link", name="Next").click()
    at(page, 2)
    page.get_by_role("link", name="Shuffle", exact=True).click()
    at(page, 1)
    context.close()


def test_a_card_a_picture_and_the_list_can_be_used_by_everybody(live_server, page: Page) -> None:
    found: list[str] = []
    for kind in ("numeric", "picture"):
        page.goto(f"{live_server.url}/cards/browse/?kind={kind}&at=2")
        page.get_by_text("Show the answer").click()
        found += problems(page, kind)
    page.goto(f"{live_server.url}/cards/browse/?topic=catches&view=list")
    page.locator(".browse-ways summary").click()
    found += problems(page, "list")
    assert found == []
