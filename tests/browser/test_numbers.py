"""The numbers on a phone: a typed search narrows the list, and a changed value goes through."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PHONE, problems

pytestmark = pytest.mark.browser

NUMBERS = "/learn/twitter/numbers/"


def test_numbers_are_found_and_changed_on_a_phone(room):
    page = room.page
    page.set_viewport_size(PHONE)
    page.goto(room.site + NUMBERS)
    page.get_by_label("Find a number").fill("500M")
    expect(page.locator(".number-row")).to_have_count(1)
    expect(page.locator("#how-many")).to_contain_text("1 of ")
    assert "q=500M" in page.url
    page.get_by_role("link", name="Tweets a day", exact=True).click()
    page.get_by_role("link", name="Tweets a second, mean").click()
    page.get_by_label("Tweets a day").fill("1 billion")
    page.keyboard.press("Enter")
    row = page.get_by_role("row", name="Fan-out writes a day of regular users")
    expect(row).to_contain_text("332B 665B 2x")
    page.get_by_label("Tweets a day").fill("5 seconds")
    page.keyboard.press("Enter")
    box = page.get_by_label("Tweets a day")
    expect(page.locator(".errors")).to_contain_text("“5 seconds” is a time")
    expect(box).to_have_value("5 seconds")
    found = problems(page, "a value that does not fit")
    page.goto(f"{room.site}{NUMBERS}?q=light+retweet#weight-retweet")
    page.locator("#weight-retweet summary").click()
    found += problems(page, "found numbers")
    page.goto(f"{room.site}/learn/twitter/contradictions/#read-or-write-heavy")
    page.locator("#read-or-write-heavy summary").click()
    expect(page.get_by_text("Name the path before the word.")).to_be_visible()
    found += problems(page, "contradictions")
    assert not found, "\n".join(found)
