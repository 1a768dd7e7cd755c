import multiprocessing
import os
import re
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from redis import Redis

from tests.resilience.failing import fail_many
from tests.resilience.valkeys import Valkey
from tests.runtime.processes import free_port
from trainer.resilience import breaker, breaker_local, breaker_rules
from trainer.resilience.breaker import Fallback, Permit, Policy, ask, look, report
from trainer.resilience.pausing import PAUSE_S
from trainer.resilience.redis_clients import client, rebuildable

START = 1_800_000_000_000_000  # microseconds since the epoch, as the server's clock gives them
SECOND = 1_000_000
POLICY = Policy()  # 10 failures within 30 s open for 60 s; a prober has 5 s
SHORT = Policy(failures=1, window_s=5, open_s=0.1, probe_lease_s=30)


@pytest.fixture(scope="module")
def redis(servers: None) -> Redis:
    return rebuildable()


@pytest.fixture
def key(redis: Redis) -> Iterator[bytes]:
    name = f"test:breaker:{uuid.uuid4().hex}".encode()
    yield name
    redis.delete(name)


class Breaker:
    """One breaker on Redis; times in seconds after START."""

    def __init__(self, redis: Redis, key: bytes, policy: Policy = POLICY) -> None:
        self.redis, self.key, self.policy = redis, key, policy

    def ask(self, at_s: float) -> Permit:
        return ask(self.redis, [self.key], self.policy, START + round(at_s * SECOND))[0]

    def report(self, permit: Permit, ok: bool, at_s: float) -> breaker.Receipt:
        now = START + round(at_s * SECOND)
        return report(self.redis, [(self.key, permit, ok)], self.policy, now)[0]

    def look(self, at_s: float) -> breaker.View:
        return look(self.redis, [self.key], self.policy, START + round(at_s * SECOND))[0]

    def fail(self, *at_s: float) -> None:
        for at in at_s:
            self.report(self.ask(at), False, at)

    def opened_at_0(self) -> "Breaker":
        self.fail(*[0.0] * self.policy.failures)
        return self


@pytest.fixture
def one(redis: Redis, key: bytes) -> Breaker:
    return Breaker(redis, key)


# -- Closed to open


def test_the_tenth_failure_within_thirty_seconds_opens(one):
    one.fail(*range(0, 27, 3))
    assert one.look(27).state == "closed"
    permit = one.ask(30)
    assert permit.allowed
    assert one.report(permit, False, 30) == breaker.Receipt(True, "open")
    refused = one.ask(30)
    assert (refused.allowed, refused.state, refused.retry_after_s) == (False, "open", 60.0)


def test_nine_failures_do_not_open(one):
    one.fail(*[0.0] * 9)
    assert one.ask(0).allowed
    assert one.look(0).failure_ages_s == (0.0,) * 9


def test_ten_failures_spread_wider_than_the_window_do_not_open(one):
    one.fail(0, *[15] * 8, 30.000_001)
    assert one.look(30.000_001).state == "closed"
    assert len(one.look(30.000_001).failure_ages_s) == 9
    one.fail(31)
    assert one.look(31).state == "open"


def test_a_steady_failure_every_four_seconds_never_opens(one):
    one.fail(*range(0, 400, 4))
    assert one.look(400).state == "closed"


def test_a_success_erases_no_failure(one):
    for at in range(9):
        one.fail(at)
        assert one.report(one.ask(at), True, at).counted
    one.fail(9)
    assert one.look(9).state == "open"


def test_failures_of_several_processes_count_together_and_open_at_the_tenth(redis, key):
    context = multiprocessing.get_context("spawn")
    start, permitted = context.Barrier(2), context.Queue()
    arguments = (os.environ["REDIS_URL"], key, Policy(failures=100), start, permitted, 70)
    processes = [context.Process(target=fail_many, args=arguments) for _ in range(2)]
    for each in processes:
        each.start()
    total = sum(permitted.get(timeout=60) for _ in processes)
    for each in processes:
        each.join(timeout=60)
    # A call that the other process's hundredth failure overtook was permitted and does not count.
    assert total in (100, 101)
    assert not ask(redis, [key], Policy(failures=100))[0].allowed


# -- Open to half-open


def test_it_stays_open_for_sixty_seconds_to_the_microsecond(one):
    one.opened_at_0()
    assert not one.ask(59.999_999).allowed
    assert one.look(59.999_999).half_open_in_s == 0.000_001
    assert one.ask(60).allowed


def test_one_probe_and_no_second_while_it_is_out(one):
    one.opened_at_0()
    probe, other = one.ask(60), one.ask(60)
    assert (probe.allowed, probe.state) == (True, "half-open")
    assert (other.allowed, other.state, other.retry_after_s) == (False, "half-open", 5.0)


def test_fifty_threads_that_keep_asking_by_the_server_s_clock_get_one_probe(redis, key):
    """All of them ask across the instant at which it becomes half-open."""
    report(redis, [(key, ask(redis, [key], SHORT)[0], False)], SHORT)
    start = threading.Barrier(50)

    def caller(_: int) -> Permit:
        start.wait(timeout=30)
        while (permit := ask(redis, [key], SHORT)[0]).state == "open":
            pass
        return permit

    with ThreadPoolExecutor(50) as pool:
        permits = list(pool.map(caller, range(50)))
    assert sum(each.allowed for each in permits) == 1
    assert {(each.state, each.is_shared) for each in permits} == {("half-open", True)}


def test_success_of_the_probe_closes_with_an_empty_window(one):
    one.opened_at_0()
    assert one.report(one.ask(60), True, 61) == breaker.Receipt(True, "closed")
    assert one.look(61).failure_ages_s == ()
    one.fail(*[61] * 9)
    assert one.ask(61).state == "closed"


def test_success_of_the_probe_empties_a_window_that_outlasts_the_pause(redis, key):
    one = Breaker(redis, key, replace(POLICY, window_s=3_000)).opened_at_0()
    one.report(one.ask(60), True, 60)
    one.fail(*[61] * 9)
    assert one.look(61).state == "closed"


def test_failure_of_the_probe_opens_for_sixty_seconds_more(one):
    one.opened_at_0()
    assert one.report(one.ask(60), False, 62) == breaker.Receipt(True, "open")
    assert not one.ask(121.999_999).allowed
    assert one.ask(122).allowed


def test_when_the_prober_dies_another_probes_after_the_lease(one):
    one.opened_at_0()
    dead = one.ask(60)
    assert not one.ask(64.999_999).allowed
    second = one.ask(65)
    assert second.allowed
    assert not one.ask(65).allowed
    assert one.report(dead, True, 66) == breaker.Receipt(False, "half-open")
    assert one.report(second, True, 66) == breaker.Receipt(True, "closed")


def test_a_late_prober_counts_while_nobody_took_its_place(one):
    one.opened_at_0()
    assert one.report(one.ask(60), True, 80) == breaker.Receipt(True, "closed")


# -- Late reports


def test_a_call_permitted_before_it_opened_counts_neither_way_afterwards(one):
    early = one.ask(0)
    one.opened_at_0()
    assert not one.report(early, True, 1).counted
    assert not one.report(early, False, 1).counted
    probe = one.ask(60)
    assert not one.report(early, True, 60).counted
    assert one.look(60).prober is not None
    one.report(probe, True, 60)
    assert not one.report(early, False, 60).counted
    assert one.look(60).failure_ages_s == ()


def test_a_report_of_before_a_flush_counts_nothing(one):
    permit = one.ask(0)
    one.redis.delete(one.key)
    assert one.report(permit, False, 1) == breaker.Receipt(False, "closed")
    one.ask(2)
    assert not one.report(permit, False, 3).counted


def test_a_report_of_what_was_refused_is_a_mistake(one):
    one.opened_at_0()
    with pytest.raises(ValueError, match="report only what was allowed"):
        one.report(one.ask(1), True, 1)


# -- Looking


def test_looking_shows_the_window_and_the_prober_and_changes_nothing(one):
    one.fail(*range(10))
    view = one.look(20)
    assert (view.state, view.half_open_in_s, view.prober) == ("open", 49.0, None)
    assert view.failure_ages_s == tuple(float(20 - at) for at in range(10))
    assert one.look(69).state == "half-open"
    assert one.look(69).prober is None
    assert one.ask(69).allowed
    view = one.look(70)
    assert view.prober == breaker.this_thread()
    assert view.lease_s == 4.0


def test_looking_makes_no_key(redis, key):
    assert look(redis, [key], POLICY)[0].state == "closed"
    assert not redis.exists(key)


# -- The key


def test_many_keys_are_asked_together_each_with_its_own_state(redis, key):
    keys = [b"%s:%d" % (key, n) for n in range(4)]
    once = Policy(failures=1)
    permits = ask(redis, keys, once, START)
    oks = [True, False, True, False]
    report(redis, list(zip(keys, permits, oks, strict=True)), once, START)
    assert [each.allowed for each in ask(redis, keys, once, START)] == oks
    assert [each.state == "closed" for each in look(redis, keys, once, START)] == oks
    assert (ask(redis, [], once), report(redis, [], once), look(redis, [], once)) == ([], [], [])
    redis.delete(*keys)


def test_a_closed_breaker_s_key_goes_soon_and_an_open_one_s_stays_a_day(redis, key):
    (permit,) = ask(redis, [key], SHORT)
    assert 5_000 < redis.pttl(key) <= 65_000
    report(redis, [(key, permit, False)], SHORT)
    assert 86_000_000 < redis.pttl(key) <= 86_400_000


def test_each_script_call_names_one_key_and_uses_no_other(redis, key):
    """So it may be on any node of a cluster."""
    text = Path(breaker.__file__).with_name("breaker.lua").read_text()
    uses = re.findall(r"redis\.call\('(\w+)'(.{0,9})", text)
    assert uses == [("TIME", ")"), ("GET", ", KEYS[1]"), ("SET", ", KEYS[1]")]
    keys, _ = breaker._call("ask", key, POLICY, None, "me")
    assert keys == [key]


def test_something_else_under_the_key_counts_as_closed(redis, key):
    redis.set(key, "17")
    assert ask(redis, [key], POLICY, START)[0].allowed


def test_a_clock_set_back_by_an_hour_keeps_it_open_no_longer_than_its_time(one):
    one.opened_at_0()
    assert one.ask(-3_600).retry_after_s == 60.0
    assert one.ask(-3_540).allowed


# -- The script and the rules agree

KINDS = ["fails", "fails", "fails", "succeeds", "ask", "late failure", "late success", "look"]
STEPS_US = [0, 0, 1, 499_999, 500_000, 500_001, 1_000_000, 2_000_000, -750_000]
EVENTS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(STEPS_US), st.integers(0, 5)),
    min_size=15,
    max_size=40,
)
POLICIES = st.builds(
    Policy,
    failures=st.integers(1, 3),
    window_s=st.sampled_from([0.5, 2, 3_000]),
    open_s=st.sampled_from([0.5, 1]),
    probe_lease_s=st.sampled_from([0.5, 1]),
)


class Both:
    """The script and the rules, asked the same and compared at every answer."""

    def __init__(self, redis: Redis, key: bytes, policy: Policy) -> None:
        self.redis, self.key, self.policy = redis, key, policy
        self.state: breaker_rules.State | None = None
        self.permits: list[Permit] = []

    def ask(self, now: int) -> Permit:
        me = breaker.this_thread()
        self.state, permit = breaker_rules.ask(self.state, self.policy, now, me)
        assert ask(self.redis, [self.key], self.policy, now) == [permit]
        self.permits += [permit] if permit.allowed else []
        return permit

    def report(self, permit: Permit, ok: bool, now: int) -> None:
        self.state, receipt = breaker_rules.report(self.state, self.policy, now, permit.token, ok)
        assert report(self.redis, [(self.key, permit, ok)], self.policy, now) == [receipt]

    def look(self, now: int) -> None:
        view = breaker_rules.look(self.state, self.policy, now)
        assert look(self.redis, [self.key], self.policy, now) == [view]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(policy=POLICIES, events=EVENTS)
def test_the_script_and_the_rules_give_the_same_answers(redis, key, policy, events):
    redis.delete(key)
    both, now = Both(redis, key, policy), START
    for kind, passed, back in events:
        now += passed
        if kind == "look":
            both.look(now)
        elif kind.startswith("late"):
            for permit in both.permits[-1 - back :][:1]:
                both.report(permit, kind == "late success", now)
        else:
            permit = both.ask(now)
            if permit.allowed and kind != "ask":
                both.report(permit, kind == "succeeds", now)


def test_the_script_and_the_rules_agree_on_a_breaker_that_is_not_there(redis, key):
    both = Both(redis, key, POLICY)
    both.report(Permit(True, "closed", START, 0.0), False, START)
    both.look(START)
    both.ask(START)


# -- When Redis is down


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    valkey = Valkey(tmp_path, free_port())
    valkey.start()
    yield valkey
    valkey.kill()


@pytest.mark.processes
def test_redis_dying_in_between_leaves_the_rules_to_the_process_until_it_is_back(
    valkey, clock, caplog
):
    redis, local = client(f"redis://127.0.0.1:{valkey.port}"), Fallback(clock)
    policy = Policy(failures=2)
    (shared,) = ask(redis, [b"k"], policy, fallback=local)
    assert shared.is_shared
    valkey.kill()
    assert not report(redis, [(b"k", shared, False)], policy, fallback=local)[0].counted
    for _ in range(2):
        (permit,) = ask(redis, [b"k"], policy, fallback=local)
        assert (permit.allowed, permit.is_shared) == (True, False)
        (receipt,) = report(redis, [(b"k", permit, False)], policy, fallback=local)
    assert (receipt.counted, receipt.state, receipt.is_shared) == (True, "open", False)
    assert not ask(redis, [b"k"], policy, fallback=local)[0].allowed
    assert look(redis, [b"k"], policy, fallback=local)[0].half_open_in_s == 60.0
    assert len(caplog.records) == 1
    valkey.start()
    assert not ask(redis, [b"k"], policy, fallback=local)[0].is_shared
    clock.now += PAUSE_S
    (permit,) = ask(redis, [b"k"], policy, fallback=local)
    assert permit == Permit(True, "closed", shared.token, 0.0, is_shared=True)


@pytest.mark.processes
def test_a_frozen_redis_is_asked_once_in_a_pause(valkey, clock, caplog):
    local = Fallback(clock)
    with Redis(port=valkey.port, socket_timeout=0.1, retry=None) as redis:
        valkey.freeze()
        for _ in range(200):
            assert not ask(redis, [b"k"], POLICY, fallback=local)[0].is_shared
        assert len(caplog.records) == 1  # each time it is asked it is waited for, and told
        clock.now += PAUSE_S
        assert not ask(redis, [b"k"], POLICY, fallback=local)[0].is_shared
        assert len(caplog.records) == 2
    clock.now += PAUSE_S
    valkey.thaw()
    thawed = client(f"redis://127.0.0.1:{valkey.port}")
    assert ask(thawed, [b"k"], POLICY, fallback=local)[0].is_shared


def test_what_redis_said_was_open_stays_so_when_it_is_away(redis, key, clock):
    local, gone = Fallback(clock), client("redis://127.0.0.1:1")
    policy = Policy(failures=1)
    (permit,) = ask(redis, [key], policy, fallback=local)
    report(redis, [(key, permit, False)], policy, fallback=local)
    assert not ask(redis, [key], policy, fallback=local)[0].allowed
    away = ask(gone, [key], policy, fallback=local)[0]
    assert (away.allowed, away.state, away.is_shared) == (False, "open", False)
    assert away.retry_after_s == pytest.approx(60, abs=5)
    clock.now += 61
    assert [ask(gone, [key], policy, fallback=local)[0].allowed for _ in range(2)] == [True, False]


def test_a_probe_of_redis_is_the_only_one_when_it_is_away_then(redis, key, clock):
    local, gone = Fallback(clock), client("redis://127.0.0.1:1")
    policy = Policy(failures=1, open_s=0.001)
    (permit,) = ask(redis, [key], policy, fallback=local)
    report(redis, [(key, permit, False)], policy, fallback=local)
    time.sleep(0.01)
    assert ask(redis, [key], policy, fallback=local)[0].state == "half-open"
    assert not ask(gone, [key], policy, fallback=local)[0].allowed
    clock.now += policy.probe_lease_s
    assert ask(gone, [key], policy, fallback=local)[0].allowed


def test_what_redis_says_is_closed_is_not_kept_open(redis, key, clock):
    local, gone = Fallback(clock), client("redis://127.0.0.1:1")
    policy = Policy(failures=1)
    (permit,) = ask(redis, [key], policy, fallback=local)
    report(redis, [(key, permit, False)], policy, fallback=local)
    assert not ask(redis, [key], policy, fallback=local)[0].allowed
    redis.delete(key)
    assert ask(redis, [key], policy, fallback=local)[0].allowed
    assert ask(gone, [key], policy, fallback=local)[0].allowed


def test_a_local_probe_is_one_among_many_threads(clock):
    redis, local = client("redis://127.0.0.1:1"), Fallback(clock)
    policy = Policy(failures=1)
    (permit,) = ask(redis, [b"k"], policy, fallback=local)
    report(redis, [(b"k", permit, False)], policy, fallback=local)
    clock.now += 60
    ask(redis, [b"other"], policy, fallback=local)  # takes the pause's attempt
    with ThreadPoolExecutor(20) as pool:
        permits = pool.map(lambda _: ask(redis, [b"k"], policy, fallback=local)[0], range(50))
    assert sum(each.allowed for each in permits) == 1


def test_a_process_keeps_a_bounded_number_of_breakers(clock, monkeypatch):
    monkeypatch.setattr(breaker_local, "MOST_LOCAL", 3)
    redis, local = client("redis://127.0.0.1:1"), Fallback(clock)
    once = Policy(failures=1)
    for n in range(4):
        (permit,) = ask(redis, [b"%d" % n], once, fallback=local)
        report(redis, [(b"%d" % n, permit, False)], once, fallback=local)
    views = look(redis, [b"0", b"1", b"2", b"3"], once, fallback=local)
    assert [each.state for each in views] == ["closed", "open", "open", "open"]


def test_the_process_s_own_fallback_is_one_and_a_forked_child_has_another():
    ours = breaker.process_fallback()
    assert breaker.process_fallback() is ours
    child = os.fork()
    if child == 0:
        os._exit(0 if breaker.process_fallback() is not ours else 1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize(
    "numbers",
    [
        {"failures": 0},
        {"failures": 1_001},
        {"window_s": 0},
        {"open_s": float("nan")},
        {"probe_lease_s": float("inf")},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(numbers):
    with pytest.raises(ValueError, match="give"):
        Policy(**numbers)
