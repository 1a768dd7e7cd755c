"""One's own cards, and files of cards out and in, in a real browser: by keyboard, with axe."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.looking import problems
from trainer.cards.models import OwnCard
from trainer.cards.services import suspend
from trainer.cards.site import site_cards
from trainer.lib import clock

pytestmark = pytest.mark.browser
FILE = "front,back,tags\nWhat is push?,Copies at writing.,fan-out\nonly one\nQ2,=1+1,\n"


def test_cards_are_written_brought_in_and_taken_out(room, tmp_path):
    page, found = room.page, []
    site_cards()  # what a site that has run for a while has read already

    def look(name: str) -> None:
        found.extend(problems(page, name))

    page.goto(f"{room.site}/cards/own/")
    expect(page.locator("main")).to_contain_text("No cards of your own yet")
    page.get_by_role("link", name="Write a card").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Front").focus()
    page.keyboard.insert_text("What is push?")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("- **Copies** of an id\n- one a follower")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("fan-out")
    look("a card that is written")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="What is push?")).to_be_visible()

    file = tmp_path / "cards.csv"
    file.write_text(FILE)
    page.get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Preview").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Back until now")
    expect(page.locator("main")).to_contain_text("Line 3: Expected 3 columns")
    look("what a file would do")
    assert OwnCard.objects.count() == 1
    page.get_by_role("button", name="Import the other rows").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_contain_text("1 new, 1 changed")

    owner = OwnCard.objects.first().owner
    suspend(owner, OwnCard.objects.get(front="Q2").key, clock.now())
    page.reload()
    look("one's own cards")
    page.get_by_role("button", name="Bring back: Q2").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Bring back: Q2")).to_have_count(0)

    page.goto(f"{room.site}/cards/export/")
    look("the export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download your cards").click()
    cards = json.loads(download.value.path().read_text())["cards"]
    assert [card["back"] for card in cards] == ["Copies at writing.", "=1+1"]
    assert found == []
