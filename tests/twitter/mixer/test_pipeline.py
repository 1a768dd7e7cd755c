"""Running parts, passing over what fails, and the whole pipeline on a few tweets by hand."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.twitter.mixer.making import candidates, query
from trainer.twitter.errors import PartFailed, PipelineFailed
from trainer.twitter.mixer.filters import drop
from trainer.twitter.mixer.parts import Io, home, home_parts, level_of
from trainer.twitter.mixer.pipeline import Guard, Ran, gathering, one_by_one, run
from trainer.twitter.mixer.types import (
    Candidates,
    Fetched,
    Outcome,
    Part,
    Query,
    Sizes,
    Source,
    Sources,
)

ODD = drop("odd", "an odd id", lambda asked, given: given.id % 2 == 1)
KEEP = Part("keep", lambda asked, given: Outcome(given))


def ticking() -> Callable[[], float]:
    """A clock that goes on by a quarter of a second whenever it is read."""
    ticks = itertools.count()
    return lambda: next(ticks) / 4


def failing(*names: str) -> Guard:
    def guard(name: str, call: Callable[[], Any], /) -> Any:
        if name in names:
            raise PartFailed(f"{name} is switched off")
        return call()

    return guard


def fetched(*ids: int, score: float = 0.0) -> Fetched:
    return Fetched(np.array(ids, dtype=np.int64), np.full(len(ids), score, dtype=np.float32))


def source(name: str, bit: Sources, found: Fetched, share: float = 0.5, **more: Any) -> Source:
    return Source(name, bit, lambda asked, limit: found, share, **more)


def test_parts_are_done_in_order_and_counted_and_timed() -> None:
    ran = run((KEEP, ODD), query(), candidates([1, 2, 3, 4]), clock=ticking())
    assert ran.candidates.id.tolist() == [2, 4]
    assert [(part.name, part.count_in, part.count_out, part.ms) for part in ran.trace.parts] == [
        ("keep", 4, 4, 250.0),
        ("odd", 4, 2, 250.0),
    ]
    assert list(ran.trace.dropped()) == [(1, "odd", "an odd id"), (3, "odd", "an odd id")]
    assert ran.failed == ()


def test_a_part_may_learn_more_of_the_reader_for_those_after_it() -> None:
    learns = Part("learn", lambda asked, given: Outcome(given, query=replace(asked, account_id=7)))
    own = drop("own", "own", lambda asked, given: given.author == asked.account_id)
    ran = run((learns, KEEP, own), query(), candidates([1, 2], author=[7, 8]), clock=ticking())
    assert ran.candidates.id.tolist() == [2]
    assert (ran.query.account_id, ran.trace.account_id) == (7, 7)


def test_an_open_part_that_fails_is_passed_over_and_the_trace_says_why() -> None:
    parts = (replace(ODD, fails="open"), KEEP)
    ran = run(parts, query(), candidates([1, 2]), clock=ticking(), guard=failing("odd"))
    assert ran.candidates.id.tolist() == [1, 2]
    assert ran.failed == ("odd",)
    assert ran.trace.parts[0].error == "odd is switched off"
    assert ran.trace.problems() == []


def test_a_loud_part_that_fails_ends_the_run_with_the_trace_up_to_it() -> None:
    with pytest.raises(PipelineFailed, match=r"odd failed \(odd is switched off\)") as caught:
        run((KEEP, ODD, KEEP), query(), candidates([1]), clock=ticking(), guard=failing("odd"))
    assert (caught.value.part, caught.value.reason) == ("odd", "odd is switched off")
    assert [part.name for part in caught.value.trace.parts] == ["keep", "odd"]
    assert caught.value.trace.problems() == []


def test_a_bug_is_not_taken_for_a_failure() -> None:
    buggy = Part("buggy", lambda asked, given: Outcome(given.take(np.array([99]))), fails="open")
    with pytest.raises(IndexError):
        run((buggy,), query(), candidates([1]), clock=ticking())


def test_sources_are_asked_for_their_share_and_no_more_is_taken() -> None:
    asked_for: list[int] = []

    def fetch(_: Query, limit: int) -> Fetched:
        asked_for.append(limit)
        return fetched(*range(1, 10))

    part = gathering(
        "sources",
        [Source("graph", Sources.GRAPH, fetch, share=0.25)],
        together=one_by_one,
        clock=ticking(),
    )
    outcome = part.run(query(sizes=Sizes(fetched=12)), candidates([]))
    assert asked_for == [3]
    assert outcome.candidates.id.tolist() == [1, 2, 3]


def test_what_a_source_knows_goes_to_its_own_column() -> None:
    part = gathering(
        "sources",
        [
            source("graph", Sources.GRAPH, fetched(5, score=0.5), score_as="walk_score"),
            source("embeddings", Sources.EMBEDDINGS, fetched(6, score=0.25), score_as="similarity"),
            source("in_network", Sources.IN_NETWORK, fetched(7, score=0.125)),
        ],
        together=one_by_one,
        clock=ticking(),
    )
    found = part.run(query(), candidates([])).candidates
    assert found.sources.tolist() == [Sources.GRAPH, Sources.EMBEDDINGS, Sources.IN_NETWORK]
    assert found.walk_score.tolist() == [0.5, 0, 0]
    assert found.similarity.tolist() == [0, 0.25, 0]


def gathered(together: Any = one_by_one, **fails: Any) -> Ran:
    """Two sources, of which graph always fails."""

    def broken(asked: Query, limit: int) -> Fetched:
        raise PartFailed("no graph")

    sources = [
        Source("graph", Sources.GRAPH, broken, 0.5, **fails),
        source("in_network", Sources.IN_NETWORK, fetched(1, 2)),
    ]
    part = gathering("sources", sources, together=together, clock=ticking())
    return run((part,), query(), clock=ticking())


def test_an_open_source_that_fails_leaves_what_the_others_found() -> None:
    ran = gathered()
    assert ran.candidates.id.tolist() == [1, 2]
    assert ran.failed == ("graph",)
    assert [
        (find.source, find.count, find.ms, find.error) for find in ran.trace.parts[0].finds
    ] == [
        ("graph", 0, 250.0, "no graph"),
        ("in_network", 2, 250.0, None),
    ]
    assert ran.trace.problems() == []


def test_a_loud_source_that_fails_ends_the_run() -> None:
    with pytest.raises(PipelineFailed, match="graph: no graph"):
        gathered(fails="loud")


def test_no_source_at_all_is_a_failure_and_not_an_empty_timeline() -> None:
    def cut(calls: Mapping[str, Callable[[], Any]], /) -> dict[str, PartFailed]:
        return {name: PartFailed("too slow") for name in calls}

    with pytest.raises(PipelineFailed, match="graph: too slow; in_network: too slow"):
        gathered(cut)


def test_a_source_that_was_given_up_took_as_long_as_was_waited() -> None:
    def cut(calls: Mapping[str, Callable[[], Any]], /) -> dict[str, Any]:
        return {**one_by_one({"in_network": calls["in_network"]}), "graph": PartFailed("too slow")}

    finds = gathered(cut).trace.parts[0].finds
    assert [(find.ms, find.error) for find in finds] == [(750.0, "too slow"), (250.0, None)]


# The whole of it: in-network tweets 11 to 14 by accounts 21 to 24, others 31 to 33 by 41 to 43.
AUTHORS = {11: 21, 12: 22, 13: 23, 14: 24, 31: 41, 32: 42, 33: 43}


def chances(likes: Mapping[int, float]) -> Callable[[Query, Candidates], Any]:
    """Of each id the chance of a like; of all else none."""

    def rank(asked: Query, given: Candidates) -> Any:
        table = np.zeros((len(given), 6), dtype=np.float32)
        table[:, 0] = [likes[id_] for id_ in given.id.tolist()]
        return table

    return rank


def hydrate(asked: Query, given: Candidates) -> Outcome:
    ids = given.id.tolist()
    full = candidates(
        ids,
        author=[AUTHORS[id_] for id_ in ids],
        in_network=np.isin([AUTHORS[id_] for id_ in ids], asked.following),
        proofs=1,
    )
    return Outcome(replace(full, sources=given.sources))


KEPT: list[Ran] = []
HEAVY = {11: 0.2, 12: 0.8, 13: 0.6, 14: 0.4, 31: 1.0, 32: 0.9, 33: 0.1}
IO = Io(
    hydrate_query=lambda asked: replace(
        asked, following=np.array([21, 22, 23, 24]), muted=np.array([24])
    ),
    sources=(
        source("in_network", Sources.IN_NETWORK, fetched(11, 12, 13, 14)),
        source("graph", Sources.GRAPH, fetched(31, 32, score=0.5), score_as="walk_score"),
        source("embeddings", Sources.EMBEDDINGS, fetched(32, 33), score_as="similarity"),
    ),
    hydrate=hydrate,
    light=chances({**HEAVY, 33: 0.95}),
    heavy=chances(HEAVY),
    clock=ticking(),
    keep=KEPT.append,
)
BARE = query(sizes=Sizes(fetched=20, ranked=5, served=4))


@pytest.fixture(autouse=True)
def _forget() -> None:
    KEPT.clear()


def test_a_home_timeline_by_hand() -> None:
    """A like weighs .5. The cut leaves 3 + 2 of 5; the light ranker has 31 and 33 before 32. Heavy:
    12 .4, 31 .5 x .75 = .375, 13 .3, 11 .1 and 33 .05 x .75 = .0375. Two of each side are served,
    and so not 11."""
    ran = home(IO, BARE)
    assert ran.candidates.id.tolist() == [12, 31, 13, 33]
    assert ran.candidates.score.tolist() == pytest.approx([0.4, 0.375, 0.3, 0.0375])
    assert [kept.trace.served.ids.tolist() for kept in KEPT] == [[12, 31, 13, 33]]
    assert (ran.trace.level, ran.failed, ran.trace.problems()) == (0, (), [])
    assert sorted(ran.trace.dropped()) == [
        (11, "select", "over the share"),
        (14, "muted", "muted author"),
        (32, "cut", "below the cut"),
        (32, "dedupe", "found twice"),
    ]


def test_the_parts_stand_in_the_order_in_which_they_are_read() -> None:
    assert [part.name for part in home_parts(IO)] == [
        *("query", "sources", "dedupe", "hydrate"),
        *("deleted", "own tweets", "too old", "social proof", "blocked", "muted"),
        *("not interested", "seen", "light", "duplicate retweets", "cut", "heavy"),
        *("replies", "out of network", "premium", "feedback fatigue", "author diversity"),
        *("select", "cache"),
    ]


def test_without_the_heavy_ranker_the_light_ones_scores_stand() -> None:
    """They differ in 33 alone: .95 x .5 x .75 = .35625 is more than 32 has."""
    ran = home(IO, replace(BARE, sizes=Sizes(fetched=20, ranked=6, served=4)), failing("heavy"))
    assert ran.candidates.id.tolist() == [12, 31, 33, 13]
    assert (ran.trace.level, ran.failed, ran.trace.problems()) == (1, ("heavy",), [])


def test_without_any_ranker_no_level_is_reached() -> None:
    ran = home(IO, BARE, failing("heavy", "light"))
    assert (ran.trace.level, ran.failed, ran.trace.problems()) == (None, ("light", "heavy"), [])


def test_the_heavy_ranker_alone_ranks_the_newest_of_each_side() -> None:
    ran = home(IO, BARE, failing("light"))
    assert (ran.trace.level, ran.failed, ran.trace.problems()) == (0, ("light",), [])
    assert (31, "cut", "below the cut") in set(ran.trace.dropped())  # the oldest of its side


def test_the_side_effect_knows_how_the_list_came_about() -> None:
    ran = home(IO, BARE, failing("heavy", "graph"))
    (kept,) = KEPT
    assert (level_of(kept.trace), kept.failed) == (1, ran.failed)
    assert kept.trace.parts == ran.trace.parts[:-1]
    assert (ran.trace.parts[-1].name, ran.trace.parts[-1].error) == ("cache", None)


def test_a_side_effect_that_fails_does_not_take_the_timeline_away() -> None:
    ran = home(IO, BARE, failing("cache"))
    assert ran.candidates.id.tolist() == [12, 31, 13, 33]
    assert (KEPT, ran.failed, ran.trace.level) == ([], ("cache",), 0)


@pytest.mark.parametrize("part", ["query", "hydrate"])
def test_without_knowing_the_reader_or_the_tweets_there_is_no_list(part: str) -> None:
    with pytest.raises(PipelineFailed, match=part):
        home(IO, BARE, failing(part))
