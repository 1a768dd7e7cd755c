"""A room in a real browser, and the server's clock, which tests move by hand."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import Page, expect

from tests.runtime.processes import eventually
from trainer.interviews.models import Interview
from trainer.interviews.selectors import state_of
from trainer.interviews.state import State
from trainer.lib import clock

REST_S = 10.0


class Room:
    """What a candidate does in the room, in their words."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def enter(self) -> "Room":
        self.page.goto(self.site)
        self.page.get_by_role("button", name="Enter the room").click()
        self.loaded()
        return self

    def loaded(self) -> None:
        expect(self.page.locator("html.scripted")).to_be_attached()

    def say(self, text: str) -> None:
        """Sends, and waits until the server has it."""
        self.page.locator("#message").fill(text)
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator("#pending li")).to_have_count(0)

    def outline(self, text: str) -> None:
        self.page.locator("#outline-text").fill(text)

    def hears(self, text: str) -> None:
        expect(self.page.locator("#lines .interviewer").filter(has_text=text)).not_to_have_count(0)

    def look_at_the_clock(self) -> None:
        """As when one comes back to the page: it asks the server at once."""
        with self.page.expect_response("**/pulse/"):
            self.page.evaluate("window.dispatchEvent(new Event('online'))")

    @property
    def clock_s(self) -> int:
        """Seconds left in the phase, as shown."""
        minutes, seconds = self.page.locator("[data-clock=phase]").inner_text().split(":")
        sign = -1 if minutes.startswith("-") else 1
        return sign * (abs(int(minutes)) * 60 + int(seconds))

    def drift_s(self) -> float:
        """How far the clock shown is from the server's. Measured when the shown second changes:
        between two changes the display alone is up to a second behind."""
        place = self.page.locator("[data-clock=phase]")
        expect(place).not_to_have_text("")
        shown = place.inner_text()
        self.page.wait_for_function(
            "shown => document.querySelector('[data-clock=phase]').textContent !== shown",
            arg=shown,
        )
        server_s = self.state.clock(clock.now()).phase_left_s
        left_s = self.clock_s  # cut towards zero: 4:05 has just begun to mean "under 4:06"
        return (left_s + 1 if left_s >= 0 else left_s) - server_s

    @property
    def interview(self) -> Interview:
        return Interview.objects.get(pk=self.page.url.split("/interviews/")[1].split("/")[0])

    @property
    def state(self) -> State:
        return state_of(self.interview)


class ServerClock:
    """The server's clock. It ticks, and can be put forward."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.traveller = traveller

    def forward(self, **duration: float) -> None:
        self.traveller.shift(timedelta(**duration))


@pytest.fixture
def server_clock() -> Iterator[ServerClock]:
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        yield ServerClock(traveller)


@pytest.fixture
def room(live_server, page: Page) -> Iterator[Room]:
    page.set_viewport_size({"width": 1440, "height": 900})
    yield Room(page, live_server.url)
    for each in page.context.pages:
        each.close()
    for _ in range(2):  # twice: one that had just come in may have asked nothing yet
        time.sleep(0.05)
        eventually(at_rest, REST_S, "the site's last requests are answered")


def at_rest() -> bool:
    """Whether nobody else is using the database: a request under way would deadlock with the
    emptying of tables after the test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND state <> 'idle')"
        )
        (found,) = cursor.fetchone()
    return bool(found)
