"""For the templates of the drills."""

from collections.abc import Mapping

from django import template

from trainer.lib.times import clock_time

register = template.Library()
register.filter(clock_time)


@register.filter
def of(values: Mapping[str, str], name: str) -> str:
    """The value of that name; "" where there is none."""
    return values.get(name, "")
