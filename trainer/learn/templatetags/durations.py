"""Seconds as people read them on a clock."""

from django import template

from trainer.lib.times import clock_time

register = template.Library()
register.filter(clock_time)


@register.filter
def whole_minutes(seconds: float) -> int:
    """Seconds as minutes, rounded: 900 is 15."""
    return round(seconds / 60)
