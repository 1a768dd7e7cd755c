"""The rules of a circuit breaker, as values and pure functions. `breaker.lua` says the same.

Closed: calls go through. When the `failures`-th failure comes within `window_s` it opens: no call
goes through for `open_s`. Then it is half-open: one call goes through, the probe. Its success
closes the breaker with an empty window, its failure opens it anew. A success in the closed state
erases no failure: it is the failures in the window that count, however many calls went well.

A failure counts while it is at most `window_s` old. All times are whole microseconds of one clock;
what a clock that was set back puts into the future counts as of now.
"""

import math
from dataclasses import dataclass, replace
from typing import Final, Literal

StateName = Literal["closed", "open", "half-open"]
MICRO: Final = 1_000_000
MOST_FAILURES: Final = 1_000  # each is kept by its time
LONGEST_S: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Policy:
    """`failures` within `window_s` open for `open_s`; a prober that has not reported after
    `probe_lease_s` is taken for dead. ValueError when a number makes no sense."""

    failures: int = 10
    window_s: float = 30.0
    open_s: float = 60.0
    probe_lease_s: float = 5.0

    def __post_init__(self) -> None:
        if not 1 <= self.failures <= MOST_FAILURES:
            raise ValueError(f"{self.failures} failures; give a number from 1 to {MOST_FAILURES:,}")
        for name in ("window_s", "open_s", "probe_lease_s"):
            value = getattr(self, name)
            if not (1 / MICRO <= value <= LONGEST_S):
                raise ValueError(f"{name} is {value}; give seconds, up to {LONGEST_S:,.0f}")

    @property
    def window_us(self) -> int:
        return math.floor(self.window_s * MICRO)

    @property
    def open_us(self) -> int:
        return math.floor(self.open_s * MICRO)

    @property
    def lease_us(self) -> int:
        return math.floor(self.probe_lease_s * MICRO)


@dataclass(frozen=True, slots=True)
class Permit:
    """Whether a call may go through. `token` says in which generation, for its report (0 when
    refused). `retry_after_s`: 0 when allowed, else how long to wait until asking makes sense.
    `is_shared` is False when this process alone decided, as Redis was away."""

    allowed: bool
    state: StateName
    token: int
    retry_after_s: float
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a report did. `counted` is False for a call of an earlier generation. `state` after."""

    counted: bool
    state: StateName
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """A breaker as it stands. `failure_ages_s`: of the failures in the window, oldest first;
    `half_open_in_s`: 0 unless open; `prober`: who has the probe's lease, `lease_s` for how long."""

    state: StateName
    failure_ages_s: tuple[float, ...]
    half_open_in_s: float
    prober: str | None
    lease_s: float
    is_shared: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """Every change of state begins a new `generation`. `opened_us` is None when closed, `probe_us`
    None until a probe has gone out. `failures`: the times of the newest ones, ascending."""

    generation: int
    failures: tuple[int, ...] = ()
    opened_us: int | None = None
    probe_us: int | None = None
    prober: str = ""


def ask(
    state: State | None, policy: Policy, now_us: int, who: str = "somebody"
) -> tuple[State, Permit]:
    """May a call go through? None is a breaker that was never asked. `who` would be the prober."""
    state = _as_of(state, policy, now_us)
    name, wait_us = _name_and_wait(state, policy, now_us)
    if name == "closed":
        return state, Permit(True, name, state.generation, 0.0)
    if wait_us > 0:
        return state, Permit(False, name, 0, wait_us / MICRO)
    state = replace(state, generation=state.generation + 1, probe_us=now_us, prober=who)
    return state, Permit(True, "half-open", state.generation, 0.0)


def report(
    state: State | None, policy: Policy, now_us: int, token: int, ok: bool
) -> tuple[State | None, Receipt]:
    """How a permitted call went. A breaker that is not there (any more) counts nothing."""
    if state is None:
        return None, Receipt(False, "closed")
    state = _as_of(state, policy, now_us)
    counted = token == state.generation
    if counted and ok and state.opened_us is not None:
        state = State(state.generation + 1)
    elif counted and not ok:
        state = _failed(state, policy, now_us)
    return state, Receipt(counted, _name_and_wait(state, policy, now_us)[0])


def look(state: State | None, policy: Policy, now_us: int) -> View:
    """The same without any effect."""
    state = _as_of(state, policy, now_us)
    name, wait_us = _name_and_wait(state, policy, now_us)
    is_probed = name == "half-open" and wait_us > 0
    return View(
        name,
        tuple((now_us - at) / MICRO for at in state.failures),
        wait_us / MICRO if name == "open" else 0.0,
        state.prober if is_probed else None,
        wait_us / MICRO if is_probed else 0.0,
    )


def as_told(permit: Permit, policy: Policy, now_us: int, who: str) -> State | None:
    """The state of a breaker kept elsewhere that gave this permit, without its failures, on a clock
    that says `now_us`. None: closed."""
    if permit.state == "closed":
        return None
    wait_us = round(permit.retry_after_s * MICRO)
    if permit.state == "open":
        return State(now_us, opened_us=now_us - policy.open_us + wait_us)
    probe_us = now_us if permit.allowed else now_us - policy.lease_us + wait_us
    prober = who if permit.allowed else "another"
    return State(now_us, opened_us=now_us - policy.open_us, probe_us=probe_us, prober=prober)


def _as_of(state: State | None, policy: Policy, now_us: int) -> State:
    """Without the failures that are out of the window, and nothing in the future."""
    if state is None:
        return State(now_us)
    kept = (min(at, now_us) for at in state.failures if now_us - at <= policy.window_us)
    return replace(
        state,
        failures=tuple(kept),
        opened_us=None if state.opened_us is None else min(state.opened_us, now_us),
        probe_us=None if state.probe_us is None else min(state.probe_us, now_us),
    )


def _name_and_wait(state: State, policy: Policy, now_us: int) -> tuple[StateName, int]:
    """The state's name, and how long until a probe may go out (0: at once)."""
    if state.opened_us is None:
        return "closed", 0
    if state.probe_us is not None:
        return "half-open", max(0, state.probe_us + policy.lease_us - now_us)
    wait_us = state.opened_us + policy.open_us - now_us
    return ("open", wait_us) if wait_us > 0 else ("half-open", 0)


def _failed(state: State, policy: Policy, now_us: int) -> State:
    failures = (*state.failures, now_us)[-policy.failures :]
    if state.opened_us is None and len(failures) < policy.failures:
        return replace(state, failures=failures)
    return State(state.generation + 1, failures, opened_us=now_us)
