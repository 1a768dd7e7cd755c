"""A Hypothesis machine that mistreats the mini Twitter: everybody posts, retweets, deletes, follows
and unfollows while thresholds are crossed, workers fall behind, overtake each other, die or do
their work twice, and Redis forgets one key, all of them, or does not answer.

The same is done in three overlays ("twins") that push and pull differently, and something else in a
fourth on the same base. What must hold whatever happens is what oracle.py says.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, TypeVar

from django.db import transaction
from django.test import override_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from redis import Redis

from tests.twitter import oracle
from tests.twitter.oracle import Truth
from tests.twitter.reading import (
    NOWHERE,
    home_page,
    trend_counts,
    trend_window,
    whole_home,
    whole_search,
    world_now,
)
from tests.twitter.rows import leftovers
from tests.twitter.village import ACCOUNTS, Village
from tests.twitter.working import finish_the_work, put_back
from trainer.lib import clock
from trainer.twitter import api
from trainer.twitter.consumers import drain
from trainer.twitter.errors import TwitterError
from trainer.twitter.models import OutboxRow
from trainer.twitter.outbox import Consumer
from trainer.twitter.world.value import World

SOMEBODY = st.sampled_from(ACCOUNTS)
TWIN = st.integers(0, 2)
WORLD = st.integers(0, 3)
LIMITS = st.integers(0, 6)
SOME = st.lists(SOMEBODY, min_size=1, max_size=6, unique=True)
A_TWEET = st.integers(0, 20)  # counted from the newest
CONSUMERS = st.sampled_from(list(Consumer))
WORDS = ("granite", "slate", "copper", "kettle", "#harbor", "#winter", "#frost")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
QUERIES: Sequence[tuple[str, dict[str, object]]] = (
    ("granite", {"phrases": ["granite"]}),
    ("harbor", {"phrases": ["harbor"]}),
    ("copper kettle", {"phrases": ["copper", "kettle"]}),
    ('"copper kettle"', {"phrases": ["copper kettle"]}),
    ("#harbor", {"tagged": ["harbor"]}),
    ("slate #winter", {"phrases": ["slate"], "tagged": ["winter"]}),
    ("from:ann", {"author_id": 1}),
    ("from:dot slate", {"author_id": 4, "phrases": ["slate"]}),
)
LATER = timedelta(days=1)

Answer = TypeVar("Answer")


class Crash(Exception):
    """The worker dies after its work and before its commit."""


@dataclass(frozen=True)
class Posted:
    """A tweet by its id in each of the twins, or the base's."""

    ids: Sequence[int]
    author_id: int


class TwitterMachine(RuleBasedStateMachine):
    village: ClassVar[Village]
    redis: ClassVar[Redis]

    @initialize(thresholds=st.tuples(LIMITS, LIMITS), viral_after=LIMITS)
    def open(self, thresholds: tuple[int, int], viral_after: int) -> None:
        self.redis.flushdb()
        base = self.village.world
        limits = [(thresholds[0], viral_after), (thresholds[1], 99), (99, 0)]
        self.twins = [
            api.create_overlay(base, threshold=threshold, viral_after=viral)
            for threshold, viral in limits
        ]
        self.other = api.create_overlay(base, threshold=3)
        self.posted = [Posted([tweet.id] * 3, tweet.author_id) for tweet in self.base_tweets()]
        self.done: list[OutboxRow] = []

    def base_tweets(self) -> list[oracle.Tweet]:
        return sorted(oracle.tweets(self.village.world).values(), key=lambda tweet: tweet.id)

    @property
    def worlds(self) -> list[World]:
        return [*self.twins, self.other]

    def tweet(self, number: int) -> Posted:
        return self.posted[-1 - number % len(self.posted)]

    def everywhere(self, account: int, do: Callable[[World, int, int], Answer]) -> list[Answer]:
        """What `do(twin, its number, account)` gives in each twin; nothing where it is refused, on
        which all must agree."""
        answers: list[Answer] = []
        refusals: list[type[TwitterError]] = []
        for number, world in enumerate(self.twins):
            try:
                answers.append(do(world, number, account))
            except TwitterError as error:
                refusals.append(type(error))
        assert not (answers and refusals), (answers, refusals)
        assert len(set(refusals)) <= 1
        return answers

    def remember(self, ids: list[int], author_id: int) -> None:
        """A new tweet, unless it was refused or had been done before."""
        if ids and all(ids[0] != posted.ids[0] for posted in self.posted):
            self.posted.append(Posted(ids, author_id))

    # -- what people do --------------------------------------------------------

    @rule(authors=SOME, text=TEXTS)
    def post(self, authors: list[int], text: str) -> None:
        for author in authors:
            ids = self.everywhere(author, lambda world, _, who: api.post_tweet(world, who, text).id)
            self.remember(ids, author)

    @rule(author=SOMEBODY, text=TEXTS, number=A_TWEET)
    def reply(self, author: int, text: str, number: int) -> None:
        to = self.tweet(number).ids
        ids = self.everywhere(
            author, lambda world, n, who: api.post_tweet(world, who, text, reply_to=to[n]).id
        )
        self.remember(ids, author)

    @rule(accounts=SOME, number=A_TWEET)
    def retweet(self, accounts: list[int], number: int) -> None:
        of = self.tweet(number).ids
        for account in accounts:
            ids = self.everywhere(account, lambda world, n, who: api.retweet(world, who, of[n]).id)
            self.remember(ids, account)

    @rule(number=A_TWEET)
    def delete(self, number: int) -> None:
        tweet = self.tweet(number)
        self.everywhere(
            tweet.author_id, lambda world, n, who: api.delete_tweet(world, who, tweet.ids[n])
        )

    @rule(account=SOMEBODY, number=A_TWEET, takes_back=st.booleans())
    def like(self, account: int, number: int, takes_back: bool) -> None:
        ids, act = self.tweet(number).ids, api.disengage if takes_back else api.engage
        self.everywhere(account, lambda world, n, who: act(world, who, ids[n], "like"))

    @rule(followers=SOME, number=A_TWEET)
    def follow(self, followers: list[int], number: int) -> None:
        self.set_edges(api.follow, followers, self.tweet(number).author_id)

    @rule(followers=SOME, number=A_TWEET)
    def unfollow(self, followers: list[int], number: int) -> None:
        self.set_edges(api.unfollow, followers, self.tweet(number).author_id)

    def set_edges(
        self, do: Callable[[World, int, int], bool], followers: list[int], followee: int
    ) -> None:
        for follower in followers:
            self.everywhere(follower, lambda world, _, who: do(world, who, followee))

    @rule(author=SOMEBODY, followers=SOME, text=TEXTS, leave=st.booleans())
    def post_and_cross_the_threshold(
        self, author: int, followers: list[int], text: str, leave: bool
    ) -> None:
        """Before anybody has delivered the tweet."""
        self.post([author], text)
        self.set_edges(api.unfollow if leave else api.follow, followers, author)

    @rule(follower=SOMEBODY, number=A_TWEET)
    def change_ones_mind_twice(self, follower: int, number: int) -> None:
        """And the worker who has the first of the two is the last to be done."""
        followee = self.tweet(number).author_id
        finish_the_work()
        for world in self.twins:
            whole_home(world, follower)
        follows = followee in Truth(self.twins[0]).following(follower)
        first, second = (api.unfollow, api.follow) if follows else (api.follow, api.unfollow)
        self.set_edges(first, [follower], followee)
        self.hold(list(OutboxRow.objects.values_list("id", flat=True)))
        self.set_edges(second, [follower], followee)
        self.work(Consumer.FANOUT)
        finish_the_work()
        for world in self.twins:
            self.checked_home(world, Truth(world), follower, 50)

    @rule(account=SOMEBODY, followee=SOMEBODY, text=TEXTS, number=A_TWEET)
    def do_something_in_the_other_overlay(
        self, account: int, followee: int, text: str, number: int
    ) -> None:
        with contextlib.suppress(TwitterError):
            api.post_tweet(self.other, account, text)
            api.follow(self.other, account, followee)
            base = self.posted[number % len(self.village.tweet_ids)]
            api.delete_tweet(self.other, base.author_id, base.ids[0])

    @rule(twin=TWIN, threshold=LIMITS, viral_after=LIMITS)
    def set_the_limits(self, twin: int, threshold: int, viral_after: int) -> None:
        self.twins[twin] = api.set_delivery(
            self.twins[twin], threshold=threshold, viral_after=viral_after
        )

    # -- what workers do -------------------------------------------------------

    def work(self, consumer: Consumer, limit: int = 200) -> int:
        before = list(OutboxRow.objects.filter(consumer=consumer))
        done = drain(consumer, limit)
        left = set(OutboxRow.objects.filter(consumer=consumer).values_list("id", flat=True))
        self.done = [row for row in before if row.id not in left] or self.done
        return done

    @rule(consumer=CONSUMERS, limit=st.sampled_from([1, 3, 200]))
    def work_a_little(self, consumer: Consumer, limit: int) -> None:
        self.work(consumer, limit)

    @rule(consumer=CONSUMERS)
    def die_before_the_commit(self, consumer: Consumer) -> None:
        waiting = OutboxRow.objects.count()
        with contextlib.suppress(Crash), transaction.atomic():
            drain(consumer)
            raise Crash
        assert OutboxRow.objects.count() == waiting

    @rule(consumer=CONSUMERS, limit=st.sampled_from([1, 2, 5]))
    def overtake(self, consumer: Consumer, limit: int) -> None:
        """One worker holds the oldest rows while another does the rest."""
        oldest = OutboxRow.objects.filter(consumer=consumer).order_by("id")[:limit]
        self.hold([row.id for row in oldest])
        self.work(consumer)

    def hold(self, rows: list[int]) -> None:
        OutboxRow.objects.filter(id__in=rows).update(retry_at=clock.now() + LATER)

    @rule()
    def work_again(self) -> None:
        """What was done last is done once more, whatever has happened since."""
        put_back(self.done)

    @rule(consumer=CONSUMERS)
    def work_without_redis(self, consumer: Consumer) -> None:
        with override_settings(REDIS_URL=NOWHERE):
            self.work(consumer)

    # -- what befalls Redis ----------------------------------------------------

    @rule()
    def flush_redis(self) -> None:
        self.redis.flushdb()

    @rule(number=st.integers(0, 1000))
    def evict_a_key(self, number: int) -> None:
        if keys := sorted(self.redis.keys()):
            self.redis.delete(keys[number % len(keys)])

    # -- what readers see, at any time -----------------------------------------

    @rule(number=WORLD, limit=st.sampled_from([1, 3, 7]))
    def read(self, number: int, limit: int) -> None:
        """Before the work is done something may be missing; nothing wrong is ever shown."""
        world = self.worlds[number]
        shown = {reader: whole_home(world, reader, limit) for reader in ACCOUNTS}
        truth = Truth(world)
        for reader, ids in shown.items():
            followees = truth.following(reader)
            assert all(id in truth.live and truth.live[id].author_id in followees for id in ids)

    @rule(reader=SOMEBODY, number=WORLD)
    def read_without_redis(self, reader: int, number: int) -> None:
        world = self.worlds[number]
        with override_settings(REDIS_URL=NOWHERE):
            assert home_page(world, reader, 100).source == "postgres"
            assert whole_home(world, reader, 4) == Truth(world).home(reader)

    # -- what must hold when all work is done ----------------------------------

    @rule(limit=st.sampled_from([4, 50]))
    def read_when_all_is_done(self, limit: int) -> None:
        """Everybody does, so that their lists stand and what comes next is added to them."""
        finish_the_work()
        truths = {world.id: Truth(world) for world in self.worlds}
        for reader in ACCOUNTS:
            self.check_that_twins_agree(
                [self.checked_home(world, truths[world.id], reader, limit) for world in self.worlds]
            )

    def check_everything(self) -> None:
        self.read_when_all_is_done(50)
        for world in self.worlds:
            truth = Truth(world)
            self.check_search(world, truth)
            self.check_trends(world, truth)

    def checked_home(self, world: World, truth: Truth, reader: int, limit: int) -> list[int]:
        shown = whole_home(world, reader, limit)
        assert shown == truth.home(reader)
        return shown

    def check_that_twins_agree(self, homes: list[list[int]]) -> None:
        """The same entries, each twin having ids of its own for them."""
        named = [
            [posted.ids[twin] for posted in self.posted].index(id)
            for twin in range(3)
            for id in homes[twin]
        ]
        assert named == named[: len(homes[0])] * 3

    def check_search(self, world: World, truth: Truth) -> None:
        for query, parts in QUERIES:
            assert whole_search(world, query) == truth.search(**parts), query

    def check_trends(self, world: World, truth: Truth) -> None:
        at = world_now(world)
        assert trend_counts(world, at) == truth.trend_counts(*trend_window(at))

    def teardown(self) -> None:
        if not hasattr(self, "twins"):
            return
        self.check_everything()
        for world in self.worlds:
            api.drop_overlay(world)
            assert leftovers(self.redis, world) == {}
