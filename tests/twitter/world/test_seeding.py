"""What is written, who sees it when, and what becomes of a build that does not end well."""

from datetime import timedelta

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.twitter import oracle, worlds
from tests.twitter.worlds import Deed, Person, Post, population_of, tiny_world
from trainer.twitter.errors import WorldNotReady
from trainer.twitter.tweets.models import Delivery
from trainer.twitter.world import overlays, partitions
from trainer.twitter.world.errors import OtherWorld
from trainer.twitter.world.follows import follower_law
from trainer.twitter.world.loading import tweet_ids
from trainer.twitter.world.model import make_population
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.population import ENDS_AT, LIKE, RETWEET
from trainer.twitter.world.seeding import SEEDING_LOCK, WAITING, seed_world

LEAST = 200  # accounts of the smallest world there can be
TABLES = ["account", "planted", "basegraph", "tweet", "engagement", "searchdocument"]


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def counts(world_id: int) -> dict[str, int]:
    return {
        table: rows(f"SELECT count(*) FROM twitter_{table} WHERE world_id = %s", world_id)[0][0]
        for table in TABLES
    }


def record(name: str) -> WorldRecord:
    return WorldRecord.objects.get(name=name, base=None)


def test_the_small_world_is_what_the_model_drew(small_world):
    drawn, id = make_population(worlds.SMALL_ACCOUNTS, 1), small_world.id
    accounts = rows(
        "SELECT id, handle, region, quality, created_at, followers_count, following, followers"
        " FROM twitter_account a JOIN twitter_basegraph g ON (g.world_id, account_id) = (%s, id)"
        " WHERE a.world_id = %s ORDER BY id",
        id,
        id,
    )
    people = drawn.accounts
    assert [row[0] for row in accounts] == list(range(1, drawn.size + 1))
    assert [row[1] for row in accounts] == people.handle
    assert [row[2] for row in accounts] == people.region.tolist()
    assert [row[3] for row in accounts] == people.quality.tolist()
    assert [round(row[4].timestamp() * 1000) for row in accounts] == people.created_ms.tolist()
    assert [row[5] for row in accounts] == [len(row[7]) for row in accounts]
    assert all(row[6] == (drawn.following.of(row[0] - 1) + 1).tolist() for row in accounts)
    assert all(row[7] == (drawn.followers.of(row[0] - 1) + 1).tolist() for row in accounts)


def test_the_tweets_of_the_small_world_are_what_the_model_drew(small_world):
    drawn = make_population(worlds.SMALL_ACCOUNTS, 1).tweets
    found = sorted(oracle.tweets(small_world).values(), key=lambda tweet: tweet.id)
    assert [tweet.author_id for tweet in found] == (drawn.author + 1).tolist()
    assert [tweet.kind for tweet in found] == drawn.kind.tolist()
    assert [tweet.text for tweet in found] == list(drawn.text)
    place = {tweet.id: number for number, tweet in enumerate(found)}
    retweets = [tweet for tweet in found if tweet.kind == RETWEET]
    assert [place[tweet.retweet_of] for tweet in retweets] == [
        drawn.parent[place[tweet.id]] for tweet in retweets
    ]
    assert all(
        tweet.original_author_id == found[place[tweet.retweet_of]].author_id for tweet in retweets
    )
    start = ENDS_AT - timedelta(days=14)
    assert all(start <= tweet.at < ENDS_AT for tweet in found)


def test_stamps_follow_the_threshold_at_the_boundary_too(small_world):
    stamps = dict(
        rows(
            "SELECT followers_count, max(delivery) FROM twitter_tweet t JOIN twitter_account a"
            " ON a.world_id = t.world_id AND a.id = author_id WHERE t.world_id = %s GROUP BY 1",
            small_world.id,
        )
    )
    line = worlds.SMALL_THRESHOLD
    assert stamps[line] == Delivery.PULL
    assert stamps[line - 1] == Delivery.PUSH
    assert all((stamp == Delivery.PULL) == (count >= line) for count, stamp in stamps.items())


def test_the_counts_on_a_tweet_are_those_of_its_engagements(small_world):
    wrong = rows(
        "SELECT id FROM twitter_tweet t LEFT JOIN twitter_engagement e"
        " ON e.world_id = t.world_id AND e.tweet_id = t.id WHERE t.world_id = %s GROUP BY id,"
        " like_count, bookmark_count, click_count, reply_count, retweet_count"
        " HAVING ARRAY[like_count, bookmark_count, click_count, reply_count, retweet_count] <>"
        " ARRAY[count(*) FILTER (WHERE e.kind = 1), count(*) FILTER (WHERE e.kind = 2),"
        "  count(*) FILTER (WHERE e.kind = 3), count(*) FILTER (WHERE e.kind = 5),"
        "  count(*) FILTER (WHERE e.kind = 6)]::int[]",
        small_world.id,
    )
    assert wrong == []


def test_search_and_trends_know_what_was_tweeted(small_world):
    spoken = [t for t in oracle.tweets(small_world).values() if t.kind != RETWEET]
    assert counts(small_world.id)["searchdocument"] == len(spoken)
    found = rows(
        "SELECT tweet_id FROM twitter_searchdocument"
        " WHERE world_id = %s AND tsv @@ '''#football'''::tsquery",
        small_world.id,
    )
    assert {id for (id,) in found} == {t.id for t in spoken if "football" in oracle.tags(t.text)}
    since = ENDS_AT - timedelta(hours=48)
    mentions = rows(
        "SELECT tweet_id, term, author_id, to_timestamp(minute * 60) FROM twitter_trendmention"
        " WHERE world_id = %s",
        small_world.id,
    )
    assert set(mentions) == {
        (t.id, tag, t.author_id, t.at.replace(second=0, microsecond=0))
        for t in spoken
        if t.at >= since
        for tag in oracle.tags(t.text)
    }


def test_follower_counts_in_the_database_follow_the_closed_form(small_world):
    counts = np.array(
        rows("SELECT followers_count FROM twitter_account WHERE world_id = %s", small_world.id)
    )
    law = follower_law(worlds.SMALL_ACCOUNTS)
    for least in (10, 50, 200, 700):
        expected = law.count_at_or_above(least, worlds.SMALL_ACCOUNTS)
        assert (counts >= least).sum() == pytest.approx(expected, rel=0.05)


def test_the_indexes_of_a_partition_are_those_of_its_parent(small_world):
    for parent in partitions.PARENTS:
        sql = "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = %s::regclass"
        found = [
            sorted(definition.split(" USING ")[1] for (definition,) in rows(sql, table))
            for table in (parent, partitions.partition(parent, small_world.id))
        ]
        assert found[0] == found[1]


@pytest.mark.django_db
def test_a_world_made_by_hand_has_exactly_what_it_was_given():
    people = [Person("ann", last_active_days=40), Person("ben", region=2), Person("cem")]
    posts = [
        Post(1, 30, "slate #roof"),
        Post(2, 20, "yes", reply_to=0),
        Post(3, 10, retweet_of=0),
    ]
    made = population_of(people, [(2, 1), (3, 1), (1, 3)], posts, [Deed(3, 1, LIKE)])
    world = tiny_world(made, threshold=2)
    assert oracle.follows(world) == {(2, 1), (3, 1), (1, 3)}
    first, _, retweet = tweet_ids(made).tolist()
    assert oracle.home(world, 1) == []  # the retweet is of their own tweet
    assert oracle.home(world, 2) == [first]
    told = rows(
        "SELECT id, delivery, like_count, reply_count, retweet_count FROM twitter_tweet"
        " WHERE world_id = %s ORDER BY id",
        world.id,
    )
    assert [row[1:] for row in told] == [(2, 0, 1, 1), (1, 1, 0, 0), (1, 0, 0, 0)]
    assert told[2][0] == retweet
    assert counts(world.id) == dict(zip(TABLES, (3, 3, 3, 3, 3, 2), strict=True))


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_and_never_falls():
    seen: list[tuple[str, float]] = []
    with pytest.raises(WorldNotReady, match="Writing follows"):
        seed_world(
            "watched",
            LEAST,
            watch=lambda step, progress: (
                seen.append(rows("SELECT step, progress FROM twitter_world ORDER BY id")[-1]),
                overlays.get_base("watched") if step == "Writing follows" else None,
            ),
        )
    assert seen == sorted(seen, key=lambda shown: shown[1])
    assert record("watched").state == WorldRecord.State.FAILED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "step", ["Writing follows", "Making search documents", "Opening the world"]
)
def test_a_build_cut_off_by_a_dead_connection_is_cleaned_and_made_by_the_next(step):
    def cut(now: str, progress: float) -> None:
        if now == step:
            rows(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
                " WHERE locktype = 'advisory' AND classid = %s AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database())",
                SEEDING_LOCK,
            )

    with pytest.raises(Exception, match=r"terminat|closed"):
        seed_world("cut", LEAST, watch=cut)
    cut_off = record("cut")
    assert cut_off.state == WorldRecord.State.BUILDING
    world = seed_world("cut", LEAST)
    assert record("cut").id == world.id > cut_off.id
    assert set(counts(cut_off.id).values()) == {0}
    assert rows("SELECT to_regclass(%s)", f"twitter_tweet_w{cut_off.id}") == [(None,)]
    assert counts(world.id)["account"] == LEAST


@pytest.mark.django_db(transaction=True)
def test_a_build_that_fails_says_why_and_leaves_nothing():
    def stop(step: str, progress: float) -> None:
        if step == "Counting hashtags":
            raise KeyboardInterrupt("enough")

    with pytest.raises(KeyboardInterrupt):
        seed_world("stopped", LEAST, watch=stop)
    left = record("stopped")
    assert (left.state, left.step) == (WorldRecord.State.FAILED, "enough")
    assert set(counts(left.id).values()) == {0}


@pytest.mark.django_db(transaction=True)
def test_a_second_builder_waits_for_the_first():
    key = (SEEDING_LOCK, "shared")
    rows("SELECT pg_advisory_lock(%s, hashtext(%s))", *key)
    steps: list[str] = []

    def let_go(step: str, progress: float) -> None:
        steps.append(step)
        if step == WAITING:
            rows("SELECT pg_advisory_unlock(%s, hashtext(%s))", *key)

    seed_world("shared", LEAST, watch=let_go)
    assert steps[0] == WAITING
    assert steps.count(WAITING) == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_builds_once_and_refuses_another_world_of_that_name(capsys):
    call_command("seed_world", name="command", accounts=LEAST)
    told = capsys.readouterr().out
    assert "Writing engagements" in told
    assert "twitter_basegraph" in told
    assert "by the law" in told
    call_command("seed_world", name="command", accounts=LEAST)
    assert "there already" in capsys.readouterr().out
    assert record("command").state == WorldRecord.State.READY
    with pytest.raises(CommandError, match="choose another name"):
        call_command("seed_world", name="command", accounts=LEAST, seed=2)
    with pytest.raises(OtherWorld):
        seed_world("command", LEAST + 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"accounts": 5}, "5 accounts; give 200 to 1,000,000"),
        ({"seed": -1}, "the seed -1; give a whole number"),
        ({"name": ""}, "give a name of 1 to 40 characters"),
    ],
)
def test_the_command_refuses_bad_arguments_with_a_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("seed_world", **arguments)
