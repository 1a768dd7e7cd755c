"""Words of the page: units of controls, and long words of tables."""

import pytest

from trainer.catalog.lab_schema import Control
from trainer.lab.templatetags.showing import breakable, labelled


@pytest.mark.parametrize(
    ("label", "unit", "text"),
    [
        ("Threshold", "followers", "Threshold, followers"),
        ("Tweets to post", "tweets", "Tweets to post"),
        ("Minutes from the first to the last", "min", "Minutes from the first to the last"),
        ("Hold it down for", "s", "Hold it down for, s"),
        ("Walks", "", "Walks"),
    ],
)
def test_a_control_says_its_unit_once(label, unit, text):
    control = Control(id="x", label=label, kind="whole", default=1, unit=unit, low=0, high=9)
    assert labelled(control) == text


def test_a_long_word_may_break_behind_its_signs_and_stays_escaped():
    assert breakable("tweets_per_day * <b>") == "tweets_per_day * &lt;b&gt;"
    assert breakable("followers_below(threshold)") == ("followers_<wbr>below(<wbr>threshold)")
    assert breakable("a_<script>alert(1)") == "a_<wbr>&lt;script&gt;alert(<wbr>1)"
