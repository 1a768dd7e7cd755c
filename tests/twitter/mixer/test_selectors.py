"""The mixing of what is served."""

from itertools import combinations, product

import numpy as np
import pytest

from tests.twitter.mixer.making import candidates, dropped, query
from trainer.twitter.mixer.selectors import in_rows, select, spread
from trainer.twitter.mixer.types import Outcome, Sizes


def mixed(sides: str, served: int, discovery: float = 0.5) -> Outcome:
    """Of candidates 1, 2, 3 ... of falling scores, each on side i (in-network) or o."""
    n = len(sides)
    is_in = [side == "i" for side in sides]
    scores = [1 - place / 1000 for place in range(n)]
    given = candidates(list(range(1, n + 1)), in_network=is_in, score=scores)
    shuffled = given.take(np.random.default_rng(n).permutation(n))
    return select(query(sizes=Sizes(served=served, discovery=discovery)), shuffled)


@pytest.mark.parametrize(
    ("sides", "served", "discovery", "order"),
    [
        ("ioioio", 6, 0.5, [1, 2, 3, 4, 5, 6]),  # nothing in the way: by score
        ("ooiioi", 6, 0.5, [1, 2, 3, 4, 5, 6]),
        ("oooiii", 6, 0.5, [1, 2, 4, 3, 5, 6]),  # the third in a row waits for one in-network
        ("iiioooi", 4, 0.5, [1, 2, 4, 5]),  # two of each, though 3 is better than 4
        ("iiiiooooo", 8, 0.5, [1, 2, 3, 5, 6, 4, 7, 8]),  # the 4th waits, or two would be left over
        ("iooooooo", 6, 0.5, [2, 3, 1, 4, 5]),  # one in-network parts four others, and no more
        ("ooioooo", 6, 0.5, [1, 2, 3, 4, 5]),
        ("oooooo", 6, 0.5, [1, 2]),  # follows nobody: two
        ("iiiiiio", 6, 0.5, [1, 2, 3, 4, 5, 7]),  # filled with in-network ones
        ("iiiiii", 4, 0.5, [1, 2, 3, 4]),
        ("oooiiiii", 4, 0.25, [1, 4, 5, 6]),
        ("ooooooiiiiii", 7, 1.0, [1, 2, 7, 3, 4, 8, 5]),  # (2 x 7 + 2) / 3 = 5 at the most
        ("oiooii", 6, 0.0, [2, 5, 6]),  # who asks for none gets none
        ("", 6, 0.5, []),
    ],
)
def test_the_list_is_by_hand(sides: str, served: int, discovery: float, order: list[int]) -> None:
    outcome = mixed(sides, served, discovery)
    assert outcome.candidates.id.tolist() == order
    lost = sorted(id_ for ids in dropped(outcome).values() for id_ in ids)
    assert sorted(order + lost) == list(range(1, len(sides) + 1))


def test_every_one_that_is_not_served_has_its_reason() -> None:
    assert reasons("ioooooooo", 6) == {
        "third out-of-network in a row": [6],
        "below the cut": [7, 8, 9],
    }
    assert reasons("iiiioooi", 4) == {"over the share": [3, 4], "below the cut": [7, 8]}
    assert reasons("ooi", 3, 0.0) == {"over the share": [1, 2]}


def reasons(sides: str, served: int, discovery: float = 0.5) -> dict[str, list[int]]:
    found = dropped(mixed(sides, served, discovery))
    return {reason: sorted(ids) for reason, ids in found.items()}


def test_among_equals_the_newest_comes_first() -> None:
    outcome = select(query(sizes=Sizes(served=2)), candidates([4, 9, 2], score=0.5))
    assert outcome.candidates.id.tolist() == [9, 4]


def longest_row(is_in: list[bool]) -> int:
    rows = "".join("i" if each else "o" for each in is_in).split("i")
    return max(map(len, rows))


def arrangements(is_in: list[bool]) -> list[list[int]]:
    """Every way to lay the two sides, each in its own order, into one another."""
    n, ins = len(is_in), [place for place, each in enumerate(is_in) if each]
    outs = [place for place, each in enumerate(is_in) if not each]
    ways = []
    for places in combinations(range(n), len(ins)):
        left_in, left_out = iter(ins), iter(outs)
        ways.append([next(left_in) if at in places else next(left_out) for at in range(n)])
    return ways


def test_no_order_without_a_third_in_a_row_has_a_better_one_further_up() -> None:
    """Against all orders of all mixtures of up to nine."""
    for n in range(10):
        for sides in product([True, False], repeat=n):
            is_in = list(sides)
            allowed = [
                way for way in arrangements(is_in) if longest_row([is_in[at] for at in way]) <= 2
            ]
            assert bool(allowed) == (is_in.count(False) <= 2 * (is_in.count(True) + 1))
            if allowed:
                assert spread(np.array(is_in, dtype=bool)).tolist() == min(allowed)


def test_the_rows_leave_as_many_as_can_be_placed() -> None:
    """Against counting down from all until they can be placed."""
    for room, ins, outs in product(range(1, 12), range(12), range(12)):
        if outs > room:
            continue
        left = next(o for o in range(outs, -1, -1) if o <= 2 * (min(ins, room - o) + 1))
        assert in_rows(room, ins, (min(ins, room - outs), outs)) == (min(ins, room - left), left)


def test_a_page_of_200_is_half_and_half() -> None:
    ids = list(range(1, 1001))
    scores = np.random.default_rng(3).random(1000)
    given = candidates(ids, in_network=[id_ % 2 == 0 for id_ in ids], score=scores)
    served = select(query(), given).candidates
    assert (len(served), np.count_nonzero(served.in_network)) == (200, 100)
    assert longest_row(served.in_network.tolist()) <= 2
