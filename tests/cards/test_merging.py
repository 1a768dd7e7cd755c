"""A guest who studied signs in to an account that studied as well."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.cards import services
from trainer.cards.models import OwnCard, Remark
from trainer.cards.queue import queue
from trainer.cards.services import Answer
from trainer.schedule.models import Item, Review
from trainer.schedule.services import prefer, suspend

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
NUMBER = "card:twitter:number:dau"


@pytest.fixture
def ann() -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def guest() -> User:
    return User.objects.create(username="guest-0", is_guest=True)


def say(owner: User, key: str, once: str, days: float = 0, rating: int = 4) -> None:
    at = AT + timedelta(days=days)
    services.answer(owner, Answer(once, key, rating, at), at)


def brought(owner: User, front: str, origin: str = "anki-1") -> OwnCard:
    return OwnCard.objects.create(
        owner=owner, front=front, back="b", origin=origin, created_at=AT, changed_at=AT
    )


def test_an_undo_of_the_guests_answer_keeps_the_accounts(ann, guest):
    for number in range(3):
        say(ann, NUMBER, f"a{number}", days=10 * number)
    say(guest, NUMBER, "g", days=21)
    merge_guest(guest.pk, ann.pk)
    assert Item.objects.get().reviews == 4
    assert services.undo(ann, "g") == NUMBER
    assert Item.objects.get().reviews == Review.objects.count() == 3
    for number in (2, 1, 0):
        assert services.undo(ann, f"a{number}") == NUMBER
    assert not Item.objects.exists()


def test_answers_to_a_card_that_both_brought_join(ann, guest):
    mine, theirs = brought(ann, "same"), brought(guest, "same")
    alone = brought(guest, "alone", "anki-2")
    say(ann, mine.key, "a")
    say(guest, theirs.key, "g", days=9)
    say(guest, alone.key, "h")
    merge_guest(guest.pk, ann.pk)
    assert {card.key for card in OwnCard.objects.filter(owner=ann)} == {mine.key, alone.key}
    assert {item.key: item.reviews for item in Item.objects.all()} == {mine.key: 2, alone.key: 1}
    found = queue(ann, AT + timedelta(days=300), limit=50)
    assert found.left.review == 2
    assert {mine.key, alone.key} <= set(found.keys)


def test_a_note_of_the_guest_goes_on_the_accounts(ann, guest):
    for owner, note, tags in ((ann, "Ours.", ["x"]), (guest, "Theirs.", ["y", "x"])):
        Remark.objects.create(owner=owner, key=NUMBER, note=note, tags=tags, changed_at=AT)
    Remark.objects.create(owner=guest, key="card:twitter:number:mau", note="B.", changed_at=AT)
    merge_guest(guest.pk, ann.pk)
    remarks = {remark.key: remark for remark in Remark.objects.filter(owner=ann)}
    assert len(remarks) == 2
    assert (remarks[NUMBER].note, remarks[NUMBER].tags) == ("Ours.\n\nTheirs.", ["x", "y"])


def test_what_the_guest_set_aside_stays_so(ann, guest):
    for owner, once in ((ann, "a"), (guest, "g")):
        say(owner, NUMBER, once)
    suspend(guest, NUMBER, AT)
    merge_guest(guest.pk, ann.pk)
    assert Item.objects.get().suspended


def test_the_guests_cards_come_by_the_accounts_interview(ann, guest):
    prefer(ann, interview_on=date(2026, 3, 28))
    say(guest, NUMBER, "g")
    say(guest, NUMBER, "h", days=9)
    assert Item.objects.get().due.date() > date(2026, 3, 28)
    merge_guest(guest.pk, ann.pk)
    assert date(2026, 3, 25) <= Item.objects.get().due.date() < date(2026, 3, 28)
