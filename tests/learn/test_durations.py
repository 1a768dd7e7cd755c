import pytest

from trainer.learn.templatetags.durations import clock_time, whole_minutes


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59.9, "0:59"), (272.4, "4:32"), (2700, "45:00"), (-3, "0:00")],
)
def test_seconds_are_shown_as_on_a_clock(seconds, shown):
    assert clock_time(seconds) == shown


def test_seconds_become_whole_minutes():
    assert whole_minutes(900.0) == 15
