"""Base worlds that are removed, and builds that nobody goes on with."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.twitter.rows import leftovers
from trainer.lib import clock
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api
from trainer.twitter.columns.models import Artefact, ArtefactArray
from trainer.twitter.world import partitions
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.seeding import SEEDING_LOCK, seed_world
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db(transaction=True)
LEAST = 200


def test_a_base_is_removed_whole_with_the_experiments_on_it() -> None:
    base = seed_world("short-lived", LEAST)
    artefact = learn_something(base)
    overlay = api.create_overlay(base)
    api.post_tweet(overlay, 1, "hello #there")
    for world in (base, overlay):
        api.chronological_home(world, 2)
    call_command("drop_world", "short-lived")
    assert [leftovers(rebuildable(), world) for world in (base, overlay)] == [{}, {}]
    with connection.cursor() as cursor:
        for parent in (*partitions.PARENTS, *partitions.LEARNED):
            cursor.execute("SELECT to_regclass(%s)", [partitions.partition(parent, base.id)])
            assert cursor.fetchone() == (None,)
    assert not ArtefactArray.objects.filter(artefact_id=artefact).exists()
    assert seed_world("short-lived", LEAST).id > base.id


def learn_something(base: World) -> int:
    """What the ranked timeline learns from a world, as far as tables go; an artefact's id."""
    with connection.cursor() as cursor:
        for parent in partitions.LEARNED:
            partitions.create(cursor, parent, base.id)
    now = clock.now()
    made = Artefact.objects.create(
        world_id=base.id, name="rankers", format=1, state="ready", made_at=now
    )
    ArtefactArray.objects.create(artefact=made, name="a", dtype="<f4", shape=[1], body=b"abcd")
    return made.pk


def test_a_name_that_no_world_has_is_said() -> None:
    with pytest.raises(CommandError, match="no world 'nobody'"):
        call_command("drop_world", "nobody")


def test_a_build_that_nobody_goes_on_with_is_told_as_failed() -> None:
    base = seed_world("interrupted", LEAST)
    WorldRecord.objects.filter(pk=base.id).update(state="building", progress=0.4)
    assert api.base_progress("interrupted").state == "failed"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext('interrupted'))", [SEEDING_LOCK])
        assert api.base_progress("interrupted").state == "building"
        cursor.execute("SELECT pg_advisory_unlock_all()")


def test_reindexing_tells_the_name_and_leaves_what_is_right(capsys) -> None:
    seed_world("indexed", LEAST)
    call_command("reindex_search", "--world", "indexed")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "indexed: 0 documents written, 0 removed"
