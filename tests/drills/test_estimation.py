"""Rounds of estimates: what is asked, what is refused, what an answer comes to."""

import html as entities

import pytest

from tests.drills.rounds import Player, wanted_pack
from trainer.drills import estimate_rules as rules
from trainer.drills.coming import offers
from trainer.drills.estimating.posed import Posed, by_id, posed
from trainer.drills.selectors import log_of
from trainer.schedule.models import Item, Review

pytestmark = pytest.mark.django_db
TASKS = by_id(wanted_pack().estimation)
ITEM = "tweets-a-second"


def asked(player: Player) -> Posed:
    return posed(TASKS[rules.now_at(log_of(player.round))], player.round.seed)


def solved(player: Player) -> str:
    """The right answer alone, in the unit that is asked."""
    return asked(player).right_text


def ratings() -> list[int]:
    return list(Review.objects.order_by("at").values_list("rating", flat=True))


def test_a_round_of_two_is_answered_step_by_step_and_comes_back() -> None:
    player = Player("estimation", item=ITEM)
    a_day = asked(player).told[0]
    page = entities.unescape(player.page())
    assert a_day.text in page
    assert asked(player).right_text not in page
    steps = f"{a_day.text}\nthat / 86400 s"
    player.send("answer", item=ITEM, box=f"steps-{ITEM}", text=steps)
    page = entities.unescape(player.page())
    assert "This is: Tweets a second, mean." in page
    assert "Next task" in page
    player.send("next", item=ITEM)
    second = asked(player).task.id
    assert second != ITEM
    player.send("next", item=ITEM)  # pressed twice
    player.send("answer", item=second, text=solved(player))
    assert "2 of 2 within a tenth" in entities.unescape(player.page())
    assert ratings() == [4, 4]
    assert Item.objects.filter(key=f"drill:twitter:estimation:{ITEM}").exists()
    player.round.refresh_from_db()
    assert player.round.summary == {"right": 2, "of": 2}
    assert player.kinds() == ["started", "answered", "went-on", "answered", "finished"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5 seconds per user", "Line 1: This comes to 5 s/user, which is a time, and a rate"),
        ("a day = 1\n500M tweets / b", "Line 2: There is no “b” yet. Names so far: a day."),
        ("800M tweets/day", "for each day, and it is asked for each second"),
        ("", "There is no step yet."),
        ("1\n" * 41, "That is 41 lines; write 40 at most."),
        (f"{'1+' * 100}1", "The line has 201 characters"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_and_stays_in_the_box(text: str, says: str) -> None:
    player = Player("estimation", item=ITEM)
    answer = player.send("answer", item=ITEM, box=f"steps-{ITEM}", text=text)
    assert answer.status_code == 409
    page = entities.unescape(player.seen[-1])
    assert says in page
    assert f'">\n{text}</textarea>' in page
    assert player.kinds() == ["started"]


def test_units_are_checked_without_an_answer() -> None:
    player = Player("estimation", item=ITEM)
    text = "a = 500M tweets/day\nb = 100M tweets/day\nb / 86400 s\n5 s + 3 GB\nthat * 2"
    player.send("look", item=ITEM, box=f"steps-{ITEM}", text=text.replace("a =", "n ="))
    page = entities.unescape(player.page())
    assert "1,157 tweets/s" in page
    assert "A time and a size in bytes cannot be added or taken away" in page
    assert "“that” comes from line 4, which could not be worked out." in page
    assert asked(player).right_text not in page
    player.send("look", item=ITEM, box=f"steps-{ITEM}", text=text.replace("a =", "n ="))
    assert player.kinds() == ["started", "kept", "looked"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5 GB", "Line 1: This comes to 5 GB, which is a size in bytes, and a rate is asked"),
        ("800M tweets/day", "for each day, and it is asked for each second"),
        ("9000", ""),
    ],
)
def test_units_that_do_not_fit_what_is_asked_are_told_before_an_answer(text, says) -> None:
    player = Player("estimation", item=ITEM)
    player.send("look", item=ITEM, box=f"steps-{ITEM}", text=text)
    page = entities.unescape(player.page())
    assert says in page
    assert ("notice amber" in page) == bool(says)


def test_a_hint_is_shown_and_then_a_right_answer_counts_a_little_less() -> None:
    player = Player("estimation", item=ITEM)
    hint = TASKS[ITEM].hints[0]
    assert hint not in player.page()
    player.send("hint", item=ITEM, box=f"steps-{ITEM}", text="1")
    assert hint in player.page()
    player.send("hint", item=ITEM, box=f"steps-{ITEM}", text="1")
    assert player.kinds() == ["started", "kept", "hinted"]
    player.send("answer", item=ITEM, text=solved(player))
    assert ratings() == [3]


@pytest.mark.parametrize(
    ("factor", "rating", "says"),
    [(1.05, 4, "Right"), (2, 2, "You are 2 times too high"), (1000, 1, "check each K, M, B and T")],
)
def test_the_size_of_an_answer_decides_when_it_comes_back(
    factor: float, rating: int, says: str
) -> None:
    player = Player("estimation", item=ITEM)
    player.send("answer", item=ITEM, text=f"{asked(player).target.value * factor:.0f} tweets/s")
    assert says in entities.unescape(player.page())
    assert ratings() == [rating]


def test_after_the_time_a_right_answer_counts_a_little_less() -> None:
    player = Player("estimation", item=ITEM)
    player.earlier(rules.SECONDS + 1)
    player.send("answer", item=ITEM, text=solved(player))
    assert "Right, after the time" in player.page()
    assert ratings() == [3]


def test_the_derivation_instead_of_an_answer_is_not_known() -> None:
    player = Player("estimation", item="storage-a-year")
    player.send("show", item="storage-a-year", text="half a thought")
    page = entities.unescape(player.page())
    assert "Not answered" in page
    assert "half a thought" in page
    assert "storage a day \u00d7 days of a year" in page
    assert ratings() == [1]
    player.send("answer", item="storage-a-year", text="1 PB")  # of a page from before
    assert player.kinds() == ["started", "shown"]


def test_every_task_can_be_solved_as_it_is_posed_in_any_round() -> None:
    for task in TASKS.values():
        for seed in range(4):
            found = posed(task, seed)
            assert 0 < found.target.value < 1e30, task.id
            assert posed(task, seed) == found
        assert len({posed(task, seed).told for seed in range(12)}) > 1, task.id


def test_tasks_are_offered_by_their_titles() -> None:
    (offer,) = [each for each in offers(wanted_pack()) if each.slug == "estimation"]
    assert offer.titles[ITEM] == "Tweets a second"
