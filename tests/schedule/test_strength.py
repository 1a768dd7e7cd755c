"""How well points are kept."""

from datetime import UTC, datetime, timedelta

import pytest

from trainer.schedule.strength import Seen, mean_strength, strength

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def ago(days: float, covered: bool = True) -> Seen:
    return Seen(NOW - timedelta(days=days), covered)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([], 0),
        ([ago(0)], 1),
        ([ago(14)], 0.5),
        ([ago(28)], 0.25),
        ([ago(14), ago(14)], 1),  # covered twice, it keeps longer
        ([ago(0, False)], 0),
        ([ago(0), ago(0, False)], 0.5),
        ([ago(14), ago(0, False)], 1 / 3),
        ([ago(14, False), ago(0)], 2 / 3),
        ([ago(-1)], 0),  # not yet
    ],
)
def test_strength_halves_with_every_half_life(seen, expected):
    assert strength(seen, NOW) == pytest.approx(expected)
    assert strength(seen, NOW, half_life_days=1) <= 1


def test_a_point_never_seen_counts_as_nothing():
    seen = {"t1.1": [ago(0)], "t1.2": [ago(14)]}
    assert mean_strength(["t1.1", "t1.2", "t1.3", "t1.4"], seen, NOW) == pytest.approx(1.5 / 4)
    assert mean_strength([], seen, NOW) == 0
