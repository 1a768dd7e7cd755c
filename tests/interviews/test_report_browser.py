"""The report, the replay and a second answer in a real browser."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.interviews.sitting import Sitting
from trainer.accounts.models import User
from trainer.grading import running
from trainer.grading.models import Grading
from trainer.interviews.models import Interview

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(live_server: object) -> Sitting:
    """An interview whose grade nobody has worked on yet."""
    return Sitting(User.objects.create_user("candidate", password="pass-word-12345"), "45").sit()


@pytest.fixture
def sat(waiting: Sitting) -> Sitting:
    """The same with its grade."""
    assert running.work(Grading.objects.get().id)
    return waiting


@pytest.fixture
def site(live_server, page: Page, client: Client, waiting: Sitting) -> Iterator[str]:
    client.force_login(waiting.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    yield live_server.url
    page.context.close()
    with transaction.atomic():  # a request under way would deadlock with the emptying of tables
        list(Interview.objects.select_for_update())


def address(sat: Sitting, name: str, *more: str) -> str:
    return reverse(f"interviews:{name}", args=[sat.interview.id, *more])


def a_trap(sat: Sitting) -> str:
    return next(name for name in sorted(sat.state.spoken()) if name.startswith("trap:"))


@pytest.mark.parametrize("name", ["report", "replay", "list"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit_and_axe_finds_nothing(
    name: str, scheme: str, width: int, page: Page, site: str, sat: Sitting
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site + (reverse("interviews:list") if name == "list" else address(sat, name)))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).violations_count == 0


def test_the_grade_comes_by_itself_and_its_quote_leads_to_the_words(
    page: Page, site: str, waiting: Sitting
) -> None:
    page.goto(site + address(waiting, "report"))
    expect(page.get_by_text("44:50").first).to_be_visible()  # the facts do not wait
    expect(page.locator("#grading progress")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    assert running.work(Grading.objects.get().id)
    expect(page.locator("#grade .band")).to_contain_text("at senior level")
    expect(page.locator(".signal")).to_have_count(5)
    quote = page.locator("#grade .quote a")
    words = quote.inner_text()
    quote.press("Enter")
    marked = page.locator("mark:target")
    expect(marked).to_be_in_viewport()
    assert words in marked.inner_text()
    shown = page.locator("#signals").inner_text()
    for button in page.locator("#trade_off-steps .point button[value='1']").all():
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(button).to_be_focused()
    assert page.locator("#signals").inner_text() != shown


# Presses the button `next` in the very moment in which the element `changed` gets new children.
PRESS_AT_ONCE = """([changed, next]) => {
    window.sameDocument = true;
    new MutationObserver((_, observer) => {
        observer.disconnect();
        document.getElementById(next).click();
    }).observe(document.getElementById(changed), { childList: true });
}"""


def test_what_an_answer_brings_works_in_the_moment_in_which_it_is_seen(
    page: Page, site: str, sat: Sitting
) -> None:
    page.goto(site + address(sat, "report"))
    points = page.locator(".points").first
    topic = points.locator("xpath=..").evaluate("each => (each.id ||= 'topic')")
    first, second = points.locator("button[value='1']").all()[:2]
    page.evaluate(PRESS_AT_ONCE, [topic, second.get_attribute("id")])
    first.press("Enter")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(first).to_be_focused()
    assert page.evaluate("window.sameDocument")  # htmx sent the second press too


def test_a_point_is_checked_by_keyboard_and_keeps_the_focus(
    page: Page, site: str, sat: Sitting
) -> None:
    page.goto(site + address(sat, "report"))
    button = page.locator(".point").first.get_by_role("button", name="Covered", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert list(sat.state.checks.values()) == [True]
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_the_replay_plays_and_steps_and_every_second_has_an_address(
    page: Page, site: str, sat: Sitting
) -> None:
    page.goto(site + address(sat, "replay"))
    page.get_by_role("link", name="Next event").click()
    expect(page.locator("#moment b")).to_have_text("5:20")
    expect(page).to_have_url(site + address(sat, "replay") + "?t=320")
    expect(page.get_by_role("link", name="Next event")).to_be_focused()
    page.get_by_label("30").check()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#moment b")).to_have_text("5:50")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("slider").press("Home")
    expect(page.locator("#moment b")).to_have_text("0:00")
    page.reload()
    expect(page.locator("#moment b")).to_have_text("0:00")


def test_a_second_answer_outlives_a_reload_and_is_compared(
    page: Page, site: str, sat: Sitting
) -> None:
    page.goto(site + address(sat, "redo", a_trap(sat)))
    expect(page.get_by_role("timer")).to_contain_text("1:")
    page.get_by_label("Your answer").fill("Typed before the reload.")
    page.reload()
    expect(page.get_by_label("Your answer")).to_have_value("Typed before the reload.")
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Send and compare").click()
    expect(page.locator(".tries")).to_contain_text("Typed before the reload.")
    assert Axe().run(page).violations_count == 0


def test_a_change_of_theme_stays_at_the_second_of_the_replay(
    page: Page, site: str, sat: Sitting
) -> None:
    page.goto(site + address(sat, "replay"))
    page.get_by_role("link", name="Next event").click()
    expect(page.locator("#moment b")).to_have_text("5:20")
    page.get_by_text("Theme", exact=True).click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page).to_have_url(site + address(sat, "replay") + "?t=320")


def test_on_a_phone_every_figure_of_an_attempt_is_on_the_screen(
    page: Page, site: str, sat: Sitting
) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(site + reverse("interviews:list"))
    cells = page.locator(".attempts tbody > tr > *").all()
    assert len(cells) == 6
    for cell in cells:
        box = cell.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
