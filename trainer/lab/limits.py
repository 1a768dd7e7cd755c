"""How often a visitor may ask the labs."""

import hashlib
import os
from functools import lru_cache

from trainer.resilience.pausing import Pause
from trainer.resilience.rate_limit import RateLimit, Verdict, take
from trainer.resilience.scripts import Client

MINUTE_S = 60
# One a second: more than a person reads, and less than a twentieth of a core.
A_VISITOR = RateLimit(60, 60 / MINUTE_S)
# A class behind one address gets in; a script that makes up sessions does not get far.
AN_ADDRESS = RateLimit(300, 300 / MINUTE_S)


def ask(redis: Client, session: str | None, address: str, pause: Pause | None = None) -> Verdict:
    """Count a question of a visitor (by their session, else by their address), and of the address.

    `redis` is the rebuildable one. Lets people in when it is down: the timeline works without it.
    `pause`: when to ask it again then; None: this process's. The session's key is a secret, and as
    long as its sender likes: only its hash is kept.
    """
    pause = pause or _pause()
    who = hashlib.sha256((session or f"address {address}").encode()).hexdigest()
    verdict = take(redis, f"lab:visitor:{who}", A_VISITOR, pause=pause)
    if not verdict.allowed:
        return verdict
    return take(redis, f"lab:address:{address}", AN_ADDRESS, pause=pause)


# A run costs some seconds of a core: one in five seconds, after the first dozen; and a class behind
# one address may begin together.
RUNS = RateLimit(12, 12 / MINUTE_S)
RUNS_OF_AN_ADDRESS = RateLimit(60, 60 / MINUTE_S)


def start(redis: Client, owner_id: int, address: str) -> Verdict:
    """Count a run that a visitor wants, and of the address. Lets them when Redis is down."""
    verdict = take(redis, f"lab:run:{owner_id}", RUNS, pause=_pause())
    if not verdict.allowed:
        return verdict
    return take(redis, f"lab:run:address:{address}", RUNS_OF_AN_ADDRESS, pause=_pause())


@lru_cache(maxsize=1)
def _pause() -> Pause:
    return Pause()


os.register_at_fork(after_in_child=_pause.cache_clear)  # a lock might be held
