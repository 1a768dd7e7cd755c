"""Filters of the scorecard's pages."""

from collections.abc import Collection
from datetime import datetime

from django import template

from trainer.host.card import Span
from trainer.host.models import Invitation

register = template.Library()


@register.filter
def place(span: Span) -> str:
    """Where a span stands, as the form sends it back."""
    return f"{span.seq}:{span.start}:{span.end}"


@register.filter
def is_over(invitation: Invitation, now: datetime) -> bool:
    """Whether nobody accepted it in time."""
    return invitation.accepted_at is None and invitation.expires_at <= now


@register.filter
def is_in(item: object, items: Collection[object]) -> bool:
    return item in items
