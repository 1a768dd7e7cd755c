"""What the labs look at in the ranked home timeline: breakers, readers, evaluations, variants."""

from dataclasses import replace

import pytest

from tests.lab.conftest import committed
from tests.twitter.mixer.ranked import a_machine, failing, reading, untrained
from trainer.twitter import api
from trainer.twitter.mixer.rankers import kept
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World

GUIDE = api.Weights("guide", {"like": 1.0, "retweet": 20.0, "click": 11.0})


def test_readers_follow_many_and_are_always_the_same(ranked_world: World) -> None:
    found = api.readers(ranked_world, 5)
    assert found == sorted(set(found))
    assert api.readers(ranked_world, 2) == found[:2]
    accounts = Account.objects.filter(world_id=ranked_world.id)
    least = min(accounts.filter(id__in=found).values_list("following_count", flat=True))
    assert accounts.filter(following_count__lt=least).count() >= 0.9 * accounts.count()


def test_rankers_that_were_not_judged_have_no_quality(ranked_world: World) -> None:
    assert api.ranker_quality(ranked_world) is None


def test_the_kept_evaluation_is_read_by_ranking(ranked_world: World) -> None:
    evaluation = {"readers": 200, "heavy_ndcg20": [0.5, 0.4, 0.6], "heavy_recall200": [1, 1, 1]}
    kept.save(ranked_world, untrained(ranked_world, seed=1), {"evaluation": evaluation})
    quality = api.ranker_quality(ranked_world)
    assert quality == api.RankerQuality(200, {"heavy": (0.5, 0.4, 0.6)})


def test_a_part_without_a_breaker_is_refused(ranked_world: World) -> None:
    with pytest.raises(ValueError, match="'query' has no breaker: use one of heavy, light"):
        api.breaker_view(ranked_world, "query")


@pytest.mark.usefixtures("servers")
def test_an_experiment_may_have_breakers_of_other_rules(ranked_world: World) -> None:
    rules = replace(api.BREAKERS, failures=2, open_s=30.0)
    overlay, read = api.create_overlay(ranked_world), reading(a_machine())
    (reader,) = api.readers(ranked_world)
    for _ in range(rules.failures):
        assert read(overlay, reader, faults=failing("heavy"), policy=rules).level == 1
    view = api.breaker_view(overlay, "heavy", rules)
    assert (view.state, len(view.failure_ages_s)) == ("open", 2)
    assert view.half_open_in_s <= 30
    assert "open after 2 failures" in read(overlay, reader, policy=rules).reason


@pytest.mark.usefixtures("servers")
def test_variants_rank_the_same_candidates(ranked_world: World) -> None:
    (reader,) = api.readers(ranked_world)
    few = api.Sizes(discovery=0.0, served=30)
    variants = {"all": api.Variant(GUIDE), "few": api.Variant(GUIDE, few)}
    found = committed(lambda: api.rerank(ranked_world, reader, variants))
    assert not found["all"].trace.problems()
    assert found["all"].trace.parts[0].count_in == found["few"].trace.parts[0].count_in
    assert len(found["few"].entries) == 30
    assert all(entry.in_network for entry in found["few"].entries)
