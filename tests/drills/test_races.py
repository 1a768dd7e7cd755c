"""What two requests of one person do at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.drills.rounds import Player
from tests.races import PATIENCE_S, in_a_thread, locks, meanwhile
from trainer.accounts.merge import merge_guest
from trainer.accounts.models import User
from trainer.drills import services
from trainer.drills.models import Round
from trainer.drills.selectors import log_of
from trainer.drills.typed import Refused, Typed
from trainer.grading.models import Grading
from trainer.lib import clock
from trainer.schedule.models import Item

pytestmark = pytest.mark.django_db(transaction=True)


def acts(player: Player, command: str, key: str, **fields: str) -> Callable[[], Any]:
    typed = Typed({name: (value,) for name, value in fields.items()})
    return lambda: services.act(player.round.id, command, typed, now=clock.now(), key=key)


def test_forms_sent_at_once_leave_one_answer_and_no_gap() -> None:
    player, barrier = Player("traps", item="t1"), Barrier(4)

    def sends(key: str) -> Callable[[], Any]:
        act = acts(player, "answer", key, box="answer-1", text=f"Push, {key}.")
        return lambda: (barrier.wait(PATIENCE_S), act())

    with ThreadPoolExecutor(4) as pool:
        futures = [in_a_thread(pool, sends(key)) for key in "aabb"]
    refused = [future.exception() for future in futures if future.exception()]
    assert [type(each) for each in refused] == [Refused, Refused]
    assert [event.seq for event in log_of(player.round).events] == [1, 2]
    assert Grading.objects.count() == 1


def test_a_sign_in_while_a_round_ends_neither_fails_nor_loses_anything() -> None:
    player = Player("clarify")
    guest, account = player.owner, User.objects.create(username="ada")
    ends = acts(player, "finish", "a")
    meanwhile(locks(guest), ends, lambda: merge_guest(guest.pk, account.pk))
    round = Round.objects.get()
    assert log_of(round).finished_at
    assert (round.owner, Item.objects.get().owner) == (account, account)


def test_a_form_of_a_round_that_is_deleted_meanwhile_is_not_found() -> None:
    player = Player("clarify")
    person = player.owner
    answer = meanwhile(locks(person), lambda: player.send("finish"), person.delete)
    assert answer.status_code == 404
    assert not Round.objects.exists()
