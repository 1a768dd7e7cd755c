"""Following and unfollowing, muting and blocking, in overlays."""

from django.db import connection, transaction

from trainer.twitter.errors import SelfFollow, SelfShun, UnknownAccount
from trainer.twitter.graph.models import Follow, Shun
from trainer.twitter.graph.selectors import followers_count
from trainer.twitter.locks import one_at_a_time
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


def mute(world: World, account_id: int, other_id: int) -> bool:
    """Let an account see nothing more of another; whether that is new.

    Raises SelfShun, UnknownAccount, BaseIsImmutable.
    """
    return _set_shun(world, account_id, other_id, Shun.Kind.MUTE, wanted=True)


def unmute(world: World, account_id: int, other_id: int) -> bool:
    """Take it back; whether there was anything. Raises as `mute`."""
    return _set_shun(world, account_id, other_id, Shun.Kind.MUTE, wanted=False)


def block(world: World, account_id: int, other_id: int) -> bool:
    """Let neither of two accounts see the other's tweets; whether that is new. Raises as `mute`."""
    return _set_shun(world, account_id, other_id, Shun.Kind.BLOCK, wanted=True)


def unblock(world: World, account_id: int, other_id: int) -> bool:
    """Take it back; whether there was anything. Raises as `mute`."""
    return _set_shun(world, account_id, other_id, Shun.Kind.BLOCK, wanted=False)


def _set_shun(
    world: World, account_id: int, other_id: int, kind: Shun.Kind, *, wanted: bool
) -> bool:
    if account_id == other_id:
        raise SelfShun(account_id, kind.label.lower())
    key = {"world_id": world.id, "account_id": account_id, "other_id": other_id, "kind": kind}
    with transaction.atomic():
        overlays.hold(world)
        for each in (account_id, other_id):
            followers_count(world, each)  # only to know that there is such an account
        if not wanted:
            return Shun.objects.filter(**key).delete()[0] > 0
        one_at_a_time("shun", world.id, account_id, other_id, kind)
        if Shun.objects.filter(**key).exists():
            return False
        Shun.objects.bulk_create([Shun(**key)])
    return True


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
