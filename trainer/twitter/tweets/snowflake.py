"""Tweet ids that sort by time: milliseconds in the upper 42 bits, a running number in the lower 22.

Twitter's own split the lower bits into a machine and a sequence; here one sequence of the database
serves all processes, so no machine needs a number. Pure.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)  # Twitter's
LOW_BITS = 22
GREATEST = 2**63 - 1  # of the column; no id comes near it
_MILLISECOND = timedelta(milliseconds=1)


def compose(ms: int, sequence: int) -> int:
    """The id of `ms` milliseconds since EPOCH; unique while 4,194,304 numbers do not go by within
    one millisecond."""
    return (ms << LOW_BITS) | (sequence & ((1 << LOW_BITS) - 1))


def ms_since_epoch(when: datetime) -> int:
    return (when - EPOCH) // _MILLISECOND


def first_at(when: datetime) -> int:
    """The smallest id of that millisecond."""
    return ms_since_epoch(when) << LOW_BITS


def at(tweet_id: int) -> datetime:
    """When it was posted, to the millisecond, in world time."""
    return EPOCH + _MILLISECOND * (tweet_id >> LOW_BITS)
