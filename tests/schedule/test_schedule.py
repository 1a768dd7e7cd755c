"""Items that come back, and points that were seen, in the database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.schedule import coverage, selectors
from trainer.schedule.memory import Given, remembered
from trainer.schedule.models import Item, Review
from trainer.schedule.services import answered

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = "drill:twitter:traps:t1"


def someone(name: str, *, guest: bool = False) -> User:
    return User.objects.create(username=name, is_guest=guest)


def test_an_answer_told_twice_counts_once():
    ann = someone("ann")
    for rating in (3, 1):
        item = answered(ann, KEY, rating, AT)
    answered(ann, KEY, 3, AT + timedelta(days=1), once="round-1")
    item = answered(ann, KEY, 1, AT + timedelta(days=9), once="round-1")
    assert item.reviews == Review.objects.count() == 2
    assert item.reviewed_at == AT + timedelta(days=1)


def test_an_answer_that_is_told_late_is_put_in_its_place():
    ann = someone("ann")
    answered(ann, KEY, 1, AT + timedelta(days=2))
    item = answered(ann, KEY, 3, AT)
    memory = remembered([Given(AT, 3), Given(AT + timedelta(days=2), 1)])
    assert (item.due, item.memory) == (memory.due, memory.stored)


def test_due_items_are_the_owners_in_order_and_of_the_prefix():
    ann, bob = someone("ann"), someone("bob")
    answered(ann, "card:1", 1, AT)
    answered(ann, KEY, 1, AT - timedelta(days=3))
    answered(ann, "drill:twitter:traps:t2", 4, AT)
    answered(bob, KEY, 1, AT)
    tomorrow = AT + timedelta(days=1)
    assert [item.key for item in selectors.due(ann, tomorrow)] == [KEY, "card:1"]
    assert [item.key for item in selectors.due(ann, tomorrow, "drill:")] == [KEY]
    assert not selectors.due(ann, AT - timedelta(days=3)).exists()
    assert selectors.due_at(ann, "card:1") == tomorrow
    assert selectors.due_at(bob, "card:1") is None
    later = AT + timedelta(days=8)
    assert selectors.next_due(ann, tomorrow) == later
    assert selectors.reviewed(ann, "card:") == {"card:1": AT}


def test_a_rating_out_of_range_is_refused_by_the_service_and_the_database():
    ann = someone("ann")
    with pytest.raises(ValueError, match="The rating 5"):
        answered(ann, KEY, 5, AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(owner=ann, key=KEY, rating=0, at=AT, once="x")


def test_a_point_seen_again_at_the_same_place_keeps_its_time_and_takes_the_later_word():
    ann = someone("ann")
    coverage.seen(ann, "twitter", {"t1.1": False, "t1.2": True}, AT, "drill:a:1")
    coverage.seen(ann, "twitter", {"t1.1": True}, AT + timedelta(days=1), "drill:a:1")
    coverage.seen(ann, "twitter", {"t1.1": False}, AT + timedelta(days=2), "drill:b:1")
    coverage.seen(ann, "other", {"t1.1": True}, AT, "drill:c:1")
    assert coverage.seen_points(ann, "twitter") == {
        "t1.1": [(AT, True), (AT + timedelta(days=2), False)],
        "t1.2": [(AT, True)],
    }


def test_a_guests_answers_join_those_of_the_account(client):
    guest, ann = someone("guest-1", guest=True), someone("ann")
    answered(guest, KEY, 3, AT)
    answered(guest, "card:1", 3, AT)
    answered(ann, KEY, 3, AT + timedelta(days=2))
    coverage.seen(guest, "twitter", {"t1.1": True}, AT, "drill:a:1")
    merge_guest(guest.pk, ann.pk)
    assert set(Item.objects.filter(owner=ann).values_list("key", flat=True)) == {KEY, "card:1"}
    both = remembered([Given(AT, 3), Given(AT + timedelta(days=2), 3)])
    item = Item.objects.get(owner=ann, key=KEY)
    assert (item.reviews, item.due, item.memory) == (2, both.due, both.stored)
    assert answered(ann, KEY, 3, AT + timedelta(days=13)).reviews == 3
    client.force_login(ann, backend="django.contrib.auth.backends.ModelBackend")
    taken = client.get("/you/data/").json()["schedule"]
    assert len(taken["reviews"]) == 4
    assert [item["key"] for item in taken["items"]] == ["card:1", KEY]
    assert [point["point"] for point in taken["points"]] == ["t1.1"]
