"""Settings, plan and progress of the cards at the browser: the keyboard alone, the browser's own
offset, and what axe and the eye would complain of."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looking import problems
from tests.cards.answering import content_keys
from trainer.accounts.models import User
from trainer.cards.services import Answer, answer
from trainer.schedule.selectors import preferences

pytestmark = pytest.mark.browser


def test_settings_plan_progress_and_home(room, db):
    page, ann = room.page, User.objects.create_user("ann")
    be(page, room.site, ann)
    study(ann)

    page.goto(room.site)
    expect(page.get_by_role("heading", name="When is your interview?")).to_be_visible()
    found = problems(page, "home")
    page.goto(room.site + "/cards/settings/")
    found += problems(page, "settings")
    page.get_by_label("New cards a day").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("from 0 to 200")
    found += problems(page, "settings refused")
    page.get_by_label("New cards a day").fill("12")
    page.get_by_label("Interview date").fill(f"{timezone.now() + timedelta(days=25):%Y-%m-%d}")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Your settings are kept.")
    offset = page.evaluate("-new Date().getTimezoneOffset()")
    assert (preferences(ann).new_a_day, preferences(ann).utc_offset_min) == (12, offset)

    for path in ("/cards/plan/", "/cards/progress/", "/"):
        page.goto(room.site + path)
        for summary in page.locator("main summary").all():
            summary.click()
        found += problems(page, path)
    assert found == []


def be(page: Page, site: str, user: User) -> None:
    """The browser belongs to `user`."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


def study(owner: User) -> None:
    """Thirty cards in three weeks, some of them forgotten."""
    for n, key in enumerate(content_keys(30)):
        first = timezone.now() - timedelta(days=20 - n % 12, minutes=n)
        for times, after in enumerate((timedelta(), timedelta(minutes=10), timedelta(days=3))):
            at = first + after
            rating = 1 if times == 2 and n % 7 == 0 else 3
            answer(owner, Answer(f"answer-{n}-{times}", key, rating, at), at)
