import math

import pytest

from trainer.capacity.errors import CapacityError, InputsError
from trainer.capacity.inputs import Inputs, described


def test_every_input_has_a_unit_a_description_and_a_default_within_its_range():
    defaults = Inputs()
    for each in described():
        assert each.unit
        assert each.says
        assert each.low <= each.default <= each.high
        assert getattr(defaults, each.name) == each.default


@pytest.mark.parametrize("each", described(), ids=lambda each: each.name)
def test_an_input_out_of_its_range_is_refused_by_name_with_the_range(each):
    for wrong in (each.low - 1, each.high * 1.01, math.nan, math.inf, True, "7", None):
        with pytest.raises(InputsError) as error:
            Inputs(**{each.name: wrong})
        assert len(error.value.violations) == 1
        assert error.value.violations[0].startswith(f"{each.name} is {wrong!r}; give a number of")


def test_all_violations_come_in_one_error():
    with pytest.raises(InputsError) as error:
        Inputs(dau=-1, tweets_per_day=0, gamma=3)
    assert [each.split()[0] for each in error.value.violations] == [
        "dau",
        "tweets_per_day",
        "gamma",
    ]
    assert isinstance(error.value, CapacityError)
    assert all(each in str(error.value) for each in error.value.violations)


def test_what_inputs_must_be_to_one_another_is_checked_together():
    with pytest.raises(InputsError) as error:
        Inputs(dau=2e9, final_tweets=600, average_followers=20)
    assert [each.split()[0] for each in error.value.violations] == [
        "dau",
        "final_tweets",
        "average_followers:",
    ]


def test_growth_moves_users_tweets_and_runs_and_nothing_else():
    grown = Inputs().grown(10)
    moved = {
        each.name
        for each in described()
        if getattr(grown, each.name) != getattr(Inputs(), each.name)
    }
    assert moved == {"dau", "mau", "tweets_per_day", "ranking_runs_per_day"}
    assert grown.dau == 2.5e9


def test_growing_out_of_range_is_refused():
    with pytest.raises(InputsError, match="mau is"):
        Inputs().grown(1e6)
