"""Documents made anew from the tweets."""

from io import StringIO
from itertools import islice

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.twitter import village
from tests.twitter.search.corpus import delete, found, index, post
from trainer.lib import clock
from trainer.twitter.models import SearchDocument
from trainer.twitter.search.backfill import Progress, rebuild
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
FOX = 6
DOCUMENTS = sum(isinstance(what, str) for _, what in village.HISTORY)


@pytest.fixture
def base() -> World:
    return village.build().world


def documents(world: World) -> dict[int, tuple[object, ...]]:
    rows = SearchDocument.objects.filter(world_id=world.id)
    return {row[0]: row[1:] for row in rows.values_list("tweet_id", "author_id", "tsv")}


def last(world: World, batch: int = 3) -> Progress:
    return list(rebuild(world, batch))[-1]


def test_lost_wrong_and_stray_documents_are_mended(base: World) -> None:
    right = documents(base)
    lost, wrong, hidden = sorted(right)[:3]
    SearchDocument.objects.filter(world_id=base.id, tweet_id=lost).delete()
    SearchDocument.objects.filter(world_id=base.id, tweet_id=wrong).update(tsv="'rubbish'")
    SearchDocument.objects.filter(world_id=base.id, tweet_id=hidden).update(is_deleted=True)
    for stray in (5, 2**62):
        SearchDocument.objects.create(world_id=base.id, tweet_id=stray, author_id=1, tsv="'x'")
    end = last(base)
    assert (end.written, end.removed) == (3, 2)
    assert documents(base) == right
    assert not SearchDocument.objects.filter(world_id=base.id, is_deleted=True).exists()


def test_what_is_right_is_left_alone(base: World) -> None:
    assert last(base) == Progress(len(village.HISTORY), len(village.HISTORY), 0, 0)


def test_stopped_in_the_middle_and_run_again_it_makes_all(base: World) -> None:
    right = documents(base)
    SearchDocument.objects.filter(world_id=base.id).delete()
    list(islice(rebuild(base, 3), 2))
    assert 0 < len(documents(base)) < DOCUMENTS
    last(base)
    assert documents(base) == right


def test_an_overlay_keeps_what_it_deleted_deleted(base: World) -> None:
    world = overlays.create_overlay(base, now=clock.now())
    kept, gone = post(world, FOX, "zinc tub"), post(world, FOX, "zinc tin")
    delete(world, FOX, gone)
    buried = found(world, "from:fox")[-1]
    delete(world, FOX, buried)
    index()
    SearchDocument.objects.filter(world_id=world.id).delete()
    last(world)
    assert found(world, "from:fox") == [kept]


def test_the_command_shows_progress_and_says_what_it_did(base: World) -> None:
    SearchDocument.objects.filter(world_id=base.id).delete()
    out = StringIO()
    call_command("reindex_search", world="village", stdout=out)
    assert "village: 100% of 13 tweets" in out.getvalue()
    assert out.getvalue().endswith(f"village: {DOCUMENTS} documents written, 0 removed\n")
    call_command("reindex_search", stdout=out)
    assert out.getvalue().endswith("village: 0 documents written, 0 removed\n")


def test_the_command_knows_no_other_world() -> None:
    with pytest.raises(CommandError, match="'atlantis'"):
        call_command("reindex_search", world="atlantis")


def test_every_inverted_index_is_without_fastupdate(base: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE extra PARTITION OF twitter_searchdocument FOR VALUES IN (-1)")
        cursor.execute(
            """
            SELECT i.indexrelid::regclass::text, c.reloptions
              FROM pg_partition_tree('twitter_searchdocument') p
              JOIN pg_index i ON i.indrelid = p.relid
              JOIN pg_class c ON c.oid = i.indexrelid
              JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin'
            """
        )
        found = dict(cursor.fetchall())
    assert len(found) >= 3
    assert all(options == ["fastupdate=off"] for options in found.values()), found
