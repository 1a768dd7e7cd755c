"""What a trace tells, that it can be stored whole, and that it does not overlook what is wrong."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.twitter.mixer.making import WEIGHTS, candidates, query
from trainer.twitter.mixer.dedupe import DEDUPE
from trainer.twitter.mixer.filters import drop
from trainer.twitter.mixer.pipeline import run
from trainer.twitter.mixer.rescoring import RESCORING
from trainer.twitter.mixer.scoring import ranker
from trainer.twitter.mixer.trace import Done, Trace
from trainer.twitter.mixer.types import Dropped, Find, Sizes

BIG = 2**53 + 1  # the first whole number that JavaScript cannot tell from its neighbour


def a_trace() -> Trace:
    given = candidates([BIG, 3, 3, 5], kind=[1, 2, 2, 1], in_network=[False, True, True, True])
    parts = (
        DEDUPE,
        drop("five", "a five", lambda asked, given: given.id == 5),
        ranker("heavy", lambda asked, given: np.full((len(given), 6), 0.3, dtype=np.float32)),
        *RESCORING,
    )
    return run(parts, query(), given, clock=iter(np.arange(99) / 7).__next__).trace


def test_a_trace_says_who_when_by_which_weights_and_what_became_of_each() -> None:
    trace = a_trace()
    assert (trace.account_id, trace.weights_id) == (1, "test")
    assert trace.at_ms == query().at_ms
    assert list(trace.dropped()) == [(3, "dedupe", "found twice"), (5, "five", "a five")]
    assert trace.parts[1].drops() == {"a five": 1}
    assert trace.served.ids.tolist() == [3, BIG]


def test_a_score_can_be_worked_out_by_hand_from_its_trace() -> None:
    """.3 x (.5 + 2 + .25 + 5) = 2.325; the reply x .75, the one out of network x .75."""
    served = a_trace().served
    assert served.product(WEIGHTS.vector()).tolist() == pytest.approx([2.325 * 0.75, 2.325 * 0.75])
    assert served.factors["replies"].tolist() == [0.75, 1]
    assert served.factors["out of network"].tolist() == [1, 0.75]


def test_a_trace_is_the_same_after_it_was_stored() -> None:
    trace = replace(a_trace(), level=1)
    stored = json.dumps(trace.to_json(), sort_keys=True, allow_nan=False)  # as jsonb: no order
    again = Trace.from_json(json.loads(stored))
    assert json.dumps(again.to_json(), sort_keys=True) == stored
    assert list(again.served.factors) == list(trace.served.factors)
    assert list(again.dropped()) == list(trace.dropped())
    assert again.parts[0].ms == trace.parts[0].ms
    for name in trace.served.__dataclass_fields__:
        before, after = getattr(trace.served, name), getattr(again.served, name)
        if name != "factors":
            assert after.dtype == before.dtype
            assert after.tolist() == before.tolist()
    assert again.problems() == []


def test_an_empty_trace_is_the_same_after_it_was_stored() -> None:
    empty = run((), query(), clock=lambda: 0.0).trace
    again = Trace.from_json(json.loads(json.dumps(empty.to_json())))
    assert again.served.chances.shape == (0, 6)
    assert again.to_json() == empty.to_json()
    assert again.problems() == []


def test_ids_go_into_json_as_strings() -> None:
    stored = a_trace().to_json()
    assert stored["served"]["ids"] == ["3", str(BIG)]
    assert stored["parts"][0]["dropped"] == [{"reason": "found twice", "ids": ["3"]}]


def spoilt(**changes: Any) -> list[str]:
    """The problems of a whole trace of which something was changed."""
    trace = a_trace()
    assert trace.problems() == []
    return replace(trace, **changes).problems()


def test_a_drop_that_nobody_owns_up_to_is_a_problem() -> None:
    parts = a_trace().parts
    kept_quiet = (parts[0], replace(parts[1], dropped=()), *parts[2:])
    assert spoilt(parts=kept_quiet) == [
        "five: 3 came in, 0 were found, 0 were dropped, and 2 came out"
    ]


def test_candidates_that_are_lost_between_two_parts_are_a_problem() -> None:
    parts = a_trace().parts
    assert spoilt(parts=(parts[0], *parts[2:])) == ["heavy: 2 came in and dedupe left 3"]


def test_sources_that_found_other_than_what_came_out_are_a_problem() -> None:
    gathering = Done("sources", 0, 3, 1.0, finds=(Find("graph", 1, 1.0), Find("near", 1, 1.0)))
    problems = spoilt(parts=(gathering, *a_trace().parts[1:]))
    assert problems == ["sources: 0 came in, 2 were found, 0 were dropped, and 3 came out"]


def test_serving_other_than_what_was_left_is_a_problem() -> None:
    parts = a_trace().parts
    five = (Dropped(np.array([BIG]), "late"),)
    late = Done("late", 2, 1, 1.0, dropped=five)
    assert spoilt(parts=(*parts, late)) == ["2 are served and the last part left 1"]


def test_serving_an_entry_twice_is_a_problem() -> None:
    served = a_trace().served
    assert spoilt(served=replace(served, ids=np.array([3, 3]))) == ["an entry is served twice"]


def test_a_score_that_its_factors_do_not_make_is_a_problem() -> None:
    served = a_trace().served
    (problem,) = spoilt(served=replace(served, score=served.score * [1.0, 1.001]))
    assert problem.startswith(f"{BIG}: its score is ")
    assert len(spoilt(weights=WEIGHTS.vector() * 2)) == 2


def test_shrinking_under_load_never_goes_below_what_is_served() -> None:
    assert Sizes().shrunk(0.5) == Sizes(fetched=750, ranked=250)
    assert Sizes().shrunk(0.1) == Sizes(fetched=200, ranked=200)
