"""How long ago, in words."""

from datetime import datetime

from django import template
from django.utils.timesince import timesince

register = template.Library()


@register.filter
def ago(moment: datetime) -> str:
    """`moment` as "3 hours ago"; within the first minute, "just now"."""
    since = timesince(moment, depth=1)
    return "just now" if since.startswith("0") else f"{since} ago"
