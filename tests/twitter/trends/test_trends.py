from datetime import timedelta

import pytest

from tests.twitter.oracle import Truth
from tests.twitter.trends.town import (
    ENDS_AT,
    HOUR,
    NEWBORN,
    QUALITY,
    REGIONS,
    Saying,
    base_mentions,
    deleted,
    names,
    overlay,
    page,
    people,
    posted,
    store,
)
from trainer.twitter.errors import BadLimit, BaseIsImmutable, UnknownTrend
from trainer.twitter.trends import services
from trainer.twitter.trends.counting import handle
from trainer.twitter.trends.models import TrendReview
from trainer.twitter.trends.selectors import trends
from trainer.twitter.tweets.models import Tweet
from trainer.twitter.world.value import World

NOW = ENDS_AT + HOUR


def say(world: World, said: list[Saying]) -> list[Tweet]:
    tweets = store(world, said)
    handle(posted(world, tweets))
    return tweets


def unsay(world: World, tweets: list[Tweet]) -> None:
    ids = [tweet.id for tweet in tweets]
    Tweet.objects.filter(world_id=world.id, id__in=ids).update(is_deleted=True, text="")
    handle(deleted(world, tweets))


def bots(tag: str, accounts: int, tweets: int) -> list[Saying]:
    return [(1 + n % accounts, 1 + n * 55 / tweets, f"buy {n} #{tag}") for n in range(tweets)]


def sudden(tag: str, count: int) -> list[Saying]:
    return [(1 + n, 30 + n / (2 * count), f"#{tag}") for n in range(count)]


def test_a_thousand_accounts_beat_ten_with_as_many_tweets(world: World):
    say(world, [*people("crowd", 1000), *bots("bots", 10, 1000)])
    found = page(world)
    assert names(found.trends) == ["crowd"]
    assert names(found.refused) == ["bots"]
    assert found.trends[0].score == pytest.approx((1000 * QUALITY - 1) ** 2)
    assert found.refused[0].score == pytest.approx((10 * QUALITY - 1) ** 2)


def test_new_accounts_weigh_little_and_do_not_trend(world: World):
    say(world, [*people("old", 60), *people("new", 60, first=NEWBORN[0])])
    found = page(world)
    assert names(found.trends) == ["old"]
    assert names(found.refused) == ["new"]
    assert found.refused[0].observed < found.trends[0].observed / 3


def test_a_region_has_a_list_of_its_own(world: World):
    say(world, people("local", 40, every=REGIONS, first=2))
    assert names(page(world).trends) == []
    assert names(page(world).refused) == ["local"]
    assert names(page(world, region=2).trends) == ["local"]
    assert page(world, region=2).trends[0].regions == {2: 40}
    assert names(page(world, region=1).trends) == []


def test_a_wave_that_is_deleted_no_longer_trends(world: World):
    wave = say(world, people("wave", 100))
    assert names(page(world).trends) == ["wave"]
    unsay(world, wave[:80])
    left = page(world)
    assert names(left.trends) == []
    assert left.refused[0].observed == pytest.approx(20 * QUALITY)
    unsay(world, wave[80:])
    assert names(page(world).refused) == []


def test_deleting_what_was_said_returns_to_the_score_before(base: World, world: World):
    base_mentions(base, "tag", [(n, -30 + n, "#tag") for n in range(1, 30)])
    (before,) = page(world, after=HOUR / 2).trends
    more = say(world, people("tag", 5, first=500, within=20))
    assert page(world, after=HOUR / 2).trends[0].score > before.score
    unsay(world, more)
    (after,) = page(world, after=HOUR / 2).trends
    assert (after.score, after.authors) == (pytest.approx(before.score), before.authors)


def test_base_and_overlay_are_counted_as_one(base: World, world: World):
    base_mentions(base, "tag", [(n, -30 + n / 2, "#tag") for n in range(1, 41)])
    say(world, [(n, 1, "#tag") for n in range(31, 61)])
    (trend,) = page(world, after=timedelta(minutes=2)).trends
    assert (trend.authors, trend.mentions) == (60, 70)


def test_a_base_tweet_deleted_in_an_overlay_counts_everywhere_but_there(base: World, world: World):
    tweets = base_mentions(base, "tag", [(n, -30 + n, "#tag") for n in range(1, 21)])
    other = overlay(base)
    handle(deleted(world, tweets[:2]))
    assert page(world).trends[0].authors == 18
    assert page(other).trends[0].authors == 20
    assert page(base, after=timedelta()).trends[0].authors == 20


def test_two_overlays_do_not_see_each_others_trends_or_reviews(base: World, world: World):
    other = overlay(base)
    say(world, sudden("mine", 40))
    say(other, sudden("mine", 40))
    services.review_queue(world, now=NOW)
    services.approve(world, "mine", now=NOW)
    assert names(page(world).trends) == ["mine"]
    assert names(page(other).waiting) == ["mine"]
    assert names(page(overlay(base)).waiting) == []


def test_what_begins_in_one_minute_waits_until_a_person_approves(world: World):
    say(world, sudden("news", 40))
    assert (names(page(world).trends), names(page(world).waiting)) == ([], ["news"])
    (waiting,) = services.review_queue(world, now=NOW)
    assert waiting.reason == "40 of 40 authors began within one minute"
    services.approve(world, "news", now=NOW)
    assert names(page(world).trends) == ["news"]
    assert services.review_queue(world, now=NOW) == ()


def test_what_a_person_rejects_does_not_trend(world: World):
    say(world, sudden("spam", 40))
    services.review_queue(world, now=NOW)
    services.reject(world, "spam", now=NOW)
    found = page(world)
    assert (names(found.trends), names(found.waiting), names(found.refused)) == ([], [], ["spam"])


def test_a_decision_holds_for_its_own_list_only(world: World):
    say(world, [(1 + n * REGIONS, 30, "#news") for n in range(40)])
    services.review_queue(world, region=1, now=NOW)
    services.approve(world, "news", 1, now=NOW)
    assert names(page(world, region=1).trends) == ["news"]
    assert names(page(world).trends) == []


def test_asking_for_the_queue_again_changes_nothing(world: World):
    say(world, sudden("news", 40))
    first = services.review_queue(world, now=NOW)
    again = services.review_queue(world, now=NOW + timedelta(minutes=3))
    assert [row.flagged_at for row in again] == [row.flagged_at for row in first]
    assert TrendReview.objects.filter(world_id=world.id).count() == 1


def test_only_what_waits_can_be_decided(base: World, world: World):
    with pytest.raises(UnknownTrend, match="'nothing' does not wait"):
        services.approve(world, "nothing", now=NOW)
    for term, region in (("no\0thing", None), ("nothing", 10**12)):
        with pytest.raises(UnknownTrend):
            services.reject(world, term, region, now=NOW)
    assert trends(world, region=10**12, at=NOW).trends == ()
    with pytest.raises(BaseIsImmutable):
        services.review_queue(base, now=NOW)


@pytest.mark.parametrize("limit", [0, -1, 51])
def test_a_list_has_a_length(world: World, limit: int):
    with pytest.raises(BadLimit):
        trends(world, at=NOW, limit=limit)


def test_the_counts_are_those_of_the_definition(base: World, world: World):
    base_mentions(base, "tag", [(n, -20 + n / 2, "#tag") for n in range(1, 21)])
    tweets = say(
        world, [*people("tag", 30, within=40), *people("other", 25, within=60), *bots("tag", 8, 16)]
    )
    unsay(world, tweets[::7])
    found = page(world, after=timedelta(minutes=45))
    expected = Truth(world).trend_counts(found.since, found.until)
    counts = {trend.term: (trend.mentions, trend.authors) for trend in found.trends}
    assert counts == {t: (c.mentions, c.authors) for t, c in expected.items()}
