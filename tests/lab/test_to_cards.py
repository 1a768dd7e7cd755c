"""From a lab's "Say it" to a card of one's own, and to the trap that it proves."""

from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from tests.lab.runs import SLUG, give_all, queued, runs_as, someone, the_lab
from trainer.accounts.models import User
from trainer.cards.models import OwnCard
from trainer.catalog.packs import get_pack
from trainer.catalog.prose import plain
from trainer.lab import running
from trainer.lab.models import Run
from trainer.lab.showing.amounts import shown

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    return someone("candidate")


@pytest.fixture
def visitor(client: Client, user: User) -> Client:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def done(user: User, monkeypatch: pytest.MonkeyPatch) -> Run:
    runs_as(monkeypatch, give_all)
    run = queued(user, NOW)
    assert running.work(run.queue)
    run.refresh_from_db()
    assert run.state == Run.State.DONE
    return run


def test_the_sentence_with_its_figures_becomes_one_card(visitor: Client, done: Run, user: User):
    lab, page = the_lab(), visitor.get(f"/lab/twitter/{SLUG}/").text
    assert "Add to cards" in page
    for _ in range(2):
        response = visitor.post(f"/lab/runs/{done.id}/card/", follow=True)
        assert response.status_code == 200
    card = OwnCard.objects.get()
    assert (card.owner, card.origin) == (user, f"lab:{done.attempt_id}")
    assert plain(get_pack("twitter"), card.front) == plain(get_pack("twitter"), lab.asked)
    spoken = [figure for figure in lab.figures if f"{{{figure.id}}}" in lab.say]
    assert spoken
    for figure in spoken:
        assert f"**{shown(10.0, figure.unit)}**" in card.back
    assert "{" not in card.front + card.back
    assert "runs on code and this machine alone" in card.back
    page = visitor.get(f"/lab/twitter/{SLUG}/").text
    assert f'href="/cards/own/{card.pk}/"' in page
    assert "Add to cards" not in page


def test_a_run_without_a_result_makes_no_card(visitor: Client, user: User):
    run = queued(user, NOW)
    response = visitor.post(f"/lab/runs/{run.id}/card/", follow=True)
    assert "no result yet" in response.text
    assert not OwnCard.objects.exists()


def test_the_trap_that_the_lab_proves_is_one_click_away(visitor: Client, done: Run):
    pack, proved = get_pack("twitter"), set(the_lab().proves)
    traps = [trap for trap in pack.traps if trap.id in proved]
    assert traps
    page = unescape(visitor.get(f"/lab/twitter/{SLUG}/").text)
    assert page.count("/drills/twitter/traps/?item=") == len(traps)
    for trap in traps:
        address = f"/drills/twitter/traps/?item={trap.id}"
        assert f'href="{address}"' in page
        assert f'name="item" value="{trap.id}"' in visitor.get(address).text
