"""Looking something up before a request's own parts begin, without a wait for what is away."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from django.db import InterfaceError, OperationalError

from trainer.resilience.bounded import NoResult, TimedOut
from trainer.resilience.pausing import Pause
from trainer.twitter.errors import StoreAway, TwitterError
from trainer.twitter.mixer.machine import Machine, of_this_process

T = TypeVar("T")
LIMIT_S: Final = 0.25  # one row by its key takes a few milliseconds


def promptly(call: Callable[[], T], machine: Machine | None = None) -> T:
    """What a look-up in Postgres, such as `get_world`, gives within LIMIT_S.

    It runs in another thread, so it does not see what the caller's transaction has not committed.
    Silence pauses Postgres for all of this process, until that very call answers after all: a look-
    up that waits has no share of the time that the parts then need. Raises what the call raises,
    and StoreAway where Postgres is silent or away, or was a moment ago.
    """
    machine = machine or of_this_process()
    if not machine.postgres.may_try():
        raise StoreAway
    try:
        return machine.calls.within(LIMIT_S, partial(_noted, machine.postgres, call))
    except TimedOut as error:
        machine.postgres.failed()
        raise StoreAway from error
    except (OperationalError, InterfaceError, NoResult, OSError) as error:
        raise StoreAway from error


def _noted(postgres: Pause, call: Callable[[], T]) -> T:
    """In the thread, which goes on when the call is cut."""
    try:
        found = call()
    except (OperationalError, InterfaceError, OSError):
        postgres.failed()
        raise
    except TwitterError:  # it answered that there is no such thing
        postgres.answered()
        raise
    postgres.answered()
    return found
