"""Degradation and numbers under fire."""

import html as entities
from datetime import UTC, datetime

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.catalog.drill_schema import ChoiceAsked, NumberAsked, OrderAsked
from trainer.drills import fire_rules as rules
from trainer.drills.log import Event, Log
from trainer.drills.selectors import log_of
from trainer.schedule.models import Review

pytestmark = pytest.mark.django_db
PACK = wanted_pack()
FIRE = PACK.under_fire
BY_ID = {each.id: each for each in FIRE.everything}


def right_fields(player: Player, asked: rules.Asked) -> dict[str, str]:
    if isinstance(asked, NumberAsked):
        number = PACK.ledger[asked.number]
        return {"text": f"{number.value * (100 if number.unit == 'share' else 1):.12g}"}
    order = rules.shuffled(asked, player.round.seed)
    if isinstance(asked, ChoiceAsked):
        return {"choice": str(order.index(0))}
    return {f"place-{at}": str(place + 1) for at, place in enumerate(order)}


def asked_now(player: Player) -> rules.Asked:
    return BY_ID[rules.now_asked(log_of(player.round))]


def test_a_round_of_eight_all_right() -> None:
    player = Player("under-fire", item="levels")
    kinds = []
    while rules.now_asked(log_of(player.round)):
        asked = asked_now(player)
        kinds.append(type(asked))
        player.send("answer", item=asked.id, **right_fields(player, asked))
    assert kinds[0] is OrderAsked
    assert [kinds.count(kind) for kind in (NumberAsked, ChoiceAsked, OrderAsked)] == [5, 2, 1]
    assert "8 of 8 right and in time" in player.page()
    assert set(Review.objects.values_list("rating", flat=True)) == {3}


def test_a_wrong_one_is_shown_with_what_is_right_and_what_it_is_worth() -> None:
    player = Player("under-fire", item="latency")
    assert player.send("answer", item="latency", text="soon").status_code == 409
    assert 'value="soon"' in player.seen[-1]
    assert player.send("answer", item="latency", text=" ").status_code == 409
    player.send("answer", item="latency", text="2 GB")
    player.send("answer", item="latency", text="1.5 s")  # a window of before: not the next one's
    while item := rules.now_asked(log_of(player.round)):
        player.send("skip", item=item)
    page = entities.unescape(player.page())
    assert "0 of 8 right and in time" in page
    assert "You said: 2 GB (That is a size in bytes, and it was asked in s.)" in page
    assert "Know the catch." in page  # contested: an average, and no p99
    assert page.count("Skipped") == 7


def test_what_is_asked_for_is_on_no_page_before_the_end() -> None:
    player = Player("under-fire", item="what-trips")
    asked = BY_ID["what-trips"]
    assert isinstance(asked, ChoiceAsked)
    assert player.send("answer", item=asked.id, choice="7").status_code == 409
    assert asked.why[:30] not in entities.unescape(" ".join(player.seen))
    order = BY_ID["levels"]
    assert isinstance(order, OrderAsked)
    shown = [rules.shuffled(order, seed) for seed in range(50)]
    assert tuple(range(len(order.items))) not in shown


def test_places_are_given_once_each() -> None:
    player = Player("under-fire", item="levels")
    twice = {"place-0": "1", "place-1": "1", "place-2": "2"}
    assert player.send("answer", item="levels", **twice).status_code == 409
    assert "Give each of the places once" in player.seen[-1]


def test_after_the_time_a_right_answer_is_kept_and_counts_less() -> None:
    player = Player("under-fire", item="dau")
    player.earlier(rules.SECONDS + 1)
    player.send("answer", item="dau", text="250M")
    assert Review.objects.get().rating == 2


def test_every_number_is_readable_in_its_own_text() -> None:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    for asked in FIRE.numbers:
        text = PACK.ledger[asked.number].text
        start = Event(1, at, "started", {"items": [asked.id], "seconds": 90})
        said = Event(2, at, rules.ANSWERED, {"item": asked.id, "text": text})
        (row,) = rules.answered(Log((start, said)), FIRE, PACK.ledger)
        assert row.right, (asked.id, text)
