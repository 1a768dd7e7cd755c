"""Where the next page begins, as text that may go into an address. Pure."""

import math
from dataclasses import dataclass

from trainer.twitter.errors import UnknownCursor
from trainer.twitter.tweets import snowflake


@dataclass(frozen=True, slots=True)
class Relevance:
    """Candidates are the newest matches up to the tweet `newest`, as on the first page; those come
    next that stand behind (`score`, `tweet_id`)."""

    newest: int
    score: float
    tweet_id: int


def write_recency(tweet_id: int) -> str:
    """Behind this tweet."""
    return str(tweet_id)


def read_recency(cursor: str) -> int:
    """The tweet behind which to begin. Raises UnknownCursor."""
    return _tweet_id(cursor, cursor)


def write_relevance(place: Relevance) -> str:
    return f"{place.newest}_{place.score!r}_{place.tweet_id}"


def read_relevance(cursor: str) -> Relevance:
    """Raises UnknownCursor."""
    try:
        newest, number, tweet_id = cursor.split("_")
        place = float(number)
    except ValueError as error:
        raise UnknownCursor(cursor) from error
    if not math.isfinite(place):
        raise UnknownCursor(cursor)
    return Relevance(_tweet_id(newest, cursor), place, _tweet_id(tweet_id, cursor))


def _tweet_id(digits: str, cursor: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 19):
        raise UnknownCursor(cursor)
    tweet_id = int(digits)
    if tweet_id > snowflake.GREATEST:
        raise UnknownCursor(cursor)
    return tweet_id
