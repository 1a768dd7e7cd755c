"""Every lab on a real site: its web process, workers and sandbox, and a small world of its own.

By keyboard: predict, run, compare, reset; then what two visitors, a restart and bad input do.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import problems
from tests.ops.site import Site
from tests.runtime.processes import command_of, eventually, kill, mentioning
from trainer.catalog.lab_schema import Lab
from trainer.catalog.loader import load_pack

pytestmark = [
    pytest.mark.browser,
    pytest.mark.processes,
    pytest.mark.xdist_group("labs"),  # the site and its world are made once
]
PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")
ACCOUNTS = 2_000
BUILT_S = 150
DONE_MS = 90_000
TAKEN_UP_MS = 30_000  # a lease has to end, and a sweep to find it


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """With a world, its rankers and a sandbox."""
    data = tmp_path_factory.mktemp("labs") / "data"
    site = Site(data, WORLD_ACCOUNTS=str(ACCOUNTS), SANDBOXES="1")
    try:
        eventually(lambda: is_built(site), BUILT_S, f"the world is built, not {site.world()}")
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()


def is_built(site: Site) -> bool:
    told = site.world()
    return all(each["state"] == "ready" for each in (told, told["embeddings"], told["rankers"]))


class Desk:
    """A lab as a visitor uses it, with the keyboard."""

    def __init__(self, page: Page, site: Site, lab: Lab) -> None:
        self.page, self.lab = page, lab
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"http://localhost:{site.port}/lab/twitter/{lab.slug}/")

    @property
    def live(self):
        return self.page.locator("#live")

    def predict(self, value: str = "1,000") -> "Desk":
        self.page.locator("input[name=value]").focus()
        self.page.keyboard.type(value)
        self.page.keyboard.press("Enter")
        return self

    def run(self) -> "Desk":
        """Starts it, by the one button that there is before the first run."""
        self.page.locator("#run button, #controls button").first.focus()
        self.page.keyboard.press("Enter")
        return self

    def ended(self, state: str = "done") -> "Desk":
        expect(self.live).to_have_attribute(
            "data-state", re.compile("done|failed|stopped"), timeout=DONE_MS
        )
        assert self.live.get_attribute("data-state") == state, self.live.inner_text()[:400]
        return self

    def figure(self, id: str):
        return self.page.locator(f"#figure-{id}")


@pytest.mark.parametrize("lab", PACK.labs, ids=[lab.slug for lab in PACK.labs])
def test_predict_run_compare_and_reset(site: Site, page: Page, lab: Lab) -> None:
    desk = Desk(page, site, lab)
    expect(page.locator("#figures")).to_have_count(0)
    desk.predict()
    desk.run().ended()
    for figure in lab.figures:
        expect(desk.figure(figure.id)).to_contain_text(figure.label)
        expect(desk.figure(figure.id)).to_contain_text(figure.origin)
    expect(page.locator("#compare")).to_contain_text("You said 1,000")
    expect(page.locator("#say")).to_be_visible()
    assert problems(page, lab.slug) == []
    page.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=value]")).to_be_visible()
    expect(page.locator("#figures")).to_have_count(0)


def lab_named(slug: str) -> Lab:
    found = PACK.lab(slug)
    assert found is not None
    return found


@pytest.fixture
def second_page(browser: Browser) -> Iterator[Page]:
    """Of somebody else, in a browser of their own."""
    context = browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


def choose(page: Page, control: str, option: str) -> None:
    page.locator(f"input[name={control}][value={option}]").check()


def test_two_visitors_with_different_faults_do_not_meet(
    site: Site, page: Page, second_page: Page
) -> None:
    lab = lab_named("ranker-down")
    first, second = Desk(page, site, lab), Desk(second_page, site, lab)
    first.predict("3").run().ended()
    choose(page, "part", "graph")
    first.run()
    second.predict("3").run()  # whose heavy ranker hangs
    expect(second_page.locator("#said")).to_contain_text("Next in the queue")
    for desk, failing in ((first, "graph"), (second, "heavy")):
        desk.ended()
        assert failing in desk.live.inner_text()
        expect(desk.figure("disturbed")).to_contain_text("0 requests")


def test_a_lost_connection_and_a_restart_are_told_and_the_run_goes_on(
    site: Site, page: Page
) -> None:
    desk = Desk(page, site, lab_named("ranker-down")).predict("3").run()
    expect(desk.live).to_have_attribute("data-state", "running")
    page.context.set_offline(True)
    expect(page.locator("#lost")).to_have_text("The server does not answer. Trying again.")
    page.context.set_offline(False)
    expect(page.locator("#lost")).to_be_hidden()
    expect(page.locator("progress")).to_have_attribute("value", re.compile(r"0\.[1-9]"))
    for part in ("trainer.ops.web", "--queues lab "):
        for pid in processes(site, part):
            kill(pid)
    told = re.compile("The worker is gone|A restart cut")
    expect(page.locator("#live .progress")).to_contain_text(told, timeout=TAKEN_UP_MS)
    desk.ended()
    expect(page.locator("#live .progress")).to_contain_text("A restart cut the run off once")
    assert page.evaluate("document.getElementById('lost').hidden")


def processes(site: Site, part: str) -> list[int]:
    return [pid for pid in mentioning(str(site.data)) if part in command_of(pid)]


def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(
    site: Site, page: Page
) -> None:
    desk = Desk(page, site, lab_named("celebrity")).predict("a great many")
    expect(page.locator("#predict [role=alert]")).to_contain_text("is not a number")
    expect(page.locator("input[name=value]")).to_have_value("a great many")
    page.locator("input[name=value]").fill("")
    desk.predict().run().ended()
    page.locator("input[name=threshold]:not([type=range])").fill("-5")
    desk.run()
    expect(page.locator("#controls [role=alert]")).to_contain_text("give a whole number from 0")
    desk = Desk(page, site, lab_named("pipeline")).predict().run().ended()
    page.locator("input[name=account]").fill("nobody-at-all")
    desk.run()
    expect(page.locator("#controls [role=alert]")).to_contain_text("There is no account")
    expect(page.locator("input[name=account]")).to_have_value("nobody-at-all")


def test_without_a_script_the_page_asks_again_by_itself(site: Site, browser: Browser) -> None:
    context = browser.new_context(locale="en-US", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://localhost:{site.port}/lab/twitter/rate-limiter/")
    page.locator("input[name=value]").fill("1,000")
    page.get_by_role("button", name="Commit").click()
    page.get_by_role("button", name="Run it").click()
    expect(page.locator("#live")).to_have_attribute("data-state", "done", timeout=DONE_MS)
    expect(page.locator("#compare")).to_contain_text("You said 1,000")
    assert page.locator("#live table").count()
    context.close()


def test_the_pages_about_all_labs(site: Site, page: Page) -> None:
    found = []
    for path in ("twitter/", "intuition/", "twitter/what-stands-for-what/"):
        page.goto(f"http://localhost:{site.port}/lab/{path}")
        found += problems(page, path)
    assert found == []
