"""Reload, a second tab, no connection, a dying server: what was acknowledged is there, once."""

import pytest
from playwright.sync_api import expect

from trainer.interviews.commands import Finish
from trainer.interviews.events import Said, Saved
from trainer.interviews.selectors import log_of
from trainer.interviews.services import run
from trainer.lib import clock

pytestmark = pytest.mark.browser


def said(room) -> list[str]:
    return [event.body.text for event in log_of(room.interview) if isinstance(event.body, Said)]


def saved(room, field: str) -> list[str]:
    log = log_of(room.interview)
    return [e.body.text for e in log if isinstance(e.body, Saved) and e.body.field == field]


def first_with_conflict(*rooms):
    """The room that came second; waits up to ten seconds for it."""
    for _ in range(100):
        for room in rooms:
            if room.page.locator("#conflict").is_visible():
                return room
            room.page.wait_for_timeout(50)
    raise AssertionError("neither tab shows a conflict")


def is_saved(room, field: str) -> None:
    expect(room.page.locator(f"[data-state-of={field}]")).to_have_text("Saved")


def test_typing_is_saved_by_itself_and_there_after_a_reload(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    room.outline("Client -> API")
    is_saved(room, "outline")
    page.locator("#message").fill("a thought that was not sent")
    expect(page.locator("#save-state")).to_contain_text("Draft saved")
    page.reload()
    room.loaded()
    expect(page.locator("#outline-text")).to_have_value("Client -> API")
    expect(page.locator("#message")).to_have_value("a thought that was not sent")


def test_while_typing_goes_on_at_most_five_seconds_are_at_risk(room, context):
    page = room.enter().page
    box = page.locator("#outline-text")
    for _ in range(12):  # a key every half second: there is no pause in which to save
        box.press_sequentially("x")
        page.wait_for_timeout(500)
    context.set_offline(True)  # from here on the page can tell the server nothing
    page.close()
    assert len(room.state.text_of("outline").text) >= 2


def test_a_second_tab_shows_the_conflict_and_keeps_both_texts(room, context):
    room.enter()
    room.say("Hello, let me begin with the scale.")
    other = type(room)(context.new_page(), room.site)
    other.page.set_viewport_size({"width": 1440, "height": 900})
    other.page.goto(room.page.url)
    other.loaded()
    other.page.locator("#outline-text").fill("Mine -> Other tab")
    room.page.locator("#outline-text").fill("Yours -> First tab")
    torn = first_with_conflict(room, other)
    state = room.state
    kept = {text.text for text in state.kept} | {state.text_of("outline").text}
    assert kept == {"Mine -> Other tab", "Yours -> First tab"}
    torn.page.get_by_role("button", name="Use mine").click()
    expect(torn.page.locator("#conflict")).to_be_hidden()
    is_saved(torn, "outline")
    assert {"Mine -> Other tab", "Yours -> First tab"} <= {t.text for t in room.state.kept} | set(
        saved(room, "outline")
    )


def test_an_idle_tab_follows_what_another_one_saves(room, context):
    room.enter()
    room.say("Hello, let me begin with the scale.")
    other = type(room)(context.new_page(), room.site)
    other.page.goto(room.page.url)
    other.loaded()
    room.outline("Client -> API")
    is_saved(room, "outline")
    other.look_at_the_clock()
    expect(other.page.locator("#outline-text")).to_have_value("Client -> API")


def test_without_a_connection_it_says_so_and_sends_later_by_itself(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    context.set_offline(True)
    page.locator("#message").fill("said into the void")
    page.keyboard.press("Control+Enter")
    room.outline("Drawn -> Offline")
    expect(page.locator("#trouble")).to_contain_text("Not sent yet: no connection.")
    expect(page.locator("#pending")).to_contain_text("said into the void")
    context.set_offline(False)
    expect(page.locator("#pending li")).to_have_count(0, timeout=20_000)
    expect(page.locator("#trouble")).to_be_hidden(timeout=20_000)
    is_saved(room, "outline")
    assert said(room).count("said into the void") == 1
    assert saved(room, "outline") == ["Drawn -> Offline"]


def test_a_page_closed_without_a_connection_loses_nothing_on_return(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    address = page.url
    context.set_offline(True)
    page.locator("#message").fill("said into the void")
    page.keyboard.press("Control+Enter")
    room.outline("Drawn -> Offline")
    page.close()
    context.set_offline(False)
    room.page = context.new_page()
    room.page.set_viewport_size({"width": 1440, "height": 900})
    room.page.goto(address)
    room.hears("Design Twitter.")
    expect(room.page.locator("#lines")).to_contain_text("said into the void", timeout=15_000)
    expect(room.page.locator("#outline-text")).to_have_value("Drawn -> Offline")
    room.page.wait_for_timeout(1500)
    assert said(room).count("said into the void") == 1
    assert saved(room, "outline") == ["Drawn -> Offline"]


def test_the_deadline_passes_offline_and_the_late_text_is_kept_as_late(room, context, server_clock):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    room.outline("Saved -> In time")
    is_saved(room, "outline")
    context.set_offline(True)
    room.outline("Saved -> In time\nToo -> Late")
    server_clock.forward(minutes=50)
    context.set_offline(False)
    is_saved(room, "outline")
    outline = room.state.text_of("outline")
    assert (outline.on_time, outline.late) == ("Saved -> In time", True)
    assert outline.text == "Saved -> In time\nToo -> Late"
    page.locator("#room-menu summary").click()
    page.get_by_role("link", name="Finish the interview").click()
    page.get_by_role("button", name="Finish", exact=True).click()
    page.wait_for_url("**/report/")
    assert room.state.ended_s == 45 * 60


def test_what_was_finished_elsewhere_stays_closed_and_the_late_tab_loses_nothing(room, context):
    room.enter()
    room.say("Hello, let me begin with the scale.")
    other = type(room)(context.new_page(), room.site)
    other.page.goto(room.page.url)
    other.loaded()
    room.page.locator("#outline-text").fill("Typed -> At the last moment")
    other.page.request.post(
        f"{room.page.url}finish/",
        form={
            "csrfmiddlewaretoken": other.page.locator(
                "[name=csrfmiddlewaretoken]"
            ).first.input_value()
        },
        headers={"Referer": room.site},
    )
    room.page.wait_for_url("**/report/", timeout=15_000)
    state = room.state
    assert state.status == "finished"
    texts = {state.text_of("outline").text} | {kept.text for kept in state.kept}
    assert "Typed -> At the last moment" in texts


def test_a_message_over_the_limit_is_refused_with_a_sentence_and_stays_in_the_box(room):
    page = room.enter().page
    page.locator("#message").fill("x" * 20_001)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#trouble")).to_contain_text("over the limit of 20,000")
    assert len(page.locator("#message").input_value()) == 20_001
    assert said(room) == []


def test_text_left_in_a_closed_tab_reaches_an_interview_that_has_ended(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    address = page.url
    context.set_offline(True)
    room.outline("Typed -> Offline")
    run(address.rstrip("/").split("/")[-1], Finish(), now=clock.now())
    page.close()
    context.set_offline(False)
    room.page = context.new_page()
    room.page.goto(address)
    expect(room.page.locator("main")).to_contain_text("Typed -> Offline", timeout=15_000)
    assert [(kept.text, kept.why) for kept in room.state.kept] == [
        ("Typed -> Offline", "after the end")
    ]


def test_typing_on_after_a_message_is_no_conflict(room):
    """By hand: slowly enough that the draft is saved before it is sent."""
    page = room.enter().page
    for number in range(3):
        page.locator("#message").click()
        page.keyboard.type(f"Answer number {number}, typed by hand.")
        expect(page.locator("#save-state")).to_contain_text("Draft saved")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#pending li")).to_have_count(0)
    page.keyboard.type("and one more")
    expect(page.locator("#save-state")).to_contain_text("Draft saved")
    expect(page.locator("#conflict")).to_be_hidden()
    assert room.state.kept == ()
