"""The estimation drill in a real browser: by keyboard, with axe; and by forms alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import problems
from trainer.catalog.packs import get_pack
from trainer.drills import estimate_rules as rules
from trainer.drills.estimating.posed import by_id, posed
from trainer.drills.models import Round
from trainer.drills.selectors import log_of

pytestmark = pytest.mark.browser
WRONG = "a day's tweets = 5 GB\nthat / 86400 s"


def asked(page):
    """The task of the round that the page shows."""
    row = Round.objects.get(pk=page.url.split("/rounds/")[1].split("/")[0])
    return posed(by_id(get_pack(row.pack).estimation)[rules.now_at(log_of(row))], row.seed)


def test_two_estimates_by_keyboard(room):
    page, found, main = room.page, [], room.page.locator("main")

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.goto(f"{room.site}/drills/twitter/estimation/?item=fan-out-a-second")
    press("Start")
    box = page.locator("textarea")
    expect(box).to_be_focused()
    with page.expect_response("**/keep/"):
        page.keyboard.insert_text(WRONG)
    press("Hint")
    expect(box).to_have_value(WRONG)
    press("Check units")
    expect(main).to_contain_text("57.87 KB/s")
    found += problems(page, "estimation: asked")
    box.focus()
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("[role=alert]")).to_contain_text("Line 2: This comes to 57.87 KB/s")
    expect(box).to_have_value(WRONG)
    tweets, followers, pulled = asked(page).told
    steps = [f"pushed = {tweets.text} * (1 - {pulled.text})", f"writes = pushed * {followers.text}"]
    box.fill("\n".join([*steps, "writes / 86400 s", "that * 1000 = 1 writes/s"]))
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(main).to_contain_text("This is: Fan-out writes a second.")
    expect(main).to_contain_text("orders of magnitude")
    found += problems(page, "estimation: answered")
    press("Next task")
    press("Show the derivation")
    expect(main).to_contain_text("0 of 2 within a tenth")
    assert found == []
