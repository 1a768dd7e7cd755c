"""The nearest recent tweets, against a sort of all of them."""

import numpy as np
import pytest

from tests.twitter.columns.logs import ACCOUNTS, TWEETS, random_log
from tests.twitter.discovery.test_vectors import OWN_ID, done, moved, own_tweet
from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.log import RETWEET, Log, posted_ms
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.nearest import (
    FRESH_MS,
    FRESHNESS,
    LIKERS,
    Nearest,
    exact,
    recent_of,
)
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS, LIKE

READER = 2  # an id
WINDOW_MS = 8 * DAY_MS


def found(there: Moved, limit: int = 100, without: tuple[int, ...] = ()) -> Nearest:
    recent = recent_of(there.present.snapshot, there.vectors, WINDOW_MS)
    return exact(
        recent,
        there,
        READER,
        limit,
        only=lambda rows: ~np.isin(there.present.authors(rows), without),
    )


def expected(there: Moved, log: Log, without: tuple[int, ...] = ()) -> list[int]:
    """By the definition, one row at a time."""
    rows = np.arange(TWEETS + len(there.present.delta.tweets.id))
    ids = there.present.ids(rows)
    scored = []
    for row, id, posted in zip(rows, ids, posted_ms(ids), strict=True):
        own = row >= TWEETS
        if not own and (log.tweets.kind[row] == RETWEET or posted < ENDS_AT_MS - WINDOW_MS):
            continue
        if there.present.authors(rows)[row] in without:
            continue
        age_ms = max(0, ENDS_AT_MS - posted)
        score = there.similarity(READER, rows)[row] + FRESHNESS * 0.5 ** (age_ms / FRESH_MS)
        scored.append((score + LIKERS * np.log1p(there.likers(rows)[row]), int(id)))
    return [id for _, id in sorted(scored, reverse=True)]


@pytest.mark.parametrize("seed", range(5))
def test_the_nearest_are_those_of_a_sort_by_the_score(seed):
    log = random_log(seed)
    there = moved(log, Delta())
    ids = expected(there, log)
    assert 2 < len(ids) < TWEETS
    assert found(there).ids.tolist() == ids
    assert found(there, limit=2).ids.tolist() == ids[:2]


def test_what_may_not_be_shown_is_left_out():
    log = random_log(1)
    there, authors = moved(log, Delta()), set((log.tweets.author + 1).tolist())
    without = tuple(sorted(authors)[:3])
    assert found(there, without=without).ids.tolist() == expected(there, log, without)
    assert not len(found(there, without=tuple(authors)).ids)


def test_an_overlays_tweet_and_its_likes_take_part():
    log = random_log(0)
    there = moved(log, done(log, *((a, 1, LIKE, True, ENDS_AT_MS) for a in range(ACCOUNTS))))
    assert found(there).ids.tolist() == expected(there, log)
    assert found(there).ids.tolist() != expected(moved(log, Delta()), log)
    there = moved(log, Delta(tweets=own_tweet(4)))
    assert found(there).ids.tolist() == expected(there, log)
    assert OWN_ID in found(there).ids


def test_a_reader_of_whom_nothing_is_known_is_near_nothing():
    log = random_log(0)
    there = moved(log, Delta())
    recent = recent_of(there.present.snapshot, there.vectors, WINDOW_MS)
    nothing = exact(recent, there, ACCOUNTS + 1, 9, only=lambda rows: rows >= 0)
    assert not len(nothing.ids)
