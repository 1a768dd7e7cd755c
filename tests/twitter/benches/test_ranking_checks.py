import numpy as np
import pytest

from tests.twitter.mixer.test_evaluation import a_request
from trainer.twitter.benches.ranking_checks import LEAST_CAME, Checks, share
from trainer.twitter.mixer.training.requests import SIZES, Request
from trainer.twitter.mixer.types import Weights

LIKES = Weights("likes", {"like": 1.0})


def falling(request: Request) -> np.ndarray:
    """The first candidate is the likeliest to be liked: 0.5, and a tenth at least."""
    found = np.zeros((len(request.shown), 6), np.float32)
    found[:, 0] = np.linspace(0.5, 0.1, len(found))
    return found


def figures(*requests: Request) -> dict[str, float]:
    checks = Checks({"light": falling}, LIKES)
    assert list(checks.over(requests)) == list(requests)
    return checks.figures()


def test_the_chances_are_held_against_what_came_after_every_request() -> None:
    liked, nothing = [[1, 0, 0, 0, 0, 0], [0] * 6], [[0] * 6, [0] * 6]
    readers = range(LEAST_CAME)
    found = figures(
        *(a_request(liked, reader) for reader in readers),
        *(a_request(nothing, reader) for reader in readers),
    )
    assert found["light_expected_vs_came_like"] == pytest.approx(2 * 0.6 / 1)
    assert "light_expected_vs_came_click" not in found  # nothing came to compare with
    assert found["requests"] == 2 * found["eventful_requests"] == 2 * LEAST_CAME


def test_the_interval_of_a_share_is_that_of_other_readers() -> None:
    alike = share(np.full(100, 0.5), np.full(100, 1.0))
    assert (alike.low, alike.mean, alike.high) == pytest.approx((0.5, 0.5, 0.5))
    few = share(np.full(100, 0.5), np.append(np.zeros(90), np.full(10, 10.0)))
    assert few.mean == pytest.approx(0.5)
    assert few.low < 0.4
    assert few.high > 0.7


def test_the_cut_keeps_the_best_of_either_side() -> None:
    """Of 400 a side 250 stay; of each hundred the first was liked."""
    labels = [[1 if place % 100 == 0 else 0, 0, 0, 0, 0, 0] for place in range(400)]
    is_in = [True] * 400 + [False] * 400
    assert SIZES.ranked == 500
    kept = figures(a_request(labels * 2, in_network=is_in))["light_cut_keeps"]
    assert kept == pytest.approx(6 / 8)  # places 0, 100 and 200 of 0 to 300
