"""Circuit breakers shared by all processes: in Redis, by its server's clock.

One key is one breaker, and one script call uses one key, so it works on a cluster as it is; all
keys of a call travel in one round trip. A flush closes all breakers. A key goes by itself: a closed
breaker's a minute after its window, and what is reported later than that does not count; an open
one's after a day.

When Redis is away this process follows the same rules (`breaker_rules`) by itself, and leaves Redis
alone for PAUSE_S: a request whose whole budget is 1.5 s cannot wait a second for it each time.
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from trainer.resilience.breaker_local import Fallback, process_fallback
from trainer.resilience.breaker_rules import MICRO, Permit, Policy, Receipt, StateName, View
from trainer.resilience.scripts import Argument, Call, Client, Script

__all__ = [
    "Fallback", "Permit", "Policy", "Receipt", "StateName", "View",
    "ask", "look", "process_fallback", "report",
]  # fmt: skip

_STEP: Final = Script((Path(__file__).parent / "breaker.lua").read_text(encoding="utf-8"))


def ask(
    redis: Client,
    keys: Sequence[bytes],
    policy: Policy,
    now: int | None = None,
    fallback: Fallback | None = None,
) -> list[Permit]:
    """May a call go through? One permit for each key, in their order. Never raises for Redis.

    Whoever was allowed reports how it went, once. `now` is for tests: microseconds since the epoch
    instead of the server's clock; the key's life goes by the server's all the same. `fallback`:
    the process's own by default.
    """
    local = fallback or process_fallback()
    who = this_thread()
    replies = local.shared(redis, _STEP, [_call("ask", key, policy, now, who) for key in keys])
    if replies is None:
        return [local.ask(key, policy, now, who) for key in keys]
    permits = [_permit(reply) for reply in replies]
    for key, permit in zip(keys, permits, strict=True):
        local.told(key, permit, policy, now, who)
    return permits


def report(
    redis: Client,
    outcomes: Sequence[tuple[bytes, Permit, bool]],
    policy: Policy,
    now: int | None = None,
    fallback: Fallback | None = None,
) -> list[Receipt]:
    """How permitted calls went: (key, its permit, whether it went well). Never raises for Redis.

    A call permitted before the breaker last changed its state does not count. Redis and this
    process each count only what they permitted: what Redis permitted and cannot be told is lost.
    ValueError for a call that was not permitted.
    """
    for key, permit, _ in outcomes:
        if not permit.allowed:
            raise ValueError(f"{key!r} was not permitted: report only what was allowed")
    local = fallback or process_fallback()
    calls = [
        _call("report", key, policy, now, permit.token, int(ok))
        for key, permit, ok in outcomes
        if permit.is_shared
    ]
    replies = iter(local.shared(redis, _STEP, calls) or ())
    receipts = []
    for key, permit, ok in outcomes:
        reply = next(replies, None) if permit.is_shared else None
        if reply is None:
            receipts.append(local.report(key, permit, ok, policy, now))
        else:
            receipts.append(_receipt(reply))
    return receipts


def look(
    redis: Client,
    keys: Sequence[bytes],
    policy: Policy,
    now: int | None = None,
    fallback: Fallback | None = None,
) -> list[View]:
    """The breakers as they stand, without any effect on them."""
    local = fallback or process_fallback()
    replies = local.shared(redis, _STEP, [_call("look", key, policy, now) for key in keys])
    if replies is None:
        return [local.look(key, policy, now) for key in keys]
    return [_view(reply) for reply in replies]


def this_thread() -> str:
    """The name by which a view shows a prober."""
    return f"process-{os.getpid()}-thread-{threading.get_native_id()}"


def _call(command: str, key: bytes, policy: Policy, now: int | None, *more: Argument) -> Call:
    numbers = (policy.failures, policy.window_us, policy.open_us, policy.lease_us)
    return [key], (command, *numbers, "" if now is None else now, *more)


def _permit(reply: Any) -> Permit:
    name, wait_us, generation, allowed, _, *_ = reply
    if not allowed:
        return Permit(False, name.decode(), 0, wait_us / MICRO)
    return Permit(True, name.decode(), generation, 0.0)


def _receipt(reply: Any) -> Receipt:
    return Receipt(bool(reply[3]), reply[0].decode())


def _view(reply: Any) -> View:
    name, wait_us, _, _, prober, *ages_us = reply
    state, wait_s = name.decode(), wait_us / MICRO
    is_probed = state == "half-open" and wait_us > 0
    return View(
        state,
        tuple(age / MICRO for age in ages_us),
        wait_s if state == "open" else 0.0,
        prober.decode() if is_probed else None,
        wait_s if is_probed else 0.0,
    )
