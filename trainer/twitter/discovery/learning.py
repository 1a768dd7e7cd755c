"""Account vectors after TwHIN (El-Kishky et al., KDD 2022). Pure.

The objective is TwHIN's: a link of relation r from account l to account x is predicted by
(l + r) . x, as one of the batch's ends (in-batch negatives), each corrected by how often it is
drawn. The relations: l follows x; l engages with a tweet of x; l and x engage with the same tweet.
One vector an account, at either end. A tweet needs none: its vector is made of its likers'
(vectors.py), whom the third relation draws together.

Descending from a random start takes too long on one core: after 43 s, the nearest twenty of an
account were of its community in 44 of 100 cases. So it starts from the leading directions of the
same links (leading.py, about 10 s), and descends for some 6 s over a sample of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from trainer.twitter.columns.log import Log
from trainer.twitter.discovery.leading import Watch, leading, unit
from trainer.twitter.discovery.links import Links, Matrix, links_of, sources
from trainer.twitter.world.population import Floats, Ints

DIMENSIONS = 32
BATCH = 512
MOST_BATCHES = 2_000  # a tenth of the default world's links; of a small world, each link once
RATE = 0.02  # Adagrad's; of 0.02 and 0.05 the one that keeps the neighbours' purity
SHARPNESS = np.float32(8.0)  # of the softmax, as the vectors have a length of 1; of 8 and 16
FIRST_SQUARE = 1e-2  # what Adagrad's sums of squared gradients start from
SHARES = (0.4, 0.2, 0.4)  # of the batches, by relation
STARTED = 0.6  # share of the time after which the descent begins
NEVER = np.float32(-1e9)


@dataclass(frozen=True, eq=False, slots=True)
class _Relation:
    """`draw` gives the left and right ends of BATCH links; `log_often` (n,) float32: the log of
    each account's share of the right ends."""

    draw: Callable[[], tuple[Ints, Ints]]
    log_often: Floats
    share: float


@dataclass(frozen=True, eq=False, slots=True)
class _State:
    """What the descent changes in place, and its sums of squared gradients."""

    vectors: Matrix  # (n, d)
    squares: Floats  # (n,)
    relations: Matrix  # (relations, d)
    relation_squares: Floats  # (relations,)


def learn(
    log: Log, until_ms: int, rng: np.random.Generator, watch: Watch = lambda _: None
) -> Matrix:
    """(n, 32) float32 of unit length: where each account stands, by all follows (the log has no
    times of them) and by what was done before `until_ms` (unix milliseconds). Zero for an account
    that is linked with nobody. The same vectors for the same generator.

    `watch` hears now and then what share (0 to 1) is done. 150,000 accounts take some 20 s.
    """
    links = links_of(log, until_ms)
    start = leading(links, DIMENSIONS, rng, lambda share: watch(STARTED * share))
    return _descended(start, links, rng, watch)


def _descended(start: Matrix, links: Links, rng: np.random.Generator, watch: Watch) -> Matrix:
    relations = _relations(links, rng)
    if not relations:
        return start
    count = len(relations)
    state = _State(
        start.copy(),
        np.full(len(start), FIRST_SQUARE),
        np.zeros((count, start.shape[1]), dtype=np.float32),
        np.full(count, FIRST_SQUARE),
    )
    shares = np.array([relation.share for relation in relations])
    batches = _batches(links)
    for batch, chosen in enumerate(rng.choice(count, batches, p=shares / shares.sum())):
        _step(state, relations[chosen], int(chosen))
        if batch % 100 == 0:
            watch(STARTED + (1 - STARTED) * batch / batches)
    return state.vectors


def _batches(links: Links) -> int:
    edges = len(links.following.flat) + len(links.done.flat)
    return min(MOST_BATCHES, -(-edges // BATCH))


def _relations(links: Links, rng: np.random.Generator) -> Sequence[_Relation]:
    """Those of which there are any links."""
    follower, followee = sources(links.following), links.following.flat
    doer, tweet, doers = sources(links.done), links.done.flat, links.doers

    def drawn(edges: Ints) -> Ints:
        return rng.integers(0, len(edges), BATCH)

    def follows() -> tuple[Ints, Ints]:
        edge = drawn(followee)
        return follower[edge], followee[edge]

    def engages() -> tuple[Ints, Ints]:
        edge = drawn(tweet)
        return doer[edge], links.author[tweet[edge]]

    def together() -> tuple[Ints, Ints]:
        edge = drawn(tweet)
        start, count = doers.start[tweet[edge]], doers.lengths[tweet[edge]]
        return doer[edge], doers.flat[start + (rng.random(BATCH) * count).astype(np.int64)]

    parts = zip(
        (follows, engages, together), (followee, links.author[tweet], doer), SHARES, strict=True
    )
    size = links.accounts
    return [_Relation(draw, _log_often(ends, size), s) for draw, ends, s in parts if len(ends)]


def _log_often(ends: Ints, accounts: int) -> Floats:
    often = np.bincount(ends, minlength=accounts) + 1.0
    log_often: Floats = np.log(often / often.sum()).astype(np.float32)
    return log_often


def _step(state: _State, relation: _Relation, number: int) -> None:
    """One batch: Adagrad, one rate for each vector, which then has a length of 1 again."""
    left, right = relation.draw()
    lefts, rights = state.vectors[left] + state.relations[number], state.vectors[right]
    error = _errors(SHARPNESS * (lefts @ rights.T) - relation.log_often[right], left, right)
    of_left, of_right = SHARPNESS * (error @ rights), SHARPNESS * (error.T @ lefts)
    ends, gradient = np.concatenate([left, right]), np.concatenate([of_left, of_right])
    np.add.at(state.squares, ends, np.square(gradient).mean(axis=1))
    rate = (RATE / np.sqrt(state.squares[ends])).astype(np.float32)
    np.subtract.at(state.vectors, ends, rate[:, None] * gradient)
    state.vectors[ends] = unit(state.vectors[ends])
    mean = of_left.mean(axis=0)
    state.relation_squares[number] += np.square(mean).mean()
    state.relations[number] -= RATE / np.sqrt(state.relation_squares[number]) * mean


def _errors(scores: Matrix, left: Ints, right: Ints) -> Matrix:
    """(b, b): the chance of each right end less the truth, the diagonal. The same account elsewhere
    in the batch is no wrong answer, nor is the left end itself."""
    own = scores.diagonal().copy()
    scores[(right[None, :] == right[:, None]) | (left[:, None] == right[None, :])] = NEVER
    np.fill_diagonal(scores, own)
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    scores.flat[:: len(scores) + 1] -= 1
    return scores
