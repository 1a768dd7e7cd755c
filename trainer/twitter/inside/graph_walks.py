"""Walks from one account over a base's interaction graph, next to the exact score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.stationary import rounds
from trainer.twitter.discovery.walks import MOST_TWEETS, Seeds, spread, walk
from trainer.twitter.inside.planted import Communities, communities
from trainer.twitter.mixer.known import of
from trainer.twitter.mixer.machine import of_this_process
from trainer.twitter.tweets.selectors import hydrate
from trainer.twitter.world.population import Bools, Floats, Ints
from trainer.twitter.world.value import World

MOST_SHOWN = 10  # tweets of a step


@dataclass(frozen=True, slots=True)
class WalkedTweet:
    """`share` of all visits so far, and the `exact` one: 0 to 1. `is_own`: by somebody of the
    account's planted community."""

    handle: str
    text: str
    visits: int
    share: float
    exact: float
    is_own: bool


@dataclass(frozen=True, slots=True)
class WalkStep:
    """The walks' first, second, ... tweet (`number`, from 1): how many walks get there, how many
    tweets were visited up to now, this step's share of visits in the own community, and the most
    visited tweets up to now."""

    number: int
    walks: int
    reached: int
    own: float
    tweets: tuple[WalkedTweet, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Walked:
    """What some walks came by. Shares are 0 to 1: `own` of the visits in the own community, and
    `error`, of the visits that are on another tweet than the exact shares want. `pairs`: (exact,
    walked) of each visited tweet, the greatest first."""

    visits: int
    reached: int
    own: float
    error: float
    steps: tuple[WalkStep, ...]
    pairs: tuple[tuple[float, float], ...]


@dataclass(frozen=True, eq=False)
class WalkGraph:
    """A base's interaction graph, seen from one account (index).

    `rows`: tweets that a walk can come to, ascending; `exact` (k,) their shares of visits, which
    add up to 1; `own` (k,) whether their authors are of the account's planted community. `chance`:
    the share of tweets in the graph by that community.
    """

    world: World
    snapshot: Snapshot
    segments: Segments
    account: int
    restart: float
    rows: Ints
    exact: Floats
    own: Bools
    chance: float
    about: str
    edges: int

    @property
    def exact_own(self) -> float:
        """The exact share of visits in the own community, 0 to 1."""
        return float(self.exact[self.own].sum())

    def errors(self, marks: Sequence[int], seed: int) -> Iterator[float]:
        """How far the shares of visits are from the exact ones (0 to 1, the share that would have
        to move) after so many walks (ascending), one try: made as they are asked for."""
        rng, seeds = np.random.default_rng([seed, self.account]), _alone(self.account)
        counted, done = np.zeros(len(self.rows)), 0
        for mark in marks:
            visits = walk(self.segments, seeds, rng, walks=mark - done, restart=self.restart)
            counted[np.searchsorted(self.rows, visits.row)] += visits.count
            done = mark
            yield self._error(counted)

    def walked(self, walks: int, seed: int) -> Walked:
        """So many walks, step by step."""
        rng, seeds = np.random.default_rng([seed, self.account]), _alone(self.account)
        counted, steps = np.zeros(len(self.rows)), list[tuple[Ints, Floats]]()
        for at in spread(self.segments, seeds, rng, walks=walks, restart=self.restart):
            place = np.searchsorted(self.rows, at)
            counted = counted + np.bincount(place, minlength=len(self.rows))
            steps.append((place, counted))
        visits = float(counted.sum())
        order = np.argsort(-self.exact, kind="stable")
        order = order[counted[order] > 0]
        return Walked(
            int(visits),
            len(order),
            float(counted[self.own].sum()) / visits,
            self._error(counted),
            self._steps(steps),
            tuple(zip(self.exact[order].tolist(), (counted[order] / visits).tolist(), strict=True)),
        )

    def _error(self, counted: Floats) -> float:
        return float(np.abs(counted / counted.sum() - self.exact).sum() / 2)

    def _steps(self, steps: Sequence[tuple[Ints, Floats]]) -> tuple[WalkStep, ...]:
        tops = [np.argsort(-counted, kind="stable")[:MOST_SHOWN] for _, counted in steps]
        ids = self.snapshot.tweets.id[self.rows[np.unique(np.concatenate(tops))]]
        tweets = hydrate(self.world, ids.tolist())

        def told(place: int, counted: Floats) -> WalkedTweet:
            tweet = tweets[int(self.snapshot.tweets.id[self.rows[place]])]
            return WalkedTweet(
                tweet.handle,
                tweet.text,
                int(counted[place]),
                float(counted[place] / counted.sum()),
                float(self.exact[place]),
                bool(self.own[place]),
            )

        return tuple(
            WalkStep(
                number,
                len(at),
                int(np.count_nonzero(counted)),
                float(self.own[at].mean()),
                tuple(told(place, counted) for place in top.tolist() if counted[place]),
            )
            for number, ((at, counted), top) in enumerate(zip(steps, tops, strict=True), start=1)
        )


def walk_graph(world: World, account_id: int, *, restart: float) -> WalkGraph | None:
    """The base's graph from an account; None where that has no edge in it, so that no walk can
    start. The exact shares are those of walks that end after their sixteenth tweet, as all do here.

    Raises PartFailed where the artefacts are missing.
    """
    known = of_this_process().shelf.known(world)
    segments, snapshot, account = of(known.graph).segments, of(known.snapshot), account_id - 1
    if not segments.users.degree(np.array([account]))[0]:
        return None
    accounts, tweets = len(snapshot.accounts.followers), len(snapshot.tweets.id)
    steps = rounds(segments, _alone(account), accounts, tweets, restart=restart)
    score: Floats = np.sum(list(islice(steps, MOST_TWEETS)), axis=0)
    rows = np.flatnonzero(score)
    planted = communities(world)
    in_graph = np.flatnonzero(segments.tweets.degree(np.arange(tweets)))
    return WalkGraph(
        world,
        snapshot,
        segments,
        account,
        restart,
        rows,
        score[rows] / score.sum(),
        _is_own(planted, snapshot, account, rows),
        float(_is_own(planted, snapshot, account, in_graph).mean()),
        planted.about(account),
        len(segments.users.base.flat),
    )


def busiest_account(world: World) -> int:
    """The id of the account with the most edges in the base's interaction graph; the first of
    equals. Raises PartFailed where the graph is missing."""
    users = of(of_this_process().shelf.known(world).graph).segments.users
    return int(np.argmax(users.degree(np.arange(users.base.nodes)))) + 1


def _is_own(planted: Communities, snapshot: Snapshot, account: int, rows: Ints) -> Bools:
    found: Bools = planted.of[snapshot.tweets.author[rows]] == planted.of[account]
    return found


def _alone(account: int) -> Seeds:
    return Seeds(np.array([account]), np.ones(1))
