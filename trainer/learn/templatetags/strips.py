"""`{{ format|strip }}`: the phases of a format, laid side by side for `_phase_strip.html`."""

from django import template

from trainer.catalog.schema import Format
from trainer.lib.segments import Segment, segments

register = template.Library()


@register.filter
def strip(format_: Format) -> list[Segment]:
    """One segment for each phase, as wide as its minutes."""
    return segments([(phase.name, phase.minutes) for phase in format_.phases])
