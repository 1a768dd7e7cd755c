"""Tweet vectors against their definition, and what an overlay changes in them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.twitter.columns.logs import ACCOUNTS, TWEETS, random_log
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.delta import Delta, OverlayDeeds, OverlayTweets
from trainer.twitter.columns.log import RETWEET, DeedColumns, Log
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.leading import unit
from trainer.twitter.discovery.moved import SHARE, Moved
from trainer.twitter.discovery.vectors import HALF_LIFE_MS, Vectors, vectors_of
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS, HOUR_MS, LIKE, REPLIED, TWEET

D = 32
ACCOUNT_VECTORS = unit(np.random.default_rng(0).standard_normal((ACCOUNTS, D), dtype=np.float32))


def vectors(log: Log, at_ms: int = ENDS_AT_MS) -> Vectors:
    return vectors_of(log, ACCOUNT_VECTORS, at_ms)


def moved(log: Log, delta: Delta) -> Moved:
    return Moved(vectors(log), Present(as_of(log, ENDS_AT_MS), delta))


def done(log: Log, *deeds: tuple[int, int, int, bool, int]) -> Delta:
    """Of account (index), tweet row, kind, whether it is active, and when it was done."""
    account, row, kind, active, at_ms = np.array(deeds, dtype=np.int64).T
    ids = np.append(log.tweets.id, OWN_ID)[row]
    later = np.full(len(deeds), ENDS_AT_MS + HOUR_MS)
    when = np.where(active == 1, at_ms, later)
    return Delta(
        deeds=OverlayDeeds(account + 1, ids, kind.astype(np.int8), when, active == 1, at_ms)
    )


OWN_ID = 1 << 62


def own_tweet(author: int) -> OverlayTweets:
    return OverlayTweets(
        np.array([OWN_ID]),
        np.array([author + 1]),
        np.array([TWEET], dtype=np.int8),
        np.array([0]),
        np.array([False]),
    )


def fresh(log: Log) -> Log:
    """With its deeds in the last two days, as a sum of old ones is a sum of almost nothing."""
    at_ms = np.sort(np.random.default_rng(1).integers(0, 2 * DAY_MS, len(log.deeds.kind)))
    return replace(log, deeds=replace(log.deeds, at_ms=ENDS_AT_MS - 2 * DAY_MS + at_ms))


@pytest.mark.parametrize("seed", range(5))
def test_a_tweets_vector_is_the_decayed_sum_of_its_likers(seed):
    log, at_ms = random_log(seed), ENDS_AT_MS - 4 * DAY_MS
    found, deeds = vectors(log, at_ms), log.deeds
    rows = [row for row in range(TWEETS) if log.tweets.at_ms[row] < at_ms]
    assert len(found.tweets) == len(found.likers) == len(rows) < TWEETS
    for row in rows:
        summed, likers = np.zeros(D), 0.0
        for account, tweet, when in zip(deeds.account, deeds.tweet, deeds.at_ms, strict=True):
            if tweet == row and when < at_ms:
                weight = 0.5 ** ((at_ms - when) / HALF_LIFE_MS)
                summed, likers = summed + weight * ACCOUNT_VECTORS[account], likers + weight
        stand_in = np.zeros(D) if log.tweets.kind[row] == RETWEET else _author(log, row)
        expected = summed / np.linalg.norm(summed) if likers else stand_in
        assert np.allclose(found.tweets[row], expected, atol=1e-5)
        assert found.likers[row] == pytest.approx(likers, rel=1e-4)


def _author(log: Log, row: int) -> np.ndarray:
    return ACCOUNT_VECTORS[log.tweets.author[row]]


@pytest.mark.parametrize("seed", range(5))
def test_what_is_taken_back_is_as_if_it_had_not_been_done(seed):
    log = fresh(random_log(seed))
    deeds = log.deeds
    gone = np.random.default_rng(seed).random(len(deeds.kind)) < 0.3
    delta = done(
        log,
        *((deeds.account[i], deeds.tweet[i], deeds.kind[i], False, deeds.at_ms[i])
          for i in np.flatnonzero(gone)),
    )  # fmt: skip
    without = DeedColumns(
        deeds.account[~gone], deeds.tweet[~gone], deeds.kind[~gone], deeds.at_ms[~gone]
    )
    expected, rows = vectors(replace(log, deeds=without)), np.arange(TWEETS)
    assert np.allclose(moved(log, delta).tweets(rows), expected.tweets, atol=1e-3)
    assert np.allclose(moved(log, delta).likers(rows), expected.likers, atol=1e-4)


def test_a_like_in_the_overlay_counts_as_one_at_the_bases_end():
    log = fresh(random_log(2))
    more = replace(
        log,
        deeds=DeedColumns(
            *(np.append(column, value).astype(column.dtype)
              for column, value in zip(_columns(log), (4, 3, LIKE, ENDS_AT_MS - 1), strict=True))
        ),
    )  # fmt: skip
    there = moved(log, done(log, (4, 3, LIKE, True, ENDS_AT_MS + 30 * DAY_MS)))
    expected, rows = vectors(more), np.arange(TWEETS)
    assert np.allclose(there.tweets(rows), expected.tweets, atol=1e-4)
    assert np.allclose(there.likers(rows), expected.likers, atol=1e-4)
    assert not np.allclose(there.tweets(rows)[3], vectors(log).tweets[3], atol=1e-2)


def _columns(log: Log) -> tuple[np.ndarray, ...]:
    return log.deeds.account, log.deeds.tweet, log.deeds.kind, log.deeds.at_ms


def test_an_overlays_tweet_has_its_authors_vector_until_somebody_likes_it():
    log = random_log(0)
    unliked = moved(log, Delta(tweets=own_tweet(2)))
    assert np.array_equal(unliked.tweets(np.array([TWEETS]))[0], ACCOUNT_VECTORS[2])
    assert unliked.likers(np.array([TWEETS])).tolist() == [0]
    delta = replace(done(log, (5, TWEETS, LIKE, True, ENDS_AT_MS)), tweets=own_tweet(2))
    assert np.allclose(moved(log, delta).tweets(np.array([TWEETS]))[0], ACCOUNT_VECTORS[5])
    assert moved(log, delta).likers(np.array([TWEETS])).tolist() == [1]


def test_a_reader_moves_towards_what_they_like_and_nobody_else_does():
    log = random_log(1)
    delta = done(log, (3, 0, LIKE, True, ENDS_AT_MS))
    there = moved(log, delta)
    tweet = there.tweets(np.array([0]))[0]
    expected = ACCOUNT_VECTORS[3] + SHARE * tweet
    assert np.allclose(there.account(4), expected / np.linalg.norm(expected), atol=1e-6)
    assert there.account(4) @ tweet > ACCOUNT_VECTORS[3] @ tweet
    assert np.array_equal(there.account(5), ACCOUNT_VECTORS[4])


def test_a_reply_moves_a_reader_further_than_a_like_and_taking_back_moves_away():
    log = random_log(1)
    tweet = vectors(log).tweets[1]
    cosines = [
        moved(log, done(log, (3, 1, kind, active, ENDS_AT_MS))).account(4) @ tweet
        for kind, active in ((LIKE, False), (LIKE, True), (REPLIED, True))
    ]
    assert cosines[0] < ACCOUNT_VECTORS[3] @ tweet < cosines[1] < cosines[2]


def test_similarity_is_the_cosine_and_zero_for_a_stranger():
    log, rows = random_log(3), np.arange(TWEETS)
    there = moved(log, Delta())
    assert np.allclose(there.similarity(2, rows), vectors(log).tweets @ ACCOUNT_VECTORS[1])
    assert (np.abs(there.similarity(2, rows)) <= 1 + 1e-6).all()
    assert not there.similarity(ACCOUNTS + 1, rows).any()
