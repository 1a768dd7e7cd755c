"""Likes, bookmarks and clicks, in overlays; and the log's row for a reply or retweet."""

from datetime import datetime

from django.db import transaction

from trainer.twitter.errors import UnknownEngagement
from trainer.twitter.graph.selectors import followers_count
from trainer.twitter.locks import one_at_a_time
from trainer.twitter.outbox import Event, enqueue
from trainer.twitter.tweets.models import Engagement, EngagementKind
from trainer.twitter.tweets.selectors import get_original
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

# Replying and retweeting are tweets; their rows in the log come with these.
BY_HAND = {
    kind.name.lower(): kind
    for kind in (
        EngagementKind.LIKE,
        EngagementKind.BOOKMARK,
        EngagementKind.CLICK,
        EngagementKind.PROFILE_CLICK,
    )
}


def engage(world: World, account_id: int, tweet_id: int, kind: str, *, now: datetime) -> bool:
    """Like, bookmark, click or profile_click a tweet (of a retweet: the original); whether that is
    new. Raises UnknownTweet, UnknownAccount, UnknownEngagement, BaseIsImmutable."""
    return _by_hand(world, account_id, tweet_id, kind, True, now)


def disengage(world: World, account_id: int, tweet_id: int, kind: str, *, now: datetime) -> bool:
    """Take it back; whether there was anything. Raises as `engage`."""
    return _by_hand(world, account_id, tweet_id, kind, False, now)


def _by_hand(
    world: World, account_id: int, tweet_id: int, kind: str, wanted: bool, now: datetime
) -> bool:
    if kind not in BY_HAND:
        raise UnknownEngagement(kind, ", ".join(BY_HAND))
    with transaction.atomic():
        overlays.hold(world)
        followers_count(world, account_id)  # only to know that there is such an account
        tweet = get_original(world, tweet_id)
        if not set_engagement(world, account_id, tweet.id, BY_HAND[kind], wanted, now):
            return False
        enqueue(
            world,
            Event.ENGAGED if wanted else Event.DISENGAGED,
            {
                "account_id": account_id,
                "tweet_id": tweet.id,
                "author_id": tweet.author_id,
                "engagement": BY_HAND[kind],
            },
        )
    return True


def set_engagement(
    world: World,
    account_id: int,
    tweet_id: int,
    kind: EngagementKind,
    wanted: bool,
    now: datetime,
) -> bool:
    """Within a transaction: make the log say so in the overlay; whether that changed anything.

    An overlay's row exists only where it differs from the base: counting adds it up.
    """
    key = {
        "world_id": world.id,
        "account_id": account_id,
        "tweet_id": tweet_id,
        "kind": kind,
    }
    lock(world, account_id, tweet_id, kind)
    base_rows = Engagement.objects.filter(**{**key, "world_id": world.root.id})
    in_base = base_rows.filter(is_active=True).exists()
    change = Engagement.objects.filter(**key).first()
    if (change.is_active if change else in_base) == wanted:
        return False
    Engagement.objects.filter(**key).delete()
    if in_base != wanted:
        row = Engagement(**key, is_active=wanted, at=world.now(now))
        Engagement.objects.bulk_create([row])
    return True


def lock(world: World, account_id: int, tweet_id: int, kind: EngagementKind) -> None:
    """Within a transaction: let nobody else change this engagement until the end."""
    one_at_a_time("engagement", world.id, account_id, tweet_id, kind)
