"""From a posted tweet to its document, once, whatever happens on the way."""

from dataclasses import replace

import pytest

from tests.twitter import village
from tests.twitter.search.corpus import delete, found, index, post
from trainer.lib import clock
from trainer.twitter import errors
from trainer.twitter.models import OutboxRow, SearchDocument, SearchJourney
from trainer.twitter.outbox import Consumer, Job
from trainer.twitter.search.indexing import handle
from trainer.twitter.search.journeys import backlog, journey
from trainer.twitter.tweets import services
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS


@pytest.fixture
def world() -> World:
    return overlays.create_overlay(village.build().world, now=clock.now())


def jobs(world: World) -> list[Job]:
    """What waits, as it is claimed, without taking it away."""
    rows = OutboxRow.objects.filter(consumer=Consumer.SEARCH).order_by("id")
    return [Job(r.pk, world, r.kind, r.payload, r.enqueued_at, clock.now()) for r in rows]


def documents(world: World) -> list[SearchDocument]:
    return list(SearchDocument.objects.filter(world_id=world.id).order_by("tweet_id"))


def test_a_tweet_is_found_once_it_is_indexed(world: World) -> None:
    tweet = post(world, FOX, "zinc tub #laundry")
    assert found(world, "zinc") == []
    assert backlog(world) == 1
    index()
    assert found(world, "zinc") == [tweet]
    assert backlog(world) == 0


def test_a_reply_is_a_document_and_a_retweet_is_none(world: World) -> None:
    tweet = post(world, FOX, "zinc tub")
    reply = services.post_tweet(world, GUS, "tin tub", reply_to=tweet, now=clock.now())
    retweet = services.retweet(world, GUS, tweet, now=clock.now())
    index()
    assert [document.tweet_id for document in documents(world)] == [tweet, reply]
    delete(world, GUS, retweet)
    index()
    assert [document.tweet_id for document in documents(world)] == [tweet, reply]


def test_a_job_that_comes_twice_has_one_effect(world: World) -> None:
    post(world, FOX, "zinc tub")
    delete(world, FOX, post(world, FOX, "tin tub"))
    claimed = jobs(world)
    handle(claimed)
    once = [document.__dict__["tsv"] for document in documents(world)]
    handle(claimed + claimed)
    assert [document.__dict__["tsv"] for document in documents(world)] == once
    assert SearchJourney.objects.filter(world_id=world.id).count() == 2


def test_a_deletion_that_overtakes_the_posting_is_final(world: World) -> None:
    tweet = post(world, FOX, "zinc tub")
    (posting,) = jobs(world)
    delete(world, FOX, tweet)
    deletion = jobs(world)[1]
    handle([deletion])
    handle([posting])
    assert found(world, "zinc") == []


def test_who_read_the_tweet_before_its_deletion_does_not_bring_it_back(world: World) -> None:
    tweet = post(world, FOX, "zinc tub")
    index()
    SearchDocument.objects.filter(world_id=world.id, tweet_id=tweet).update(is_deleted=True)
    row = jobs(world)
    assert row == []
    handle([Job(1, world, "posted", {"tweet_id": tweet}, clock.now(), clock.now())])
    assert found(world, "zinc") == []


def test_one_batch_may_be_of_several_worlds(world: World) -> None:
    other = overlays.create_overlay(world.root, now=clock.now())
    base_tweet = found(world, "granite")[0]
    tweets = [post(world, FOX, "zinc here"), post(other, FOX, "zinc there")]
    delete(other, CEM, base_tweet)
    assert index() == 3
    assert [found(one, "zinc") for one in (world, other)] == [[tweets[0]], [tweets[1]]]
    assert base_tweet in found(world, "granite")
    assert base_tweet not in found(other, "granite")


def test_a_job_whose_tweet_is_gone_does_nothing(world: World) -> None:
    handle([Job(1, world, "posted", {"tweet_id": 5}, clock.now(), clock.now())])
    assert documents(world) == []


def test_every_stage_is_stamped_in_its_turn(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    tweet = post(world, FOX, "zinc tub")
    waiting = journey(world, tweet)
    assert (waiting.queued_ms, waiting.total_ms) == (None, None)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        index()
        assert journey(world, tweet).visible_ms is None
    made = journey(world, tweet)
    assert made.posted_at == waiting.posted_at
    stages = (made.queued_ms, made.prepared_ms, made.indexed_ms, made.visible_ms)
    assert all(stage is not None and stage >= 0 for stage in stages)
    assert made.total_ms == pytest.approx(sum(stages))


def test_only_a_tweet_posted_here_has_a_journey(world: World) -> None:
    other = overlays.create_overlay(world.root, now=clock.now())
    tweet = post(world, FOX, "zinc tub")
    index()
    for elsewhere, id in ((other, tweet), (world, found(world, "granite")[0]), (world, 5)):
        with pytest.raises(errors.UnknownTweet):
            journey(elsewhere, id)


def test_a_second_stamp_does_not_replace_the_first(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    tweet = post(world, FOX, "zinc tub")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        handle(jobs(world))
    first = journey(world, tweet)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        handle([replace(job, claimed_at=clock.now()) for job in jobs(world)])
    assert journey(world, tweet) == first
