"""The same pages when the timelines are spread over the nodes of a Redis Cluster."""

import pytest
from redis import Redis
from redis.cluster import RedisCluster

from tests.twitter import oracle, village
from tests.twitter.timelines.reading import push, scroll
from tests.twitter.timelines.test_cluster import nodes  # noqa: F401 (a fixture)
from trainer.lib import clock
from trainer.twitter.timelines.home import chronological_home
from trainer.twitter.tweets.services import post_tweet
from trainer.twitter.world import overlays

ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS


@pytest.mark.processes
@pytest.mark.django_db
def test_pages_on_a_cluster_are_rebuilt_once_and_show_the_definition(
    nodes: tuple[RedisCluster, Redis],  # noqa: F811
) -> None:
    cluster, _ = nodes
    world = overlays.create_overlay(village.build().world, now=clock.now(), threshold=3)
    for reader in village.ACCOUNTS:
        chronological_home(cluster, world, reader)
    for author in (ANN, CEM, EVA):
        push(cluster, world, post_tweet(world, author, "new", now=clock.now()))
    for reader in village.ACCOUNTS:
        page = chronological_home(cluster, world, reader)
        assert (page.source, page.rebuilt) == ("redis", 0)
        assert scroll(cluster, world, reader, limit=4) == oracle.home(world, reader)
