"""The only door to the mini Twitter. Others import this and nothing beneath it.

Every call takes a `world`: a base world to read, an overlay to read and to write. Ids are int
here; where they go to a browser they go as strings, since JavaScript's numbers end at 2^53.
Errors are those of `errors.py`, each with a sentence fit to be shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.lib import clock
from trainer.resilience.breaker_rules import Policy
from trainer.resilience.faults import NONE, Faults
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import consumers, errors
from trainer.twitter.columns.standing import standing
from trainer.twitter.discovery.affinity import affinities
from trainer.twitter.discovery.kept import FORMATS as EMBEDDINGS
from trainer.twitter.graph import services as graph
from trainer.twitter.inside import audiences
from trainer.twitter.inside.breakers import breaker_view
from trainer.twitter.inside.crowds import Person, crowd
from trainer.twitter.inside.degrees import (
    FollowGraph,
    FriendGraph,
    befriended,
    follow_graph,
    mutual,
    mutual_only,
)
from trainer.twitter.inside.embeddings import LIKE_STEP, Place, TopicSpace, topic_space
from trainer.twitter.inside.evaluation import RankerQuality, ranker_quality
from trainer.twitter.inside.graph_walks import Walked, WalkGraph, busiest_account, walk_graph
from trainer.twitter.inside.index import IndexAgainstExact, index_against_exact
from trainer.twitter.inside.ranker_work import RankerWork, ranker_work
from trainer.twitter.inside.readers import readers
from trainer.twitter.inside.reranking import Reranked, Variant, rerank
from trainer.twitter.inside.term_standing import TermStanding, term_standing
from trainer.twitter.inside.two_stages import (
    PartCosts,
    RankingStages,
    StageCost,
    StageQuality,
    ranking_stages,
)
from trainer.twitter.mixer import home as ranked_home
from trainer.twitter.mixer import services as telling
from trainer.twitter.mixer.answer import HomeTimeline, RankedEntry
from trainer.twitter.mixer.budget import PARTS as HOME_PARTS
from trainer.twitter.mixer.budget import POLICY as BREAKERS
from trainer.twitter.mixer.prompt import promptly
from trainer.twitter.mixer.rankers.kept import NAME as RANKERS
from trainer.twitter.mixer.rankers.model import FORMAT as RANKERS_FORMAT
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import Sizes, Weights
from trainer.twitter.search import selectors as searching
from trainer.twitter.search.journeys import Journey, journey
from trainer.twitter.search.selectors import Hit, SearchPage
from trainer.twitter.timelines import home
from trainer.twitter.timelines.home import Entry, HomePage
from trainer.twitter.timelines.models import DeliveryReport
from trainer.twitter.timelines.storms import Storm, storm
from trainer.twitter.trends import selectors as trending
from trainer.twitter.trends import services as reviewing
from trainer.twitter.trends.gates import Finding
from trainer.twitter.trends.models import TrendReview
from trainer.twitter.trends.ranking import Trend
from trainer.twitter.trends.rules import RULES as TREND_RULES
from trainer.twitter.trends.selectors import TrendPage
from trainer.twitter.tweets import engaging, services
from trainer.twitter.tweets.selectors import (
    AccountRow,
    Counts,
    TweetRow,
    get_account,
    get_tweet,
    hydrate,
)
from trainer.twitter.world import overlays, seeding
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.overlays import get_base, get_world
from trainer.twitter.world.value import World

__all__ = [
    "BREAKERS",
    "HOME_PARTS",
    "LIKE_STEP",
    "TREND_RULES",
    "AccountRow",
    "Counts",
    "DeliveryReport",
    "Entry",
    "Finding",
    "FollowGraph",
    "FriendGraph",
    "Hit",
    "HomePage",
    "HomeTimeline",
    "IndexAgainstExact",
    "Journey",
    "PartCosts",
    "Person",
    "Place",
    "Progress",
    "RankedEntry",
    "RankerQuality",
    "RankerWork",
    "RankingStages",
    "Reranked",
    "SearchPage",
    "Sizes",
    "StageCost",
    "StageQuality",
    "Storm",
    "TermStanding",
    "TopicSpace",
    "Trace",
    "Trend",
    "TrendPage",
    "TrendReview",
    "TweetRow",
    "Variant",
    "WalkGraph",
    "Walked",
    "Weights",
    "World",
    "affinities",
    "approve_trend",
    "audiences",
    "backlog",
    "base_progress",
    "befriended",
    "block",
    "breaker_view",
    "busiest_account",
    "chronological_home",
    "create_overlay",
    "crowd",
    "delete_tweet",
    "deliveries",
    "disengage",
    "drop_overlay",
    "engage",
    "errors",
    "follow",
    "follow_graph",
    "get_account",
    "get_base",
    "get_tweet",
    "get_world",
    "home_timeline",
    "hydrate",
    "index_against_exact",
    "journey",
    "mark_seen",
    "mute",
    "mutual",
    "mutual_only",
    "not_interested",
    "post_at",
    "post_tweet",
    "promptly",
    "ranker_quality",
    "ranker_work",
    "ranking_progress",
    "ranking_stages",
    "readers",
    "reject_trend",
    "rerank",
    "retweet",
    "review_queue",
    "search",
    "set_delivery",
    "storm",
    "term_standing",
    "topic_space",
    "trends",
    "unblock",
    "unfollow",
    "unmute",
    "walk_graph",
]
DEFAULT_BASE = "default"
# What the ranked home timeline needs, in the order in which it is made: artefacts by format.
LEARNED = {"embeddings": EMBEDDINGS, "rankers": {RANKERS: RANKERS_FORMAT}}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the building of a base world is: `share` from 0 to 1; `state` is absent, building
    (of what is learned: making), ready or failed; `accounts` of the world, 0 where it is absent."""

    state: str
    step: str
    share: float
    accounts: int = 0


# -- Worlds ------------------------------------------------------------------


def base_progress(name: str = DEFAULT_BASE) -> Progress:
    """For a page that waits for the world."""
    record = WorldRecord.objects.filter(base=None, name=name).first()
    if record is None:
        return Progress("absent", "", 0.0)
    if record.state == WorldRecord.State.BUILDING and not seeding.is_being_built(name):
        return Progress(WorldRecord.State.FAILED, "it was interrupted", 0.0, record.accounts)
    return Progress(record.state, record.step, record.progress, record.accounts)


def ranking_progress(name: str = DEFAULT_BASE) -> Mapping[str, Progress]:
    """How far what the ranked home timeline needs is: embeddings, then rankers."""
    base = WorldRecord.objects.filter(base=None, name=name).first()
    found: dict[str, Progress] = {}
    for told, formats in LEARNED.items():
        now = standing(base.id if base else 0, formats)  # of no world: absent
        found[told] = Progress(now.state, now.step, now.share)
    return found


def create_overlay(
    base: World, *, threshold: int | None = None, viral_after: int | None = None
) -> World:
    """A world of one's own on top of `base`, without copying anything."""
    return overlays.create_overlay(
        base, now=clock.now(), threshold=threshold, viral_after=viral_after
    )


def set_delivery(
    world: World, *, threshold: int | None = None, viral_after: int | None = None
) -> World:
    """The overlay with other limits for the tweets to come."""
    return overlays.set_delivery(
        world,
        threshold=world.threshold if threshold is None else threshold,
        viral_after=world.viral_after if viral_after is None else viral_after,
    )


def drop_overlay(world: World) -> None:
    """Remove the overlay whole."""
    overlays.drop_overlay(rebuildable(), world)


# -- Writing -----------------------------------------------------------------


def post_tweet(world: World, author_id: int, text: str, *, reply_to: int | None = None) -> TweetRow:
    """Post a tweet, or a reply."""
    tweet_id = services.post_tweet(world, author_id, text, reply_to=reply_to, now=clock.now())
    return get_tweet(world, tweet_id)


post_at = services.post_tweet  # as of another real time than now, which is given


def retweet(world: World, account_id: int, tweet_id: int) -> TweetRow:
    """Pass a tweet on; the retweet, also where it was done before."""
    return get_tweet(world, services.retweet(world, account_id, tweet_id, now=clock.now()))


def delete_tweet(world: World, account_id: int, tweet_id: int) -> None:
    """Delete one's own tweet, reply or retweet."""
    services.delete_tweet(world, account_id, tweet_id, now=clock.now())


def engage(world: World, account_id: int, tweet_id: int, kind: str) -> bool:
    """`kind` is like, bookmark, click or profile_click; whether it is new."""
    return engaging.engage(world, account_id, tweet_id, kind, now=clock.now())


def disengage(world: World, account_id: int, tweet_id: int, kind: str) -> bool:
    """Take it back; whether there was anything."""
    return engaging.disengage(world, account_id, tweet_id, kind, now=clock.now())


follow, unfollow = graph.follow, graph.unfollow
mute, unmute, block, unblock = graph.mute, graph.unmute, graph.block, graph.unblock
mark_seen = telling.mark_seen


def not_interested(world: World, account_id: int, tweet_id: int) -> None:
    """Hear less of the tweet's author: nothing for two weeks, then slowly more."""
    telling.not_interested(world, account_id, tweet_id, now=clock.now())


# -- Reading -----------------------------------------------------------------


def chronological_home(
    world: World, account_id: int, *, limit: int = 50, cursor: str | None = None
) -> HomePage:
    """The newest entries of whom the account follows; from Postgres where Redis is away."""
    return home.chronological_home(rebuildable(), world, account_id, limit=limit, cursor=cursor)


def home_timeline(
    world: World,
    account_id: int,
    *,
    weights: Weights,
    faults: Faults = NONE,
    trace: bool = True,
    cursor: str | None = None,
    limit: int = ranked_home.LIMIT,
    sizes: Sizes | None = None,
    policy: Policy = BREAKERS,
) -> HomeTimeline:
    """The ranked home timeline, by the best level that can be had: see `HomeTimeline`.

    `weights` come from the content. `faults` strike parts of this request (HOME_PARTS by name);
    their failures count for the breakers of this world alone. `sizes`: None for the usual ones.
    `policy`: other rules for the breakers of an experiment.
    Raises UnknownAccount, UnknownCursor, BadLimit, and NoTimeline where every level failed.
    """
    return ranked_home.home_timeline(
        rebuildable(),
        world,
        account_id,
        weights=weights,
        now=clock.now(),
        faults=faults,
        trace=trace,
        cursor=cursor,
        limit=limit,
        sizes=sizes,
        policy=policy,
    )


def search(
    world: World,
    text: str,
    *,
    order: str = "recency",
    limit: int = 20,
    cursor: str | None = None,
) -> SearchPage:
    """Tweets that match a query, by `order` recency or relevance.

    `rain coffee` both words, `"in this order"`, `-without`, `a OR b`, `from:handle`, `#tag`,
    `since:2026-01-31`, `until:2026-02-15`.
    """
    return searching.search(world, text, order=order, limit=limit, cursor=cursor)


def trends(world: World, *, region: int | None = None, limit: int = 10) -> TrendPage:
    """What trends now, in a region or (None) everywhere, what waits and what was refused."""
    return trending.trends(world, region=region, at=world.now(clock.now()), limit=limit)


def review_queue(world: World, *, region: int | None = None) -> tuple[TrendReview, ...]:
    """The flagged trends that wait for a person's decision, oldest first."""
    return reviewing.review_queue(world, region=region, now=clock.now())


def approve_trend(world: World, term: str, *, region: int | None = None) -> None:
    """Let a flagged term trend."""
    reviewing.approve(world, term, region, now=clock.now())


def reject_trend(world: World, term: str, *, region: int | None = None) -> None:
    """Keep a flagged term from trending."""
    reviewing.reject(world, term, region, now=clock.now())


def deliveries(world: World, tweet_id: int) -> DeliveryReport | None:
    """What the fan-out of a tweet cost; None while it has not been done."""
    return DeliveryReport.objects.filter(world_id=world.id, tweet_id=tweet_id).first()


def backlog(world: World) -> dict[str, int]:
    """How many rows of the outbox wait, by consumer."""
    return consumers.backlog(world_id=world.id)
