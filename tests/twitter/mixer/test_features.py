from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.twitter.mixer.making import NOW_MS, candidates, query
from tests.twitter.mixer.pasts import ACCOUNTS, rule_log, vectors
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.log import KINDS, DeedColumns, Log
from trainer.twitter.discovery.kept import Graph
from trainer.twitter.mixer import features
from trainer.twitter.mixer.features import HEAVY, LIGHT, ReaderFacts, TweetFacts
from trainer.twitter.mixer.known import Known
from trainer.twitter.mixer.listing import SHARES
from trainer.twitter.mixer.parts import Io, home
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.rates import AUTHOR, READER, Rates, pace, rates, step_of
from trainer.twitter.mixer.scoring import Chances
from trainer.twitter.mixer.sight import Sight
from trainer.twitter.mixer.sources import embeddings
from trainer.twitter.mixer.sources.outside import outside
from trainer.twitter.mixer.training.past import Past, past
from trainer.twitter.mixer.training.requests import ASKED, SIDE, SIZES, in_network, request
from trainer.twitter.mixer.types import Candidates, Fetched, Query, Source, Sources
from trainer.twitter.world.population import DAY_MS, HOUR_MS, REPLY, RETWEET, Lists

THEN_MS = rule_log().ends_at_ms - 4 * DAY_MS


def flat_rates() -> Rates:
    """Half of what a tweet is given comes before each age; authors are given 8."""
    author = np.arange(len(AUTHOR), dtype=np.float32)[None, :]
    return Rates(
        np.full(500, 0.5, np.float32),
        author,
        np.array([8.0], np.float32),
        np.array([0.5], np.float32),
        np.full((1, len(READER)), 3.0, np.float32),
    )


def one(name: str, row: np.ndarray) -> float:
    return float(row[0, HEAVY.index(name)])


def test_the_features_of_a_candidate_by_hand() -> None:
    found = features.heavy(
        candidates(
            [7],
            kind=RETWEET,
            shown_at_ms=NOW_MS - 8 * HOUR_MS,
            sources=int(Sources.IN_NETWORK | Sources.GRAPH),
            walk_score=0.007,
            proofs=3,
        ),
        TweetFacts(np.array([[7, 0, 1, 0, 0, 0]]), np.array([0]), np.array([False])),
        ReaderFacts(0, np.float32([3.0]), np.float32([0.25]), np.float32([-0.5])),
        flat_rates(),
        NOW_MS,
    )
    assert found.dtype == np.float32
    assert found.shape == (1, len(HEAVY))
    expected = {
        "in_network": 1,
        "follows_author": 0,
        "is_reply": 0,
        "is_retweet": 1,
        "from_graph": 1,
        "from_embeddings": 0,
        "walk_score": np.log2(8),
        "proofs": 2,
        "age_hours": np.log2(8.1),
        "freshness": 0.5,
        "still_to_come": np.log2(1e-4),
        "given_vs_author": np.log2((8 + 1.5) / (4 + 1.5)),
        "given": 3 + np.log2((8 + 1.5) / (4 + 1.5)),
        "count_like": 3,
        "count_bookmark": 0,
        "count_click": 1,
        "author_share_like": 5,  # its place in the table
        "similarity": 0.25,
        "author_similarity": -0.5,
        "affinity": 2,
        "affinity_vs_usual": np.log2(3.5 / 1.0),
        "reader_following": 3,
    }
    assert {name: one(name, found) for name in expected} == pytest.approx(expected, rel=1e-5)


def test_what_counts_in_the_network_only_is_zero_outside() -> None:
    facts = TweetFacts(np.zeros((2, 6), int), np.zeros(2, int), np.zeros(2, bool))
    both = candidates([1, 2], in_network=[True, False])
    found = features.light(both, facts, flat_rates(), NOW_MS)
    given, within = LIGHT.index("given"), LIGHT.index("given_in_network")
    assert found[0, within] == found[0, given] != 0
    assert found[1, within] == 0


def test_a_reply_is_expected_to_be_given_less() -> None:
    facts = TweetFacts(np.zeros((2, 6), int), np.zeros(2, int), np.zeros(2, bool))
    found = features.light(candidates([1, 2], kind=[1, REPLY]), facts, flat_rates(), NOW_MS)
    assert found[1, LIGHT.index("given")] < found[0, LIGHT.index("given")]


def test_no_candidates_have_no_features() -> None:
    nobody = TweetFacts(np.zeros((0, 6), int), np.zeros(0, int), np.zeros(0, bool))
    assert features.light(candidates([]), nobody, flat_rates(), NOW_MS).shape == (0, len(LIGHT))


def test_the_pace_is_the_share_that_came_before_each_age() -> None:
    log = rule_log()
    snapshot = as_of(log, log.ends_at_ms)
    found = pace(snapshot, log.deeds.before(snapshot.at_ms))
    assert (np.diff(found) >= 0).all()
    assert found[-1] == 1
    # Engagements come after 6 h on average: by then 63 of 100.
    at = int(step_of(np.array([6 * HOUR_MS]))[0])
    assert found[at] == pytest.approx(1 - np.exp(-1), abs=0.03)


def test_who_is_given_more_than_others_of_that_size_shows_it() -> None:
    log = rule_log()
    halved = np.arange(len(log.deeds.kind)) % 4 == 0
    kept = (log.tweets.author[log.deeds.tweet] != 5) | halved
    less = replace(log, deeds=_taken(log.deeds, kept))
    before, after = (rates(each, as_of(each, THEN_MS)) for each in (log, less))
    column = AUTHOR.index("author_given_vs_size")
    assert after.author[5, column] < before.author[5, column] - 1
    assert after.given[5] < before.given[5] / 2


def test_nothing_that_comes_later_is_in_the_features() -> None:
    log = rule_log()
    then, other = past(log, vectors(), THEN_MS), past(_with_another_future(log), vectors(), THEN_MS)
    differ = False
    for reader in range(6):
        ours, theirs = request(then, reader), request(other, reader)
        assert len(ours.shown) > 50
        assert (ours.candidates.id == theirs.candidates.id).all()
        assert (ours.heavy == theirs.heavy).all()
        differ = differ or bool((ours.labels != theirs.labels).any())
    assert differ  # what became of them: the future was another one


def test_a_request_is_served_with_the_features_it_is_learned_with() -> None:
    """All the way from the sources on: of each candidate that is served, at one instant."""
    known = past(_with_a_stranger(rule_log(tweets=8_000)), vectors(), THEN_MS)
    learned = request(known, 2)
    light, heavy = _served(known, 2)
    for served, features_ in ((light, learned.light), (heavy, learned.heavy)):
        by_id = dict(zip(learned.candidates.id.tolist(), features_, strict=True))
        assert len(served) >= 200
        # A cosine among fewer candidates is summed up in another order.
        assert all(row == pytest.approx(by_id[id_], abs=1e-6) for id_, row in served.items())
    # Also of what walks found, and of what the embeddings find later than they are asked for.
    found = np.array([light[id_] for id_ in light])
    by_walks, near = (found[:, LIGHT.index(f"from_{s}")] == 1 for s in ("graph", "embeddings"))
    assert (by_walks & near).any()
    assert (by_walks & ~near).any()
    query = _query(known, 2)
    allowed = outside(known.present, known.segments, known.log.following, query)
    later = embeddings.fetch(known.recent, known.moved, allowed, query, SIDE).ids[ASKED:]
    assert set(later.tolist()) & {id_ for id_, row in zip(light, by_walks, strict=True) if row}


def test_either_side_is_asked_for_as_many_as_when_a_timeline_is_served() -> None:
    asked = {name: round(share * SIZES.fetched) for name, share in SHARES.items()}
    assert asked["graph"] == asked["embeddings"] == ASKED
    assert asked["in_network"] + asked["celebrities"] == SIDE


def _with_a_stranger(log: Log) -> Log:
    """Account 2 follows five of its half only, so walks find the others' tweets."""
    lists = [log.following.of(account) for account in range(ACCOUNTS)]
    lists[2] = lists[2][:5]
    start = np.cumsum([0, *map(len, lists)])
    return replace(log, following=Lists(start, np.concatenate(lists)))


def _query(known: Past, reader: int) -> Query:
    following = known.log.following.of(reader).astype(np.int64) + 1
    engaged = known.present.ids(np.unique(known.earlier.of(reader)[0]))
    return query(
        account_id=reader + 1,
        at_ms=known.at_ms,
        following=following,
        engaged=engaged,
        seen=engaged,
    )


def _served(known: Past, reader: int) -> tuple[dict[int, np.ndarray], dict[int, np.ndarray]]:
    """By candidate's id, what the light and the heavy ranker are given when a timeline is served.
    What the reader follows is not in Redis here: it comes as the training finds it."""
    echo = Rankers(_Echo(), _Echo(), known.rates)  # type: ignore[arg-type]
    graph = Graph(known.segments, known.log.following)
    snapshot, near = known.present.snapshot, known.moved.vectors
    sight = Sight(Known(snapshot, graph, near, echo, known.recent))
    followed = in_network(known, reader)
    given = tuple(dict[int, np.ndarray]() for _ in range(2))

    def kept(ranker: Chances, into: dict[int, np.ndarray]) -> Chances:
        def chances(asked: Query, found: Candidates) -> np.ndarray:
            into.update(zip(found.id.tolist(), ranker(asked, found), strict=True))
            return np.zeros((len(found), len(KINDS)), np.float32)

        return chances

    def source(name: str, fetch: Callable[[Query, int], Fetched]) -> Source:
        score_as: Any = {"graph": "walk_score", "embeddings": "similarity"}.get(name)
        return Source(name, Sources[name.upper()], fetch, SHARES[name], score_as)

    io = Io(
        hydrate_query=lambda asked: asked,
        sources=(
            source("in_network", lambda _, n: Fetched(followed[:n], np.zeros(len(followed[:n])))),
            source("graph", sight.walked),
            source("embeddings", sight.near),
        ),
        hydrate=sight.hydrated,
        light=kept(sight.light, given[0]),
        heavy=kept(sight.heavy, given[1]),
        clock=lambda: 0.0,
    )
    home(io, _query(known, reader))
    return given[0], given[1]


class _Echo:
    def chances(self, given: np.ndarray) -> np.ndarray:
        return given


def _with_another_future(log: Log) -> Log:
    """As it was before THEN_MS; what came later was done by others with others' tweets."""
    rng = np.random.default_rng(9)
    deeds = log.deeds
    later = deeds.at_ms >= THEN_MS
    account, tweet = deeds.account.copy(), deeds.tweet.copy()
    account[later] = rng.integers(0, ACCOUNTS, int(later.sum()))
    tweet[later] = rng.permutation(tweet[later])
    return replace(log, deeds=DeedColumns(account, tweet, deeds.kind, deeds.at_ms))


def _taken(deeds: DeedColumns, kept: np.ndarray) -> DeedColumns:
    return DeedColumns(deeds.account[kept], deeds.tweet[kept], deeds.kind[kept], deeds.at_ms[kept])


def test_a_retweet_has_the_counts_and_the_labels_of_what_it_shows() -> None:
    log = _with_retweets(rule_log())
    known = past(log, vectors(), THEN_MS)
    found = request(known, 2)
    (again,) = np.nonzero(found.candidates.kind == RETWEET)
    assert len(again) > 10
    assert len(np.unique(found.shown)) == len(found.shown)
    entries = known.present.rows(found.candidates.id[again])
    assert (found.shown[again] == log.tweets.parent[entries]).all()
    likes = known.present.snapshot.counts[found.shown[again], 0]
    assert likes.any()
    assert found.heavy[again, HEAVY.index("count_like")] == pytest.approx(np.log2(likes + 1))
    assert not found.heavy[again, HEAVY.index("follows_author")].any()  # of the other half
    assert found.labels[again, 0].all()


def _with_retweets(log: Log) -> Log:
    """Every fifth tweet shows the one before it instead; reader 2 likes the other half's later."""
    tweets, deeds = log.tweets, log.deeds
    rows = np.arange(5, len(tweets.id), 5)
    kind, parent = tweets.kind.copy(), tweets.parent.copy()
    kind[rows], parent[rows] = RETWEET, rows - 1
    liked = np.flatnonzero((tweets.author % 2 == 1) & (tweets.at_ms < THEN_MS))
    old = _taken(deeds, kind[deeds.tweet] != RETWEET)
    columns = (np.full(len(liked), 2), liked, np.full(len(liked), 1), np.full(len(liked), THEN_MS))
    order = np.argsort(np.append(old.at_ms, columns[3]), kind="stable")
    names = ("account", "tweet", "kind", "at_ms")
    merged = (np.append(getattr(old, n), c)[order] for n, c in zip(names, columns, strict=True))
    return replace(
        log, tweets=replace(tweets, kind=kind, parent=parent), deeds=DeedColumns(*merged)
    )
