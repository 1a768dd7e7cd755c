"""What pulling saves at full scale: the sums of the capacity model, and the claims beside them."""

from typing import Any

import pytest

from tests.lab.staging import perform
from trainer.capacity.inputs import Inputs
from trainer.lab.blocks import Result
from trainer.lab.labs.threshold_at_scale import counted

pytestmark = pytest.mark.usefixtures("db", "servers")
SLUG = "threshold-at-scale"


def block(result: Result, id: str) -> Any:
    return result.blocks[id]


@pytest.fixture
def result() -> Result:
    return perform(SLUG, None)


def test_by_the_average_all_there_is_stays_below_a_trillion(result: Result) -> None:
    assert result.figures["in_all_by_average"] == pytest.approx(350e9)
    assert result.figures["saved_by_average"] == pytest.approx(17.5e9)
    assert result.figures["spared_for_claim"] == pytest.approx(2_000)


def test_all_tweeting_alike_the_law_pushes_as_much_as_the_average_and_saves_more(
    result: Result,
) -> None:
    assert result.figures["in_all"] == pytest.approx(result.figures["in_all_by_average"])
    assert result.figures["saved_by_average"] < result.figures["saved"] < 1e12


def test_what_is_pushed_and_what_is_saved_are_the_whole_at_every_threshold(result: Result) -> None:
    in_all = result.figures["in_all"]
    assert result.figures["pushed"] + result.figures["saved"] == pytest.approx(in_all)
    for *_, pushed, saved, _ in block(result, "price")["rows"]:
        assert pushed + saved == pytest.approx(in_all)


def test_tweeting_a_little_more_with_followers_makes_trillions() -> None:
    steeper = perform(SLUG, None, gamma=0.15)
    assert steeper.figures["saved"] > 1e12
    assert steeper.figures["in_all"] > 2 * steeper.figures["in_all_by_average"]


def test_counting_account_by_account_gives_the_formulas_sum(result: Result) -> None:
    for _, _, _, differs in block(result, "check")["rows"]:
        assert abs(differs) < 1
    assert counted(Inputs(gamma=0.3, threshold=1), 1_000)[0] == pytest.approx(
        counted(Inputs(gamma=0.3, threshold=1), 1_000)[1]
    )


def test_the_visitors_own_gamma_has_a_curve_of_its_own() -> None:
    names = [each["name"] for each in block(perform(SLUG, None, gamma=0.2), "saved")["series"]]
    assert names.count("gamma 0.2, yours") == 1
    assert len(names) == len(set(names)) == 6


@pytest.mark.parametrize(
    "changes",
    [
        {"gamma": 1},
        {"threshold": 1_000, "average_followers": 100},
        {"threshold": 100_000_000, "gamma": 1, "average_followers": 5_000},
    ],
)
def test_the_ends_of_the_controls_give_numbers(changes: dict[str, float]) -> None:
    assert perform(SLUG, None, **changes).figures["saved"] > 0
