"""The search at the header and on its page, by keyboard and while one types."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PHONE, WIDE, problems

pytestmark = pytest.mark.browser


@pytest.mark.django_db(transaction=True)
def test_a_slash_leads_to_the_search_and_results_follow_the_typing(room) -> None:
    page = room.page
    page.goto(f"{room.site}/you/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
    page.keyboard.type("and/or")
    expect(page.locator("#site-search")).to_have_value("and/or")
    page.locator("#site-search").fill("thershold")
    page.keyboard.press("Enter")
    expect(page.locator("#search-count")).to_contain_text("These are for threshold: ")
    found = problems(page, "corrected")

    with page.expect_response(re.compile(r"/search/\?q=kafka$")) as answered:
        page.locator("#q").fill("kafka")
    assert "<html" not in answered.value.text()
    expect(page.locator(".search-hits h2").first).to_have_text("Kafka")
    expect(page.locator("#search-count")).to_have_text(re.compile(r"^\s*\d+ results\s*$"))
    expect(page).to_have_url(re.compile(r"\?q=kafka$"))
    page.get_by_role("link", name="Kafka", exact=True).first.click()
    expect(page).to_have_url(re.compile("/architecture/#kafka$"))

    page.set_viewport_size(PHONE)
    page.wait_for_load_state()  # the page's script hears the key
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/search/$"))
    page.locator("#q").fill("zzzzqqq")
    expect(page.locator("#search-count")).to_have_text("Nothing for “zzzzqqq”.")
    found += problems(page, "nothing")
    page.set_viewport_size(WIDE)
    page.evaluate("localStorage.setItem('switch:noKeys', '1')")
    page.goto(f"{room.site}/you/")
    page.keyboard.press("/")
    expect(page.locator("#site-search")).not_to_be_focused()
    assert found == []


def test_a_slash_leads_to_the_pages_own_search_although_storage_is_blocked(room) -> None:
    page = room.page
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", {
             get() { throw new DOMException("blocked", "SecurityError"); } })"""
    )
    page.goto(f"{room.site}/learn/twitter/numbers/")
    page.keyboard.press("/")
    expect(page.get_by_label("Find a number")).to_be_focused()
    expect(page.get_by_role("search", name="Numbers")).to_be_visible()
