"""Every page, and the room in each of its states: axe finds nothing, nothing is too wide or too
low to hit, and the focus is seen wherever it goes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE, problems, tabbed_through
from tests.interviews.sitting import OUTLINE, Sitting
from trainer.accounts.models import User
from trainer.interviews import commands as cmd
from trainer.lib import clock

pytestmark = pytest.mark.browser


class Visitor:
    """A person at the browser: signed in as `user`, or a stranger."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site, self.found = page, site, []

    def be(self, user: User | None) -> None:
        self.page.context.clear_cookies()
        if user is None:
            return
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}]
        )

    def look_at(self, path: str, name: str = "") -> None:
        """Goes there, and notes what is wrong."""
        self.page.goto(self.site + path)
        self.look(name or path)

    def look(self, name: str) -> None:
        self.found += problems(self.page, name)

    def enter(self, sitting: Sitting) -> None:
        self.page.goto(f"{self.site}/interviews/{sitting.interview.id}/")
        expect(self.page.locator("html.scripted")).to_be_attached()


@pytest.fixture
def visitor(room) -> Visitor:
    return Visitor(room.page, room.site)


@pytest.fixture
def guest(db) -> User:
    return User.objects.create(username="guest-1", is_guest=True)


@pytest.fixture
def account(db) -> User:
    return User.objects.create_user("ada", password="a long pass phrase")


def sitting(user: User, minutes_ago: float) -> Sitting:
    """An interview opened so long ago, with its first message then."""
    opened = clock.now() - timedelta(minutes=minutes_ago)
    return Sitting(user, opened=opened).say("How many daily users should I design for?")


def test_pages_for_a_stranger(visitor):
    visitor.be(None)
    for path in (
        "/",
        "/interviews/",
        "/learn/twitter/",
        "/learn/twitter/sample-interview/",
        "/you/",
        "/you/sign-up/",
        "/no-such-page/",
    ):
        visitor.look_at(path)
    visitor.page.goto(f"{visitor.site}/you/sign-in/")
    visitor.page.locator("main").get_by_role("button", name="Sign in").click()
    expect(visitor.page.locator("main [role=alert]")).to_be_visible()
    visitor.look("sign-in with errors")
    assert not visitor.found, "\n".join(visitor.found)


def test_pages_for_a_guest_and_an_account(visitor, guest, account):
    visitor.be(guest)
    visitor.look_at("/interviews/", "history of nothing")
    running = sitting(guest, 1)
    for path in ("/", "/you/", "/you/sign-out/", "/you/delete/"):
        visitor.look_at(path, f"guest: {path}")
    visitor.look_at(f"/interviews/{running.interview.id}/finish/", "finish")
    visitor.look_at(f"/interviews/{running.interview.id}/report/", "report before the end")
    visitor.be(account)
    for path in ("/you/", "/you/password/", "/you/delete/"):
        visitor.look_at(path, f"account: {path}")
    assert not visitor.found, "\n".join(visitor.found)


def test_pages_after_an_interview(visitor, account):
    page = visitor.page
    visitor.be(account)
    sat = Sitting(account, opened=clock.now() - timedelta(days=2)).sit()
    report = f"/interviews/{sat.interview.id}/report/"
    for path in ("/", "/interviews/", report, report.replace("report", "replay")):
        visitor.look_at(path)
    page.goto(visitor.site + report)
    page.locator("main a[href*='/redo/']").first.click()
    visitor.look("redo")
    page.locator("#answer").fill("I would push for most and pull for celebrities.")
    page.locator("form:has(#answer) [type=submit], form:has(#answer) button").first.click()
    expect(page.locator("#answer")).to_have_count(0)
    visitor.look("redo, compared")
    assert not visitor.found, "\n".join(visitor.found)


IN_ORDER = ("next", "tab-outline", "conversation", "message", "send", "outline-text")


def menu(page: Page) -> None:
    page.locator("#room-menu summary").click()


def finish(page: Page) -> None:
    menu(page)
    page.get_by_role("link", name="Finish the interview").click()


def help_(page: Page) -> None:
    page.locator("body").press("?")


def next_phase(page: Page) -> None:
    page.locator("#next").click()
    expect(page.locator("#undo")).to_be_visible()


def more_choices(page: Page) -> None:
    page.locator("#more-choices summary").click()


def as_it_is(page: Page) -> None:
    pass


STATES: dict[str, tuple[float, Callable[[Page], None]]] = {
    "running": (1, as_it_is),
    "amber": (3.5, as_it_is),
    "red": (6, as_it_is),
    "late": (50, as_it_is),
    "menu": (1, menu),
    "finish dialog": (1, finish),
    "help dialog": (1, help_),
    "just moved": (1, next_phase),
}


def test_the_room_in_each_state(visitor, guest):
    page = visitor.page
    visitor.be(guest)
    visitor.enter(Sitting(guest, opened=clock.now()))
    more_choices(page)
    visitor.look("open")
    for name, (minutes_ago, prepare) in STATES.items():
        sat = sitting(guest, minutes_ago)
        sat.save("outline", OUTLINE)
        visitor.enter(sat)
        prepare(page)
        visitor.look(name)
    sat = sitting(guest, 1)
    visitor.enter(sat)
    sat.save("outline", "Theirs -> There")
    page.locator("#outline-text").fill("Mine -> Here")
    expect(page.locator("#conflict")).to_be_visible()
    visitor.look("conflict")
    visitor.enter(sitting(guest, 1).do(cmd.Pause()))
    visitor.look("paused")
    assert not visitor.found, "\n".join(visitor.found)


def test_the_parts_of_the_room_on_a_phone(visitor, guest):
    page = visitor.page
    visitor.be(guest)
    sat = sitting(guest, 1)
    sat.save("outline", OUTLINE)
    page.set_viewport_size(PHONE)
    visitor.enter(sat)
    for tab in ("Outline", "Notes"):
        page.get_by_role("tab", name=tab).click()
        visitor.look(tab)
        page.set_viewport_size(PHONE)
    assert not visitor.found, "\n".join(visitor.found)


def test_the_focus_is_seen_wherever_it_goes(visitor, guest):
    visitor.be(guest)
    sat = sitting(guest, 1)
    for path in ("/", "/you/", "/learn/twitter/sample-interview/"):
        visitor.page.goto(visitor.site + path)
        stops = tabbed_through(visitor.page)
        assert len(stops) > 4
        assert [stop for stop in stops if not (stop["ring"] and stop["shown"])] == []
    visitor.enter(sat)
    stops = tabbed_through(visitor.page)
    assert [stop for stop in stops if not (stop["ring"] and stop["shown"])] == []
    order = [stop["id"] for stop in stops if stop["id"] in IN_ORDER]
    assert order == list(IN_ORDER)


def test_the_conversation_shows_its_newest_line(visitor, guest):
    visitor.be(guest)
    sat = sitting(guest, 1)
    for i in range(12):
        sat.say(f"{i}. I assume that most people read far more than they write.")
    visitor.enter(sat)
    expect(visitor.page.locator("#lines li").last).to_be_in_viewport()
    visitor.page.set_viewport_size({"width": 390, "height": 420})  # a phone, its keyboard open
    visitor.page.locator("#message").focus()
    expect(visitor.page.locator("#send")).to_be_in_viewport(ratio=1)
    expect(visitor.page.locator("#lines .words").last).to_be_in_viewport()


def test_a_pause_moves_the_focus_to_resume_and_back_into_the_room(visitor, guest):
    page = visitor.page
    visitor.be(guest)
    visitor.enter(sitting(guest, 1))
    menu(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#resume")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#conversation")).to_be_focused()


def test_a_dialog_gives_the_focus_back_to_the_menu(visitor, guest):
    page = visitor.page
    visitor.be(guest)
    visitor.enter(sitting(guest, 1))
    finish(page)
    expect(page.get_by_role("dialog", name="Finish the interview?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#room-menu summary")).to_be_focused()


def test_a_switch_stays_on_when_the_page_is_updated(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    menu(page)
    page.locator("#sound").click()
    room.look_at_the_clock()
    page.wait_for_timeout(200)
    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "true")
