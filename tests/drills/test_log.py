"""What every drill's log holds to. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from trainer.drills.choosing import chosen
from trainer.drills.log import KEPT, Body, Log, finished, started
from trainer.drills.typed import Refused, TooLong, Typed, check

T0 = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_state_is_read_from_the_events_in_order() -> None:
    log = Log(()).then(T0, [started(["a"], 60)])
    log = log.then(T0 + timedelta(seconds=5), [Body(KEPT, {"box": "one", "text": "ab"})])
    log = log.then(T0 + timedelta(seconds=9), [Body(KEPT, {"box": "one", "text": "abc"})])
    assert [event.seq for event in log.events] == [1, 2, 3]
    assert log.drafts == {"one": "abc"}
    assert log.written == len("a") + len("one" + "ab") + len("one" + "abc")
    assert log.finished_at is None
    assert log.then(T0 + timedelta(seconds=70), [finished()]).finished_at is not None


def test_late_is_after_the_deadline_of_the_server() -> None:
    log = Log(()).then(T0, [started([], 60)])
    assert not log.is_late(T0 + timedelta(seconds=60))
    assert log.is_late(T0 + timedelta(seconds=61))
    assert not Log(()).then(T0, [started([], None)]).is_late(T0 + timedelta(days=1))


def test_the_same_seed_chooses_the_same_items_and_the_wanted_one_comes_first() -> None:
    items = [str(n) for n in range(20)]
    assert chosen(items, 7, 5) == chosen(items, 7, 5) != chosen(items, 8, 5)
    assert chosen(items, 7, 5, wanted="13")[0] == "13"
    assert len(set(chosen(items, 7, 5, wanted="13"))) == 5
    assert chosen(items[:2], 7, 5, wanted="nothing") in {("0", "1"), ("1", "0")}


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d"])
def test_what_no_database_can_hold_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="cannot be stored"):
        check(Typed({"text": [text]}))


def test_the_limit_is_20_000_characters() -> None:
    check(Typed({"text": ["x" * 20_000]}))
    with pytest.raises(TooLong, match=r"20,001 characters; the limit is 20,000"):
        check(Typed({"text": ["x" * 20_001]}))
