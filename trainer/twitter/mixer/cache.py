"""What the mixer keeps in Redis: ranked lists, for the pages to come, and each reader's last answer
with its texts, which can be shown when Postgres is down."""

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from redis import Redis

from trainer.twitter import keys
from trainer.twitter.mixer.answer import RankedEntry
from trainer.twitter.mixer.ranked_list import RankedList, pack, unpack
from trainer.twitter.mixer.types import Level
from trainer.twitter.tweets.selectors import Counts, TweetRow
from trainer.twitter.world.value import World

LIST_S: Final = 180  # as the scored-tweet cache of Twitter's published code (2023)
ANSWER_S: Final = 24 * 3600  # longer than any outage is meant to be; an experiment lives as long
FORMAT: Final = 1  # of the answers: one of another format is no answer


@dataclass(frozen=True, slots=True)
class Answer:
    """The first page that a reader got last, at `made_ms` (real time, unix milliseconds)."""

    entries: tuple[RankedEntry, ...]
    level: Level
    made_ms: int
    weights_id: str


def keep_list(redis: Redis, world: World, account_id: int, token: int, ranked: RankedList) -> None:
    """Raises RedisError."""
    redis.set(keys.ranked(world.id, account_id, token), pack(ranked), ex=LIST_S)


def keep_answer(redis: Redis, world: World, account_id: int, answer: Answer) -> None:
    """Raises RedisError."""
    redis.set(keys.answer(world.id, account_id), _to_json(answer), ex=ANSWER_S)


def ranked_list(redis: Redis, world: World, account_id: int, token: int) -> RankedList | None:
    """None once it has expired, or was flushed, or where other code wrote it. Raises RedisError."""
    blob = redis.get(keys.ranked(world.id, account_id, token))
    try:
        return unpack(blob) if isinstance(blob, bytes) else None
    except (struct.error, LookupError, TypeError, ValueError):
        return None


def last_answer(redis: Redis, world: World, account_id: int) -> Answer | None:
    """None when there was none, or where other code wrote it. Raises RedisError."""
    blob = redis.get(keys.answer(world.id, account_id))
    try:
        return _from_json(json.loads(blob)) if isinstance(blob, bytes) else None
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _to_json(answer: Answer) -> bytes:
    value = {
        "format": FORMAT,
        "made_ms": answer.made_ms,
        "level": answer.level,
        "weights_id": answer.weights_id,
        "entries": [_entry(entry) for entry in answer.entries],
    }
    return json.dumps(value).encode()


def _from_json(value: Mapping[str, Any]) -> Answer:
    if value["format"] != FORMAT:
        raise ValueError(value["format"])
    return Answer(
        tuple(_entry_from(values) for values in value["entries"]),
        value["level"],
        value["made_ms"],
        value["weights_id"],
    )


def _entry(entry: RankedEntry) -> list[Any]:
    return [
        _tweet(entry.tweet),
        entry.original and _tweet(entry.original),
        entry.in_network,
        entry.sources,
        entry.score,
        entry.chances,
        entry.factors,
    ]


def _entry_from(values: list[Any]) -> RankedEntry:
    tweet, original, in_network, sources, *rest = values
    shown = None if original is None else _tweet_from(original)
    return RankedEntry(_tweet_from(tweet), shown, in_network, tuple(sources), *rest)


_SHOWN = [field.name for field in fields(TweetRow) if field.name != "counts"]
_COUNTED = [field.name for field in fields(Counts)]


def _tweet(tweet: TweetRow) -> list[Any]:
    counts = [getattr(tweet.counts, name) for name in _COUNTED]
    return [*(getattr(tweet, name) for name in _SHOWN), counts]


def _tweet_from(values: list[Any]) -> TweetRow:
    *shown, counts = values
    made: dict[str, Any] = dict(zip(_SHOWN, shown, strict=True))
    return TweetRow(**made, counts=Counts(*counts))
