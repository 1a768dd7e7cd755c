"""What a page shows while an answer is graded."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from tests.grading.answers import GOOD, OTHER, attempt, someone
from trainer.grading import services
from trainer.grading.models import Grading
from trainer.lib import clock

pytestmark = pytest.mark.django_db


def shown(**changes: object) -> str:
    services.request("drill:abc:1", attempt(GOOD, OTHER), someone())
    Grading.objects.update(**changes)
    return render_to_string(
        "grading/_progress.html", {"grading": Grading.objects.get(), "address": "/drills/x/"}
    )


def test_it_says_how_far_it_is_and_asks_again_every_second():
    page = shown(state="running", done=1)
    assert "1 of 2 answers done" in page
    assert '<progress max="2" value="1"' in page
    assert 'hx-get="/drills/x/" hx-trigger="every 1s"' in page
    assert '<noscript><p><a href="/drills/x/">Look again</a></p></noscript>' in page
    assert "longer than usual" not in page


def test_a_long_wait_is_explained():
    assert "longer than usual" in shown(asked_at=clock.now() - timedelta(seconds=21))


@pytest.mark.parametrize("state", ["done", "failed"])
def test_it_stops_asking_at_the_end(state: str):
    page = shown(state=state, trouble="It was <cut off>: ask again.")
    assert "hx-get" not in page
    assert ("It was &lt;cut off&gt;: ask again." in page) == (state == "failed")
