"""Counting sign-ups per address, so that a script cannot fill the table and burn hashing time."""

from redis import Redis

from trainer.resilience.rate_limit import RateLimit, take

SIGN_UPS_PER_HOUR = 30  # a class behind one address gets in, a script does not get far
HOUR_S = 3600


def seconds_to_wait(redis: Redis, address: str) -> int:
    """Count one sign-up from `address`: 0 if it may go on, else the seconds until it may.

    `redis` is the rebuildable one, as the count may be lost. Lets people in when it is down:
    signing up must not depend on it.
    """
    limit = RateLimit(SIGN_UPS_PER_HOUR, SIGN_UPS_PER_HOUR / HOUR_S, when_down="allow")
    return take(redis, f"accounts:sign-ups:{address}", limit).retry_after_header
