"""What cannot be done is refused in a sentence, or changes nothing where it was done before."""

import unicodedata
from collections.abc import Callable

import pytest

from tests.twitter import village
from tests.twitter.rows import fingerprint
from trainer.twitter import api
from trainer.twitter.api import World, errors

pytestmark = pytest.mark.django_db

ANN, BEN, NOBODY = 1, 2, 99
NO_TWEET = 12345
TOO_BIG = 2**70


@pytest.fixture
def base() -> village.Village:
    return village.build()


@pytest.fixture
def world(base: village.Village) -> World:
    return api.create_overlay(base.world)


@pytest.fixture
def tweet(world: World) -> int:
    return api.post_tweet(world, ANN, "a tweet").id


@pytest.fixture
def gone(world: World) -> int:
    """A tweet that was deleted."""
    tweet_id = api.post_tweet(world, ANN, "soon gone").id
    api.delete_tweet(world, ANN, tweet_id)
    return tweet_id


Do = Callable[[World], object]
REFUSED: dict[str, tuple[type[errors.TwitterError], Do]] = {
    "empty text": (errors.EmptyTweet, lambda w: api.post_tweet(w, ANN, "")),
    "nothing but white space": (errors.EmptyTweet, lambda w: api.post_tweet(w, ANN, " \n\t ")),
    "281 characters": (errors.TweetTooLong, lambda w: api.post_tweet(w, ANN, "x" * 281)),
    "a character without storage": (errors.UnusableText, lambda w: api.post_tweet(w, ANN, "a\0b")),
    "a letter with thousands of accents": (
        errors.TweetTooLong,
        lambda w: api.post_tweet(w, ANN, "a" + "\u0301\u0323" * 100_000),
    ),
    "half a character": (errors.UnusableText, lambda w: api.post_tweet(w, ANN, "a\ud800")),
    "a post by nobody": (errors.UnknownAccount, lambda w: api.post_tweet(w, NOBODY, "hello")),
    "a reply to nothing": (
        errors.UnknownTweet,
        lambda w: api.post_tweet(w, ANN, "hello", reply_to=NO_TWEET),
    ),
    "reading an unknown tweet": (errors.UnknownTweet, lambda w: api.get_tweet(w, NO_TWEET)),
    "a tweet id of 71 bits": (errors.UnknownTweet, lambda w: api.get_tweet(w, TOO_BIG)),
    "a tweet id below zero": (errors.UnknownTweet, lambda w: api.get_tweet(w, -1)),
    "deleting nothing": (errors.UnknownTweet, lambda w: api.delete_tweet(w, ANN, NO_TWEET)),
    "retweeting nothing": (errors.UnknownTweet, lambda w: api.retweet(w, ANN, NO_TWEET)),
    "liking nothing": (errors.UnknownTweet, lambda w: api.engage(w, ANN, NO_TWEET, "like")),
    "following oneself": (errors.SelfFollow, lambda w: api.follow(w, ANN, ANN)),
    "unfollowing oneself": (errors.SelfFollow, lambda w: api.unfollow(w, ANN, ANN)),
    "following nobody": (errors.UnknownAccount, lambda w: api.follow(w, ANN, NOBODY)),
    "nobody following": (errors.UnknownAccount, lambda w: api.follow(w, NOBODY, ANN)),
    "following a number too big": (errors.UnknownAccount, lambda w: api.follow(w, ANN, TOO_BIG)),
    "a follower too big": (errors.UnknownAccount, lambda w: api.follow(w, TOO_BIG, ANN)),
    "an account of 71 bits": (errors.UnknownAccount, lambda w: api.get_account(w, TOO_BIG)),
    "the affinities of 71 bits": (errors.UnknownAccount, lambda w: api.affinities(w, TOO_BIG)),
    "an unknown handle": (errors.UnknownAccount, lambda w: api.get_account(w, "@nobody")),
    "a handle without storage": (errors.UnknownAccount, lambda w: api.get_account(w, "a\0b")),
    "a handle of half a character": (
        errors.UnknownAccount,
        lambda w: api.get_account(w, "@\ud800"),
    ),
    "a trend of half a character": (
        errors.UnknownTrend,
        lambda w: api.approve_trend(w, "\ud800"),
    ),
    "the home of nobody": (errors.UnknownAccount, lambda w: api.chronological_home(w, NOBODY)),
    "the home of a number too big": (
        errors.UnknownAccount,
        lambda w: api.chronological_home(w, TOO_BIG),
    ),
    "a home cursor that is none": (
        errors.UnknownCursor,
        lambda w: api.chronological_home(w, ANN, cursor="yesterday"),
    ),
    "a home cursor of no letters": (
        errors.UnknownCursor,
        lambda w: api.chronological_home(w, ANN, cursor=""),
    ),
    "a home cursor of strange letters": (
        errors.UnknownCursor,
        lambda w: api.chronological_home(w, ANN, cursor="é\0\ud800"),
    ),
    "a page of nothing": (errors.BadLimit, lambda w: api.chronological_home(w, ANN, limit=0)),
    "a page of thousands": (errors.BadLimit, lambda w: api.chronological_home(w, ANN, limit=5000)),
    "an empty query": (errors.EmptyQuery, lambda w: api.search(w, "  ")),
    "a query of signs": (errors.EmptyQuery, lambda w: api.search(w, "?!")),
    "unbalanced quotes": (errors.UnbalancedQuotes, lambda w: api.search(w, '"granite copper')),
    "only what to leave out": (errors.OnlyNegativeQuery, lambda w: api.search(w, "-granite")),
    "a search cursor that is none": (
        errors.UnknownCursor,
        lambda w: api.search(w, "granite", cursor="yesterday"),
    ),
    "a search cursor of strange letters": (
        errors.UnknownCursor,
        lambda w: api.search(w, "granite", cursor="é\0\ud800"),
    ),
    "an unknown engagement": (
        errors.UnknownEngagement,
        lambda w: api.engage(w, ANN, NO_TWEET, "adore"),
    ),
    "a threshold below nought": (errors.BadThreshold, lambda w: api.set_delivery(w, threshold=-1)),
    "a threshold too big": (errors.BadThreshold, lambda w: api.set_delivery(w, threshold=TOO_BIG)),
    "a limit of trends": (errors.BadLimit, lambda w: api.trends(w, limit=0)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_done_is_refused_and_leaves_nothing(what: str, world: World) -> None:
    before = fingerprint(world.id)
    expected, do = REFUSED[what]
    with pytest.raises(expected) as refused:
        do(world)
    assert type(refused.value) is expected
    assert len(str(refused.value)) > 20
    assert "Traceback" not in str(refused.value)
    assert fingerprint(world.id) == before


@pytest.mark.parametrize("character", ["é", "e\u0301", "ᾂ", "\u03b1\u0313\u0300\u0345"])
def test_280_characters_are_not_too_many(world: World, character: str) -> None:
    """However many marks they are composed of."""
    composed = unicodedata.normalize("NFC", character)
    assert api.post_tweet(world, ANN, f"\n{character * 280} ").text == composed * 280


def test_an_unknown_world_is_refused() -> None:
    with pytest.raises(errors.UnknownWorld):
        api.get_world("there-is-no-such")
    with pytest.raises(errors.UnknownWorld):
        api.get_base("there-is-no-such")


def test_an_overlay_that_was_dropped_refuses_everything_written(world: World, tweet: int) -> None:
    api.drop_overlay(world)
    for do in (
        lambda: api.post_tweet(world, ANN, "too late"),
        lambda: api.follow(world, ANN, 5),
        lambda: api.delete_tweet(world, ANN, tweet),
        lambda: api.engage(world, BEN, tweet, "like"),
        lambda: api.retweet(world, BEN, tweet),
        lambda: api.set_delivery(world, threshold=1),
        lambda: api.review_queue(world),
    ):
        with pytest.raises(errors.UnknownWorld):
            do()
    assert not any(rows for rows, _ in fingerprint(world.id).values())


def test_an_overlay_can_be_dropped_twice(world: World) -> None:
    api.drop_overlay(world)
    api.drop_overlay(world)


def test_only_its_author_may_delete_a_tweet(world: World, tweet: int) -> None:
    with pytest.raises(errors.NotYourTweet):
        api.delete_tweet(world, BEN, tweet)
    assert api.get_tweet(world, tweet).text == "a tweet"


def test_what_was_deleted_can_be_neither_read_nor_used(world: World, gone: int) -> None:
    for do in (
        lambda: api.get_tweet(world, gone),
        lambda: api.delete_tweet(world, ANN, gone),
        lambda: api.retweet(world, BEN, gone),
        lambda: api.engage(world, BEN, gone, "like"),
        lambda: api.post_tweet(world, BEN, "a reply", reply_to=gone),
    ):
        with pytest.raises(errors.UnknownTweet):
            do()


def test_nobody_retweets_themselves(world: World, tweet: int) -> None:
    with pytest.raises(errors.OwnRetweet):
        api.retweet(world, ANN, tweet)
    again = api.retweet(world, BEN, tweet)
    with pytest.raises(errors.OwnRetweet):
        api.retweet(world, ANN, again.id)


def test_the_retweet_of_a_retweet_is_one_of_the_original(world: World, tweet: int) -> None:
    first = api.retweet(world, BEN, tweet)
    assert api.retweet(world, 3, first.id).retweet_of == tweet


def test_a_retweet_whose_original_went_cannot_be_passed_on(world: World, tweet: int) -> None:
    first = api.retweet(world, BEN, tweet)
    api.delete_tweet(world, ANN, tweet)
    with pytest.raises(errors.UnknownTweet):
        api.retweet(world, 3, first.id)


def test_what_was_done_already_is_not_done_twice(world: World, tweet: int) -> None:
    assert api.engage(world, BEN, tweet, "like")
    assert not api.engage(world, BEN, tweet, "like")
    assert api.get_tweet(world, tweet).counts.likes == 1
    assert api.disengage(world, BEN, tweet, "like")
    assert not api.disengage(world, BEN, tweet, "like")
    assert api.get_tweet(world, tweet).counts.likes == 0
    assert api.follow(world, 6, ANN)
    assert not api.follow(world, 6, ANN)
    assert api.unfollow(world, 6, ANN)
    assert not api.unfollow(world, 6, ANN)
    assert api.retweet(world, BEN, tweet).id == api.retweet(world, BEN, tweet).id
    assert api.get_tweet(world, tweet).counts.retweets == 1
