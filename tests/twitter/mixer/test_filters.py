"""Who is left out, who is merged, and where the cut falls."""

import numpy as np
import pytest

from tests.twitter.mixer.making import NOW_MS, READER, candidates, dropped, query
from trainer.twitter.mixer.cuts import cut
from trainer.twitter.mixer.dedupe import merge
from trainer.twitter.mixer.filters import DUPLICATES, FILTERS, among, too_old
from trainer.twitter.mixer.types import Candidates, Outcome, Part, Query, Sizes, Sources
from trainer.twitter.world.population import DAY_MS, REPLY, RETWEET, TWEET

PARTS = {part.name: part for part in FILTERS}


def through(part: str | Part, asked: Query, given: Candidates) -> Outcome:
    return (PARTS[part] if isinstance(part, str) else part).run(asked, given)


def test_a_deleted_tweet_is_dropped() -> None:
    outcome = through("deleted", query(), candidates([1, 2, 3], is_deleted=[False, True, False]))
    assert outcome.candidates.id.tolist() == [1, 3]
    assert dropped(outcome) == {"deleted": [2]}


def test_the_readers_own_tweet_is_dropped_and_so_is_a_retweet_of_it() -> None:
    given = candidates(
        [1, 2, 3], author=[READER, 8, 8], shown_author=[READER, READER, 9], kind=[1, 3, 3]
    )
    assert dropped(through("own tweets", query(), given)) == {"the reader's own": [1, 2]}


def test_seven_days_old_is_not_too_old_and_a_millisecond_more_is() -> None:
    week = 7 * DAY_MS
    given = candidates([1, 2, 3], at_ms=[NOW_MS - week, NOW_MS - week - 1, NOW_MS])
    assert dropped(through("too old", query(), given)) == {"older than 7 days": [2]}
    assert dropped(too_old(3).run(query(), given)) == {"older than 3 days": [1, 2]}


def test_a_retweet_of_today_brings_back_an_old_tweet() -> None:
    given = candidates([1], kind=RETWEET, at_ms=NOW_MS, shown=7, shown_at_ms=NOW_MS - 30 * DAY_MS)
    assert dropped(through("too old", query(), given)) == {}


@pytest.mark.parametrize(
    ("name", "known", "reason"),
    [("muted", "muted", "muted author"), ("blocked", "blocked", "blocked author")],
)
def test_an_author_is_shut_out_as_author_and_behind_a_retweet(
    name: str, known: str, reason: str
) -> None:
    given = candidates([1, 2, 3, 4], author=[50, 60, 70, 80], shown_author=[50, 51, 50, 80])
    outcome = through(name, query(**{known: [50, 60]}), given)
    assert dropped(outcome) == {reason: [1, 2, 3]}
    assert outcome.candidates.id.tolist() == [4]


def test_a_seen_tweet_is_dropped_by_what_is_shown() -> None:
    given = candidates([11, 12, 13], shown=[11, 5, 13], kind=[TWEET, RETWEET, TWEET])
    assert dropped(through("seen", query(seen=[5, 13]), given)) == {"seen before": [12, 13]}


def test_an_out_of_network_tweet_needs_a_followee_behind_it() -> None:
    given = candidates([1, 2, 3], in_network=[False, False, True], proofs=[0, 1, 0])
    assert dropped(through("social proof", query(), given)) == {"no social proof": [1]}


def test_an_author_marked_not_interesting_is_hidden_for_fourteen_days() -> None:
    given = candidates([1, 2, 3, 4], author=[10, 20, 30, 40], shown_author=[10, 20, 30, 10])
    asked = query(disliked=[10, 20], disliked_ms=[NOW_MS - 14 * DAY_MS + 1, NOW_MS - 14 * DAY_MS])
    reason = "author marked not interesting in the last 14 days"
    assert dropped(through("not interested", asked, given)) == {reason: [1, 4]}


def test_retweets_of_one_tweet_collapse_to_the_tweet_itself_whatever_their_score() -> None:
    given = candidates(
        [1, 5, 6], shown=[1, 1, 1], kind=[TWEET, RETWEET, RETWEET], score=[0.1, 0.9, 0.5]
    )
    outcome = through(DUPLICATES, query(), given)
    assert outcome.candidates.id.tolist() == [1]
    assert dropped(outcome) == {"shown by another entry": [5, 6]}


def test_a_reply_of_which_there_is_a_retweet_is_the_tweet_itself() -> None:
    given = candidates([1, 5], shown=[1, 1], kind=[REPLY, RETWEET], score=[0.1, 0.9])
    assert through(DUPLICATES, query(), given).candidates.id.tolist() == [1]


def test_without_the_tweet_itself_the_best_scored_retweet_stays_and_among_equals_the_newest() -> (
    None
):
    given = candidates(
        [5, 6, 7, 8, 9], shown=[1, 1, 1, 2, 2], kind=RETWEET, score=[0.2, 0.9, 0.5, 0.3, 0.3]
    )
    assert through(DUPLICATES, query(), given).candidates.id.tolist() == [6, 9]


def test_a_hidden_tweet_does_not_take_the_place_of_its_retweet() -> None:
    """The native one has no social proof: it goes first, and the followee's retweet stays."""
    given = candidates([1, 5], shown=[1, 1], kind=[TWEET, RETWEET], in_network=[False, True])
    left = through("social proof", query(), given).candidates
    assert through(DUPLICATES, query(), left).candidates.id.tolist() == [5]


@pytest.mark.parametrize("part", [*FILTERS, DUPLICATES], ids=lambda part: part.name)
def test_nothing_passes_through_nothing(part: Part) -> None:
    assert len(part.run(query(), candidates([])).candidates) == 0


def test_membership_is_exact_at_both_ends() -> None:
    ascending = np.array([3, 5, 9])
    assert among(np.array([2, 3, 4, 9, 10]), ascending).tolist() == [
        False,
        True,
        False,
        True,
        False,
    ]
    assert not among(np.array([3]), np.empty(0, np.int64)).any()


def test_an_entry_that_two_sources_found_keeps_the_bits_and_the_best_scores_of_both() -> None:
    graph, embeddings = Sources.GRAPH, Sources.EMBEDDINGS
    found = Candidates.joined(
        [
            Candidates.found(np.array([7, 3]), graph, walk_score=np.array([0.25, 0.5])),
            Candidates.found(np.array([9, 7]), embeddings, similarity=np.array([0.75, 0.125])),
        ]
    )
    outcome = merge(query(), found)
    assert outcome.candidates.id.tolist() == [3, 7, 9]
    assert outcome.candidates.sources.tolist() == [graph, graph | embeddings, embeddings]
    assert outcome.candidates.walk_score.tolist() == [0.5, 0.25, 0.0]
    assert outcome.candidates.similarity.tolist() == [0.0, 0.125, 0.75]
    assert dropped(outcome) == {"found twice": [7]}


def test_a_cosine_below_nothing_survives_the_merging() -> None:
    """0 stands for a similarity that is not known, so it must not win over a negative one."""
    found = Candidates.joined(
        [
            Candidates.found(np.array([7]), Sources.GRAPH, walk_score=np.array([0.5])),
            Candidates.found(np.array([7]), Sources.EMBEDDINGS, similarity=np.array([-0.25])),
        ]
    )
    assert merge(query(), found).candidates.similarity.tolist() == [-0.25]


SIX = {
    "in_network": [True, True, True, False, False, False],
    "score": [0.9, 0.8, 0.7, 0.6, 0.5, 0.4],
}


@pytest.mark.parametrize(
    ("ranked", "discovery", "kept"),
    [
        (4, 0.5, [1, 2, 4, 5]),  # half of each side, though the third in-network one is better
        (5, 0.5, [1, 2, 3, 4, 5]),  # an odd one out goes to the in-network side
        (4, 0.25, [1, 2, 3, 4]),
        (5, 1.0, [1, 2, 4, 5, 6]),  # three are all there are: filled from the other side
        (5, 0.2, [1, 2, 3, 4, 5]),  # the same the other way round
        (5, 0.0, [1, 2, 3]),  # who asks for none gets none
        (6, 0.5, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_the_cut_keeps_the_best_of_each_side(
    ranked: int, discovery: float, kept: list[int]
) -> None:
    asked = query(sizes=Sizes(ranked=ranked, discovery=discovery))
    outcome = cut(asked, candidates([1, 2, 3, 4, 5, 6], **SIX))
    assert outcome.candidates.id.tolist() == kept
    rest = sorted({1, 2, 3, 4, 5, 6} - set(kept))
    assert dropped(outcome) == ({"below the cut": rest} if rest else {})


def test_among_equals_the_cut_keeps_the_newest() -> None:
    asked = query(sizes=Sizes(ranked=2))
    assert cut(asked, candidates([4, 9, 2], score=0.5)).candidates.id.tolist() == [4, 9]


def test_a_share_that_is_a_whole_number_is_not_lost_to_rounding() -> None:
    """100 x 0.29 is 28.999999999999996 in floating point."""
    ids = list(range(1, 201))
    given = candidates(ids, in_network=[id_ <= 100 for id_ in ids], score=1.0)
    left = cut(query(sizes=Sizes(ranked=100, discovery=0.29)), given).candidates
    assert np.count_nonzero(~left.in_network) == 29
