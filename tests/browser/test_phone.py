"""The room on a phone: what a finger does."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Room

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("height", [844, 600, 480])
def test_the_first_tap_on_send_sends(live_server, room, height):
    room.page.set_viewport_size({"width": 390, "height": height})
    page = room.enter().page
    for number in range(3):
        page.locator("#message").click()
        page.keyboard.type(f"Answer number {number}.")
        send = page.locator("#send").bounding_box()
        # A press and a release at one place, as by a finger: whatever moves in between is missed.
        page.mouse.move(send["x"] + send["width"] / 2, send["y"] + send["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(80)
        page.mouse.up()
        expect(page.locator("#lines")).to_contain_text(f"Answer number {number}.")
    assert len(room.state.said()) == 3


def test_the_tabs_come_back_when_the_box_is_left(live_server, room: Room):
    room.page.set_viewport_size({"width": 390, "height": 844})
    page = room.enter().page
    page.locator("#message").focus()
    expect(page.locator(".room-tabs")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".room-tabs")).to_be_visible()


def test_in_the_last_phase_finishing_stands_where_the_next_phase_stood(live_server, room: Room):
    page = room.enter().page
    page.get_by_label("8 minutes").click()
    expect(page.locator("[data-clock=total]")).to_have_text("8:00")
    room.say("Hello, let me begin with the scale.")
    page.locator("#next").click()
    page.locator("#finish-here").click()
    expect(page.locator("#finish-dialog")).to_be_visible()
