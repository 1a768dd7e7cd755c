"""How many calls to the language model one day has, for each person and in all."""

from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from trainer.grading.llm.errors import BudgetSpent
from trainer.grading.models import Spent

_OWN: Final = "You have used your {most:,} calls to the language model for today (UTC)."
_ALL: Final = "This site has used its {most:,} calls to the language model for today (UTC)."


def spend(owner_id: int | None, today: date) -> None:
    """Count one call. With no owner it counts for the site alone. Raises BudgetSpent, and counts
    nothing, where one of the two has no more."""
    with transaction.atomic():
        _spend(None, today, settings.GRADER_CALLS_A_DAY_IN_ALL, _ALL)
        if owner_id is not None:
            _spend(owner_id, today, settings.GRADER_CALLS_A_DAY, _OWN)


def _spend(owner_id: int | None, today: date, most: int, refusal: str) -> None:
    row, _ = Spent.objects.get_or_create(owner_id=owner_id, day=today)
    if not Spent.objects.filter(pk=row.pk, calls__lt=most).update(calls=F("calls") + 1):
        raise BudgetSpent(refusal.format(most=most))
