"""Following and unfollowing, in overlays."""

from django.db import connection, transaction

from trainer.twitter.errors import SelfFollow, UnknownAccount
from trainer.twitter.graph.models import Follow
from trainer.twitter.outbox import Event, enqueue
from trainer.twitter.world import ids, overlays
from trainer.twitter.world.value import World


def follow(world: World, follower_id: int, followee_id: int) -> bool:
    """Let one account follow another; whether that is new.

    Raises SelfFollow, UnknownAccount, BaseIsImmutable.
    """
    return _set_edge(world, follower_id, followee_id, wanted=True)


def unfollow(world: World, follower_id: int, followee_id: int) -> bool:
    """Take the edge away; whether there was one. Raises as `follow`."""
    return _set_edge(world, follower_id, followee_id, wanted=False)


def _set_edge(world: World, follower_id: int, followee_id: int, *, wanted: bool) -> bool:
    if follower_id == followee_id:
        raise SelfFollow(follower_id)
    for account_id in (follower_id, followee_id):
        ids.account_id(account_id)
    edge = {"world_id": world.id, "follower_id": follower_id, "followee_id": followee_id}
    with transaction.atomic():
        overlays.hold(world)
        in_base = _in_base(world, follower_id, followee_id)
        change = Follow.objects.select_for_update().filter(**edge).first()
        if (change.is_active if change else in_base) == wanted:
            return False
        if in_base == wanted:
            Follow.objects.filter(**edge).delete()  # back to what the base says
        else:
            Follow.objects.bulk_create(
                [Follow(**edge, is_active=wanted)],
                update_conflicts=True,
                unique_fields=["world_id", "follower_id", "followee_id"],
                update_fields=["is_active"],
            )
        event = Event.FOLLOWED if wanted else Event.UNFOLLOWED
        enqueue(world, event, {"follower_id": follower_id, "followee_id": followee_id})
    return True


def _in_base(world: World, follower_id: int, followee_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT g.following @> ARRAY[%s]::int[],
                   EXISTS (SELECT FROM twitter_account a WHERE a.world_id = %s AND a.id = %s)
              FROM twitter_basegraph g WHERE g.world_id = %s AND g.account_id = %s
            """,
            [followee_id, world.root.id, followee_id, world.root.id, follower_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise UnknownAccount(follower_id)
    if not row[1]:
        raise UnknownAccount(followee_id)
    return bool(row[0])
