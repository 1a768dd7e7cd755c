import os
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.runtime.processes import eventually
from trainer.resilience.bounded import (
    AllThreadsStuck,
    Calls,
    Inline,
    Threads,
    TimedOut,
    process_threads,
)

LONG_S = 30.0


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What a hanging call waits for; opened in the end, so that no thread stays."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture(params=[Threads(4), Inline()], ids=["threads", "inline"])
def calls(request: pytest.FixtureRequest) -> Calls:
    return request.param


def fail() -> int:
    raise KeyError("lost")


# -- Both ways


def test_results_come_in_the_order_of_the_calls(calls) -> None:
    def slow_first() -> int:
        time.sleep(0.02)
        return 0

    wanted = [slow_first, lambda: 1, lambda: 2, lambda: None]
    assert calls.together(wanted, [LONG_S] * 4) == [0, 1, 2, None]
    assert calls.together([], []) == []


def test_an_exception_stands_in_its_call_s_place_and_spares_the_others(calls) -> None:
    first, failed, last = calls.together([lambda: 1, fail, lambda: 3], [LONG_S] * 3)
    assert (first, last) == (1, 3)
    assert isinstance(failed, KeyError)


def test_one_call_gives_its_result_or_raises(calls) -> None:
    assert calls.within(LONG_S, lambda: 7) == 7
    with pytest.raises(KeyError, match="lost"):
        calls.within(LONG_S, fail)


def test_each_call_needs_its_limit(calls) -> None:
    with pytest.raises(ValueError, match="zip"):
        calls.together([fail, fail], [LONG_S])


# -- Threads


def hold_all(threads: Threads, gate: threading.Event) -> None:
    """Every thread runs a call that hangs, and for which nobody waits any more."""
    while threads.abandoned < threads.most:
        cut = threads.together([gate.wait] * 100, [0.02] * 100)
        assert {type(each) for each in cut} == {TimedOut}


def test_calls_run_at_the_same_time() -> None:
    meeting = threading.Barrier(4)
    arrived = Threads(4).together([lambda: meeting.wait(LONG_S)] * 4, [LONG_S] * 4)
    assert sorted(arrived) == [0, 1, 2, 3]


def test_a_hang_is_cut_at_its_own_limit_and_the_others_are_kept(gate) -> None:
    threads = Threads(4)
    first, cut, last = threads.together([lambda: 1, gate.wait, lambda: 3], [LONG_S, 0.05, LONG_S])
    assert (first, last) == (1, 3)
    assert isinstance(cut, TimedOut)
    assert str(cut) == "no answer within 0.050 s"


def test_limits_run_side_by_side_and_not_one_after_the_other(gate) -> None:
    """The second's limit is over when the first's is: it is not given a new one."""
    ended = []

    def late() -> None:
        gate.wait()
        ended.append(1)

    cut = Threads(4).together([gate.wait, late], [0.1, 0.05])
    assert [type(each) for each in cut] == [TimedOut, TimedOut]
    assert not ended


def test_a_thread_whose_call_was_cut_is_free_again_when_it_ends(gate) -> None:
    threads = Threads(1)
    hold_all(threads, gate)
    with pytest.raises(AllThreadsStuck, match="all 1 threads are held"):
        threads.within(LONG_S, lambda: 1)
    gate.set()
    eventually(lambda: threads.abandoned == 0, 5, "the thread is free")
    assert threads.within(LONG_S, lambda: 1) == 1


def test_a_hundred_hanging_calls_do_not_exhaust_it_for_good(gate) -> None:
    threads = Threads(8)
    hold_all(threads, gate)
    refused = threads.together([lambda: 1] * 100, [LONG_S] * 100)
    assert {type(each) for each in refused} == {AllThreadsStuck}
    gate.set()
    eventually(lambda: threads.abandoned == 0, 5, "the threads are free")
    assert threads.together([lambda: 1] * 100, [LONG_S] * 100) == [1] * 100


def test_there_are_never_more_threads_than_allowed() -> None:
    threads, used = Threads(3), set()

    def who() -> None:
        used.add(threading.get_ident())
        time.sleep(0.002)

    threads.together([who] * 30, [LONG_S] * 30)
    assert 1 <= len(used) <= 3


def test_a_call_cut_before_it_began_never_runs(gate) -> None:
    threads, ran = Threads(1), []
    blocked, waiting = threads.together([gate.wait, lambda: ran.append(1)], [0.05, 0.05])
    assert isinstance(blocked, TimedOut)
    assert isinstance(waiting, TimedOut)
    gate.set()
    eventually(lambda: threads.abandoned == 0, 5, "the thread is free")
    threads.within(LONG_S, lambda: None)
    assert ran == []


def test_a_call_that_exits_does_not_take_its_thread_along() -> None:
    threads = Threads(1)
    with pytest.raises(SystemExit):
        threads.within(LONG_S, lambda: exit(3))
    assert threads.within(LONG_S, lambda: 1) == 1


def test_the_process_s_own_threads_are_one_pool_and_a_forked_child_has_another() -> None:
    ours = process_threads()
    assert process_threads() is ours
    child = os.fork()
    if child == 0:
        os._exit(0 if process_threads() is not ours else 1)
    assert os.waitpid(child, 0)[1] == 0


# -- The database


def select_one() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_thread_gives_its_connection_back_after_each_call() -> None:
    threads = Threads(1)
    assert threads.within(LONG_S, select_one) == 1
    assert threads.within(LONG_S, lambda: connection.connection) is None

    def fail_in_the_database() -> None:
        with transaction.atomic():
            select_one()
            raise KeyError("lost")

    with pytest.raises(KeyError):
        threads.within(LONG_S, fail_in_the_database)
    assert threads.within(LONG_S, lambda: connection.connection) is None
    assert threads.within(LONG_S, select_one) == 1


@pytest.mark.django_db
def test_inline_calls_see_the_caller_s_transaction() -> None:
    ours = connection.connection
    assert Inline().within(LONG_S, lambda: connection.connection) is ours
    assert Inline().together([select_one], [LONG_S]) == [1]
