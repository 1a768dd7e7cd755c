"""Whatever happens, timelines, search and trends are what the oracle says. A longer run:

MACHINE_EXAMPLES=1000 .venv/bin/pytest tests/twitter/test_machine.py
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.twitter import village
from tests.twitter.machine import TwitterMachine
from tests.twitter.shrinking import shrink
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.timelines import window

EXAMPLES = os.environ.get("MACHINE_EXAMPLES")


@pytest.mark.django_db
@pytest.mark.parametrize("full_timeline", [window.LENGTH, 2])
def test_no_reader_can_tell_what_befell_the_workers_and_redis(
    full_timeline: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shrink(monkeypatch, full_timeline, slack=1)
    TwitterMachine.village = village.build()
    TwitterMachine.redis = rebuildable()
    run_state_machine_as_test(
        TwitterMachine,
        settings=settings(
            max_examples=int(EXAMPLES or 6),
            derandomize=EXAMPLES is None,  # else every run looks elsewhere
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
