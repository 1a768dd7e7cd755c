"""Seconds as people read them on a clock."""

from django import template

register = template.Library()


@register.filter
def clock_time(seconds: float) -> str:
    """Seconds as `m:ss`, never below zero: 272.4 is 4:32."""
    whole = max(int(seconds), 0)
    return f"{whole // 60}:{whole % 60:02}"


@register.filter
def whole_minutes(seconds: float) -> int:
    """Seconds as minutes, rounded: 900 is 15."""
    return round(seconds / 60)
