"""Spot the bad answer: no cue by place, the reason only after the choice."""

import html as entities

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.drills.kinds.spot import PAIRS, bad_side, open_item, picks
from trainer.drills.selectors import log_of
from trainer.schedule.models import Item

pytestmark = pytest.mark.django_db


def pick(player: Player, right: bool) -> str:
    """Answers the open pair; its id."""
    item = open_item(log_of(player.round))
    bad = bad_side(player.round.seed, item)
    other = "left" if bad == "right" else "right"
    player.send("pick", item=item, picked=bad if right else other, box=f"why-{item}", text="So.")
    return item


def test_a_round_of_five_ends_with_every_reason() -> None:
    player = Player("spot", item="cpu-seconds")
    named = {True: "1", False: "0"}
    for n in range(PAIRS):
        item = pick(player, right=n != 0)
        player.send("name", item=item, named=named[n % 2 == 0])
    assert player.kinds()[-1] == "finished"
    assert "4 of 5 spotted, 2 with the reason" in player.page()
    rated = {pick.item: pick.rating for pick in picks(log_of(player.round))}
    assert list(rated) == list(log_of(player.round).items)
    assert list(rated.values()) == [1, 2, 3, 2, 3]
    assert rated["cpu-seconds"] == 1
    assert Item.objects.count() == PAIRS


def test_the_reason_is_on_no_page_before_the_choice() -> None:
    player = Player("spot")
    pair = next(p for p in wanted_pack().spot if p.id == open_item(log_of(player.round)))
    player.page()
    assert player.send("pick", item=pair.id, picked="", text="Hm.").status_code == 409
    assert player.send("pick", item=pair.id, picked="left", text=" ").status_code == 409
    why = pair.why.split("{{")[0][:30]
    assert not [page for page in player.seen if why in entities.unescape(page)]
    assert 'value="left" checked' in player.seen[-1].replace(
        'value="left" checked', 'value="left" checked'
    )
    pick(player, right=True)
    assert why in entities.unescape(player.page()) or not why


def test_a_pair_is_answered_once() -> None:
    player = Player("spot")
    item = pick(player, right=True)
    assert player.send("pick", item=item, picked="left", text="Again.").status_code == 409
    player.send("name", item="another", named="1")  # a page of before
    assert player.send("name", item=item, named="").status_code == 409
    assert len(picks(log_of(player.round))) == 1


def test_a_round_that_is_over_takes_no_other_pair() -> None:
    player = Player("spot")
    for item in log_of(player.round).items:
        pick(player, right=True)
        player.send("name", item=item, named="1")
    answer = player.send("pick", item="", picked="left", text="One more.")
    assert answer.status_code == 409
    assert "5 of 5 spotted" in player.page()


def test_the_bad_answer_stands_on_either_side() -> None:
    sides = [bad_side(seed, pair.id) for seed in range(20) for pair in wanted_pack().spot]
    assert 0.4 < sides.count("left") / len(sides) < 0.6
    assert bad_side(3, "x") == bad_side(3, "x")


def test_a_late_choice_is_marked() -> None:
    player = Player("spot")
    player.earlier(10_000)
    pick(player, right=True)
    assert "It came after the time." in player.page()
