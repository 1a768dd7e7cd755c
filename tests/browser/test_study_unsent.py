"""Answers and notes that could not be sent: kept, each for its own person, and counted once."""

import json
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.looking import problems
from tests.browser.studying import Study, sign_in
from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.models import Remark
from trainer.schedule.models import Preferences, Review

pytestmark = pytest.mark.browser
REFUSALS = {
    503: "until the server answers again",
    429: "a moment, as too much was sent at once",
    401: "until you sign in again",
    403: "until this page is loaded again",
    413: "and cannot be sent: the server finds it too long",
    422: "and cannot be sent: the server did not understand it",
}


@pytest.fixture
def study(room) -> Study:
    return Study(room.page, room.site)


def test_without_a_connection_nothing_is_lost_and_each_counts_once(study: Study) -> None:
    page, context = study.page, study.page.context
    study.open()
    study.answer()
    study.counted(1)
    context.set_offline(True)
    taken_back = study.answer(1)
    expect(study.waits).to_contain_text("1 answer waits for a connection.")
    study.press("u")
    assert study.key == taken_back
    expect(study.waits).to_contain_text("An undo waits for a connection.")
    for _ in range(3):
        study.answer()
    expect(study.waits).to_contain_text("3 answers wait for a connection.")
    assert Review.objects.count() == 1
    kept = page.evaluate("JSON.stringify({...localStorage})")
    page.close()  # and the page is gone
    again = Study(context.new_page(), study.site)
    context.set_offline(False)
    again.open()
    expect(again.waits).to_be_empty()
    again.counted(4)
    again.page.evaluate("kept => Object.assign(localStorage, JSON.parse(kept))", kept)
    again.open()  # as after an answer that was lost on its way
    again.page.wait_for_function("() => !Object.keys(localStorage).join().includes('cards:out')")
    again.counted(4)


def test_answers_wait_for_their_own_person(study: Study, client) -> None:
    page, context = study.page, study.page.context
    sign_in(context, study.site, client, "ann")
    study.open()
    refusal = {"status": 500}
    page.route("**/cards/answers/", lambda route: route.fulfill(**refusal))
    study.answer()
    for refusal["status"], sentence in REFUSALS.items():
        page.evaluate("window.dispatchEvent(new Event('online'))")
        expect(study.waits).to_contain_text(f"1 answer waits {sentence}")
    page.unroute("**/cards/answers/")
    sign_in(context, study.site, client, "bob")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(study.waits).to_contain_text("somebody else is signed in now")
    study.open()  # the page of Bob: what is Ann's is not sent
    study.counted(0)
    context.clear_cookies()
    sign_in(context, study.site, client, "ann")
    study.open()
    study.counted(1)
    assert Review.objects.get().owner.username == "ann"
    other = page.locator("template[data-ahead]").last.get_attribute("data-ahead")
    left = {"kind": "answer", "once": "left-behind", "key": other, "rating": 3, "seen": 0}
    left["at"] = datetime.now(UTC).isoformat()
    name = "cards:out:guest-before:answer:left-behind"
    page.evaluate("([name, left]) => localStorage.setItem(name, left)", [name, json.dumps(left)])
    study.open()
    expect(study.told).to_contain_text("1 answer was given on this device before you signed in")
    study.answer()  # the question waits for its answer
    page.get_by_role("button", name="They are mine").click()
    expect(study.told).to_be_empty()
    study.counted(3)


def test_a_guest_who_is_another_one_now_is_asked_for_what_was_not_sent(study: Study) -> None:
    page, context = study.page, study.page.context
    study.open()
    study.answer()
    study.counted(1)
    context.set_offline(True)
    study.answer()
    study.answer()
    context.clear_cookies()  # as by the code of another device
    context.set_offline(False)
    page.close()
    page = context.new_page()
    again = Study(page, study.site).open()
    expect(again.told).to_contain_text("2 answers were given on this device by another guest")
    assert problems(page, "the question") == []
    again.answer()
    again.counted(2)
    page.get_by_role("button", name="They are mine").click()
    again.counted(4)
    owners = Review.objects.order_by("owner").values_list("owner", flat=True)
    assert len(set(owners[1:])) == 1 != len(set(owners))


def test_a_server_on_this_machine_needs_no_connection(study: Study) -> None:
    study.page.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => false})")
    study.open()
    study.answer()
    study.counted(1)
    expect(study.waits).to_be_empty()


def test_a_retry_without_a_connection_leaves_the_focus_in_a_menu(study: Study, client) -> None:
    page = study.page
    Preferences.objects.create(owner=User.objects.create(username="ann"), new_a_day=1)
    sign_in(page.context, study.site, client, "ann")
    study.open()
    page.context.set_offline(True)
    study.answer()
    waits = page.locator(".study-wait")
    expect(waits).to_contain_text("No more cards are on this device")
    waits.evaluate("box => { box.dataset.old = ''; }")
    page.locator("#study-menu summary").click()
    page.get_by_role("button", name="Single keys off").focus()
    with page.expect_event("requestfailed"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".study-wait[data-old]")).to_be_visible()
    expect(page.get_by_role("button", name="Single keys off")).to_be_focused()


def test_what_was_typed_over_an_older_note_is_compared_when_it_is_saved(
    study: Study, client
) -> None:
    page = study.page
    sign_in(page.context, study.site, client, "ann")
    key = study.open().key
    study.press("Space")
    study.press("e")
    page.keyboard.type("typed here")
    tags = [*content_cards("twitter")[key].tags, "far"]
    owner, at = User.objects.get(), datetime.now(UTC)
    Remark.objects.create(owner=owner, key=key, note="from afar", tags=tags, changed_at=at)
    study.open(f"?card={key}&turned=1")
    study.press("e")
    expect(page.locator("#note")).to_have_value("typed here")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".card-note-form")).to_contain_text("changed elsewhere")
    expect(page.locator(".card-note-form .quote")).to_have_text("from afar")
    expect(page.locator("#note")).to_have_value("typed here")
    assert Remark.objects.get().note == "from afar"
    assert problems(page, "both notes") == []
    page.locator("#note").fill("from afar, typed here")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator(".card-notes .typed")).to_have_text("from afar, typed here")
    assert Remark.objects.get().note == "from afar, typed here"
