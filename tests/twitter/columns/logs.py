"""Small random logs, made by hand."""

import numpy as np

from trainer.twitter.columns.log import NONE, AccountColumns, DeedColumns, Log, TweetColumns
from trainer.twitter.tweets import snowflake
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS, REPLY, RETWEET, TWEET, Lists

ACCOUNTS, TWEETS, DEEDS = 6, 12, 60
STARTED_AT_MS = ENDS_AT_MS - 10 * DAY_MS
_EPOCH_MS = round(snowflake.EPOCH.timestamp() * 1000)


def random_log(seed: int) -> Log:
    """Ten days of a few accounts; what is done with a tweet is done after it. Some acts and tweets
    fall on the same instants."""
    rng = np.random.default_rng(seed)
    posted = STARTED_AT_MS + np.sort(rng.integers(0, 40, TWEETS)) * DAY_MS // 4
    tweet = rng.integers(0, TWEETS, DEEDS)
    done = posted[tweet] + rng.integers(1, 20, DEEDS) * DAY_MS // 4
    order = np.argsort(done, kind="stable")
    return Log(
        AccountColumns(
            rng.integers(0, 5, ACCOUNTS).astype(np.int32),
            rng.random(ACCOUNTS) < 0.5,
            STARTED_AT_MS - rng.integers(1, 900, ACCOUNTS) * DAY_MS,
            STARTED_AT_MS + rng.integers(0, 40, ACCOUNTS) * DAY_MS // 4,
        ),
        Lists(np.zeros(ACCOUNTS + 1, dtype=np.int64), np.empty(0, dtype=np.int32)),
        TweetColumns(
            (posted - _EPOCH_MS << snowflake.LOW_BITS) | np.arange(TWEETS),
            rng.integers(0, ACCOUNTS, TWEETS).astype(np.int32),
            np.array([TWEET] * 6 + [REPLY, RETWEET] * 3, dtype=np.int8),
            np.array([NONE] * 6 + [0, 1, 2, 3, 4, 5], dtype=np.int32),
            posted,
        ),
        DeedColumns(
            rng.integers(0, ACCOUNTS, DEEDS).astype(np.int32)[order],
            tweet.astype(np.int32)[order],
            rng.integers(1, 7, DEEDS).astype(np.int8)[order],
            done[order],
        ),
        ENDS_AT_MS,
    )
