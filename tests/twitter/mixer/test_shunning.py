"""What a reader says about accounts and tweets is written once, and to overlays only."""

from collections.abc import Callable

import pytest

from tests.twitter import village
from trainer.lib import clock
from trainer.twitter.errors import (
    BaseIsImmutable,
    SelfShun,
    TooManyTweets,
    TwitterError,
    UnknownAccount,
    UnknownTweet,
)
from trainer.twitter.graph.services import block, mute, unblock, unmute
from trainer.twitter.mixer.models import NotInterested, Seen
from trainer.twitter.mixer.query import hydrate, shunned
from trainer.twitter.mixer.services import MOST_SEEN, mark_seen, not_interested
from trainer.twitter.mixer.types import Query, Weights
from trainer.twitter.tweets.engaging import disengage, engage
from trainer.twitter.tweets.services import delete_tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, *_ = village.ACCOUNTS
NOBODY = 99


@pytest.fixture
def here() -> village.Village:
    return village.build()


@pytest.fixture
def world(here: village.Village) -> World:
    return overlays.create_overlay(here.world, now=clock.now())


def query(world: World, reader: int) -> Query:
    bare = Query(reader, 0, Weights("none", {}), shunned(world, reader)[:0])
    return hydrate(None, world, bare)


def test_a_mute_is_the_reader_s_own_and_a_block_works_both_ways(world: World) -> None:
    assert mute(world, ANN, BEN)
    assert block(world, CEM, ANN)
    assert query(world, ANN).muted.tolist() == [BEN]
    assert query(world, ANN).blocked.tolist() == [CEM]
    assert query(world, CEM).blocked.tolist() == [ANN]
    assert query(world, BEN).muted.tolist() == []
    assert shunned(world, ANN).tolist() == [BEN, CEM]


def test_shunning_twice_is_shunning_once_and_it_can_be_taken_back(world: World) -> None:
    assert [mute(world, ANN, BEN), mute(world, ANN, BEN)] == [True, False]
    assert [block(world, ANN, BEN), block(world, ANN, BEN)] == [True, False]
    assert [unmute(world, ANN, BEN), unmute(world, ANN, BEN)] == [True, False]
    assert shunned(world, ANN).tolist() == [BEN]
    assert [unblock(world, ANN, BEN), unblock(world, ANN, BEN)] == [True, False]
    assert shunned(world, ANN).tolist() == []


def test_another_overlay_knows_nothing_of_it(here: village.Village, world: World) -> None:
    other = overlays.create_overlay(here.world, now=clock.now())
    mute(world, ANN, BEN)
    mark_seen(world, ANN, [here.tweet_ids[1]])
    not_interested(world, ANN, here.tweet_ids[1], now=clock.now())
    found = query(other, ANN)
    assert not len(found.muted) + len(found.seen) + len(found.disliked)


def test_of_a_retweet_the_original_is_marked_seen_once(here: village.Village, world: World) -> None:
    original, retweet = here.tweet_ids[0], here.tweet_ids[3]
    assert mark_seen(world, BEN, [retweet, original, retweet]) == 1
    assert mark_seen(world, BEN, [original]) == 0
    assert mark_seen(world, BEN, []) == 0
    assert query(world, BEN).seen.tolist() == [original]
    assert list(Seen.objects.values_list("account_id", flat=True)) == [BEN]


def test_a_tweet_deleted_since_it_was_shown_is_marked_all_the_same(
    here: village.Village, world: World
) -> None:
    tweet = here.tweet_ids[1]
    delete_tweet(world, BEN, tweet, now=clock.now())
    assert mark_seen(world, ANN, [tweet]) == 1


def test_not_interested_is_kept_by_the_author_with_the_last_time(
    here: village.Village, world: World
) -> None:
    first, second = clock.now(), clock.now()
    retweet_of_ann = here.tweet_ids[3]
    not_interested(world, BEN, here.tweet_ids[0], now=first)
    not_interested(world, BEN, retweet_of_ann, now=second)
    (row,) = NotInterested.objects.all()
    assert (row.account_id, row.author_id, row.at) == (BEN, ANN, world.now(second))
    found = query(world, BEN)
    assert found.disliked.tolist() == [ANN]
    assert found.disliked_ms.tolist() == [int(world.now(second).timestamp() * 1000)]


def test_what_the_reader_did_is_read_over_the_base(here: village.Village, world: World) -> None:
    tweet, other = here.tweet_ids[0], here.tweet_ids[1]
    for id in (tweet, other):
        engage(world, DOT, id, "like", now=clock.now())
    engage(world, DOT, tweet, "bookmark", now=clock.now())
    disengage(world, DOT, tweet, "like", now=clock.now())
    disengage(world, DOT, other, "like", now=clock.now())
    assert query(world, DOT).engaged.tolist() == [tweet]


@pytest.mark.parametrize("shun", [mute, unmute, block, unblock])
def test_nobody_shuns_themselves_or_somebody_who_is_not_there(
    shun: Callable[[World, int, int], bool], world: World
) -> None:
    assert world.base is not None
    for error, where, who, whom in (
        (SelfShun, world, ANN, ANN),
        (UnknownAccount, world, ANN, NOBODY),
        (UnknownAccount, world, NOBODY, ANN),
        (UnknownAccount, world, ANN, 2**40),
        (BaseIsImmutable, world.base, ANN, BEN),
    ):
        with pytest.raises(error):
            shun(where, who, whom)


def test_what_cannot_be_marked_is_refused_and_leaves_nothing(
    here: village.Village, world: World
) -> None:
    known = here.tweet_ids[0]
    for error, where, who, tweets in (
        (TooManyTweets, world, ANN, [known] * (MOST_SEEN + 1)),
        (UnknownTweet, world, ANN, [known, 5]),
        (UnknownTweet, world, ANN, [known, 2**70]),
        (UnknownTweet, world, ANN, [known, -1]),
        (UnknownAccount, world, NOBODY, [known]),
        (BaseIsImmutable, here.world, ANN, [known]),
    ):
        with pytest.raises(error):
            mark_seen(where, who, tweets)
    assert not Seen.objects.exists()


def test_what_cannot_be_disliked_is_refused(here: village.Village, world: World) -> None:
    known = here.tweet_ids[0]
    cases: list[tuple[type[TwitterError], World, int, int]] = [
        (UnknownTweet, world, BEN, 5),
        (UnknownTweet, world, BEN, 2**70),
        (UnknownAccount, world, NOBODY, known),
        (BaseIsImmutable, here.world, BEN, known),
    ]
    for error, where, who, tweet in cases:
        with pytest.raises(error):
            not_interested(where, who, tweet, now=clock.now())
    assert not NotInterested.objects.exists()


def test_a_reader_costs_four_queries(world: World, django_assert_num_queries) -> None:
    bare = Query(ANN, 0, Weights("none", {}), shunned(world, ANN)[:0])
    with django_assert_num_queries(4):  # follows of the base, of the overlay, rows, delta
        hydrate(None, world, bare)
