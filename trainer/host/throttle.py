"""Counting visits to links of invitations per address, so that nobody tries tokens in bulk."""

from redis import Redis

from trainer.resilience.rate_limit import RateLimit, take

VISITS_PER_HOUR = 120  # a class behind one address gets in
HOUR_S = 3600


def seconds_to_wait(redis: Redis, address: str) -> int:
    """Count one visit from `address`: 0 if it may go on, else the seconds until it may. Lets people
    in when Redis is down: 256 random bits guard the links by themselves."""
    limit = RateLimit(VISITS_PER_HOUR, VISITS_PER_HOUR / HOUR_S, when_down="allow")
    return take(redis, f"host:joins:{address}", limit).retry_after_header
