"""Template filters of the room: times on the clock, the strip of phases."""

from django import template

from trainer.interviews.state import State
from trainer.lib.segments import Segment, segments
from trainer.lib.times import clock_time

register = template.Library()
register.filter(clock_time)


@register.filter
def strip(state: State) -> list[Segment]:
    """The phases side by side, as wide as their minutes; equally wide when untimed."""
    phases = state.plan.phases
    return segments([(phase.name, phase.seconds / 60 or 1.0) for phase in phases])
