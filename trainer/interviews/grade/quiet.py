"""How long a candidate was silent: neither sent, nor typed, nor drew. Pure."""

from collections.abc import Iterable

from trainer.interviews import events as ev
from trainer.interviews.state import State, apply

_SEEN = frozenset({"draft", "outline"})  # notes are private


def longest_quiet_s(log: Iterable[ev.Event]) -> float:
    """The longest stretch on the interview's own clock, in seconds, from its start to its end."""
    state, since, longest = State(), 0.0, 0.0
    for event in log:
        body = event.body
        active = isinstance(body, ev.Said) or (isinstance(body, ev.Saved) and body.field in _SEEN)
        if state.status != "finished" and (active or isinstance(body, ev.Finished)):
            at = _within(state, state.elapsed_s(event.at))
            longest, since = max(longest, at - since), at
        if isinstance(body, ev.Finished):
            break
        state = apply(state, event)
    return longest


def _within(state: State, elapsed_s: float) -> float:
    """No later than the deadline: nobody has to speak after it."""
    return elapsed_s if state.plan.untimed else min(elapsed_s, state.plan.total_s)
