"""The pages that all drills share: who may see a round; nothing sent is lost or doubled."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.drills.rounds import Player
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.accounts.portability import export
from trainer.drills import kinds, services
from trainer.drills.models import Round
from trainer.drills.selectors import log_of
from trainer.drills.takeaway import drills
from trainer.lib import clock

pytestmark = pytest.mark.django_db


def test_the_index_names_every_drill_with_its_minutes() -> None:
    page = Client().get("/drills/").content.decode()
    for drill in kinds.ALL:
        assert f"/drills/twitter/{drill.slug}/" in page
        assert f"{drill.minutes} min" in page


@pytest.mark.parametrize("path", ["nothing/clarify/", "twitter/nothing/", "rounds/nothing/"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    client = Client()
    client.force_login(
        User.objects.create(username="ada"), "django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(f"/drills/{path}").status_code == 404


@pytest.mark.parametrize("drill", [each.slug for each in kinds.ALL])
def test_a_start_makes_a_guest_and_one_round_with_its_log(drill: str) -> None:
    client = Client()
    assert client.get(f"/drills/twitter/{drill}/").status_code == 200
    assert not User.objects.exists()
    player = Player(drill, client=client)
    assert player.owner.is_guest
    assert player.kinds() == ["started"]
    assert player.page()


def test_an_item_can_be_asked_for_by_the_address() -> None:
    page = Client().get("/drills/twitter/traps/?item=t4").content.decode()
    assert 'name="item" value="t4"' in page
    assert log_of(Player("traps", item="t4").round).items == ("t4",)


def test_a_round_that_was_left_is_offered_again_until_it_has_ended() -> None:
    player = Player("clarify")
    start = "/drills/twitter/clarify/"
    assert player.address in player.client.get(start).content.decode()
    player.send("finish")
    assert player.address not in player.client.get(start).content.decode()


def test_nobody_else_sees_a_round_or_acts_in_it() -> None:
    player, other = Player("clarify"), Player("clarify")
    for answer in (other.client.get(player.address), other.client.post(f"{player.address}finish/")):
        assert answer.status_code == 404
    assert Client().get(player.address).status_code == 302


def test_the_same_form_twice_counts_once_and_a_changed_one_is_another() -> None:
    player = Player("clarify")
    for text in ("How many users?", "How many users?", "How fast must it load?"):
        player.send("ask", key="one-page", box="ask-0", text=text)
    assert player.kinds() == ["started", "asked", "asked"]


def test_a_draft_is_kept_and_stands_in_its_box() -> None:
    player = Player("traps", item="t1")
    answer = player.send("keep", box="answer-1", text="celebs > 100k: pull")
    assert json.loads(answer.content) == {"kept": True}
    player.send("keep", box="answer-1", text="celebs > 100k: pull")
    assert player.kinds() == ["started", "kept"]
    assert "celebs &gt; 100k: pull</textarea>" in player.page()


@pytest.mark.parametrize(
    ("text", "status", "sentence"),
    [
        ("y" * 20_001, 413, "the limit is 20,000"),
        ("zero \x00 inside", 409, "cannot be stored"),
        ("  ", 409, "There is no answer yet"),
    ],
)
def test_a_refused_text_comes_back_in_its_box(text: str, status: int, sentence: str) -> None:
    player = Player("traps", item="t1")
    answer = player.send("answer", box="answer-1", text=text)
    page = answer.content.decode()
    assert answer.status_code == status
    assert sentence in page
    assert f"\n{text}</textarea>" in page
    assert player.kinds() == ["started"]


def test_a_text_for_a_step_that_is_over_is_shown_to_be_copied() -> None:
    player = Player("traps", item="t1")
    player.send("answer", box="answer-1", text="Push to all.")
    answer = player.send("answer", box="answer-1", text="From another tab.")
    assert answer.status_code == 409
    assert "From another tab." in answer.content.decode()


def test_markup_and_control_characters_are_inert() -> None:
    player = Player("clarify")
    player.send("ask", box="ask-0", text="<script>alert(1)</script> \x07\x1b[31m how many users?")
    assert "<script>alert" not in player.page()
    assert "&lt;script&gt;alert(1)" in player.page()


def test_an_unknown_command_is_not_found() -> None:
    assert Player("clarify").send("explode").status_code == 404


def test_too_many_rounds_in_a_day_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "ROUNDS_A_DAY", 1)
    player = Player("clarify")
    answer = player.client.post("/drills/twitter/clarify/")
    assert answer.status_code == 409
    assert Round.objects.count() == 1


def test_a_full_log_takes_only_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    player = Player("clarify")
    monkeypatch.setattr(services, "LOG_LIMIT", 1)
    assert player.send("ask", box="ask-0", text="How many users?").status_code == 409
    player.send("finish")
    assert player.kinds() == ["started", "finished"]


def test_what_is_taken_along_is_read_at_once(django_assert_num_queries: Any) -> None:
    player = Player("clarify")
    Player("clarify", client=player.client).send("ask", box="ask-0", text="How many users?")
    owner = player.owner
    with django_assert_num_queries(2):
        later, _ = drills(owner)
    assert [event["kind"] for event in later["log"]] == ["started", "asked"]


def test_rounds_go_with_their_guest_into_the_account_and_into_the_export() -> None:
    player = Player("clarify")
    account = User.objects.create(username="ada")
    merge_guest(player.owner.pk, account.pk)
    told = json.dumps(export(account, clock.now())["drills"], default=str)
    assert player.round.id in told
    assert '"kind": "started"' in told
    account.delete()
    assert not Round.objects.exists()
