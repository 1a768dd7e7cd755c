"""How often a visitor may ask the labs."""

import hashlib

from trainer.resilience.rate_limit import RateLimit, Verdict, take
from trainer.resilience.scripts import Client

MINUTE_S = 60
# One a second: more than a person reads, and less than a twentieth of a core.
A_VISITOR = RateLimit(60, 60 / MINUTE_S)
# A class behind one address gets in; a script that makes up sessions does not get far.
AN_ADDRESS = RateLimit(300, 300 / MINUTE_S)


def ask(redis: Client, session: str | None, address: str) -> Verdict:
    """Count a question of a visitor (by their session, else by their address), and of the address.

    `redis` is the rebuildable one. Lets people in when it is down: the timeline works without it.
    The session's key is a secret, and as long as its sender likes: only its hash is kept.
    """
    who = hashlib.sha256((session or f"address {address}").encode()).hexdigest()
    verdict = take(redis, f"lab:visitor:{who}", A_VISITOR)
    return take(redis, f"lab:address:{address}", AN_ADDRESS) if verdict.allowed else verdict
