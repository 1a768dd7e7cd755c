"""What holds for every reader, every find and every score: the whole pipeline on drawn data.

The rules are checked on the data that was drawn, not by the code that they are about.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.twitter.mixer.making import NOW_MS, WEIGHTS, candidates
from trainer.twitter.errors import PartFailed
from trainer.twitter.mixer.parts import Io, home
from trainer.twitter.mixer.pipeline import Ran, run
from trainer.twitter.mixer.selectors import SELECT
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import (
    Candidates,
    Dropped,
    Fetched,
    Outcome,
    Query,
    Sizes,
    Source,
    Sources,
)
from trainer.twitter.world.population import DAY_MS, RETWEET

READER, PEOPLE, TWEETS = 1, 12, 60
NAMES = ("in_network", "celebrities", "graph", "embeddings")
SCORE_AS = (None, None, "walk_score", "similarity")


@dataclass(frozen=True, slots=True)
class Tweet:
    id: int
    author: int
    kind: int
    age_days: int
    shown: int
    is_deleted: bool
    proofs: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A small Twitter, one who reads it, and what each source finds in it."""

    tweets: dict[int, Tweet]
    premium: frozenset[int]
    following: frozenset[int]
    muted: frozenset[int]
    blocked: frozenset[int]
    seen: frozenset[int]
    disliked: dict[int, int]  # author, days ago
    finds: tuple[tuple[int, ...], ...]
    sizes: Sizes
    seed: int

    def shown(self, id_: int) -> Tweet:
        return self.tweets[self.tweets[id_].shown]

    def is_in(self, id_: int) -> bool:
        return self.tweets[id_].author in self.following


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Few accounts and many tweets, so that all that can collide does."""
    people = st.frozensets(st.integers(1, PEOPLE), max_size=2)
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = draw(st.integers(10, TWEETS))
    tweets = dict(_tweet(random, id_) for id_ in range(1, count + 1))
    tweets = {id_: replace(one, shown=_origin(tweets, one)) for id_, one in tweets.items()}
    found = st.integers(0, count + 3)  # how many; the last three ids are nowhere
    served = draw(st.integers(1, 12))
    return Drawn(
        tweets=tweets,
        premium=draw(people),
        following=draw(st.frozensets(st.integers(2, PEOPLE), min_size=1, max_size=8)),
        muted=draw(people),
        blocked=draw(people),
        seen=draw(st.frozensets(st.integers(1, count), max_size=3)),
        disliked=draw(st.dictionaries(st.integers(2, PEOPLE), st.integers(0, 200), max_size=3)),
        finds=tuple(
            tuple((random.permutation(count + 3)[: draw(found)] + 1).tolist()) for _ in NAMES
        ),
        sizes=Sizes(
            fetched=4 * TWEETS + 12,
            ranked=draw(st.integers(served, 30)),
            served=served,
            discovery=draw(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])),
        ),
        seed=draw(st.integers(0, 2**32 - 1)),
    )


def _tweet(random: np.random.Generator, id_: int) -> tuple[int, Tweet]:
    kind = int(random.choice([1, 1, 2, 3])) if id_ > 1 else 1
    return id_, Tweet(
        id=id_,
        author=int(random.integers(1, PEOPLE + 1)),
        kind=kind,
        age_days=int(random.choice([0, 1, 2, 3, 4, 5, 6, 6, 6, 8])),
        shown=int(random.integers(1, id_)) if kind == RETWEET else id_,
        is_deleted=random.random() < 0.05,
        proofs=int(random.choice([0, 1, 2, 5])),
    )


def _origin(tweets: dict[int, Tweet], tweet: Tweet) -> int:
    """A retweet of a retweet shows the first one's original."""
    while tweet.shown != tweet.id:
        tweet = tweets[tweet.shown]
    return tweet.id


def served(world: Drawn, *, shuffled: int | None = None, failing: tuple[str, ...] = ()) -> Ran:
    """The home timeline; `shuffled`: with the sources, and what each finds, in another order."""
    sources = [
        Source(name, bit, _fetch(ids), 0.25, score_as)
        for name, bit, ids, score_as in zip(NAMES, Sources, world.finds, SCORE_AS, strict=True)
    ]
    if shuffled is not None:
        order = np.random.default_rng(shuffled)
        finds = [order.permutation(ids).astype(np.int64).tolist() for ids in world.finds]
        sources = [
            replace(each, fetch=_fetch(ids)) for each, ids in zip(sources, finds, strict=True)
        ]
        sources = [sources[place] for place in order.permutation(len(sources))]
    io = Io(
        hydrate_query=lambda asked: _known(world, asked),
        sources=tuple(sources),
        hydrate=lambda asked, given: _hydrated(world, given),
        light=lambda asked, given: _chances(world.seed, given),
        heavy=lambda asked, given: _chances(world.seed + 1, given),
        clock=lambda: 0.0,
    )

    def guard(name: str, call: Any, /) -> Any:
        if name in failing:
            raise PartFailed("switched off")
        return call()

    bare = Query(READER, NOW_MS, WEIGHTS, np.empty(0, np.int64), world.sizes)
    return home(io, bare, guard)


def _fetch(ids: Any) -> Any:
    return lambda asked, limit: Fetched(
        np.array(ids, dtype=np.int64), np.array([id_ % 7 / 7 for id_ in ids], dtype=np.float32)
    )


def _known(world: Drawn, asked: Query) -> Query:
    def ascending(values: Any) -> Any:
        return np.array(sorted(values), dtype=np.int64)

    return replace(
        asked,
        following=ascending(world.following),
        muted=ascending(world.muted),
        blocked=ascending(world.blocked),
        seen=ascending(world.seen),
        disliked=ascending(world.disliked),
        disliked_ms=np.array(
            [NOW_MS - world.disliked[author] * DAY_MS for author in sorted(world.disliked)],
            np.int64,
        ),
    )


def _hydrated(world: Drawn, given: Candidates) -> Outcome:
    is_there = np.isin(given.id, list(world.tweets))
    left = given.take(is_there)
    ids = left.id.tolist()
    tweets = [world.tweets[id_] for id_ in ids]
    full = candidates(
        ids,
        author=[tweet.author for tweet in tweets],
        kind=[tweet.kind for tweet in tweets],
        at_ms=[NOW_MS - tweet.age_days * DAY_MS for tweet in tweets],
        shown=[tweet.shown for tweet in tweets],
        shown_author=[world.shown(id_).author for id_ in ids],
        is_deleted=[world.tweets[id_].is_deleted or world.shown(id_).is_deleted for id_ in ids],
        is_premium=[world.shown(id_).author in world.premium for id_ in ids],
        in_network=[world.is_in(id_) for id_ in ids],
        proofs=[tweet.proofs for tweet in tweets],
    )
    known = {name: getattr(left, name) for name in ("sources", "walk_score", "similarity")}
    return Outcome(replace(full, **known), (Dropped(given.id[~is_there], "nowhere"),))


def _chances(seed: int, given: Candidates) -> Any:
    """Of each tweet its own, coarse enough for many to be equal."""
    table = np.random.default_rng(seed).integers(0, 4, (TWEETS + 1, 6)) / 4
    return table[given.id].astype(np.float32)


@settings(max_examples=120, deadline=None)
@given(drawn(), st.sampled_from([(), (), ("heavy",), ("light",), ("light", "heavy")]))
def test_what_is_served_keeps_every_rule(world: Drawn, failing: tuple[str, ...]) -> None:
    ran = served(world, failing=failing)
    ids = ran.candidates.id.tolist()
    shown = [world.shown(id_) for id_ in ids]
    assert len({tweet.id for tweet in shown}) == len(ids) <= world.sizes.served
    for id_, tweet in zip(ids, shown, strict=True):
        authors = {world.tweets[id_].author, tweet.author}
        assert not authors & (world.muted | world.blocked | {READER})
        assert tweet.id not in world.seen
        assert not any(each.is_deleted for each in (tweet, world.tweets[id_]))
        assert world.tweets[id_].age_days <= 7
        assert world.disliked.get(tweet.author, 14) >= 14
        assert world.is_in(id_) or world.tweets[id_].proofs
    is_in = [world.is_in(id_) for id_ in ids]
    assert not any(not any(is_in[at : at + 3]) for at in range(len(ids) - 2))
    assert ran.trace.problems() == []


@settings(max_examples=80, deadline=None)
@given(drawn())
def test_every_find_is_served_or_dropped_once_with_a_reason(world: Drawn) -> None:
    ran = served(world)
    found = Counter(id_ for finds in world.finds for id_ in finds)
    became = Counter(id_ for id_, _, _ in ran.trace.dropped()) + Counter(ran.candidates.id.tolist())
    assert became == found
    twice = Counter(id_ for id_, part, _ in ran.trace.dropped() if part == "dedupe")
    assert twice == Counter({id_: count - 1 for id_, count in found.items() if count > 1})
    assert all(reason for _, _, reason in ran.trace.dropped())


@settings(max_examples=50, deadline=None)
@given(drawn(), st.integers(0, 1000))
def test_the_list_is_the_same_in_whatever_order_things_were_found(world: Drawn, seed: int) -> None:
    once, again = served(world).trace, served(world).trace
    assert once.to_json() == again.to_json()
    other = served(world, shuffled=seed).trace
    assert other.to_json()["served"] == once.to_json()["served"]
    assert sorted(other.dropped()) == sorted(once.dropped())
    assert Trace.from_json(once.to_json()).to_json() == once.to_json()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.booleans(), max_size=40),
    st.integers(1, 25),
    st.sampled_from([0.0, 0.1, 0.5, 0.8, 1.0]),
    st.integers(0, 2**32 - 1),
)
def test_the_share_is_kept_and_the_page_is_as_full_as_the_rows_allow(
    is_in: list[bool], room: int, discovery: float, seed: int
) -> None:
    n = len(is_in)
    scores = np.random.default_rng(seed).integers(0, 9, n)
    given_ = candidates(list(range(1, n + 1)), in_network=is_in, score=scores)
    asked = Query(
        READER, NOW_MS, WEIGHTS, np.empty(0, np.int64), Sizes(served=room, discovery=discovery)
    )
    left = run((SELECT,), asked, given_, clock=lambda: 0.0).candidates
    ins, outs = sum(is_in), n - sum(is_in)
    left_in = int(np.count_nonzero(left.in_network))
    left_out = len(left) - left_in
    quota = int(round(room * discovery * 10) // 10)
    if discovery == 0:
        assert (left_in, left_out) == (min(ins, room), 0)
    else:
        assert left_out <= max(quota, room - ins)
        most = max(o for o in range(outs + 1) if o <= 2 * (min(ins, room - o) + 1) and o <= room)
        assert left_out == min(most, max(quota, room - ins), outs)
        assert left_in == min(ins, room - left_out)
    for side in (True, False):  # of each side the best, in the order of their scores
        mine = [
            (-score, -id_)
            for id_, score, each in zip(range(1, n + 1), scores, is_in, strict=True)
            if each == side
        ]
        kept = left.take(left.in_network == side)
        chosen = list(zip((-kept.score).tolist(), (-kept.id).tolist(), strict=True))
        assert chosen == sorted(mine)[: len(chosen)]
