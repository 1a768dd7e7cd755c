"""Studying cards in a real browser: by keyboard, by touch, by forms, on two devices."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PHONE, problems
from tests.browser.studying import Study, sign_in
from trainer.accounts.models import User
from trainer.cards.chosen import content_cards
from trainer.cards.models import Remark
from trainer.schedule.models import Item, Preferences, Review

pytestmark = pytest.mark.browser
APART_MS = 450  # presses that are closer are one double press


def a_card(kind: str) -> str:
    return next(key for key, card in content_cards("twitter").items() if card.kind == kind)


@pytest.fixture
def study(room) -> Study:
    return Study(room.page, room.site)


def test_by_keyboard_alone(study: Study) -> None:
    page, found = study.page, []
    study.open()
    assert not User.objects.exists()
    found += problems(page, "a card")
    first = study.answer(1)
    study.counted(1)
    study.press("u")
    assert study.key == first
    expect(page.locator(".card-answers")).to_be_visible()
    study.counted(0)
    study.press("e")
    expect(page.locator("#note")).to_be_focused()
    page.keyboard.type("us1 4?")  # in a field they are only letters
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card-notes .typed")).to_have_text("us1 4?")
    assert Remark.objects.get().note == "us1 4?"
    found += problems(page, "turned, with a note")
    study.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    study.press("2")
    study.counted(1)
    study.open()  # an undo works after a reload too
    study.press("u")
    expect(page.locator(".card-answers")).to_be_visible()
    assert study.key == first
    study.counted(0)
    page.locator("[name=rating][value='4']").dblclick()
    study.counted(1)
    expect(page.locator(".card-turn")).to_be_visible()  # the second press turned nothing
    assert Review.objects.get().rating == 4
    aside = study.key
    study.press("s")
    expect(study.told).to_contain_text("Set aside.")
    assert Item.objects.get(key=aside).suspended
    study.press("b")
    expect(study.told).to_contain_text("Put off till tomorrow.")
    page.wait_for_timeout(500)  # two presses at once count as one
    study.press("u")
    expect(study.told).to_contain_text("Brought back.")
    page.wait_for_timeout(500)
    study.press("u")
    expect(page.locator(f".card-frame[data-key='{aside}']")).to_be_visible()
    assert not Item.objects.filter(owner__isnull=False, suspended=True).exists()
    assert not Item.objects.filter(buried_until__isnull=False).exists()
    study.counted(1)
    assert found == []


def test_a_typed_number_and_an_order_are_checked(study: Study) -> None:
    page, found = study.page, []
    number = content_cards("twitter")[a_card("numeric")].numeric
    study.open(f"?card={a_card('numeric')}")
    page.keyboard.type(f"{number.value:.12g}")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_have_text("Right.")
    expect(page.locator("[name=rating][value='3']")).to_have_attribute("data-proposed", "")
    found += problems(page, "a typed number")
    study.open(f"?card={a_card('ordering')}")
    right = content_cards("twitter")[a_card("ordering")].order
    for place, part in enumerate(right):
        row = page.locator(".card-order li").filter(has_text=part)
        for _ in range(
            page.locator(".card-order li").all_inner_texts().index(row.inner_text()) - place
        ):
            row.locator("[data-move='-1']").focus()
            page.keyboard.press("Enter")
    found += problems(page, "an order")
    page.locator(".card").focus()
    study.press("Space")
    expect(page.locator(".verdict")).to_have_text("Right, every part is in its place.")
    page.context.set_offline(True)
    study.press("3")
    study.press("u")
    expect(page.locator(".verdict")).to_have_text("Right, every part is in its place.")
    page.context.set_offline(False)
    assert found == []


def test_on_a_phone_two_answers_at_the_thumb_and_four_on_request(
    live_server, browser, room
) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    study = Study(context.new_page(), room.site).open()
    page = study.page
    page.get_by_role("button", name="Show the answer").tap()
    shown = page.locator(".card-answers button:visible")
    expect(shown).to_have_count(2)
    for button, name in ((shown.nth(0), "Not yet"), (shown.nth(1), "Knew it")):
        expect(button).to_contain_text(name)
        box = button.bounding_box()
        assert (box["height"] >= 60, box["width"] >= 150) == (True, True)
        assert box["y"] > PHONE["height"] * 0.75
    page.wait_for_timeout(APART_MS)
    shown.nth(1).tap()
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    study.counted(1)
    page.locator("#study-menu summary").tap()
    page.get_by_role("button", name="Four answers").tap()
    page.wait_for_timeout(APART_MS)
    page.get_by_role("button", name="Show the answer").tap()
    expect(shown).to_have_count(4)
    study.open()
    page.get_by_role("button", name="Show the answer").tap()
    expect(shown).to_have_count(4)  # kept on this device
    context.close()


def test_a_tag_and_a_phone_are_ways_in_the_menus(study: Study) -> None:
    page = study.open().page
    page.locator(".study-topics > summary").click()
    page.get_by_text("By tag").click()
    assert problems(page, "the tags") == []
    page.get_by_role("link", name="contested", exact=True).click()
    page.wait_for_url("**/cards/?tag=contested")
    assert "contested" in content_cards("twitter")[study.key].tags
    page.locator("#study-menu summary").click()
    phone = page.get_by_role("link", name="On your phone")
    expect(phone).to_be_visible()
    page.set_viewport_size(PHONE)
    expect(phone).to_be_hidden()


def test_two_devices_and_an_undo_after_the_last_card(
    live_server, browser, study: Study, client
) -> None:
    Preferences.objects.create(owner=User.objects.create(username="ann"), new_a_day=1)
    sign_in(study.page.context, study.site, client, "ann")
    other = Study(browser.new_context().new_page(), study.site)
    sign_in(other.page.context, study.site, client, "ann")
    study.open()
    other.open()
    key = study.answer(4)
    expect(study.page.locator(".study-done")).to_contain_text("Done for today")
    assert problems(study.page, "the end") == []
    other.answer(4)
    expect(other.told).to_contain_text("also answered elsewhere")
    assert Review.objects.filter(key=key).count() == 2
    other.press("u")
    other.counted(1)
    study.page.locator("#undo").dblclick()
    expect(study.page.locator(".card-answers")).to_be_visible()
    assert study.key == key
    study.counted(0)
    assert not Item.objects.filter(reviews__gt=0).exists()
    other.page.context.close()


def test_by_forms_alone(live_server, browser, room) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{room.site}/cards/")
    first = page.locator(".card-frame").get_attribute("data-key")
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_role("button", name="Good").click()
    expect(page.locator(".card-frame")).not_to_have_attribute("data-key", first)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".card-frame")).to_have_attribute("data-key", first)
    expect(page.get_by_role("button", name="Again")).to_be_visible()
    page.goto(f"{room.site}/cards/?card={a_card('ordering')}")
    for n, place in enumerate(page.locator("[name=place]").all()):
        place.select_option(str(n + 1))
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".verdict")).to_contain_text("parts are in their place")
    assert json.loads(page.locator("#study").get_attribute("data-page"))["person"]["guest"]
    context.close()
