"""How far a grading is, as templates tell it."""

from datetime import timedelta
from typing import Final

from django import template

from trainer.grading import services
from trainer.grading.models import Grading
from trainer.lib import clock

LONG: Final = timedelta(seconds=20)  # longer than grading takes when a worker is free

register = template.Library()


@register.filter
def waits_long(grading: Grading) -> bool:
    """Whether it was asked for so long ago that a person wants to be told why."""
    return grading.is_active and clock.now() - grading.asked_at > LONG


@register.filter
def may_repeat(grading: Grading) -> bool:
    """Whether grading it again could give something better."""
    return services.may_repeat(grading)
