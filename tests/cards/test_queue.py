"""Which cards come, in which order, and how many are left."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from trainer.accounts.models import User
from trainer.cards import services
from trainer.cards.errors import UnknownCard
from trainer.cards.mixing import alternating, ordered
from trainer.cards.models import OwnCard, Remark
from trainer.cards.queue import queue
from trainer.cards.services import Answer
from trainer.cards.views.person import name_of
from trainer.lib import clock
from trainer.lib.ids import new_id
from trainer.schedule.models import Item, Review
from trainer.schedule.services import prefer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def ann() -> User:
    return User.objects.create(username="ann")


def own(ann: User, front: str, at: datetime = AT) -> OwnCard:
    return OwnCard.objects.create(
        owner=ann, front=front, back="b", created_at=at, changed_at=at, tags=["mine"]
    )


def say(ann: User, key: str, rating: int, at: datetime, **more) -> services.Taken:
    once = more.pop("once", f"{key[-60:]} {at.isoformat()}")
    return services.answer(ann, Answer(once, key, rating, at, **more), at)


def test_a_stranger_is_shown_the_first_new_cards_and_nothing_is_written():
    shown = queue(None, AT)
    assert len(shown.cards) == 10
    assert (shown.left.new, shown.left.learning, shown.left.review) == (20, 0, 0)
    assert shown.new_waiting
    assert shown.cards[0].intervals[0] == "1 min"
    assert not User.objects.exists()


def test_a_new_card_goes_through_its_steps_and_then_waits_days(ann):
    first = queue(ann, AT).cards[0].key
    say(ann, first, 3, AT)
    left = queue(ann, AT).left
    assert (left.new, left.learning, left.review) == (19, 1, 0)
    assert queue(ann, AT).cards[0].key != first
    later = AT + timedelta(minutes=10)
    card = queue(ann, later).cards[0]
    assert (card.key, card.state, card.reviews) == (first, 1, 1)
    assert card.intervals[2:] == ("2 days", "4 days")
    say(ann, first, 3, later)
    assert queue(ann, later).left.learning == 0
    morning = datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert queue(ann, morning).left.review == 1
    assert queue(ann, morning - timedelta(hours=3)).left.review == 0  # still the night before


def test_the_days_limits_hold_and_the_rest_waits(ann):
    prefer(ann, new_a_day=3, reviews_a_day=2)
    for _ in range(3):
        say(ann, queue(ann, AT).cards[0].key, 4, AT)
    done = queue(ann, AT)
    assert (done.cards, done.left.cards, done.done, done.new_waiting) == ((), 0, 3, True)
    assert done.next_at is not None
    later = AT + timedelta(days=40)
    assert (queue(ann, later).left.review, queue(ann, later).left.new) == (2, 3)
    reviews = [card.key for card in queue(ann, later).cards if card.state == 2]
    assert len(reviews) == 2
    for key in reviews:
        say(ann, key, 3, later)
    assert queue(ann, later).left.review == 0


def test_a_card_in_steps_is_asked_early_when_nothing_else_is_left(ann):
    prefer(ann, new_a_day=1)
    key = queue(ann, AT).cards[0].key
    say(ann, key, 3, AT)
    assert [card.key for card in queue(ann, AT).cards] == [key]
    assert queue(ann, AT).left.learning == 1


def test_ones_own_cards_come_in_turn_with_the_packs(ann):
    cards = [own(ann, f"front {n}", AT + timedelta(seconds=n)) for n in range(3)]
    keys = [card.key for card in queue(ann, AT).cards]
    assert keys[0:6:2] == [card.key for card in cards]
    mine = queue(ann, AT, topic="own")
    assert [card.key for card in mine.cards] == [card.key for card in cards]
    assert mine.left.new == 3
    assert mine.cards[0].own_id == cards[0].id
    drawn = queue(ann, AT, topic="architecture").cards
    assert {each.card.topic for each in drawn} == {"architecture"}
    assert queue(ann, AT, topic="nothing").left.cards == 0


def test_a_tag_chooses_cards_of_the_pack_and_ones_own(ann):
    mine, other = own(ann, "tagged"), own(ann, "other")
    OwnCard.objects.filter(pk=other.pk).update(tags=[])
    key = queue(ann, AT, topic="architecture").cards[0].key
    Remark.objects.create(owner=ann, key=key, tags=["mine"], changed_at=AT)
    assert [card.key for card in queue(ann, AT, tag="mine").cards] == [mine.key, key]
    say(ann, mine.key, 1, AT)
    assert queue(ann, AT, tag="mine").left.learning == 1
    assert queue(ann, AT, tag="nothing").left.cards == 0
    contested = queue(ann, AT, tag="contested").cards
    assert contested
    assert all("contested" in card.card.tags for card in contested)


def test_what_is_set_aside_is_not_asked_even_when_it_is_new(ann):
    first, second = (card.key for card in queue(ann, AT).cards[:2])
    services.suspend(ann, first, AT)
    services.bury(ann, second, AT)
    assert not {first, second} & {card.key for card in queue(ann, AT).cards}
    tomorrow = {card.key for card in queue(ann, AT + timedelta(days=1)).cards}
    assert second in tomorrow
    assert first not in tomorrow
    services.resume(ann, first, AT)
    assert first in {card.key for card in queue(ann, AT).cards}


def test_an_answer_sent_again_counts_once_and_another_devices_is_told(ann):
    key = queue(ann, AT).cards[0].key
    assert say(ann, key, 3, AT, once="a", seen=0).told == ""
    assert say(ann, key, 3, AT, once="a", seen=0).told == ""
    assert Review.objects.count() == 1
    told = say(ann, key, 1, AT + timedelta(minutes=2), once="b", seen=0).told
    assert "answered elsewhere, at 12:00" in told
    assert Review.objects.count() == 2
    assert Item.objects.get().reviews == 2


def test_an_unknown_card_and_anothers_are_refused_alike(ann):
    bob = User.objects.create(username="bob")
    for key in (own(bob, "his").key, "card:twitter:nothing", "drill:twitter:traps:t1", ""):
        with pytest.raises(UnknownCard, match="no card"):
            say(ann, key, 3, AT)
    assert not Review.objects.exists()


def test_a_clock_that_is_wrong_is_not_believed(ann):
    key = queue(ann, AT).cards[0].key
    services.answer(ann, Answer("a", key, 3, AT + timedelta(days=9)), AT)
    services.answer(ann, Answer("b", key, 3, datetime(1999, 1, 1, tzinfo=UTC)), AT)
    assert set(Review.objects.values_list("at", flat=True)) == {AT}
    services.answer(ann, Answer("c", key, 3, AT - timedelta(hours=3)), AT)
    assert Review.objects.filter(at=AT - timedelta(hours=3)).exists()


def test_undo_gives_back_the_card_and_the_days_count(ann):
    key = queue(ann, AT).cards[0].key
    say(ann, key, 4, AT, once="a")
    assert queue(ann, AT).left.new == 19
    assert services.undo(ann, "a") == key
    assert services.undo(ann, "a") is None
    again = queue(ann, AT)
    assert (again.cards[0].key, again.left.new, again.done) == (key, 20, 0)


def test_a_deleted_card_is_left_out(ann):
    card = own(ann, "gone")
    say(ann, card.key, 1, AT)
    card.delete()
    assert card.key not in [each.key for each in queue(ann, AT + timedelta(days=1)).cards]


def test_an_interview_date_brings_all_that_was_learnt_before_it(ann):
    prefer(ann, interview_on=date(2026, 3, 9))
    keys = [card.key for card in queue(ann, AT).cards]
    for key in keys:
        say(ann, key, 4, AT)
    assert queue(ann, datetime(2026, 3, 9, 8, tzinfo=UTC)).left.review == len(keys)
    assert queue(ann, AT).cards[0].intervals[3].endswith("days")


def test_new_cards_are_spread_among_the_reviews_and_go_on_after_each_answer():
    new, reviews = list("ABC"), list("123456")
    row = ordered(new, reviews, "mixed", (0, 0), (3, 6))
    assert "".join(row) == "1A23B45C6"
    assert ordered(new, reviews[1:], "mixed", (0, 1), (3, 5)) == row[1:]
    assert ordered(new, reviews, "new-first", (0, 0), (3, 6)) == [*new, *reviews]
    assert ordered(new, reviews, "reviews-first", (0, 0), (3, 6)) == [*reviews, *new]
    assert alternating([1, 2, 3], "a", 4) == [1, "a", 2, 3]


def test_a_card_that_the_page_holds_is_named_and_not_made_again(ann):
    say(ann, queue(ann, AT).keys[0], 3, AT)
    whole = queue(ann, AT)
    rest = queue(ann, AT, have=whole.keys[:9])
    assert rest.keys == whole.keys
    assert [card.key for card in rest.cards] == [whole.keys[9]]
    gone = "card:own:gone"
    assert gone not in queue(ann, AT, have=[gone]).keys


def test_the_last_three_days_before_the_interview_bring_nothing_new(ann):
    prefer(ann, interview_on=AT.date() + timedelta(days=4))
    assert queue(ann, AT).left.new == 20
    prefer(ann, interview_on=AT.date() + timedelta(days=3))
    last = queue(ann, AT)
    assert (last.left.new, last.keys) == (0, ())
    assert (last.new_waiting, last.new_today) == (True, 0)


def test_an_answer_of_many_cards_asks_the_database_as_often_as_one_of_few(ann, client):
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    few = _queries_of_an_answer(client, ann)
    for number in range(200):
        say(ann, f"card:own:{own(ann, f'f{number}').id}", 3, AT)
    many = _queries_of_an_answer(client, ann)
    # One more for whether an own card is there, three for the card that the page does not hold yet.
    assert 15 < many <= few + 4


def _queries_of_an_answer(client: Client, ann: User) -> int:
    """Of the second answer of a page, which holds the cards that it was sent."""
    fixed = {"person": name_of(ann), "utc_offset_min": 0, "topic": ""}
    have: list[str] = []
    for key in (None, *queue(ann, clock.now()).keys[:2]):
        once = new_id()
        given = [{"once": once, "key": key, "rating": 3, "at": clock.now().isoformat()}]
        body = fixed | {"answers": given if key else [], "have": have}
        with CaptureQueriesContext(connection) as asked:
            reply = client.post("/cards/answers/", body, content_type="application/json").json()
        assert reply["took"] == ([once] if key else [])
        have = [each for each in reply["queue"] if each != key]
    return len(asked)


def test_reviews_over_the_limit_are_told_and_come_tomorrow(ann):
    for _ in range(4):
        say(ann, queue(ann, AT).keys[0], 4, AT)
    prefer(ann, new_a_day=0, reviews_a_day=2)
    later = AT + timedelta(days=20)
    for _ in range(2):
        say(ann, queue(ann, later).keys[0], 4, later)
    done = queue(ann, later)
    assert (done.keys, done.over) == ((), 2)
    assert done.next_at == datetime(2026, 3, 22, 4, tzinfo=UTC)
    prefer(ann, reviews_a_day=0)
    never = queue(ann, later)
    assert (never.keys, never.over) == ((), 2)
    assert never.next_at is not None
    assert never.next_at > done.next_at


def test_after_the_days_new_cards_the_next_comes_tomorrow(ann):
    prefer(ann, new_a_day=1)
    say(ann, queue(ann, AT).keys[0], 4, AT)
    done = queue(ann, AT)
    assert (done.keys, done.new_waiting) == ((), True)
    assert done.next_at == datetime(2026, 3, 2, 4, tzinfo=UTC)


def test_a_card_that_was_put_off_comes_when_it_was_put_off_to(ann):
    prefer(ann, new_a_day=1)
    key = queue(ann, AT).keys[0]
    say(ann, key, 4, AT)
    prefer(ann, new_a_day=0)
    later = AT + timedelta(days=9)
    services.bury(ann, key, later)
    assert queue(ann, later).next_at == datetime(2026, 3, 11, 4, tzinfo=UTC)
