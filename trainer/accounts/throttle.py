"""Counting per address, so that a script cannot fill tables, burn hashing time or try links."""

from redis import Redis

from trainer.resilience.rate_limit import RateLimit, take

SIGN_UPS_PER_HOUR = 30  # a class behind one address gets in, a script does not get far
CARRYINGS_PER_HOUR = 120  # likewise; making a code, opening it and going on are three
HOUR_S = 3600


def seconds_to_wait(redis: Redis, address: str) -> int:
    """Count one sign-up from `address`: 0 if it may go on, else the seconds until it may.

    `redis` is the rebuildable one, as the count may be lost. Lets people in when it is down:
    signing up must not depend on it.
    """
    return _wait_s(redis, f"accounts:sign-ups:{address}", SIGN_UPS_PER_HOUR)


def carrying_wait_s(redis: Redis, address: str) -> int:
    """Count one step of carrying a guest from device to device, likewise. Lets people go on when
    Redis is down: 256 random bits guard the links by themselves."""
    return _wait_s(redis, f"accounts:carryings:{address}", CARRYINGS_PER_HOUR)


def _wait_s(redis: Redis, key: str, per_hour: int) -> int:
    limit = RateLimit(per_hour, per_hour / HOUR_S, when_down="allow")
    return take(redis, key, limit).retry_after_header
