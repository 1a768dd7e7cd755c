"""What is read from Postgres is what was drawn."""

import numpy as np
import pytest

from tests.twitter import worlds
from tests.twitter.worlds import Deed, Person, Post, people, population_of, tiny_world
from trainer.twitter.columns import reading
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.log import KINDS, NONE, Log
from trainer.twitter.columns.reading import read_log
from trainer.twitter.discovery.affinity import affinities
from trainer.twitter.tweets import selectors
from trainer.twitter.world import overlays
from trainer.twitter.world.loading import tweet_ids
from trainer.twitter.world.model import make_population
from trainer.twitter.world.population import ENDS_AT, ENDS_AT_MS, LIKE, REPLIED, Population
from trainer.twitter.world.value import World


def same(log: Log, drawn: Population) -> None:
    assert log.accounts.followers.tolist() == drawn.followers.lengths.tolist()
    assert log.accounts.is_premium.tolist() == drawn.accounts.is_premium.tolist()
    assert log.accounts.created_ms.tolist() == drawn.accounts.created_ms.tolist()
    assert log.accounts.last_active_ms.tolist() == drawn.accounts.last_active_ms.tolist()
    assert log.following.start.tolist() == drawn.following.start.tolist()
    assert log.following.flat.tolist() == drawn.following.flat.tolist()
    assert log.tweets.id.tolist() == tweet_ids(drawn).tolist()
    assert log.tweets.author.tolist() == drawn.tweets.author.tolist()
    assert log.tweets.kind.tolist() == drawn.tweets.kind.tolist()
    assert log.tweets.parent.tolist() == drawn.tweets.parent.tolist()
    assert log.tweets.at_ms.tolist() == drawn.tweets.at_ms.tolist()
    done = drawn.engagements
    order = np.argsort(done.at_ms, kind="stable")
    assert log.deeds.account.tolist() == done.account[order].tolist()
    assert log.deeds.tweet.tolist() == done.tweet[order].tolist()
    assert log.deeds.kind.tolist() == done.kind[order].tolist()
    assert log.deeds.at_ms.tolist() == done.at_ms[order].tolist()
    assert log.ends_at_ms == ENDS_AT_MS


def test_the_small_world_is_read_as_the_model_drew_it(
    small_world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "ACCOUNTS_A_QUERY", 700)  # three queries
    same(read_log(small_world), make_population(worlds.SMALL_ACCOUNTS, 1))


def test_counts_and_affinities_of_its_end_are_those_of_the_tables(small_world: World):
    snapshot = as_of(read_log(small_world), ENDS_AT_MS)
    ids = snapshot.tweets.id[::50].tolist()
    for id, counted in zip(ids, snapshot.counts[::50].tolist(), strict=True):
        counts = selectors.get_tweet(small_world, id).counts
        by_kind = dict(zip(KINDS, counted, strict=True))
        assert by_kind["like"] == counts.likes
        assert by_kind["bookmark"] == counts.bookmarks
        assert by_kind["click"] == counts.clicks
        assert by_kind["reply"] == counts.replies
        assert by_kind["retweet"] == counts.retweets
    for account in range(0, worlds.SMALL_ACCOUNTS, 100):
        authors, weights = snapshot.affinities.of(account)
        found = dict(zip((authors + 1).tolist(), weights.tolist(), strict=True))
        assert found == pytest.approx(affinities(small_world, account + 1))


def test_a_world_by_hand_is_read_and_so_is_its_overlays_base(db: None):
    population = population_of(
        [Person("ann", is_premium=True), *people(2)],
        [(1, 3), (2, 1), (2, 3)],
        [Post(1, 30), Post(3, 20, reply_to=0), Post(2, 10, retweet_of=1)],
        [Deed(2, 0, LIKE, 9), Deed(3, 0, LIKE, 9)],
    )
    base = tiny_world(population)
    log = read_log(overlays.create_overlay(base, now=ENDS_AT))
    same(log, population)
    assert log.tweets.parent.tolist() == [NONE, 0, 1]
    assert log.tweets.shown.tolist() == [0, 1, 1]
    assert REPLIED in log.deeds.kind


def test_a_world_without_tweets_or_follows_is_read(db: None):
    log = read_log(tiny_world(population_of(people(3))))
    snapshot = as_of(log, ENDS_AT_MS)
    assert log.following.start.tolist() == [0, 0, 0, 0]
    assert snapshot.counts.shape == (0, 6)
    assert snapshot.affinities.start.tolist() == [0, 0, 0, 0]
    assert snapshot.tweets.rows(np.array([1, 2])).tolist() == [NONE, NONE]
