import math

import pytest

from trainer.capacity.amdahl import ceiling, cores_for, speedup


def test_one_core_gains_nothing_and_a_whole_that_can_be_spread_gains_every_core():
    assert speedup(0.3, 1) == pytest.approx(1)
    assert speedup(0, 147) == pytest.approx(147)


def test_no_number_of_cores_passes_the_ceiling():
    assert speedup(0.1, 1e12) == pytest.approx(ceiling(0.1)) == pytest.approx(10)
    assert ceiling(0) == math.inf


@pytest.mark.parametrize("serial_share", [0, 0.001, 0.005])
def test_so_many_cores_give_the_speed_up_for_which_they_were_reckoned(serial_share):
    assert speedup(serial_share, cores_for(147, serial_share)) == pytest.approx(147)


def test_a_speed_up_at_or_above_the_ceiling_has_no_cores():
    assert cores_for(147, 0.01) == math.inf
    assert cores_for(10, 0.1) == math.inf
