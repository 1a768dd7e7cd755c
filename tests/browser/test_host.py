"""An interviewer in a real browser: from the link to the report, with and without scripts."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.looking import PHONE, WIDE, problems, tabbed_through
from tests.interviews.sitting import Sitting
from tests.runtime.processes import eventually
from trainer.accounts.models import User
from trainer.grading.models import Grading
from trainer.grading.running import work
from trainer.host.card import from_json
from trainer.host.inviting import invite
from trainer.host.models import Draft, Scorecard
from trainer.interviews import commands as cmd
from trainer.resilience.redis_clients import rebuildable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SELECT = """([seq, from, to]) => {
  const text = document.querySelector(`[data-seq="${seq}"]`).firstChild;
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, to);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""
SAVED_S = 10.0
SIGNALS = ("requirements", "design", "depth", "trade-offs", "communication")


@pytest.fixture(autouse=True)
def _nothing_counted(servers: None) -> None:
    for key in rebuildable().scan_iter("*host:joins:*"):
        rebuildable().delete(key)


@pytest.fixture
def sat(live_server: object) -> Sitting:
    return Sitting(User.objects.create_user("candidate"), "45").sit()


def signed_in(page: Page, site: str, person: User) -> None:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])


def sent(text: str) -> Callable[[Response], bool]:
    """Whether an answer is to a save that held the text."""
    return lambda response: text in (response.request.post_data or "")


def left_saved() -> bool:
    return from_json(Draft.objects.get().content).verdict == "strong-no"


def test_an_interviewer_scores_and_the_candidate_reads_it(
    live_server, room, page: Page, browser: Browser, browser_context_args, sat: Sitting
) -> None:
    assert work(Grading.objects.get().id)
    found: list[str] = []
    site, base = live_server.url, f"/interviews/{sat.interview.id}/"
    signed_in(page, site, sat.user)
    page.goto(f"{site}{base}report/")
    page.get_by_role("link", name="Invite an interviewer").click()
    page.get_by_label("Whom you invite").fill("Ann")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    found += problems(page, "invitations")

    context = browser.new_context(**browser_context_args)
    guest = context.new_page()
    guest.goto(link)
    found += problems(guest, "join")
    guest.get_by_role("button", name="Accept").focus()
    guest.keyboard.press("Enter")
    expect(guest).to_have_url(f"{site}{base}scorecard/")
    guest.wait_for_load_state()  # the page's script hears of selections
    line = sat.state.said()[1]
    guest.set_viewport_size(WIDE)
    for signal in SIGNALS:
        guest.evaluate(SELECT, [line.seq, 2, 12])
        expect(guest.locator("[data-use]")).to_be_visible()  # it hears of a selection later
        guest.locator(f"[data-use-for={signal}]").focus()
        guest.keyboard.press("Enter")
        expect(guest.locator(f"[data-signal={signal}] [data-evidence] li")).to_have_count(1)
        guest.locator(f"[name=score-{signal}]").nth(2).focus()
        guest.keyboard.press("Space")
    expect(guest.locator("[data-use]")).to_be_hidden()
    with guest.expect_response(sent("again")) as saved:
        guest.get_by_label("Comment on the whole").fill("Come <b>again</b>.")
    assert saved.value.status == 200
    expect(guest.locator("[data-state]")).to_contain_text("Saved at")
    card = from_json(Draft.objects.get().content)
    assert {card.mark(signal).evidence[0].text for signal in SIGNALS} == {line.text[2:12]}
    guest.locator(".host-nav").get_by_role("link", name="Scorecard").focus()
    guest.keyboard.press("Enter")
    (first, *_) = tabbed_through(guest, most=1)
    assert "score-requirements" in first["name"]

    other = context.new_page()  # the same person in a second tab
    other.goto(f"{site}{base}scorecard/")
    other.get_by_label("No", exact=True).check()
    with other.expect_response(sent("other+tab")):
        other.get_by_label("Comment on the whole").fill("From the other tab.")
    with guest.expect_response(sent("this+tab")) as refused:
        guest.get_by_label("Comment on the whole").fill("From this tab.")
    assert refused.value.status == 409
    conflict = guest.locator("#conflict")
    expect(conflict).to_contain_text("From the other tab.")
    expect(guest.get_by_label("Comment on the whole")).to_have_value("From this tab.")
    found += problems(guest, "scorecard with a conflict")
    with guest.expect_response(sent("this+tab")):
        guest.get_by_role("button", name="Keep what is here").click()
    expect(guest.locator("[data-state]")).to_contain_text("Saved at")
    other.close()

    guest.get_by_label("Strong no", exact=True).check()
    guest.goto(f"{site}{base}scorecard/replay/?t=900")  # leaving the page saves what had not been
    eventually(left_saved, SAVED_S, "the last change is saved")
    expect(guest.locator("#moment")).to_contain_text("Candidate")
    guest.get_by_role("link", name="Back to the scorecard").click()
    expect(guest.get_by_label("Strong no", exact=True)).to_be_checked()
    guest.get_by_role("button", name="Save and review").click()
    found += problems(guest, "submit")
    guest.get_by_role("button", name="Submit", exact=True).click()
    expect(guest.locator("main")).to_contain_text("signals that both could score")
    found += problems(guest, "submitted")
    context.close()

    page.goto(f"{site}{base}report/#scorecards")
    expect(page.locator("#scorecards")).to_contain_text("From this tab.")
    page.locator("#scorecards .quote a").first.click()
    expect(page).to_have_url(f"{site}{base}report/#line-{line.seq}")
    assert found == []


def test_a_running_interview_is_followed_and_scored_by_forms_alone(
    live_server, room, page: Page, browser: Browser, browser_context_args
) -> None:
    running = Sitting(User.objects.create_user("candidate"), opened=datetime.now(UTC))
    running.say("How many users are there?")
    _, token = invite(running.interview, "Ann", 7, datetime.now(UTC))
    rater = User.objects.create_user("ann")
    signed_in(page, live_server.url, rater)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/join/{token}/")
    page.get_by_role("button", name="Accept").click()
    running.say("Is it read-heavy?")
    expect(page.locator("#transcript")).to_contain_text("Is it read-heavy?")  # by itself

    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    plain = context.new_page()
    signed_in(plain, live_server.url, rater)
    plain.goto(page.url)
    line = running.state.said()[0]
    for signal in SIGNALS:
        plain.locator(f"[name=score-{signal}]").first.check()
        plain.locator(f"#signal-{signal} summary").click()
        plain.locator(f"[name=line-{signal}]").fill(str(line.seq))
        plain.locator(f"[name=words-{signal}]").fill("How many users")
        plain.locator(f"#signal-{signal} [name=add]").click()
    plain.get_by_label("Strong no", exact=True).check()
    plain.get_by_role("button", name="Save and review").click()
    expect(plain.locator("main")).to_contain_text("The interview is not over.")
    running.at(600).do(cmd.Finish())
    plain.get_by_role("link", name="Back to the scorecard").click()
    plain.get_by_role("button", name="Save and review").click()
    plain.get_by_role("button", name="Submit", exact=True).click()
    assert Scorecard.objects.get().content["marks"][0]["evidence"][0]["text"] == "How many users"
    context.close()
