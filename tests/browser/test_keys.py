"""The room by keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

REMEMBER_NOTHING = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {
        get() { throw new DOMException("blocked", "SecurityError"); } })"""


def focus(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_the_keys_of_the_room(room):
    page = room.enter().page
    page.locator("#message").focus()
    page.keyboard.type("How many daily users should I design for?")
    page.keyboard.press("Control+Enter")
    room.hears("250M")
    page.keyboard.press("Control+.")
    assert focus(page) == "outline-text"
    page.keyboard.press("Control+.")
    assert focus(page) == "message"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    assert focus(page) == "notes-text"
    page.keyboard.type("bnrhp]?")  # in a field they are only letters
    expect(page.locator("#notes-text")).to_have_value("bnrhp]?")
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    assert focus(page) == "outline-text"
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    expect(page.locator(".clock .left")).to_be_hidden()
    page.keyboard.press("h")
    page.keyboard.press("?")
    expect(page.locator("#help-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    expect(page.locator("#room-header h1")).to_have_text("High-Level")
    page.keyboard.press("p")
    expect(page.locator("#cover")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator("#cover")).to_be_hidden()
    page.keyboard.press("r")
    assert focus(page) == "message"


@pytest.mark.parametrize("browser_remembers", [True, False])
def test_single_keys_can_be_switched_off(room, browser_remembers):
    page = room.page
    if not browser_remembers:
        page.add_init_script(REMEMBER_NOTHING)
    room.enter()
    room.say("Hello, let me begin with the scale.")
    page.locator("#room-menu summary").click()
    page.get_by_role("button", name="Single keys off").click()
    expect(page.locator("#keys")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    page.locator("body").press("]")
    page.wait_for_timeout(500)
    expect(page.locator("#room-header h1")).to_have_text("Clarify")


def test_the_focus_stays_when_the_page_is_updated(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    page.locator("#next").focus()
    room.look_at_the_clock()
    assert focus(page) == "next"
