import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from tests.twitter import village
from tests.twitter.oracle import rows, tweets
from tests.twitter.village import ENDS_AT, Village
from trainer.lib import clock
from trainer.twitter.consumers import drain
from trainer.twitter.discovery.affinity import affinities, handle
from trainer.twitter.discovery.models import Affinity
from trainer.twitter.discovery.strengths import HALF_LIFE, STRENGTH
from trainer.twitter.outbox import Consumer, Event, Job
from trainer.twitter.tweets import engaging, services
from trainer.twitter.tweets.models import Engagement, EngagementKind
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

ANN, BEN, CEM = 1, 2, 3
LIKE, REPLY, RETWEET = EngagementKind.LIKE, EngagementKind.REPLY, EngagementKind.RETWEET


@pytest.fixture
def base(db: None) -> Village:
    return village.build()


@pytest.fixture
def world(base: Village) -> World:
    return overlays.create_overlay(base.world, now=ENDS_AT)


@pytest.fixture
def by_ben(base: Village) -> int:
    """A tweet of Ben's."""
    return base.tweet_ids[1]


def liked_in_base(base: Village, tweet_id: int, days_ago: float) -> None:
    at = ENDS_AT - timedelta(days=days_ago)
    key = {"world_id": base.world.id, "account_id": ANN, "tweet_id": tweet_id, "kind": LIKE}
    Engagement.objects.create(**key, at=at)


def work() -> None:
    while drain(Consumer.INTERACTIONS):
        pass


def defined(world: World, actor: int, at: datetime) -> dict[int, float]:
    """The definition, naively: the log of base and overlay, the overlay's row in front."""
    log = {}
    for account, tweet, kind, is_active, when in rows(
        world, "SELECT account_id, tweet_id, kind, is_active, at FROM twitter_engagement"
    ):
        log[account, tweet, kind] = (is_active, when)
    authors = {tweet.id: tweet.author_id for tweet in tweets(world).values()}
    found: dict[int, float] = defaultdict(float)
    for (account, tweet, kind), (is_active, when) in log.items():
        if is_active and account == actor and authors[tweet] != actor:
            found[authors[tweet]] += STRENGTH[kind] * 2 ** ((when - at) / HALF_LIFE)
    return dict(found)


def test_a_like_draws_the_actor_to_the_author(world: World, by_ben: int):
    engaging.engage(world, ANN, by_ben, "like", now=ENDS_AT)
    work()
    assert affinities(world, ANN) == {BEN: STRENGTH[LIKE]}
    assert affinities(world, BEN) == {}


def test_what_is_done_adds_up_by_its_strength(world: World, by_ben: int):
    engaging.engage(world, ANN, by_ben, "like", now=ENDS_AT)
    services.post_tweet(world, ANN, "well said", reply_to=by_ben, now=ENDS_AT)
    services.retweet(world, ANN, by_ben, now=ENDS_AT)
    work()
    assert affinities(world, ANN)[BEN] == STRENGTH[LIKE] + STRENGTH[REPLY] + STRENGTH[RETWEET]


def test_taking_back_or_deleting_takes_the_strength_back(world: World, by_ben: int):
    engaging.engage(world, ANN, by_ben, "like", now=ENDS_AT)
    reply = services.post_tweet(world, ANN, "well said", reply_to=by_ben, now=ENDS_AT)
    again = services.retweet(world, ANN, by_ben, now=ENDS_AT)
    work()
    engaging.disengage(world, ANN, by_ben, "like", now=ENDS_AT)
    services.delete_tweet(world, ANN, reply, now=ENDS_AT)
    services.delete_tweet(world, ANN, again, now=ENDS_AT)
    work()
    assert affinities(world, ANN) == {}
    assert not Affinity.objects.filter(world_id=world.id).exists()


def test_it_halves_in_a_half_life(base: Village, by_ben: int):
    liked_in_base(base, by_ben, HALF_LIFE.days)
    assert affinities(base.world, ANN) == {BEN: pytest.approx(STRENGTH[LIKE] / 2)}


def test_old_and_new_acts_are_summed_as_of_the_newest(base: Village, world: World):
    first, last = base.tweet_ids[0], base.tweet_ids[-1]  # both of Ann's
    engaging.engage(world, BEN, first, "like", now=ENDS_AT)
    engaging.engage(world, BEN, last, "click", now=ENDS_AT + HALF_LIFE)
    work()
    row = Affinity.objects.get(world_id=world.id, actor_id=BEN)
    assert row.last_at == ENDS_AT + HALF_LIFE
    click = STRENGTH[EngagementKind.CLICK]
    assert row.weight == pytest.approx(STRENGTH[LIKE] / 2 + click)
    assert affinities(world, BEN)[ANN] == pytest.approx(STRENGTH[LIKE] + 2 * click)


def test_base_and_overlay_are_one(base: Village, world: World, by_ben: int):
    liked_in_base(base, by_ben, 3)
    engaging.engage(world, ANN, by_ben, "bookmark", now=ENDS_AT + timedelta(hours=2))
    work()
    assert affinities(world, ANN) == pytest.approx(defined(world, ANN, ENDS_AT))
    assert affinities(base.world, ANN) == pytest.approx(defined(base.world, ANN, ENDS_AT))


def test_what_the_overlay_takes_back_of_the_base_counts_in_the_base(
    base: Village, world: World, by_ben: int
):
    liked_in_base(base, by_ben, 3)
    engaging.disengage(world, ANN, by_ben, "like", now=ENDS_AT)
    work()
    assert affinities(world, ANN) == {}
    assert affinities(base.world, ANN).keys() == {BEN}
    engaging.engage(world, ANN, by_ben, "like", now=ENDS_AT)
    work()
    assert affinities(world, ANN) == affinities(base.world, ANN)


def test_what_one_does_with_ones_own_tweets_is_no_affinity(world: World, by_ben: int):
    engaging.engage(world, BEN, by_ben, "like", now=ENDS_AT)
    work()
    assert affinities(world, BEN) == {}


def test_two_overlays_keep_their_own(base: Village, world: World, by_ben: int):
    other = overlays.create_overlay(base.world, now=ENDS_AT)
    engaging.engage(world, ANN, by_ben, "like", now=ENDS_AT)
    work()
    assert affinities(other, ANN) == {}


def _job(number: int, world: World, kind: str, actor: int, tweet_id: int) -> Job:
    payload = {"account_id": actor, "tweet_id": tweet_id, "author_id": BEN, "engagement": LIKE}
    return Job(number, world, kind, payload, clock.now(), clock.now())


def test_any_batch_in_any_order_any_number_of_times_agrees_with_the_definition(
    base: Village, world: World
):
    chance = random.Random(1)
    jobs = []
    for step in range(60):
        actor, tweet = chance.choice((ANN, CEM)), chance.choice(base.tweet_ids)
        verb, kind = chance.choice(
            ((engaging.engage, Event.ENGAGED), (engaging.disengage, Event.DISENGAGED))
        )
        done = chance.choice(("like", "click", "profile_click"))
        verb(world, actor, tweet, done, now=ENDS_AT + timedelta(minutes=step))
        jobs.append(_job(step, world, kind, actor, tweet))
        if step % 7 == 0:
            handle(chance.sample(jobs, len(jobs)))
    handle([*jobs, *jobs])
    for actor in (ANN, CEM):
        assert affinities(world, actor) == pytest.approx(defined(world, actor, ENDS_AT))


@pytest.fixture
def committed(transactional_db: None) -> World:
    return overlays.create_overlay(village.build().world, now=ENDS_AT)


def test_two_workers_do_not_recompute_one_account_at_once(committed: World):
    """The later one would overwrite with what it saw before the earlier one's event."""
    with transaction.atomic():
        handle([_job(1, committed, Event.ENGAGED, ANN, 1)])
        with ThreadPoolExecutor(1) as pool, pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(_without_patience, committed).result()


def _without_patience(world: World) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            handle([_job(2, world, Event.ENGAGED, ANN, 1)])
    finally:
        connection.close()
