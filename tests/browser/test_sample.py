"""The sample interview as it plays: the browser's clock is moved by hand."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

ADDRESS = "/learn/twitter/sample-interview/"

pytestmark = pytest.mark.browser


@pytest.fixture
def sample(page: Page, live_server) -> Page:
    page.clock.install(time=0)
    page.goto(live_server.url + ADDRESS)
    page.clock.pause_at(60_000)  # from here on it moves by run_for alone
    return page


def left(page: Page) -> str:
    return page.locator("[data-left]").inner_text()


def lines(page: Page) -> int:
    return page.locator(".line:visible").count()


def play(page: Page, speed: str, seconds: int) -> None:
    """Press Play and let `seconds` of the browser's time go by."""
    page.get_by_label("Speed").select_option(speed)
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(seconds * 1000)


def test_at_normal_speed_the_clock_goes_as_in_the_room(sample: Page):
    play(sample, "1", 20)

    assert left(sample) == "4:40"
    assert lines(sample) > 1


def test_at_sixty_fold_speed_ten_seconds_are_ten_minutes(sample: Page):
    play(sample, "60", 10)

    assert left(sample) == "5:00"
    expect(sample.locator("nav.tabs [aria-current]")).to_have_text("High-Level")
    expect(sample.get_by_role("heading", level=2)).to_contain_text("High-Level")


def test_the_cue_is_amber_in_the_last_two_minutes_of_a_phase(sample: Page):
    play(sample, "10", 17)
    expect(sample.locator(".clock")).to_have_attribute("data-cue", "none")

    sample.clock.run_for(2_000)

    expect(sample.locator(".clock")).to_have_attribute("data-cue", "amber")


def test_a_paused_clock_stands(sample: Page):
    play(sample, "10", 5)
    sample.get_by_role("button", name="Pause").click()
    stood_at = left(sample)

    sample.clock.run_for(60_000)

    assert left(sample) == stood_at


def test_it_ends_with_the_last_line_and_plays_again_from_the_first(sample: Page):
    play(sample, "60", 46)
    expect(sample.get_by_role("button", name="Play")).to_be_visible()
    assert left(sample) == "0:00"

    sample.get_by_role("button", name="Play").click()

    expect(sample.locator("nav.tabs [aria-current]")).to_have_text("Clarify")


def test_arrow_keys_step_and_the_address_follows(sample: Page):
    sample.keyboard.press("ArrowRight")
    sample.keyboard.press("ArrowRight")
    sample.keyboard.press("ArrowLeft")

    expect(sample).to_have_url(re.compile(r"\?phase=clarify&line=2$"))
    assert lines(sample) == 2


def test_a_change_of_theme_stays_at_the_line(sample: Page):
    sample.keyboard.press("ArrowRight")
    sample.keyboard.press("ArrowRight")
    sample.get_by_text("Theme", exact=True).click()
    sample.get_by_role("button", name="Dark").click()

    expect(sample.locator("html")).to_have_attribute("data-theme", "dark")
    expect(sample).to_have_url(re.compile(r"\?phase=clarify&line=3$"))
    assert lines(sample) == 3


def test_space_plays_and_pauses(sample: Page):
    sample.keyboard.press("Space")
    expect(sample.get_by_role("button", name="Pause")).to_be_visible()

    sample.keyboard.press("Space")

    expect(sample.get_by_role("button", name="Play")).to_be_visible()


def test_space_on_the_play_button_presses_it_once(sample: Page):
    sample.get_by_role("button", name="Play").focus()

    sample.keyboard.press("Space")

    expect(sample.get_by_role("button", name="Pause")).to_be_visible()


def test_keys_do_not_act_in_a_field(sample: Page):
    sample.get_by_label("Speed").focus()

    sample.keyboard.press("ArrowRight")

    assert lines(sample) == 1


def test_a_phase_is_jumped_to_and_its_address_can_be_shared(sample: Page, live_server):
    sample.get_by_role("link", name="Wrap Up").click()
    sample.get_by_role("link", name="Next").click()
    shared = sample.url

    sample.goto("about:blank")
    sample.goto(shared)

    assert shared.endswith("?phase=wrap_up&line=2")
    assert lines(sample) == 2
    expect(sample.get_by_role("link", name="Back")).to_have_attribute(
        "href", "?phase=wrap_up&line=1"
    )


def test_without_a_script_it_is_stepped_by_links(browser: Browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + ADDRESS)

    page.get_by_role("link", name="Next").click()

    assert lines(page) == 2
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    context.close()
