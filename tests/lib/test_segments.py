from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.lib.segments import segments


def test_a_segment_is_as_wide_as_its_share_of_the_minutes():
    strip = segments([("Clarify", 5), ("High-Level", 15)])

    assert [(each.start, each.width) for each in strip] == [(0, 25), (25, 75)]


@given(st.lists(st.floats(min_value=0.5, max_value=180), min_size=1, max_size=8))
def test_segments_follow_one_another_and_fill_the_strip(minutes):
    strip = segments([("phase", each) for each in minutes])

    for left, right in pairwise(strip):
        assert right.start == pytest.approx(left.start + left.width, abs=0.002)
    assert strip[-1].start + strip[-1].width == pytest.approx(100, abs=0.002)
