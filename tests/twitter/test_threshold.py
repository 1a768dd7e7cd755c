"""Push or pull is decided once, at the post, and no reader can tell which."""

import pytest

from tests.twitter import oracle, village
from tests.twitter.reading import whole_home
from tests.twitter.shrinking import shrink
from tests.twitter.village import ACCOUNTS
from tests.twitter.working import finish_the_work
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import api
from trainer.twitter.api import World
from trainer.twitter.tweets.models import Delivery
from trainer.twitter.world.models import BaseGraph

pytestmark = pytest.mark.django_db

ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = ACCOUNTS
MANY = len(village.followers_of(ANN))


@pytest.fixture
def base() -> village.Village:
    rebuildable().flushdb()
    return village.build()


def homes(world: World) -> dict[int, list[int]]:
    return {reader: whole_home(world, reader) for reader in ACCOUNTS}


def test_at_the_threshold_a_tweet_is_pulled_and_one_below_it_is_pushed(
    base: village.Village,
) -> None:
    for threshold, stamp, attempted in (
        (MANY - 1, Delivery.PULL, 0),
        (MANY, Delivery.PULL, 0),
        (MANY + 1, Delivery.PUSH, MANY),
    ):
        world = api.create_overlay(base.world, threshold=threshold)
        tweet = api.post_tweet(world, ANN, "hello")
        assert tweet.delivery == stamp
        finish_the_work()
        report = api.deliveries(world, tweet.id)
        assert report is not None
        assert report.attempted == attempted
        assert homes(world) == oracle.homes(world, ACCOUNTS)


def test_a_follow_that_comes_last_tips_the_scale(base: village.Village) -> None:
    world = api.create_overlay(base.world, threshold=MANY + 1)
    assert api.post_tweet(world, ANN, "before").delivery == Delivery.PUSH
    api.follow(world, FOX, ANN)
    assert api.post_tweet(world, ANN, "after").delivery == Delivery.PULL
    api.unfollow(world, FOX, ANN)
    assert api.post_tweet(world, ANN, "again").delivery == Delivery.PUSH


@pytest.mark.parametrize("works_at_once", [True, False])
@pytest.mark.parametrize("forgets", [True, False])
def test_an_author_who_crosses_the_threshold_in_both_directions_loses_nothing(
    base: village.Village, works_at_once: bool, forgets: bool
) -> None:
    world = api.create_overlay(base.world, threshold=MANY)
    posted = []
    for step in range(6):
        posted.append(api.post_tweet(world, ANN, f"number {step}"))
        (api.unfollow if step % 2 == 0 else api.follow)(world, BEN, ANN)
        homes(world)  # so that lists stand while the author crosses
        if works_at_once:
            finish_the_work()
        if forgets and step == 3:
            rebuildable().flushdb()
    finish_the_work()
    assert [tweet.delivery for tweet in posted] == [Delivery.PULL, Delivery.PUSH] * 3
    assert homes(world) == oracle.homes(world, ACCOUNTS)
    newest_first = [tweet.id for tweet in reversed(posted)]
    assert whole_home(world, CEM)[:6] == newest_first


def test_a_threshold_that_moves_loses_nothing(base: village.Village) -> None:
    world = api.create_overlay(base.world, threshold=99)
    for threshold in (99, 0, 3, 99, 1, 5):
        world = api.set_delivery(world, threshold=threshold)
        for author in ACCOUNTS:
            api.post_tweet(world, author, f"under {threshold}")
        finish_the_work()
        assert homes(world) == oracle.homes(world, ACCOUNTS)


def test_the_newest_entries_are_the_same_at_every_threshold(
    base: village.Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether they stand in the lists (of eight here) or below their floors."""
    shrink(monkeypatch, 8)
    told: list[dict[int, list[str]]] = []
    for threshold in (0, 2, 5, 99):
        world = api.create_overlay(base.world, threshold=threshold, viral_after=threshold)
        for number in range(25):
            author = ACCOUNTS[number * 5 % 8]
            last = api.post_tweet(world, author, f"number {number}")
            api.retweet(world, ACCOUNTS[(number * 5 + 3) % 8], last.id)
            if number % 7 == 0:
                finish_the_work()
        finish_the_work()
        assert homes(world) == oracle.homes(world, ACCOUNTS)
        told.append({reader: texts(world, reader) for reader in ACCOUNTS})
    assert all(one == told[0] for one in told)
    assert max(len(entries) for entries in told[0].values()) > 2 * 8


@pytest.mark.parametrize("length", [1, 2, 3])
def test_what_no_longer_fits_into_the_lists_is_read_all_the_same(
    base: village.Village, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    """Neither the lists nor the strings of the pulled authors claim to be whole."""
    shrink(monkeypatch, length, slack=1)
    world = api.create_overlay(base.world, threshold=99)
    assert homes(world) == oracle.homes(world, ACCOUNTS)
    for number in range(6):
        api.post_tweet(world, FOX, f"number {number}")
    finish_the_work()
    assert homes(world) == oracle.homes(world, ACCOUNTS)
    api.follow(world, CEM, FOX)  # who gets no more of them than fit
    finish_the_work()
    assert homes(world) == oracle.homes(world, ACCOUNTS)


def test_the_newest_800_of_a_crowd_are_the_same_at_every_threshold(small_world: World) -> None:
    rebuildable().flushdb()
    graph = BaseGraph.objects.filter(world_id=small_world.id)
    following = dict(graph.values_list("account_id", "following"))
    readers = sorted(following, key=lambda account: len(following[account]))[499::500]
    authors = [following[reader][0] for reader in readers]
    told = []
    for threshold in (0, 300, 100_000):
        world = api.create_overlay(small_world, threshold=threshold, viral_after=3)
        for author in authors:
            tweet = api.post_tweet(world, author, f"by {author}")
            for reader in readers:
                if reader != author:
                    api.retweet(world, reader, tweet.id)
        finish_the_work()
        truth = oracle.Truth(world)
        shown = {reader: newest_800(world, reader) for reader in readers}
        names = [[name(truth.live[id]) for id in shown[reader]] for reader in readers]
        assert shown == {reader: truth.home(reader)[:800] for reader in readers}
        told.append(names)
    assert all(names == told[0] for names in told)
    assert max(len(names) for names in told[0]) == 800


def newest_800(world: World, reader: int) -> list[int]:
    shown: list[int] = []
    cursor = None
    while len(shown) < 800:
        page = api.chronological_home(world, reader, limit=200, cursor=cursor)
        shown += [entry.tweet.id for entry in page.entries]
        cursor = page.next_cursor
        if cursor is None:
            break
    return shown


def name(tweet: oracle.Tweet) -> tuple[int, int, str]:
    """What a tweet is in whichever overlay it was posted."""
    return tweet.author_id, tweet.original_author_id or 0, tweet.text


def test_a_storm_of_retweets_is_pushed_until_the_tweet_is_viral(base: village.Village) -> None:
    told, storms = [], []
    for viral_after in (0, 3):  # never, and soon
        world = api.create_overlay(base.world, threshold=99, viral_after=viral_after)
        tweet = api.post_tweet(world, FOX, "look at this").id
        for account in (ANN, BEN, CEM, DOT, EVA, GUS, HAL):
            api.retweet(world, account, tweet)
        finish_the_work()
        assert homes(world) == oracle.homes(world, ACCOUNTS)
        told.append({reader: texts(world, reader) for reader in ACCOUNTS})
        storms.append(api.storm(world, tweet))
    assert told[0] == told[1]
    pushes = [len(village.followers_of(account)) for account in (ANN, BEN, CEM, DOT, EVA, GUS, HAL)]
    unlimited, limited = storms
    assert (limited.retweets, limited.pulled, limited.attempted) == (7, 4, sum(pushes))
    assert (unlimited.retweets, unlimited.pulled, unlimited.attempted) == (7, 0, sum(pushes))
    away = sum(village.DORMANT in village.FOLLOWING and account in village.FOLLOWING[HAL]
               for account in (ANN, BEN, CEM))  # fmt: skip
    assert limited.stored >= sum(pushes[:3]) - away
    assert limited.stored <= sum(pushes[:3]) < unlimited.stored


def test_a_retweet_of_the_base_counts_once_towards_viral_though_it_was_deleted(
    base: village.Village,
) -> None:
    original = base.tweet_ids[1]
    retweets = [t for t in oracle.tweets(base.world).values() if t.retweet_of == original]
    world = api.create_overlay(base.world, threshold=99, viral_after=len(retweets) + 2)
    api.delete_tweet(world, retweets[0].author_id, retweets[0].id)
    stamps = [api.retweet(world, account, original).delivery for account in (ANN, DOT, GUS)]
    assert stamps == [Delivery.PUSH, Delivery.PUSH, Delivery.PULL]


def texts(world: World, reader: int) -> list[str]:
    """What the reader reads, ids being those of the overlay."""
    page = api.chronological_home(world, reader, limit=200)
    assert page.next_cursor is None
    return [
        f"{entry.tweet.handle}: {(entry.original or entry.tweet).text}" for entry in page.entries
    ]
