"""Posting, deleting and retweeting, in overlays."""

import unicodedata
from datetime import datetime

from django.db import connection, transaction

from trainer.twitter.errors import (
    EmptyTweet,
    NotYourTweet,
    OwnRetweet,
    TweetTooLong,
    UnusableText,
)
from trainer.twitter.graph.selectors import followers_count
from trainer.twitter.locks import one_at_a_time
from trainer.twitter.outbox import Event, enqueue
from trainer.twitter.storable import is_storable
from trainer.twitter.tweets import engaging, snowflake
from trainer.twitter.tweets.engaging import set_engagement
from trainer.twitter.tweets.models import Delivery, EngagementKind, Kind, Tweet
from trainer.twitter.tweets.selectors import TweetRow, get_original, get_tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

MAX_CHARACTERS = 280
# No character is composed of more than four. What is longer is not even composed: that may take
# the square of the length (seconds for 60,000 accents on one letter).
MOST_UNCOMPOSED = 4 * MAX_CHARACTERS


def post_tweet(
    world: World, author_id: int, text: str, *, reply_to: int | None = None, now: datetime
) -> int:
    """Post a tweet, or a reply (to a retweet: to the original); its id.

    Raises EmptyTweet, TweetTooLong, UnusableText, UnknownAccount, UnknownTweet, BaseIsImmutable.
    """
    text = checked(text)
    with transaction.atomic():
        world = overlays.hold(world)
        followers = followers_count(world, author_id)
        if reply_to is not None:
            reply_to = get_original(world, reply_to).id
            set_engagement(world, author_id, reply_to, EngagementKind.REPLY, True, now)
        tweet = _insert(
            world,
            now,
            author_id=author_id,
            kind=Kind.TWEET if reply_to is None else Kind.REPLY,
            text=text,
            reply_to=reply_to,
            delivery=stamp(followers, world),
        )
        enqueue(world, Event.POSTED, {"tweet_id": tweet, "author_id": author_id})
    return tweet


def retweet(world: World, account_id: int, tweet_id: int, *, now: datetime) -> int:
    """Pass a tweet on to one's followers; the retweet's id, also where it was done before. The
    retweet of a retweet is one of the original.

    Raises UnknownTweet, OwnRetweet, UnknownAccount, BaseIsImmutable.
    """
    with transaction.atomic():
        world = overlays.hold(world)
        followers = followers_count(world, account_id)
        original = get_original(world, tweet_id)
        if original.author_id == account_id:
            raise OwnRetweet(original.id)
        one_at_a_time("retweet", world.id, account_id, original.id)  # the second finds the first
        if (earlier := _retweet_by(world, account_id, original.id)) is not None:
            return earlier
        set_engagement(world, account_id, original.id, EngagementKind.RETWEET, True, now)
        retweet_id = _insert(
            world,
            now,
            author_id=account_id,
            kind=Kind.RETWEET,
            text="",
            retweet_of=original.id,
            original_author_id=original.author_id,
            delivery=stamp(followers, world, _retweets_of(world, original.id)),
        )
        enqueue(
            world,
            Event.RETWEETED,
            {
                "tweet_id": retweet_id,
                "author_id": account_id,
                "retweet_of": original.id,
                "original_author_id": original.author_id,
            },
        )
    return retweet_id


def delete_tweet(world: World, account_id: int, tweet_id: int, *, now: datetime) -> None:
    """Delete one's own tweet, reply or retweet. The row stays as its own tombstone: lists that
    still hold the id show nothing for it.

    Raises UnknownTweet (also when it is deleted already), NotYourTweet, BaseIsImmutable.
    """
    with transaction.atomic():
        overlays.hold(world)
        one_at_a_time("delete", world.id, tweet_id)  # the second finds it deleted
        tweet = get_tweet(world, tweet_id)
        if tweet.author_id != account_id:
            raise NotYourTweet(tweet_id, account_id)
        _bury(world, tweet)
        _take_back(world, tweet, now)
        payload = {"tweet_id": tweet_id, "author_id": account_id, "tweet_kind": tweet.kind}
        enqueue(world, Event.DELETED, payload)


def stamp(followers: int, world: World, retweets_before: int = 0) -> Delivery:
    """Push or pull, decided once: an author who later crosses the threshold loses nothing.

    At the threshold itself it is pull. A tweet that has gone viral is not pushed by yet another
    retweeter.
    """
    is_pulled = followers >= world.threshold or retweets_before >= world.viral_after > 0
    return Delivery.PULL if is_pulled else Delivery.PUSH


def checked(text: str) -> str:
    """The text as it is stored: composed (NFC), without white space around it.

    Raises EmptyTweet, TweetTooLong, UnusableText.
    """
    text = text.strip()
    if len(text) > MOST_UNCOMPOSED:
        raise TweetTooLong(len(text), MAX_CHARACTERS)
    text = unicodedata.normalize("NFC", text)
    if not text:
        raise EmptyTweet
    if len(text) > MAX_CHARACTERS:
        raise TweetTooLong(len(text), MAX_CHARACTERS)
    if not is_storable(text):
        raise UnusableText
    return text


def _insert(world: World, now: datetime, **columns: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('twitter_snowflake')")
        (sequence,) = cursor.fetchone()
    tweet_id = snowflake.compose(snowflake.ms_since_epoch(world.now(now)), sequence)
    Tweet.objects.bulk_create([Tweet(world_id=world.id, id=tweet_id, **columns)])
    return tweet_id


def _retweet_by(world: World, account_id: int, original_id: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.id FROM twitter_tweet t
             WHERE t.world_id = ANY(%s) AND t.retweet_of = %s AND t.author_id = %s
             GROUP BY t.id HAVING NOT bool_or(t.is_deleted)
            """,
            [list(world.lineage), original_id, account_id],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _retweets_of(world: World, original_id: int) -> int:
    """How many retweets a tweet has had, deleted ones too, counted to `viral_after` at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM (
              SELECT DISTINCT id FROM twitter_tweet
               WHERE world_id = ANY(%s) AND retweet_of = %s LIMIT %s) counted
            """,
            [list(world.lineage), original_id, world.viral_after],
        )
        return int(cursor.fetchone()[0])


def _bury(world: World, tweet: TweetRow) -> None:
    """Mark the overlay's row, or lay a deleted one over the base's."""
    tombstone = Tweet(
        world_id=world.id,
        id=tweet.id,
        author_id=tweet.author_id,
        kind=tweet.kind,
        text="",
        retweet_of=tweet.retweet_of,
        original_author_id=tweet.original_author_id,
        reply_to=tweet.reply_to,
        delivery=tweet.delivery,
        is_deleted=True,
    )
    Tweet.objects.bulk_create(
        [tombstone],
        update_conflicts=True,
        unique_fields=["world_id", "id"],
        update_fields=["is_deleted", "text"],
    )


def _take_back(world: World, tweet: TweetRow, now: datetime) -> None:
    """A deleted retweet or (last) reply is no engagement any more."""
    if tweet.retweet_of is not None:
        kind, target = EngagementKind.RETWEET, tweet.retweet_of
    elif tweet.reply_to is not None:
        kind, target = EngagementKind.REPLY, tweet.reply_to
    else:
        return
    # Locked before replies are counted: one that comes or goes at this moment is waited for.
    engaging.lock(world, tweet.author_id, target, kind)
    if kind == EngagementKind.REPLY and _replies_by(world, tweet.author_id, target):
        return
    set_engagement(world, tweet.author_id, target, kind, False, now)


def _replies_by(world: World, account_id: int, tweet_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT EXISTS (
              SELECT FROM twitter_tweet t
               WHERE t.world_id = ANY(%s) AND t.reply_to = %s AND t.author_id = %s
               GROUP BY t.id HAVING NOT bool_or(t.is_deleted))
            """,
            [list(world.lineage), tweet_id, account_id],
        )
        return bool(cursor.fetchone()[0])
