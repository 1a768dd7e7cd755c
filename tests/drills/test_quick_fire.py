"""Quick-fire: which option was chosen, and why."""

import html as entities

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.catalog.prose import plain
from trainer.drills import quick_rules as rules
from trainer.drills.selectors import log_of
from trainer.schedule.models import Item, Review

pytestmark = pytest.mark.django_db
DECISIONS = wanted_pack().trade_offs.decisions


def answer(player: Player, *, option: bool = True, why: bool = True) -> str:
    """Answers the open decision rightly or not; its id."""
    item = rules.now_asked(log_of(player.round))
    decision = next(each for each in DECISIONS if each.id == item)
    other = "a" if decision.takes != "a" else "b"
    player.send("pick", item=item, option=decision.takes if option else other)
    offered = [each.id for each in rules.whys(DECISIONS, item, player.round.seed)]
    right = offered.index(item)
    player.send("reason", item=item, why=str(right if why else (right + 1) % len(offered)))
    return item


def test_a_round_asks_every_decision_and_counts_option_and_reason() -> None:
    player = Player("quick-fire", item="ranking")
    answer(player)
    assert "right. They chose:" in player.seen[-1]
    answer(player, why=False)
    assert "right choice, wrong reason. They chose:" in player.seen[-1]
    answer(player, option=False)
    answer(player, option=False, why=False)
    answer(player)
    page = player.page()
    assert "2 of 5 right, with the reason and in time" in page
    assert "Another choice, right reason" in page
    order = log_of(player.round).items
    assert order[0] == "ranking"
    ratings = dict(Review.objects.values_list("key", "rating"))
    assert [ratings[f"drill:twitter:quick-fire:{id_}"] for id_ in order] == [3, 2, 1, 1, 3]
    assert Item.objects.count() == len(DECISIONS)


def test_neither_choice_nor_reason_is_given_away() -> None:
    player = Player("quick-fire")
    item = rules.now_asked(log_of(player.round))
    decision = next(each for each in DECISIONS if each.id == item)
    assert player.send("pick", item=item, option="c").status_code == 409
    shown = entities.unescape(" ".join(player.seen))
    assert plain(wanted_pack(), decision.why)[:30] not in shown
    player.send("pick", item=item, option="a")
    player.send("pick", item=item, option="b")  # a window of before
    assert player.send("reason", item=item, why="9").status_code == 409
    assert rules.picked(log_of(player.round)) == "a"
    shown = player.seen[-1]
    assert "They chose" not in shown


def test_each_decision_has_a_minute_of_its_own() -> None:
    player = Player("quick-fire")
    player.earlier(rules.SECONDS + 1)
    answer(player)
    answer(player)
    done = rules.answered(log_of(player.round), DECISIONS)
    assert [each.late for each in done] == [True, False]
    assert [each.rating for each in done] == [2, 3]


def test_the_right_reason_stands_anywhere() -> None:
    places = [
        [each.id for each in rules.whys(DECISIONS, "ranking", seed)].index("ranking")
        for seed in range(60)
    ]
    assert {places.count(place) > 8 for place in range(3)} == {True}
