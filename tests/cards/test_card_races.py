"""What two devices of one person do at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest

from tests.races import PATIENCE_S, in_a_thread, locks, meanwhile
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.cards import services
from trainer.cards.errors import OwnerGone
from trainer.cards.queue import queue
from trainer.cards.services import Answer
from trainer.schedule.memory import Given, remembered
from trainer.schedule.models import Item, Review
from trainer.schedule.selectors import preferences, terms_of

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def first_key() -> str:
    return queue(None, AT).cards[0].key


def answers(owner: User, once: str, rating: int = 3) -> Callable[[], Any]:
    given = Answer(once, first_key(), rating, AT.replace(minute=rating))
    return lambda: services.answer(owner, given, AT.replace(hour=13))


def test_answers_of_two_devices_at_once_all_count_and_each_once():
    ann, barrier = User.objects.create(username="ann"), Barrier(4)
    calls = [answers(ann, "a", 1), answers(ann, "a", 1), answers(ann, "b", 3), answers(ann, "c", 4)]
    with ThreadPoolExecutor(4) as pool:
        sent = [in_a_thread(pool, lambda c=call: (barrier.wait(PATIENCE_S), c())) for call in calls]
    assert [each.exception() for each in sent] == [None] * 4
    item = Item.objects.get()
    told = [Given(*row) for row in Review.objects.values_list("at", "rating")]
    memory = remembered(told, terms_of(preferences(ann), stepped=True), item.key)
    assert (item.reviews, item.due, item.memory) == (3, memory.due, memory.stored)


def test_undo_from_two_devices_at_once_takes_back_one_answer():
    ann, barrier = User.objects.create(username="ann"), Barrier(2)
    for once in ("a", "b"):
        answers(ann, once)()
    with ThreadPoolExecutor(2) as pool:
        undo = lambda: (barrier.wait(PATIENCE_S), services.undo(ann, "b"))[1]  # noqa: E731
        undone = [in_a_thread(pool, undo) for _ in range(2)]
    assert {each.result() for each in undone} == {first_key(), None}
    assert Review.objects.get().once == "a"


def test_an_answer_while_its_guest_signs_in_is_refused_and_nothing_is_lost():
    guest = User.objects.create(username="guest-1", is_guest=True)
    account = User.objects.create(username="ann")
    answers(guest, "before")()

    def late() -> object:
        try:
            return answers(guest, "late")()
        except OwnerGone as error:
            return error

    came = meanwhile(locks(guest), late, lambda: merge_guest(guest.pk, account.pk))
    assert isinstance(came, OwnerGone)
    assert Review.objects.get().owner == Item.objects.get().owner == account
