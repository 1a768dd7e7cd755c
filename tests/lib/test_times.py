import pytest

from trainer.lib.times import clock_time


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"),
        (0.9, "0:00"),
        (-0.9, "0:00"),
        (59.9, "0:59"),
        (272.4, "4:32"),
        (3600, "60:00"),
        (-1, "-0:01"),
        (-90.5, "-1:30"),
    ],
)
def test_seconds_are_shown_as_on_a_clock(seconds: float, shown: str) -> None:
    assert clock_time(seconds) == shown
