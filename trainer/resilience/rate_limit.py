"""A token bucket in Redis: exact across processes, by the server's clock.

A bucket holds `capacity` tokens and gains `refill_per_s` of them a second. It is one key, so it
works on a cluster as it is. A flush fills all buckets: at worst, one capacity more gets through.

When Redis is down, each limit says by `when_down` what holds: "allow" where people must get in all
the same, "deny" where the limit guards something that costs. A bucket in each process would be
neither: its limit would grow with the number of processes and start anew with each of them.
"""

import logging
import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final, Literal

from redis.exceptions import RedisError

from trainer.resilience.pausing import Pause
from trainer.resilience.scripts import Client, Script, run

# A bucket counts in units. A token is _MICRO * denominator of them, where the denominator is the
# rate's: a rate of n / d tokens a second then gains exactly n units a microsecond.
_MICRO: Final = 1_000_000
_FINEST: Final = 86_400  # n tokens a second, minute, hour or day are exact
# Lua's numbers are doubles, exact to 2^53. An eighth of that, so that a wait in seconds, a double
# too, still tells microseconds.
_EXACT: Final = 2**50
DOWN_RETRY_S: Final = 1.0

_TAKE: Final = Script((Path(__file__).parent / "rate_limit.lua").read_text(encoding="utf-8"))

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """`capacity` tokens at most (whole), `refill_per_s` tokens gained a second (`30 / 3600` is 30
    an hour, exactly). ValueError when such a bucket could not be counted exactly."""

    capacity: int
    refill_per_s: float
    when_down: Literal["allow", "deny"] = "allow"

    def __post_init__(self) -> None:
        if not (self.capacity >= 1 and 0 < self.refill_per_s < math.inf and self.rate > 0):
            raise ValueError(
                f"{self.capacity} tokens, {self.refill_per_s} a second; give at least one token "
                f"and at least one token in {_FINEST:,} seconds"
            )
        if max(self.capacity * self.units_per_token, self.rate.numerator) > _EXACT:
            most = _EXACT // self.units_per_token
            raise ValueError(
                f"{self.capacity:,} tokens, {self.refill_per_s} a second: too many to count; give "
                f"at most {most:,} tokens and a rate of at most {_EXACT:,}"
            )

    @property
    def rate(self) -> Fraction:
        """Tokens a second; the nearest fraction with a denominator of at most a day's seconds."""
        return Fraction(self.refill_per_s).limit_denominator(_FINEST)

    @property
    def units_per_token(self) -> int:
        return _MICRO * self.rate.denominator


@dataclass(frozen=True, slots=True)
class Verdict:
    """`remaining`: whole tokens left. `retry_after_s`: 0 when allowed, else the time, to the
    microsecond, after which the same tokens are there if nobody else takes any. `is_counted` is
    False when Redis was down and `when_down` decided."""

    allowed: bool
    remaining: int
    retry_after_s: float
    is_counted: bool = True

    @property
    def retry_after_header(self) -> int:
        """Whole seconds, rounded up: the value of a Retry-After header. At least 1 when denied."""
        return math.ceil(self.retry_after_s)


def take(
    redis: Client,
    key: bytes | str,
    limit: RateLimit,
    tokens: int = 1,
    now: int | None = None,
    pause: Pause | None = None,
) -> Verdict:
    """Take `tokens` from the bucket `key`, all or none; a refusal takes nothing.

    `now` is for tests: microseconds since the epoch instead of the server's clock; the key's TTL
    goes by the server's all the same. `pause`: where many take, so that each need not wait for a
    Redis that is away; while it lasts, `when_down` decides at once. ValueError when more is asked
    than a bucket ever holds.
    """
    if not 1 <= tokens <= limit.capacity:
        raise ValueError(f"{tokens} tokens asked for; give a number from 1 to {limit.capacity}")
    if pause is not None and not pause.may_try():
        return _uncounted(limit)
    unit = limit.units_per_token
    asked = (limit.capacity * unit, limit.rate.numerator, tokens * unit, "" if now is None else now)
    name = key.encode() if isinstance(key, str) else key
    try:
        allowed, level, wait_us = run(redis, _TAKE, [name], asked)
    except RedisError as error:  # also one that is there and refuses to write
        log.warning("a limit is not counted, so %s: %s", limit.when_down, type(error).__name__)
        if pause is not None:
            pause.failed()
        return _uncounted(limit)
    if pause is not None:
        pause.answered()
    return Verdict(bool(allowed), level // unit, wait_us / _MICRO)


def _uncounted(limit: RateLimit) -> Verdict:
    allowed = limit.when_down == "allow"
    return Verdict(allowed, 0, 0.0 if allowed else DOWN_RETRY_S, is_counted=False)
