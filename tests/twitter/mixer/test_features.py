from dataclasses import replace

import numpy as np
import pytest

from tests.twitter.mixer.making import NOW_MS, candidates, query
from tests.twitter.mixer.pasts import ACCOUNTS, rule_log, vectors
from trainer.twitter.columns.building import as_of
from trainer.twitter.columns.log import DeedColumns, Log
from trainer.twitter.mixer import features
from trainer.twitter.mixer.features import HEAVY, LIGHT, ReaderFacts, TweetFacts
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.rankers.scoring import heavy_chances, light_chances
from trainer.twitter.mixer.rates import AUTHOR, READER, Rates, pace, rates, step_of
from trainer.twitter.mixer.training.past import past
from trainer.twitter.mixer.training.requests import request
from trainer.twitter.mixer.types import Sources
from trainer.twitter.world.population import DAY_MS, HOUR_MS, REPLY, RETWEET

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
    """The pipeline's own way from candidates to chances, and the training's, at one instant."""
    log = rule_log()
    known = past(log, vectors(), THEN_MS)
    learned = request(known, 2)
    asked = query(account_id=3, at_ms=THEN_MS, following=log.following.of(2).astype(np.int64) + 1)
    echo = Rankers(_Echo(), _Echo(), known.rates)  # type: ignore[arg-type]
    light = light_chances(echo, known.present, asked, learned.candidates)
    heavy = heavy_chances(echo, known.moved, asked, learned.candidates)
    assert (light == learned.light).all()
    assert (heavy == learned.heavy).all()


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
