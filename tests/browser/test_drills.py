"""The drills in a real browser: each by keyboard, with axe; one of them without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import problems
from trainer.catalog.packs import get_pack
from trainer.drills.kinds.spot import PAIRS, bad_side, open_item, picks
from trainer.drills.models import Round
from trainer.drills.selectors import log_of
from trainer.grading.models import Grading
from trainer.grading.running import work

pytestmark = pytest.mark.browser
NOTES = """most users: push, fine. the odd account w/ 150M followers breaks that
celebs >100k followers: pull at read, the rest push
cost: readers of celebs wait 50-100 ms more for the merge"""


def flawed(id_):
    return next(each.sentences for each in get_pack("twitter").flawed if each.id == id_)


class Drill:
    """A drill as a visitor does it, with the keyboard."""

    def __init__(self, page: Page, site: str, slug: str, item: str = "") -> None:
        self.page = page
        self.found: list[str] = []
        page.goto(f"{site}/drills/twitter/{slug}/?item={item}")
        self.press("Start")

    def look(self, name: str) -> None:
        self.found += problems(self.page, name)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, text: str) -> None:
        """Into the box; Ctrl and Enter send."""
        self.box.focus()
        self.page.keyboard.insert_text(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")

    @property
    def box(self):
        return self.page.locator("textarea")

    @property
    def main(self):
        return self.page.locator("main")

    @property
    def round(self) -> Round:
        return Round.objects.get(pk=self.page.url.split("/rounds/")[1].split("/")[0])

    def grade(self, n: int) -> None:
        """What a worker does."""
        assert work(Grading.objects.get(subject=f"drill:{self.round.id}:{n}").id)


def test_clarifying_questions(room):
    page = room.page
    drill = Drill(page, room.site, "clarify")
    expect(page.locator("[data-clock]")).to_contain_text("4:5")
    drill.type("How many daily users are there?")
    expect(drill.main).to_contain_text("250M")
    expect(drill.box).to_be_focused()
    drill.press("I meant another")
    expect(drill.main).to_contain_text("Noted: you meant another")
    drill.type("Which database should I take? Is it read-heavy?")
    drill.look("clarify: asking")
    drill.box.focus()
    with page.expect_response("**/keep/"):
        page.keyboard.insert_text("half a quest")
    page.reload()
    expect(drill.box).to_have_value("half a quest")
    drill.press("I have asked enough")
    expect(drill.main).to_contain_text("You asked 1 of 7 essential questions")
    page.locator(".meant summary").first.focus()
    page.keyboard.press("Enter")
    page.locator(".meant select").first.select_option("q2")
    drill.press("Count it so")
    expect(drill.main).to_contain_text("You asked 2 of 7 essential questions")
    drill.look("clarify: over")
    assert drill.found == []


def test_a_trap_question_from_answer_to_proof(room):
    page = room.page
    drill = Drill(page, room.site, "traps", item="t1")
    drill.look("traps: answer")
    drill.type(NOTES)
    expect(drill.main).to_contain_text("waits to be graded")
    drill.grade(1)
    expect(drill.main).to_contain_text("of 9 points found in your words.")
    drill.press("Hear the follow-up")
    expect(page.locator("[data-clock]")).to_contain_text("1:5")
    drill.type("150M followers x 10 tweets is 1.5B writes a day from one person")
    drill.press("Show the answer")
    drill.grade(2)
    expect(page.locator(".drill-points .quote").first).to_be_visible()
    drill.look("traps: reveal")
    drill.press("I did say this")
    expect(drill.main).to_contain_text("You say: covered.")
    drill.press("Done")
    expect(drill.main).to_contain_text("This question comes back in")
    expect(page.locator("ul.links a").first).to_be_visible()
    assert drill.found == []


def test_a_draft_that_the_server_did_not_take_stays_in_the_browser(room):
    page = room.page
    drill = Drill(page, room.site, "traps", item="t1")
    page.context.clear_cookies(name="sessionid")  # as when the session has ended meanwhile
    drill.box.focus()
    with page.expect_response("**/keep/"):  # which leads to the sign-in: nobody follows
        page.keyboard.insert_text(NOTES)
    page.wait_for_timeout(200)  # in which it would be dropped
    assert NOTES in page.evaluate("Object.values(sessionStorage)")


def test_spotting_bad_answers(room):
    page = room.page
    drill = Drill(page, room.site, "spot")
    drill.look("spot: choice")
    for n in range(PAIRS):
        item = open_item(log_of(drill.round))
        bad = bad_side(drill.round.seed, item)
        page.locator(f"input[value={bad}]").focus()
        page.keyboard.press("Space")
        drill.type("It counts the same thing twice.")
        expect(drill.main).to_contain_text("That is the bad one.")
        if n == 0:
            drill.look("spot: reason")
        drill.press("Yes, it did")
    expect(drill.main).to_contain_text("5 of 5 spotted, 5 with the reason")
    assert len(picks(log_of(drill.round))) == PAIRS
    page.goto(f"{room.site}/drills/")
    drill.look("drills")
    assert drill.found == []


def test_a_trap_question_by_forms_alone(live_server, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/drills/twitter/traps/?item=t1")
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-clock]")).to_have_text("2:59")
    page.get_by_label("Your answer").fill("y" * 20_001)
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("[role=alert]")).to_contain_text("the limit is 20,000")
    assert page.get_by_label("Your answer").input_value() == "y" * 20_001
    page.get_by_label("Your answer").fill(NOTES)
    page.get_by_role("button", name="Send the answer").click()
    row = Grading.objects.get()
    assert work(row.id)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("main")).to_contain_text("of 9 points found")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Done").click()
    expect(page.locator("main")).to_contain_text("This question comes back in")
    context.close()


def test_marking_mistakes_in_a_design(room):
    page = room.page
    drill = Drill(page, room.site, "mistakes", item="push-for-all")
    for n, sentence in enumerate(flawed("push-for-all")):
        if sentence.mistake:
            page.locator(f"input[value='{n}']").focus()
            page.keyboard.press("Space")
    drill.look("mistakes: marking")
    drill.press("Name the mistakes")
    for n, sentence in enumerate(flawed("push-for-all")):
        if sentence.mistake:
            page.locator(f"#name-{n}").focus()
            page.locator(f"#name-{n}").select_option(sentence.mistake)
    drill.press("Show what is wrong")
    expect(drill.main).to_contain_text("3 of 3 mistakes found")
    drill.look("mistakes: over")
    assert drill.found == []


def test_arguing_a_trade_off(room):
    page = room.page
    drill = Drill(page, room.site, "trade-offs", item="fan-out")
    steps = page.locator("textarea")
    expect(steps).to_have_count(5)
    steps.nth(1).focus()
    with page.expect_response("**/keep/"):
        page.keyboard.insert_text("Push on write, or pull on read.")
    page.reload()
    expect(steps.nth(1)).to_have_value("Push on write, or pull on read.")
    steps.nth(4).focus()
    page.keyboard.insert_text("Readers of celebrities wait 100 ms longer.")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    drill.grade(1)
    drill.press("Show what was found")
    expect(page.locator("#point-st\\.2 q")).to_have_text("Push on write, or pull on read.")
    expect(page.locator("#point-st\\.1")).to_contain_text("You left this step empty.")
    drill.look("trade-offs: reveal")
    drill.press("Done")
    expect(drill.main).to_contain_text("This decision comes back on")
    assert drill.found == []


def test_quick_fire_and_numbers_under_fire_then_the_progress(room):
    page = room.page
    drill = Drill(page, room.site, "quick-fire")
    page.locator("[name=option]").first.focus()
    page.keyboard.press("Space")
    drill.press("Choose")
    page.locator("[name=why]").first.focus()
    page.keyboard.press("Space")
    drill.press("That is why")
    expect(drill.main).to_contain_text("They chose:")
    drill.look("quick-fire: after the first")
    drill = Drill(page, room.site, "under-fire", item="latency")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.insert_text("soon")
    drill.press("Answer")
    expect(page.locator("[role=alert]")).to_contain_text("could not be read as one number")
    page.locator("#text").fill("1500 ms")
    drill.press("Answer")
    for _ in range(7):
        drill.press("Skip")
    expect(drill.main).to_contain_text("1 of 8 right and in time")
    drill.look("under-fire: over")
    page.goto(f"{room.site}/drills/progress/")
    drill.look("progress")
    expect(drill.main).to_contain_text("3%, 8 of 33 seen")
    assert drill.found == []
