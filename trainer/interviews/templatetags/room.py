"""Template filters of the interview's pages: times on the clock, the strip of phases."""

from django import template

from trainer.interviews.state import State
from trainer.lib.segments import Segment, segments

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """Seconds as minutes and seconds: 4:05, and -0:30 for half a minute over."""
    whole = int(seconds or 0)  # towards zero, so that "0:00" is shown for the last second
    minutes, rest = divmod(abs(whole), 60)
    return f"{'-' if whole < 0 else ''}{minutes}:{rest:02}"


@register.filter
def strip(state: State) -> list[Segment]:
    """The phases side by side, as wide as their minutes; equally wide when untimed."""
    phases = state.plan.phases
    return segments([(phase.name, phase.seconds / 60 or 1.0) for phase in phases])
