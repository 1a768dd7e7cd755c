"""Asking until there is a reply that can be used: with a breaker, a budget and a few more tries."""

import random
import time
from collections.abc import Callable
from typing import Final

from django.db import transaction

from trainer.grading import budget
from trainer.grading.attempts import Answer
from trainer.grading.llm import calling, prompt, schema
from trainer.grading.llm.errors import LeftAlone, LlmError
from trainer.lib import clock
from trainer.lib.ids import new_id
from trainer.resilience import breaker
from trainer.resilience.deadline import Deadline
from trainer.resilience.redis_clients import rebuildable

MOST_TRIES: Final = 3
FIRST_WAIT_S: Final = 0.5  # doubled each time, and shortened at random
BREAKER: Final = b"breaker:grading:llm"
# Two gradings that failed in all their tries. A prober has all the time that one call has.
POLICY: Final = breaker.Policy(failures=6, window_s=180.0, open_s=60.0, probe_lease_s=35.0)
TIRED: Final = "The language model failed several times, so it is left alone for a minute."


def ask(
    answer: Answer,
    owner_id: int | None,
    deadline: Deadline,
    timeout_s: float,
    sleep: Callable[[float], None] = time.sleep,
) -> schema.Reply:
    """The model's reply, asked up to MOST_TRIES times before the deadline. Raises LlmError."""
    tries = 0
    while True:
        tries += 1
        try:
            return _guarded(answer, owner_id, min(timeout_s, deadline.remaining_s))
        except LlmError as error:
            wait_s = max(error.wait_s, _back_off_s(tries))
            if not error.passes or tries == MOST_TRIES or wait_s >= deadline.remaining_s:
                raise
        sleep(wait_s)


def _back_off_s(tries: int) -> float:
    """Between half of 0.5 s, 1 s, ... and all of it, so that many do not come at once."""
    return FIRST_WAIT_S * 2.0 ** (tries - 1) * random.uniform(0.5, 1.0)  # noqa: S311


def _guarded(answer: Answer, owner_id: int | None, limit_s: float) -> schema.Reply:
    """One call, if budget and breaker let it through; the breaker is told how it went."""
    permit = _permit(owner_id)
    is_well = False
    try:
        reply = _once(answer, limit_s)
        is_well = True
        return reply
    except LlmError as error:
        is_well = not error.is_servers
        raise
    finally:
        breaker.report(rebuildable(), [(BREAKER, permit, is_well)], POLICY)


def _permit(owner_id: int | None) -> breaker.Permit:
    """The budget goes first, as a permit that nobody reports on would keep others waiting; what
    the breaker refuses is not counted."""
    with transaction.atomic():
        budget.spend(owner_id, clock.now().date())
        (permit,) = breaker.ask(rebuildable(), [BREAKER], POLICY)
        if not permit.allowed:
            raise LeftAlone(TIRED)
    return permit


def _once(answer: Answer, limit_s: float) -> schema.Reply:
    ids = [point.id for point in answer.points]
    body = calling.complete(prompt.messages(answer, new_id()), schema.response_format(ids), limit_s)
    return schema.read(body)
