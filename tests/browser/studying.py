"""What a person does at the cards, in a real browser."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.runtime.processes import eventually
from trainer.accounts.models import User
from trainer.schedule.models import Review

COUNTED_S = 15.0


class Study:
    """What a person does at the cards."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def open(self, query: str = "") -> "Study":
        self.page.goto(f"{self.site}/cards/{query}")
        expect(self.page.locator("html.scripted")).to_be_attached()
        return self

    @property
    def key(self) -> str:
        return self.page.locator(".card-frame").get_attribute("data-key") or ""

    @property
    def told(self):
        return self.page.locator("#told")

    @property
    def waits(self):
        return self.page.locator("#waits")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def answer(self, rating: int = 3) -> str:
        """Turns the card and answers; the key of the card."""
        key = self.key
        self.press("Space")
        expect(self.page.locator(".card-back")).to_be_visible()
        self.press(str(rating))
        expect(self.page.locator(f".card-frame[data-key='{key}']")).to_have_count(0)
        return key

    def counted(self, answers: int) -> None:
        """Waits until the server has them all."""
        eventually(lambda: Review.objects.count() == answers, COUNTED_S, f"{answers} are counted")


def sign_in(context: BrowserContext, site: str, client, name: str) -> None:
    user, _ = User.objects.get_or_create(username=name)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": site}])
