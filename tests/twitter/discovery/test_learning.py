"""Account vectors: communities come apart, nothing is known from the future."""

from dataclasses import replace

import numpy as np
import pytest

from trainer.twitter.columns.log import NONE, AccountColumns, DeedColumns, Log, TweetColumns
from trainer.twitter.discovery import links
from trainer.twitter.discovery.learning import DIMENSIONS, learn
from trainer.twitter.discovery.links import grouped, sources, sums
from trainer.twitter.world.population import ENDS_AT_MS, HOUR_MS, LIKE, TWEET, Ints, Lists

SIZE = 40  # accounts of each of two blocks; one more account is linked with nobody
ACCOUNTS, TWEETS, DEEDS = 2 * SIZE + 1, 100, 600


def blocks(stay: float = 0.85) -> Log:
    """Accounts 0 to 39 and 40 to 79: of the follows and likes, `stay` are within a block."""
    rng = np.random.default_rng(3)
    author = rng.integers(0, 2 * SIZE, TWEETS)
    follower = rng.integers(0, 2 * SIZE, 800)
    followee = _partner(follower, stay, rng)
    edges = np.unique(np.stack([follower, followee], axis=1)[follower != followee], axis=0)
    tweet = rng.integers(0, TWEETS, DEEDS)
    at_ms = ENDS_AT_MS - 100 * HOUR_MS + np.arange(TWEETS) * HOUR_MS
    done_ms = np.sort(ENDS_AT_MS - rng.integers(1, 50, DEEDS) * HOUR_MS)
    return Log(
        AccountColumns(
            np.zeros(ACCOUNTS, dtype=np.int32),
            np.zeros(ACCOUNTS, dtype=np.bool_),
            np.zeros(ACCOUNTS, dtype=np.int64),
            np.zeros(ACCOUNTS, dtype=np.int64),
        ),
        grouped(edges[:, 0], edges[:, 1], ACCOUNTS),
        TweetColumns(
            np.arange(TWEETS) + 1,
            author.astype(np.int32),
            np.full(TWEETS, TWEET, dtype=np.int8),
            np.full(TWEETS, NONE, dtype=np.int32),
            at_ms,
        ),
        DeedColumns(
            _partner(author[tweet], stay, rng).astype(np.int32),
            tweet.astype(np.int32),
            np.full(DEEDS, LIKE, dtype=np.int8),
            done_ms,
        ),
        ENDS_AT_MS,
    )


def _partner(of: Ints, stay: float, rng: np.random.Generator) -> Ints:
    block = (of // SIZE + (rng.random(len(of)) >= stay)) % 2
    return block * SIZE + rng.integers(0, SIZE, len(of))


def learned(log: Log, until_ms: int = ENDS_AT_MS, seed: int = 1) -> np.ndarray:
    return learn(log, until_ms, np.random.default_rng(seed))


def test_two_planted_blocks_come_apart():
    vectors = learned(blocks())[: 2 * SIZE]
    cosine = vectors @ vectors.T
    np.fill_diagonal(cosine, -1)
    near = np.argsort(-cosine, axis=1)[:, :5]
    same = near // SIZE == np.arange(2 * SIZE)[:, None] // SIZE
    assert same.mean() > 0.9


def test_without_planted_blocks_there_are_none():
    vectors = learned(blocks(stay=0.5))[: 2 * SIZE]
    cosine = vectors @ vectors.T
    np.fill_diagonal(cosine, -1)
    near = np.argsort(-cosine, axis=1)[:, :5]
    same = near // SIZE == np.arange(2 * SIZE)[:, None] // SIZE
    assert 0.35 < same.mean() < 0.65


def test_vectors_have_a_length_of_one_but_for_who_is_linked_with_nobody():
    vectors = learned(blocks())
    assert vectors.shape == (ACCOUNTS, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors[:-1], axis=1), 1, atol=1e-5)
    assert not vectors[-1].any()


def test_the_same_generator_gives_the_same_vectors_and_another_others():
    assert np.array_equal(learned(blocks()), learned(blocks()))
    assert not np.array_equal(learned(blocks()), learned(blocks(), seed=2))


def test_what_is_done_later_changes_nothing():
    log, until_ms = blocks(), ENDS_AT_MS - 20 * HOUR_MS
    earlier = replace(log, deeds=log.deeds.before(until_ms))
    assert 0 < len(earlier.deeds.kind) < DEEDS
    assert np.array_equal(learned(log, until_ms), learned(earlier))
    assert not np.array_equal(learned(log, until_ms), learned(log))


def test_a_log_without_follows_or_without_deeds_is_learned_from_the_other():
    log = blocks()
    no_follows = replace(
        log, following=Lists(np.zeros(ACCOUNTS + 1, dtype=np.int64), np.empty(0, dtype=np.int32))
    )
    no_deeds = replace(log, deeds=log.deeds.before(0))
    for part in (no_follows, no_deeds):
        assert np.isfinite(learned(part)).all()
        assert learned(part)[:-1].any(axis=1).mean() > 0.9
    assert not learned(replace(no_follows, deeds=log.deeds.before(0))).any()


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
def test_sums_of_lists_are_what_a_loop_gives(at_once, monkeypatch):
    monkeypatch.setattr(links, "EDGES_AT_ONCE", at_once)
    rng = np.random.default_rng(at_once)
    lists = grouped(rng.integers(0, 12, 50) // 2 * 2, rng.integers(0, 9, 50), 12)
    rows, weights = rng.random((9, 3), dtype=np.float32), rng.random(50, dtype=np.float32)
    expected = np.zeros((12, 3))
    for owner, item, weight in zip(sources(lists), lists.flat, weights, strict=True):
        expected[owner] += weight * rows[item]
    assert np.allclose(sums(lists, rows, weights), expected, atol=1e-5)
    assert np.allclose(sums(lists, rows), sums(lists, rows, np.ones(50, dtype=np.float32)))
