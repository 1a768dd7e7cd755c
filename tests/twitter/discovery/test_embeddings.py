"""Embeddings of a world: learned, written, indexed; again, interrupted, refused."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.twitter.worlds import Deed, Post, people, population_of, tiny_world
from trainer.twitter.benches.discovery_checks import index_against_exact, neighbours_purity
from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.present import Present
from trainer.twitter.columns.reading import read_log
from trainer.twitter.discovery import services
from trainer.twitter.discovery.hnsw import indexed, nearest_ids
from trainer.twitter.discovery.kept import load_graph, load_snapshot, load_vectors
from trainer.twitter.discovery.learning import DIMENSIONS
from trainer.twitter.discovery.models import AccountVector, TweetVector
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.services import learn_embeddings
from trainer.twitter.world import partitions
from trainer.twitter.world.model import make_population
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.population import ENDS_AT, ENDS_AT_MS, HOUR_MS, LIKE, STARTED_AT
from trainer.twitter.world.value import World

READERS = np.arange(1, 2_000, 50)


@pytest.fixture
def village(db: None) -> World:
    """Six accounts: one to three like the first tweet, four and five the second, nobody the third;
    the fourth is a retweet."""
    return tiny_world(
        population_of(
            people(6),
            [(1, 2), (2, 3), (3, 1), (4, 5), (5, 4), (6, 5)],
            [Post(3, 300), Post(5, 200), Post(6, 100), Post(1, 50, retweet_of=0)],
            [*(Deed(who, 0, LIKE, 60) for who in (1, 2)), Deed(4, 1, LIKE, 60)],
        )
    )


def tables(world: World) -> list[str]:
    """Of the vectors, the world's own; those that are attached come with their parent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname || coalesce(' of ' || inhparent::regclass, '')"
            "  FROM pg_class LEFT JOIN pg_inherits ON inhrelid = oid"
            " WHERE relkind = 'r' AND relname ~ %s ORDER BY 1",
            [f"vector.*_w{world.id}$"],
        )
        return [name for (name,) in cursor.fetchall()]


def attached(world: World) -> list[str]:
    return [f"{partitions.partition(p, world.id)} of {p}" for p in partitions.LEARNED]


@pytest.fixture(autouse=True)
def _no_rows_left(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """How far the making is, is committed beside the test's transaction: removed after it. (So no
    test here may ask for the database by a mark, which would come first and end last.)"""
    yield
    with django_db_blocker.unblock():
        parameters: Any = connection.get_connection_params()
        with psycopg.connect(**parameters, autocommit=True) as link:
            link.execute("DELETE FROM twitter_artefact WHERE version = ''")


def test_the_command_learns_a_world_once(small_world, capsys):
    call_command("learn_embeddings", world="small", again=True)  # others may have asked for them
    told = capsys.readouterr().out
    assert "Learning the vectors" in told
    assert "in all" in told
    assert tables(small_world) == attached(small_world)
    call_command("learn_embeddings", world="small")
    assert capsys.readouterr().out == "The embeddings of the world 'small' are there already.\n"

    snapshot, vectors = load_snapshot(small_world)[0], load_vectors(small_world)[0]
    graph, log = load_graph(small_world)[0], read_log(small_world)
    assert np.array_equal(graph.following.flat, log.following.flat)
    assert snapshot.at_ms == vectors.at_ms == graph.segments.at_ms == ENDS_AT_MS
    written = AccountVector.objects.filter(world_id=small_world.id).order_by("account_id")
    kept = np.array([row.vector for row in written], dtype=np.float32)
    assert np.array_equal(kept, vectors.accounts)
    liked = TweetVector.objects.filter(world_id=small_world.id).order_by("tweet_id")
    rows = np.flatnonzero(vectors.likers > 0)
    assert [row.tweet_id for row in liked] == snapshot.tweets.id[rows].tolist()
    kept = np.array([row.vector for row in liked], dtype=np.float32)
    assert np.array_equal(kept, vectors.tweets[rows])
    assert np.allclose([row.likers for row in liked], vectors.likers[rows])

    planted = make_population(2_000, 1).planted
    purity = neighbours_purity(
        vectors.accounts, planted.community, planted.topic_of, np.random.default_rng(0)
    )
    assert purity.community > 0.8 > 3 * purity.by_chance
    found = index_against_exact(small_world, snapshot, vectors, READERS, ef_searches=[400])
    assert found.index[0].recall >= 0.9
    _check_the_indexed(small_world, Moved(vectors, Present(snapshot, Delta())))


def _check_the_indexed(world: World, there: Moved) -> None:
    """Older than some instant, not of an author, and in the score's order."""
    until_ms = ENDS_AT_MS - 48 * HOUR_MS
    every = indexed(world, there, 7, 50, without=np.array([7]), until_ms=until_ms)
    rows = there.present.rows(every.ids)
    assert len(rows) == 50
    assert (there.present.snapshot.tweets.at_ms[rows] < until_ms).all()
    assert (np.diff(every.score) <= 0).all()
    assert np.allclose(every.similarity, there.similarity(7, rows))
    author = there.present.authors(rows)[:1]
    fewer = indexed(world, there, 7, 50, without=author, until_ms=until_ms)
    assert author[0] not in there.present.authors(there.present.rows(fewer.ids))


def test_only_liked_tweets_are_in_the_index(village):
    assert learn_embeddings(village)
    near = nearest_ids(village, load_vectors(village)[0].accounts[3], 10)
    tweets = load_snapshot(village)[0].tweets
    assert sorted(near.tolist()) == tweets.id[:2].tolist()


def test_a_run_that_is_interrupted_attaches_nothing_and_the_next_begins_anew(village):
    learned, told = [], []

    def stop(step: str, share: float) -> None:
        told.append(step)
        if share > 0.7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learn_embeddings(village, stop)
    assert not services.is_learned(village)
    assert [name for name in tables(village) if " of " in name] == []
    assert any("aside" in name for name in tables(village))  # as of a process that was killed

    assert learn_embeddings(village, lambda step, _: learned.append(step))
    assert learned[0] == told[0]
    assert tables(village) == attached(village)
    assert len(AccountVector.objects.filter(world_id=village.id)) == 6
    assert not learn_embeddings(village)


def test_other_vectors_take_the_older_ones_place(village):
    log, link = read_log(village), services._link()
    snapshot = services.as_of(log, ENDS_AT_MS)
    for number in (1.0, 2.0):
        accounts = np.full((6, DIMENSIONS), number, dtype=np.float32)
        vectors = services.vectors_of(log, accounts, ENDS_AT_MS)
        services.writing.write(link, village.id, snapshot.tweets, vectors)
        assert tables(village) == attached(village)
        found = AccountVector.objects.get(world_id=village.id, account_id=3)
        assert found.vector == [number] * DIMENSIONS


def test_dropping_a_world_drops_what_was_being_written(village):
    link = services._link()
    with link.cursor() as cursor:
        for parent in partitions.LEARNED:
            partitions.create(cursor, parent, village.id, aside=True)
        assert len(tables(village)) == 2
        partitions.drop(cursor, village.id)
    assert tables(village) == []


def test_a_world_that_is_not_there_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="There is no base world 'nowhere'"):
        call_command("learn_embeddings", world="nowhere")


def test_a_world_that_is_not_ready_is_refused_with_a_sentence(db):
    WorldRecord.objects.create(
        public_id="x", name="half", step="Writing tweets", started_at=STARTED_AT, ends_at=ENDS_AT
    )
    with pytest.raises(CommandError, match="is not built yet"):
        call_command("learn_embeddings", world="half")
