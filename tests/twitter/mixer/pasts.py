"""A made-up log in which everybody follows everybody of their half, for the rankers' tests."""

import numpy as np

from trainer.twitter.columns.log import NONE, AccountColumns, DeedColumns, Log, TweetColumns
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.tweets import snowflake
from trainer.twitter.world.population import (
    CLICK,
    DAY_MS,
    ENDS_AT_MS,
    HOUR_MS,
    LIKE,
    TWEET,
    Lists,
)

ACCOUNTS, TWEETS = 40, 1_200
STARTED_AT_MS = ENDS_AT_MS - 14 * DAY_MS
_EPOCH_MS = round(snowflake.EPOCH.timestamp() * 1000)


def rule_log(seed: int = 1, tweets: int = TWEETS) -> Log:
    """Two weeks in which each account does something, within some hours, with the tweets of those
    two whom it likes, and with none of the others' but for chance. All follow all of their half."""
    rng = np.random.default_rng(seed)
    posted = STARTED_AT_MS + np.sort(rng.integers(0, 14 * DAY_MS, tweets))
    author = rng.integers(0, ACCOUNTS, tweets)
    account, tweet = np.divmod(np.arange(ACCOUNTS * tweets), tweets)
    same_half = (account % 2 == author[tweet] % 2) & (account != author[tweet])
    is_liked = (author[tweet] - account) % ACCOUNTS <= 4
    done = same_half & (rng.random(len(tweet)) < np.where(is_liked, 0.8, 0.01))
    at_ms = posted[tweet[done]] + rng.exponential(6 * HOUR_MS, int(done.sum())).astype(np.int64) + 1
    kind = rng.choice([LIKE, CLICK], len(at_ms))
    return _log(posted, author, (account[done], tweet[done], kind, at_ms))


def _log(posted: np.ndarray, author: np.ndarray, deeds: tuple[np.ndarray, ...]) -> Log:
    account, tweet, kind, at_ms = deeds
    order = np.flatnonzero(at_ms < ENDS_AT_MS)
    order = order[np.argsort(at_ms[order], kind="stable")]
    following = [np.arange(one % 2, ACCOUNTS, 2) for one in range(ACCOUNTS)]
    lists = [each[each != one] for one, each in enumerate(following)]
    start = np.cumsum([0, *map(len, lists)])
    return Log(
        AccountColumns(
            np.full(ACCOUNTS, ACCOUNTS // 2 - 1, dtype=np.int32),
            np.zeros(ACCOUNTS, dtype=bool),
            np.full(ACCOUNTS, STARTED_AT_MS - 900 * DAY_MS),
            np.full(ACCOUNTS, ENDS_AT_MS - 1),
        ),
        Lists(start, np.concatenate(lists).astype(np.int32)),
        TweetColumns(
            (posted - _EPOCH_MS << snowflake.LOW_BITS) | np.arange(len(posted)) % 1000,
            author.astype(np.int32),
            np.full(len(posted), TWEET, dtype=np.int8),
            np.full(len(posted), NONE, dtype=np.int32),
            posted,
        ),
        DeedColumns(
            account[order].astype(np.int32),
            tweet[order].astype(np.int32),
            kind[order].astype(np.int8),
            at_ms[order],
        ),
        ENDS_AT_MS,
    )


def vectors(seed: int = 1) -> Matrix:
    """(ACCOUNTS, 32) float32 of unit length, of no meaning."""
    drawn = np.random.default_rng(seed).standard_normal((ACCOUNTS, 32), dtype=np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
