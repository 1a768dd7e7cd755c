"""Whatever is taken away, the reader gets a timeline that says what it is, within the budget."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import DataError, OperationalError, connections
from redis import Redis
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import ResponseError

from tests.twitter.mixer.ranked import (
    DEAD,
    Read,
    a_machine,
    failing,
    ids,
    reading,
    shown_by,
    untrained,
)
from trainer.lib import clock
from trainer.resilience.bounded import Threads, TimedOut
from trainer.resilience.faults import Fault, Faults
from trainer.resilience.redis_clients import ONCE, TIMEOUT_S
from trainer.twitter import keys
from trainer.twitter.columns.models import Artefact
from trainer.twitter.errors import NoTimeline, PartFailed
from trainer.twitter.graph.services import mute
from trainer.twitter.mixer import cache
from trainer.twitter.mixer.budget import BUDGET_S, PARTS, POLICY
from trainer.twitter.mixer.guarding import sentence
from trainer.twitter.mixer.known import CHECK_S, LOADERS, Shelf
from trainer.twitter.mixer.ladder import ANEW, EXPIRED
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.timelines.home import chronological_home
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
PROMPT_S = 2 * BUDGET_S  # on a machine that does other things; what hangs would hang for 10 s
AWAY = re.compile("Postgres (is|was) away")  # was: found by who looked for newer artefacts
EXPECTED = {  # the level when a part fails, and what is missing then
    "query": (2, ()),
    "in_network": (2, ()),
    "celebrities": (0, ("celebrities",)),
    "graph": (0, ("graph",)),
    "embeddings": (0, ("embeddings",)),
    "light": (0, ("light",)),
    "heavy": (1, ("heavy",)),
    "chronological": (0, ()),
    "cache": (0, ()),
}


def test_every_part_has_an_expectation() -> None:
    assert set(EXPECTED) == set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_fails_costs_its_level_and_is_named(
    part: str, read: Read, world: World, reader: int
) -> None:
    page = read(world, reader, faults=failing(part))
    level, missing = EXPECTED[part]
    assert (page.level, tuple(one.part for one in page.missing)) == (level, missing)
    assert len(page.entries) == 50
    if level:
        assert "the fault 'error' was injected" in page.reason
    for one in page.missing:
        assert "the fault 'error' was injected" in one.why


# -- hanging parts, in real threads ------------------------------------------


@pytest.fixture
def threaded(redis: Redis) -> Read:
    """They see what is committed: the base."""
    return reading(a_machine(Threads()))


@pytest.mark.parametrize(
    ("parts", "level"),
    [
        (("heavy",), 1),
        (("celebrities", "graph", "embeddings"), 0),
        (("in_network",), 2),
        (("light", "heavy"), 2),
        (("query", "in_network", "light", "heavy"), 2),
    ],
)
def test_parts_that_hang_are_cut(
    parts: tuple[str, ...], level: int, threaded: Read, base: World, reader: int
) -> None:
    threaded(base, reader)  # warm
    page = threaded(base, reader, faults=failing(*parts, kind="hang"))
    assert page.level == level
    assert page.took_ms < PROMPT_S * 1000
    assert page.entries
    told = page.reason + "".join(one.why for one in page.missing)
    assert "no answer within" in told


def test_a_slow_part_within_its_share_is_waited_for(
    threaded: Read, base: World, reader: int
) -> None:
    threaded(base, reader)
    page = threaded(base, reader, faults=Faults({"heavy": Fault("slow", 0.05)}))
    assert page.level == 0
    assert page.took_ms > 50


def test_when_all_hangs_the_last_answer_comes_within_the_budget(
    threaded: Read, base: World, reader: int
) -> None:
    before = threaded(base, reader)
    hanging = failing("query", "chronological", kind="hang")
    page = threaded(base, reader, faults=hanging)
    assert (page.level, page.entries) == (3, before.entries)
    assert page.took_ms < PROMPT_S * 1000


# -- chronological -----------------------------------------------------------


def test_level_two_is_the_chronological_timeline_page_by_page(
    read: Read, world: World, redis: Redis, reader: int
) -> None:
    faults = failing("in_network")
    first = read(world, reader, faults=faults, limit=40)
    expected = chronological_home(redis, world, reader, limit=80)
    assert ids(first) == [entry.tweet.id for entry in expected.entries[:40]]
    second = read(world, reader, limit=40, cursor=first.next_cursor)
    assert ids(second) == [entry.tweet.id for entry in expected.entries[40:]]
    assert second.level == 2
    assert "chronological" in second.reason
    assert all(entry.score is None and entry.in_network for entry in second.entries)


def test_who_was_muted_is_not_in_the_chronological_timeline_either(
    read: Read, world: World, reader: int
) -> None:
    page = read(world, reader, faults=failing("query"))
    muted = min(shown_by(page))
    mute(world, reader, muted)
    again = read(world, reader, faults=failing("query"))
    assert muted not in shown_by(again)


def test_a_later_page_whose_list_is_lost_goes_on_at_its_place_chronologically(
    read: Read, world: World, redis: Redis, reader: int
) -> None:
    cursor = read(world, reader, limit=40).next_cursor
    redis.flushdb()
    page = read(world, reader, limit=40, cursor=cursor, faults=failing("heavy", "light"))
    expected = chronological_home(redis, world, reader, limit=80)
    assert page.level == 2
    assert ids(page) == [entry.tweet.id for entry in expected.entries[40:]]
    assert page.reason.startswith(f"{EXPIRED}; the heavy ranker: ")
    assert ANEW not in page.reason


@pytest.mark.parametrize("blob", [b"", b"\0\0\0\2[]", b"\0\0\0\2{}", b"\0\0\0\x63{"])
def test_a_list_that_other_code_kept_is_made_anew(
    blob: bytes, read: Read, world: World, redis: Redis, reader: int
) -> None:
    cursor = read(world, reader, limit=40).next_cursor
    (key,) = redis.scan_iter("ranked:*")
    redis.set(key, blob, keepttl=True)
    page = read(world, reader, limit=40, cursor=cursor)
    assert page.level == 0
    assert page.reason.startswith(EXPIRED)


def test_a_list_that_is_kept_is_in_the_trace(read: Read, world: World, reader: int) -> None:
    there, away = read(world, reader), read(world, reader, faults=failing("cache"))
    for page, error in ((there, None), (away, "the fault 'error' was injected")):
        assert page.trace is not None
        last = page.trace.parts[-1]
        assert last.name == "cache"
        assert (last.error is None) if error is None else (error in str(last.error))


@pytest.mark.parametrize("faults", [("light", "heavy"), ("query",)])
def test_what_is_not_ranked_is_not_kept_as_a_list(
    faults: tuple[str, ...], read: Read, world: World, redis: Redis, reader: int
) -> None:
    assert read(world, reader, faults=failing(*faults)).level == 2
    assert not list(redis.scan_iter("ranked:*"))


# -- the last answer ---------------------------------------------------------


def test_the_last_answer_is_shown_whole_with_its_age(read: Read, world: World, reader: int) -> None:
    then = clock.now()
    before = read(world, reader, now=then)
    later = read(
        world,
        reader,
        now=then + timedelta(seconds=40),
        faults=failing("query", "chronological"),
    )
    assert later.level == 3
    assert later.entries == before.entries
    assert later.age_s == pytest.approx(40, abs=0.01)
    assert later.next_cursor is None
    assert later.reason.count("was injected") == 2


def test_who_was_muted_since_is_not_in_the_last_answer(
    read: Read, world: World, reader: int
) -> None:
    muted = min(shown_by(read(world, reader)))
    mute(world, reader, muted)
    page = read(world, reader, faults=failing("query", "chronological"))
    assert page.level == 3
    assert page.entries
    assert muted not in shown_by(page)


def test_without_any_answer_the_error_says_what_failed(
    read: Read, world: World, reader: int
) -> None:
    with pytest.raises(NoTimeline) as error:
        read(world, reader, faults=failing("query", "chronological"))
    assert "this reader got none so far" in str(error.value)
    read(world, reader)
    with pytest.raises(NoTimeline) as error:
        read(world, reader, faults=failing("query", "chronological", "cache"))
    assert str(error.value).count("was injected") == 3


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\xff",
        b"[]",
        b"5",
        b"{}",
        b'{"format": 0}',
        b'{"format": 1}',
        b'{"format": 1, "entries": [5], "level": 0, "made_ms": 0, "weights_id": "test"}',
        b'{"format": 1, "entries": [[5, 5, 5, 5]], "level": 0, "made_ms": 0, "weights_id": ""}',
    ],
)
def test_an_answer_that_other_code_kept_is_none(
    blob: bytes, world: World, redis: Redis, reader: int
) -> None:
    redis.set(keys.answer(world.id, reader), blob)
    assert cache.last_answer(redis, world, reader) is None


def test_the_answer_of_another_overlay_is_not_shown(read: Read, world: World, reader: int) -> None:
    read(world, reader)
    other = overlays.create_overlay(world.root, now=clock.now())
    with pytest.raises(NoTimeline):
        read(other, reader, faults=failing("query", "chronological"))


# -- servers -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NoConnection(), "Redis is away (ConnectionError)"),
        (ResponseError(), "Redis refused it (ResponseError)"),
        (OperationalError(), "Postgres is away (OperationalError)"),
        (DataError(), "Postgres refused it (DataError)"),
        (IndexError(), "its numbers do not fit together (IndexError)"),
        (MemoryError(), "there was no memory left for it (MemoryError)"),
        (FileNotFoundError(), "the machine refused it (FileNotFoundError)"),
        (TimedOut(0.25), "no answer within 0.250 s"),
    ],
)
def test_a_reason_is_a_sentence_and_true(error: Exception, told: str) -> None:
    assert sentence(error) == told


def test_without_redis_the_list_is_ranked_all_the_same(
    read: Read, base: World, redis: Redis, reader: int
) -> None:
    there = read(base, reader)
    away = read(base, reader, redis=DEAD)
    assert (away.level, away.missing) == (0, ())
    assert ids(away) == ids(there)
    second = read(base, reader, redis=DEAD, cursor=away.next_cursor)
    assert ids(second) == ids(read(base, reader, cursor=there.next_cursor))
    assert "Redis is away" in second.reason


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_silent_redis_is_not_waited_for(
    threaded: Read, silent: int, base: World, reader: int
) -> None:
    threaded(base, reader)  # warm
    with Redis(port=silent, socket_timeout=TIMEOUT_S, retry=ONCE) as redis:
        page = threaded(base, reader, redis=redis)
    assert (page.level, page.missing) == (0, ())
    assert page.took_ms < PROMPT_S * 1000


def postgres_at(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For new threads."""
    settings: dict[str, Any] = connections.settings["default"]
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    there = {**settings, "HOST": "127.0.0.1", "PORT": port, "OPTIONS": options}
    monkeypatch.setitem(connections.settings, "default", there)


@pytest.fixture
def no_postgres(base: World, monkeypatch: pytest.MonkeyPatch) -> None:
    postgres_at(1, monkeypatch)


def test_a_silent_postgres_is_not_waited_for(
    base: World, redis: Redis, reader: int, silent: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reading(a_machine())(base, reader)
    postgres_at(silent, monkeypatch)
    page = reading(a_machine(Threads()))(base, reader)
    assert (page.level, page.entries) == (3, before.entries)
    assert page.took_ms < PROMPT_S * 1000


def test_without_postgres_the_last_answer_is_shown(
    base: World, redis: Redis, reader: int, no_postgres: None
) -> None:
    before = reading(a_machine())(base, reader)  # in this thread, which has a connection
    machine = a_machine(Threads())
    page = reading(machine)(base, reader)
    assert (page.level, page.entries) == (3, before.entries)
    assert AWAY.search(page.reason)
    assert page.took_ms < PROMPT_S * 1000
    again = reading(machine)(base, reader)
    assert again.entries == before.entries
    assert "Postgres was away a moment ago" in again.reason
    with pytest.raises(NoTimeline):  # later pages have no texts
        reading(machine)(base, reader, cursor=before.next_cursor)


def test_without_either_server_the_error_comes_within_the_budget(
    base: World, redis: Redis, reader: int, no_postgres: None
) -> None:
    read = reading(a_machine(Threads()))
    began = time.perf_counter()
    with pytest.raises(NoTimeline) as error:
        read(base, reader, redis=DEAD)
    assert time.perf_counter() - began < PROMPT_S
    assert AWAY.search(str(error.value))
    assert "Redis is away" in str(error.value)


# -- artefacts ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "level", "missing"),
    [
        ("snapshot", 2, ()),
        ("graph", 0, ("graph", "embeddings")),
        ("vectors", 1, ("embeddings", "heavy")),
        ("rankers", 2, ()),
    ],
)
@pytest.mark.parametrize("how", ["missing", "of another format"])
def test_an_artefact_that_cannot_be_used_is_named_with_the_remedy(
    name: str, level: int, missing: tuple[str, ...], how: str, world: World, reader: int
) -> None:
    kept_row = Artefact.objects.filter(world_id=world.root.id, name=name)
    if how == "missing":
        kept_row.delete()
    else:
        kept_row.update(format=0)
    page = reading(a_machine(shelf=Shelf()))(world, reader)
    assert (page.level, tuple(one.part for one in page.missing)) == (level, missing)
    assert len(page.entries) == 50
    told = [page.reason] if level else [one.why for one in page.missing]
    assert all("manage.py" in why for why in told)


@pytest.mark.parametrize(
    ("name", "level", "missing"),
    [
        ("graph", 0, ("graph", "embeddings")),
        ("vectors", 1, ("embeddings", "heavy")),
        ("rankers", 2, ()),
    ],
)
def test_a_damaged_artefact_costs_no_more_and_is_read_once(
    name: str, level: int, missing: tuple[str, ...], world: World, reader: int
) -> None:
    tries: list[str] = []

    def cut_short(_world: World) -> Any:
        tries.append(name)
        raise ValueError("cannot reshape array")

    seconds = [0.0]
    read = reading(a_machine(shelf=Shelf({**LOADERS, name: cut_short}, lambda: seconds[0])))
    for _ in range(3):
        page = read(world, reader)
        seconds[0] += CHECK_S
    assert (page.level, tuple(one.part for one in page.missing)) == (level, missing)
    assert f"has a damaged artefact {name!r}: `manage.py" in (
        page.missing[0].why if missing else page.reason
    )
    assert tries == [name]


def test_a_ranker_of_other_features_costs_its_level(world: World, reader: int) -> None:
    rankers = untrained(world.root, seed=1)
    damaged = replace(rankers, heavy=replace(rankers.heavy, first=rankers.light.heads))
    kept.save(world.root, damaged, {})
    page = reading(a_machine(shelf=Shelf()))(world, reader)
    assert page.level == 1
    assert "manage.py train_rankers" in page.reason


def test_a_ranker_without_numbers_costs_its_level(world: World, reader: int) -> None:
    rankers = untrained(world.root, seed=1)
    heads = rankers.heavy.heads
    diverged = replace(heads, bias=np.full_like(heads.bias, np.nan))
    kept.save(world.root, replace(rankers, heavy=replace(rankers.heavy, heads=diverged)), {})
    page = reading(a_machine(shelf=Shelf()))(world, reader)
    assert page.level == 1
    assert "no numbers" in page.reason


def test_rankers_trained_anew_are_in_use_within_seconds(world: World, reader: int) -> None:
    seconds = [0.0]
    shelf = Shelf(clock=lambda: seconds[0])
    read = reading(a_machine(shelf=shelf))
    now = clock.now()
    before = ids(read(world, reader, now=now))
    kept.save(world.root, untrained(world.root, seed=2), {})
    assert ids(read(world, reader, now=now)) == before
    seconds[0] += CHECK_S
    assert ids(read(world, reader, now=now)) != before


def slowly(loads: list[str], started: threading.Event, go_on: threading.Event) -> Shelf:
    """A shelf whose first load waits for `go_on`."""

    def loader(name: str) -> Any:
        def load(world: World) -> Any:
            loads.append(name)
            started.set()
            assert go_on.wait(10)
            return LOADERS[name](world)

        return load

    return Shelf({name: loader(name) for name in LOADERS}, wait_s=0.01)


def test_a_base_is_loaded_by_one_and_others_do_not_wait_for_ever(base: World) -> None:
    loads: list[str] = []
    started, go_on = threading.Event(), threading.Event()
    shelf = slowly(loads, started, go_on)
    found: list[object] = []
    first = threading.Thread(target=lambda: found.append(loaded(shelf, base)))
    first.start()
    assert started.wait(10)
    with pytest.raises(PartFailed, match="it takes a moment"):
        shelf.known(base)
    go_on.set()
    first.join()
    assert shelf.known(base) is found[0]
    assert loads == list(LOADERS)


def loaded(shelf: Shelf, base: World) -> object:
    try:
        return shelf.known(base)
    finally:
        connections.close_all()


# -- breakers ----------------------------------------------------------------


def test_ten_failures_open_the_breaker_of_one_world_s_part(
    read: Read, world: World, reader: int
) -> None:
    other = overlays.create_overlay(world.root, now=clock.now())
    for _ in range(POLICY.failures):
        assert read(world, reader, faults=failing("heavy")).level == 1
    page = read(world, reader)
    assert page.level == 1
    assert page.reason.startswith(
        "the heavy ranker: its breaker is open after 10 failures in 30 s; next try in "
    )
    assert read(other, reader).level == 0


def test_an_open_breaker_of_a_source_leaves_it_out(read: Read, world: World, reader: int) -> None:
    for _ in range(POLICY.failures):
        read(world, reader, faults=failing("graph"))
    page = read(world, reader)
    (missing,) = page.missing
    assert missing.part == "graph"
    assert "breaker is open" in missing.why


def test_a_missing_artefact_opens_no_breaker(world: World, reader: int) -> None:
    Artefact.objects.filter(world_id=world.root.id, name="rankers").delete()
    read = reading(a_machine(shelf=Shelf()))
    for _ in range(POLICY.failures + 1):
        page = read(world, reader)
    assert "breaker" not in page.reason


def test_breakers_are_dropped_with_their_world(
    read: Read, world: World, redis: Redis, reader: int
) -> None:
    read(world, reader, faults=failing("heavy"))
    assert redis.exists(keys.breaker(world.id, "heavy"), keys.answer(world.id, reader)) == 2
    overlays.drop_overlay(redis, world)
    assert not [key for key in redis.scan_iter() if keys.is_of(world.id, key)]
