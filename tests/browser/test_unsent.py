"""What is typed while something else is on its way, or left behind by tabs that died."""

import pytest
from playwright.sync_api import Page, Route, expect

from trainer.interviews import commands as cmd
from trainer.interviews.events import Said, Saved
from trainer.interviews.selectors import log_of
from trainer.interviews.services import run
from trainer.lib import clock

pytestmark = pytest.mark.browser


def hold(page: Page, address: str) -> list[Route]:
    """Requests to `address` wait in the list, until `let_go`."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    return held


def let_go(page: Page, address: str, held: list[Route]) -> None:
    for route in held:
        route.continue_()
    page.unroute(address)


def second_tab(room, context):
    other = type(room)(context.new_page(), room.site)
    other.page.set_viewport_size({"width": 1440, "height": 900})
    other.page.goto(room.page.url)
    other.loaded()
    return other


def finish(page: Page) -> None:
    page.locator("#room-menu summary").click()
    page.get_by_role("link", name="Finish the interview").click()
    page.get_by_role("button", name="Finish", exact=True).click()


def kept(room) -> list[tuple[str, str]]:
    return [(each.text, each.why) for each in room.state.kept]


def test_a_draft_begun_while_a_message_is_on_its_way_is_saved_without_a_conflict(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    held = hold(page, "**/say/")
    page.locator("#message").fill("What about the reads?")
    page.keyboard.press("Control+Enter")
    page.locator("#message").fill("And the writes?")
    page.wait_for_timeout(1500)  # its save is due
    let_go(page, "**/say/", held)
    expect(page.locator("#save-state")).to_contain_text("Draft saved")
    expect(page.locator("#conflict")).to_be_hidden()
    assert room.state.text_of("draft").text == "And the writes?"
    assert kept(room) == []


def test_a_message_whose_answer_was_lost_empties_the_draft_all_the_same(room):
    page = room.enter().page
    page.route("**/say/", lambda route: (route.fetch(), route.abort()), times=1)
    page.locator("#message").fill("How many users?")  # the first: it starts the clock
    page.keyboard.press("Control+Enter")
    page.locator("#message").fill("Next: how many")
    expect(page.locator("#pending li")).to_have_count(0)
    expect(page.locator("#save-state")).to_contain_text("Draft saved")
    expect(page.locator("#conflict")).to_be_hidden()
    assert room.state.text_of("draft").text == "Next: how many"


def test_the_last_words_before_a_finish_count(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    room.outline("Typed -> At the last moment")
    finish(page)
    page.wait_for_url("**/report/")
    assert room.state.text_of("outline").text == "Typed -> At the last moment"
    assert kept(room) == []


def test_a_finish_waits_for_a_message_on_its_way(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    held = hold(page, "**/say/")
    page.locator("#message").fill("My last answer.")
    page.keyboard.press("Control+Enter")
    finish(page)
    page.wait_for_timeout(500)
    assert room.state.status == "running"
    let_go(page, "**/say/", held)
    page.wait_for_url("**/report/")
    assert room.state.said()[-1].text == "My last answer."


def test_nothing_is_finished_while_something_cannot_be_sent(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    page.route("**/save/", lambda route: route.fulfill(status=503))
    room.outline("Not -> Sent")
    finish(page)
    expect(page.locator("#trouble")).to_contain_text("Not finished yet")
    assert room.state.status == "running"
    page.unroute("**/save/")


def test_a_message_lands_in_the_phase_in_which_it_was_sent(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    held = hold(page, "**/say/")
    page.locator("#message").fill("The last of my questions.")
    page.keyboard.press("Control+Enter")
    page.locator("#next").click()
    page.wait_for_timeout(300)
    let_go(page, "**/say/", held)
    expect(page.locator("#moved")).to_contain_text("Moved to")
    assert room.state.said()[-1].phase == 0


def test_two_tabs_that_died_leave_both_their_texts(room, context):
    room.enter()
    room.say("Hello, let me begin with the scale.")
    address = room.page.url
    other = second_tab(room, context)
    context.set_offline(True)
    room.outline("First -> Tab")
    other.outline("Second -> Tab")
    room.page.close()
    other.page.close()
    context.set_offline(False)
    room.page = context.new_page()
    room.page.goto(address)
    for _ in range(100):
        texts = {text for text, _ in kept(room)} | {room.state.text_of("outline").text}
        if texts == {"First -> Tab", "Second -> Tab"}:
            break
        room.page.wait_for_timeout(100)
    assert texts == {"First -> Tab", "Second -> Tab"}


def test_the_version_of_a_closed_tab_can_be_chosen(room, context):
    room.enter()
    room.say("Hello, let me begin with the scale.")
    address, id_ = room.page.url, room.interview.id
    context.set_offline(True)
    room.outline("Closed -> Tab")
    run(id_, cmd.Save("outline", "Another -> Device", 0), now=clock.now())
    room.page.close()
    context.set_offline(False)
    room.page = context.new_page()
    room.page.set_viewport_size({"width": 1440, "height": 900})
    room.page.goto(address)
    room.page.get_by_role("button", name="Use mine").click()
    expect(room.page.locator("[data-state-of=outline]")).to_have_text("Saved")
    assert room.state.text_of("outline").text == "Closed -> Tab"


def test_an_undecided_conflict_is_there_after_a_reload_and_stored_once(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    run(room.interview.id, cmd.Save("outline", "Another -> Device", 0), now=clock.now())
    room.outline("This -> Tab")
    expect(page.locator("#conflict")).to_be_visible()
    page.reload()
    expect(page.locator("#conflict")).to_be_visible()
    assert kept(room) == [("This -> Tab", "conflict")]
    page.get_by_role("button", name="Use mine").click()
    expect(page.locator("[data-state-of=outline]")).to_have_text("Saved")
    assert room.state.text_of("outline").text == "This -> Tab"


def test_two_conflicts_are_decided_one_after_the_other(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    for field in ("outline", "notes"):
        run(room.interview.id, cmd.Save(field, f"other {field}", 0), now=clock.now())
    room.outline("my outline")
    page.locator("#tab-notes").click()
    page.locator("#notes-text").fill("my notes")
    for field in ("outline", "notes"):
        expect(page.locator(f"[data-state-of={field}]")).to_contain_text("Two versions")
    for _ in range(2):
        page.get_by_role("button", name="Use mine").click()
    expect(page.locator("#conflict")).to_be_hidden()
    for field in ("outline", "notes"):
        expect(page.locator(f"[data-state-of={field}]")).to_have_text("Saved")
        assert room.state.text_of(field).text == f"my {field}"


def test_both_what_was_sent_and_what_was_typed_since_reach_an_ended_interview(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    address, id_ = page.url, room.interview.id
    page.route("**/save/", lambda route: route.abort())
    room.outline("Sent -> Unanswered")
    expect(page.locator("#trouble")).to_contain_text("Not sent yet")
    page.locator("#outline-text").press_sequentially("\nTyped -> Since")
    page.close()
    room.page = context.new_page()
    run(id_, cmd.Finish(), now=clock.now())
    room.page.goto(address)
    expect(room.page.locator("main")).to_contain_text("Typed -> Since", timeout=15_000)
    texts = [e.body.text for e in log_of(room.interview) if isinstance(e.body, Saved)]
    assert texts == ["Sent -> Unanswered", "Sent -> Unanswered\nTyped -> Since"]


def test_a_text_too_long_to_be_kept_is_shown_on_the_report_until_it_is_thrown_away(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    room.outline("x" * 20_001)
    expect(page.locator("[data-state-of=outline]")).to_contain_text("20,001 characters")
    finish(page)
    page.wait_for_url("**/report/")
    for _ in range(2):
        expect(page.locator("#leftovers")).to_contain_text("the limit is 20,000")
        assert page.locator("#leftovers pre").inner_text() == "x" * 20_001
        page.reload()
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_timeout(1000)
    expect(page.locator("#leftovers")).to_be_hidden()


def test_a_message_waits_while_somebody_else_is_signed_in(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    own = context.cookies()
    context.clear_cookies()
    other = type(room)(context.new_page(), room.site).enter()
    page.locator("#message").fill("Typed while a stranger was here.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#trouble")).to_contain_text("Not sent yet", timeout=10_000)
    expect(page.locator("#pending")).to_contain_text("Typed while a stranger was here.")
    other.page.close()
    context.clear_cookies()
    context.add_cookies(own)
    expect(page.locator("#pending li")).to_have_count(0, timeout=20_000)
    said = [e.body.text for e in log_of(room.interview) if isinstance(e.body, Said)]
    assert said.count("Typed while a stranger was here.") == 1


def test_a_refused_message_goes_back_before_what_was_typed_since(room):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    refusal = {"status": 409, "json": {"error": "Not now."}}
    held = hold(page, "**/say/")
    page.locator("#message").fill("Refused.")
    page.keyboard.press("Control+Enter")
    page.locator("#message").fill("Typed since.")
    held[0].fulfill(**refusal)
    page.unroute("**/say/")
    expect(page.locator("#message")).to_have_value("Refused.\n\nTyped since.")
    expect(page.locator("#save-state")).to_contain_text("Draft saved")
    page.reload()
    expect(page.locator("#message")).to_have_value("Refused.\n\nTyped since.")


def test_a_message_sent_as_the_page_closes_arrives(room, context):
    page = room.enter().page
    room.say("Hello, let me begin with the scale.")
    interview = room.interview
    page.route("**/say/", lambda _: None, times=1)  # the first try never arrives
    page.locator("#message").fill("Sent and gone.")
    page.keyboard.press("Control+Enter")
    page.goto("about:blank")
    for _ in range(50):
        texts = [e.body.text for e in log_of(interview) if isinstance(e.body, Said)]
        if "Sent and gone." in texts:
            break
        page.wait_for_timeout(100)
    assert texts.count("Sent and gone.") == 1
