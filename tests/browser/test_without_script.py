"""The room without JavaScript: every form works, and nothing is only for scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_short_interview_by_forms_alone(live_server, page):
    page.goto(live_server.url)
    page.get_by_role("button", name="Enter the room").click()
    page.get_by_label("8 minutes").check()
    page.get_by_role("button", name="Use these").click()
    expect(page.locator(".clock")).to_contain_text("8:00")
    page.get_by_label("Your message").fill("How many daily users are there?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#lines")).to_contain_text("250M")
    page.get_by_role("textbox", name="Architecture outline").fill("Client -> API")
    page.locator("#outline").get_by_role("button", name="Save").click()
    expect(page.locator("#drawing svg")).to_contain_text("API")
    page.get_by_role("button", name="Next phase").click()
    expect(page.locator(".room-header h1")).not_to_have_text("Clarify")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".room-header h1")).to_have_text("Clarify")
    page.locator("#room-menu summary").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Resume").click()
    page.locator("#room-menu summary").click()
    page.get_by_role("link", name="Finish the interview").click()
    page.get_by_role("button", name="Finish").click()
    assert page.url.endswith("/report/")


def test_a_text_over_the_limit_comes_back_in_its_box(live_server, page):
    page.goto(live_server.url)
    page.get_by_role("button", name="Enter the room").click()
    page.get_by_label("Your message").fill("y" * 20_001)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#trouble")).to_contain_text("the limit is 20,000")
    assert page.get_by_label("Your message").input_value() == "y" * 20_001
