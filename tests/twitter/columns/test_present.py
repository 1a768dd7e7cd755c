"""Base and overlay read as one, against the tables: posts, deletions, likes and un-likes."""

import random
from datetime import timedelta

import numpy as np
import pytest

from tests.twitter import oracle
from tests.twitter.worlds import Deed, Person, Post, people, population_of, tiny_world
from trainer.twitter.columns import reading_delta
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.log import KINDS, NONE
from trainer.twitter.columns.present import NOT_FOUND, Present
from trainer.twitter.columns.reading import read_log
from trainer.twitter.columns.reading_delta import read_delta
from trainer.twitter.consumers import drain
from trainer.twitter.discovery.affinity import affinities
from trainer.twitter.mixer.types import Candidates
from trainer.twitter.outbox import Consumer
from trainer.twitter.tweets import engaging, selectors, services
from trainer.twitter.world import overlays
from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    ENDS_AT,
    ENDS_AT_MS,
    LIKE,
    PROFILE_CLICK,
    RETWEET,
    TWEET,
)
from trainer.twitter.world.value import World

ANN, BEN, CEM, DOT = 1, 2, 3, 4
NOBODY = np.empty(0, dtype=np.uint32)


@pytest.fixture
def base(db: None) -> World:
    """Ann is premium. Post 2 is a reply to 0, post 3 a retweet of 1."""
    return tiny_world(
        population_of(
            [Person("ann", is_premium=True), *people(3)],
            [],
            [
                Post(ANN, 3000),
                Post(BEN, 2000),
                Post(CEM, 1000, reply_to=0),
                Post(DOT, 500, retweet_of=1),
                Post(BEN, 10),
            ],
            [
                Deed(BEN, 0, LIKE, 2500),
                Deed(CEM, 0, CLICK, 2400),
                Deed(ANN, 1, LIKE, 1500),
                Deed(ANN, 1, BOOKMARK, 1400),
                Deed(DOT, 1, PROFILE_CLICK, 1300),
                Deed(BEN, 4, LIKE, 5),
            ],
        )
    )


@pytest.fixture
def world(base: World) -> World:
    return overlays.create_overlay(base, now=ENDS_AT)


def present(world: World) -> Present:
    return Present(as_of(read_log(world), ENDS_AT_MS), read_delta(world))


def candidates(world: World, ids: list[int]) -> Candidates:
    return present(world).candidates(np.array(ids), NOBODY).candidates


def counts(here: Present, tweet_id: int) -> dict[str, int]:
    (row,) = here.counts(here.rows(np.array([tweet_id]))).tolist()
    return dict(zip(KINDS, row, strict=True))


def test_a_base_has_no_delta(base: World):
    delta = read_delta(base)
    assert delta.is_whole
    assert len(delta.tweets.id) == len(delta.deeds.at_ms) == len(delta.gone) == 0


def test_candidates_of_a_base_are_hydrated_from_its_columns(base: World):
    ids = read_log(base).tweets.id
    order = np.array([3, 0, 2])
    outcome = present(base).candidates(
        ids[order],
        np.array([CEM, DOT], dtype=np.uint32),
        sources=np.array([1, 4, 5]),
        walk_score=np.array([0.5, 0, 0]),
        proofs=np.array([0, 2, 0]),
    )
    found = outcome.candidates
    assert outcome.dropped == ()
    assert found.id.tolist() == ids[order].tolist()
    assert found.author.tolist() == [DOT, ANN, CEM]
    assert found.kind.tolist() == [RETWEET, TWEET, 2]
    assert found.shown.tolist() == ids[[1, 0, 2]].tolist()
    assert found.shown_author.tolist() == [BEN, ANN, CEM]
    assert (ENDS_AT_MS - found.at_ms).tolist() == [m * 60_000 for m in (500, 3000, 1000)]
    assert (ENDS_AT_MS - found.shown_at_ms).tolist() == [m * 60_000 for m in (2000, 3000, 1000)]
    assert found.in_network.tolist() == [True, False, True]
    assert found.is_premium.tolist() == [False, True, False]
    assert not found.is_deleted.any()
    assert found.sources.tolist() == [1, 4, 5]
    assert found.walk_score.tolist() == [0.5, 0, 0]
    assert found.similarity.tolist() == [0, 0, 0]
    assert found.proofs.tolist() == [0, 2, 0]
    assert found.chances.shape == (3, 6)
    assert found.take(np.array([True, False, True])).id.tolist() == ids[[3, 2]].tolist()


def test_an_id_that_nobody_has_is_reported_and_the_others_stay_in_order(world: World):
    ids = read_log(world).tweets.id
    asked = np.array([ids[4], 5, ids[0], ids[4] + 1])
    outcome = present(world).candidates(asked, NOBODY, proofs=np.array([1, 2, 3, 4]))
    (dropped,) = outcome.dropped
    assert (dropped.ids.tolist(), dropped.reason) == ([5, ids[4] + 1], NOT_FOUND)
    assert outcome.candidates.id.tolist() == [ids[4], ids[0]]
    assert outcome.candidates.proofs.tolist() == [1, 3]


def test_a_world_without_tweets_knows_no_id(db: None):
    here = present(tiny_world(population_of(people(2))))
    outcome = here.candidates(np.array([7, 8]), NOBODY)
    assert len(outcome.candidates) == 0
    assert outcome.dropped[0].ids.tolist() == [7, 8]
    assert here.affinities(1)[0].tolist() == []


def test_tweets_of_the_overlay_stand_behind_the_bases(world: World):
    ids = read_log(world).tweets.id.tolist()
    tweet = services.post_tweet(world, ANN, "hello", now=ENDS_AT)
    reply = services.post_tweet(world, BEN, "hello", reply_to=tweet, now=ENDS_AT)
    again = services.retweet(world, CEM, tweet, now=ENDS_AT)
    older = services.retweet(world, DOT, ids[0], now=ENDS_AT)
    here = present(world)
    rows = here.rows(np.array([tweet, reply, again, older, ids[3], 1]))
    assert rows.tolist() == [5, 6, 7, 8, 3, NONE]
    assert here.ids(rows[:5]).tolist() == [tweet, reply, again, older, ids[3]]
    assert here.parents(rows[:5]).tolist() == [NONE, 5, 5, 0, 1]
    found = candidates(world, [tweet, reply, again, older, ids[3]])
    assert found.author.tolist() == [ANN, BEN, CEM, DOT, DOT]
    assert found.shown.tolist() == [tweet, reply, tweet, ids[0], ids[1]]
    assert found.shown_author.tolist() == [ANN, BEN, ANN, ANN, BEN]
    assert found.is_premium.tolist() == [True, False, True, True, False]


def test_an_entry_is_deleted_with_itself_or_with_what_it_shows(world: World):
    ids = read_log(world).tweets.id.tolist()
    kept = services.post_tweet(world, ANN, "kept", now=ENDS_AT)
    gone = services.post_tweet(world, ANN, "gone", now=ENDS_AT)
    shows_gone = services.retweet(world, BEN, gone, now=ENDS_AT)
    services.delete_tweet(world, ANN, gone, now=ENDS_AT)
    services.delete_tweet(world, BEN, ids[1], now=ENDS_AT)
    assert read_delta(world).gone.tolist() == [ids[1]]
    found = candidates(world, [ids[0], ids[1], ids[3], kept, gone, shows_gone])
    assert found.is_deleted.tolist() == [False, True, True, False, True, True]


def test_a_like_in_the_overlay_is_counted_also_for_a_retweet_of_it(world: World):
    ids = read_log(world).tweets.id.tolist()
    engaging.engage(world, CEM, ids[1], "like", now=ENDS_AT)
    assert counts(present(world), ids[1])["like"] == 2
    assert counts(present(world), ids[3])["like"] == 2


def test_what_was_taken_back_is_not_counted_and_draws_nobody(world: World):
    ids = read_log(world).tweets.id.tolist()
    before, weight = present(world).affinities(ANN)
    assert before.tolist() == [BEN]
    engaging.disengage(world, ANN, ids[1], "like", now=ENDS_AT)
    assert counts(present(world), ids[1])["like"] == 0
    assert present(world).affinities(ANN)[1] < weight
    engaging.disengage(world, ANN, ids[1], "bookmark", now=ENDS_AT)
    assert present(world).affinities(ANN)[0].tolist() == []


def test_what_was_done_and_taken_back_in_the_overlay_leaves_nothing(world: World):
    ids = read_log(world).tweets.id.tolist()
    engaging.engage(world, CEM, ids[1], "like", now=ENDS_AT)
    engaging.disengage(world, CEM, ids[1], "like", now=ENDS_AT)
    assert len(read_delta(world).deeds.at_ms) == 0


def test_a_like_of_ones_own_draws_to_nobody(world: World):
    tweet = services.post_tweet(world, DOT, "mine", now=ENDS_AT)
    engaging.engage(world, DOT, tweet, "like", now=ENDS_AT)
    assert present(world).affinities(DOT)[0].tolist() == [BEN]


def test_an_account_that_is_not_there_is_drawn_to_nobody(world: World):
    assert [len(column) for column in present(world).affinities(99)] == [0, 0]


def test_another_overlay_is_not_read(base: World, world: World):
    other = overlays.create_overlay(base, now=ENDS_AT)
    services.post_tweet(other, ANN, "elsewhere", now=ENDS_AT)
    assert len(read_delta(world).tweets.id) == 0


def test_a_large_overlay_gives_its_newest_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    ids = read_log(world).tweets.id.tolist()
    posted = [
        services.post_tweet(world, ANN, "hello", now=ENDS_AT + timedelta(seconds=n))
        for n in range(3)
    ]
    for second, kind in enumerate(("like", "click", "bookmark")):
        engaging.engage(world, DOT, ids[4], kind, now=ENDS_AT + timedelta(seconds=second))
    monkeypatch.setattr(reading_delta, "MOST", 3)
    assert read_delta(world).is_whole
    monkeypatch.setattr(reading_delta, "MOST", 2)
    delta = read_delta(world)
    assert not delta.is_whole
    assert delta.tweets.id.tolist() == posted[1:]
    assert delta.deeds.kind.tolist() == [CLICK, BOOKMARK]
    assert (delta.deeds.at_ms - ENDS_AT_MS).tolist() == [1000, 2000]


def live_at_random(world: World, seed: int, steps: int = 40) -> None:
    """People do things, each an hour after the other."""
    rng = random.Random(seed)
    for hour in range(steps):
        now = ENDS_AT + timedelta(hours=hour)
        live = oracle.live_tweets(world)
        tweet, who = rng.choice(sorted(live)), rng.randint(ANN, DOT)
        what = rng.choice(["post", "reply", "retweet", "delete", *["engage", "disengage"] * 3])
        kind = rng.choice(["like", "bookmark", "click", "profile_click"])
        author = live[live[tweet].retweet_of or tweet].author_id
        if what == "post":
            services.post_tweet(world, who, "hello", now=now)
        elif what == "reply":
            services.post_tweet(world, who, "hello", reply_to=tweet, now=now)
        elif what == "retweet" and who != author:
            services.retweet(world, who, tweet, now=now)
        elif what == "delete" and len(live) > 4:
            services.delete_tweet(world, live[tweet].author_id, tweet, now=now)
        elif what == "engage":
            engaging.engage(world, who, tweet, kind, now=now)
        elif what == "disengage":
            engaging.disengage(world, who, tweet, kind, now=now)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_was_done_reads_as_the_tables_say(world: World, seed: int):
    live_at_random(world, seed)
    while drain(Consumer.INTERACTIONS):
        pass
    here, every = present(world), oracle.tweets(world)
    live = oracle.live_tweets(world)
    found = candidates(world, sorted(every))
    assert found.author.tolist() == [every[id].author_id for id in sorted(every)]
    assert found.shown.tolist() == [every[id].retweet_of or id for id in sorted(every)]
    assert found.is_deleted.tolist() == [id not in live for id in sorted(every)]
    hydrated = selectors.hydrate(world, sorted(live))
    for id, row in hydrated.items():
        if row.retweet_of is None:
            by_kind = counts(here, id)
            assert by_kind["like"] == row.counts.likes
            assert by_kind["bookmark"] == row.counts.bookmarks
            assert by_kind["click"] == row.counts.clicks
            assert by_kind["reply"] == row.counts.replies
            assert by_kind["retweet"] == row.counts.retweets
    later = ENDS_AT + timedelta(days=3)
    for account in range(ANN, DOT + 1):
        authors, weights = here.affinities(account, ENDS_AT_MS + 3 * 86_400_000)
        drawn = dict(zip(authors.tolist(), weights.tolist(), strict=True))
        assert drawn == pytest.approx(affinities(world, account, at=later), rel=1e-5)
