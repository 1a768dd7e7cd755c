"""The web process dies (-9) in the middle of saves; `up` starts another. What was acknowledged is
there, once, and what was not is sent again by itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Room
from tests.ops.site import Site
from tests.runtime.processes import command_of, eventually, kill, mentioning

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "data")
    try:
        yield site
    finally:
        if site.process.poll() is None:
            site.stop()


def web_processes(site: Site) -> list[int]:
    ours = mentioning(str(site.data))
    return [pid for pid in ours if "trainer.ops.web" in command_of(pid)]


def kill_web(site: Site) -> None:
    """Kills it, however soon after the last time: `up` may still be waiting to start it again."""
    eventually(lambda: web_processes(site), 30, "the web process runs")
    kill(min(web_processes(site)))


def test_no_answer_is_lost_or_doubled_when_the_server_is_killed(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    room = Room(page, f"http://localhost:{site.port}").enter()
    answers = [f"Answer number {number}." for number in range(9)]
    for number, answer in enumerate(answers):
        page.locator("#message").fill(answer)
        page.keyboard.press("Control+Enter")
        room.outline("\n".join(f"Box {i} -> Box {i + 1}" for i in range(number + 1)))
        if number % 3 == 1:
            kill_web(site)
    expect(page.locator("#pending li")).to_have_count(0, timeout=45_000)
    expect(page.locator("[data-state-of=outline]")).to_have_text("Saved", timeout=45_000)

    stored = json.loads(page.request.get(page.url, headers={"Accept": "application/json"}).text())
    for answer in answers:
        assert stored["html"]["lines"].count(f">{answer}<") == 1
    assert stored["fields"]["outline"]["text"].count("->") == len(answers)
    page.reload()
    expect(page.locator("#lines")).to_contain_text(answers[-1])
