"""What a person takes along of the labs: what they predicted, and what was measured."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db.models import F

from trainer.accounts.models import User
from trainer.lab.models import Attempt, Run

ATTEMPT: Final = (
    *("id", "pack", "lab", "interview_id", "predicted", "predicted_text", "predicted_at"),
    *("measured", "measured_at", "closed_at"),
)
RUN: Final = ("id", "state", "base", "accounts", "values", "queued_at", "ended_at")


def labs(person: User) -> list[dict[str, object]]:
    """Exporter "labs": each attempt with its runs, oldest first. Of a run its inputs and figures;
    its tables and charts can be had again by running it."""
    runs = _runs_by_attempt(person)
    attempts = Attempt.objects.filter(owner=person).order_by("predicted_at", "id")
    return [{**row, "runs": runs.get(row["id"], [])} for row in attempts.values(*ATTEMPT)]


def _runs_by_attempt(person: User) -> Mapping[str, Sequence[dict[str, object]]]:
    runs = Run.objects.filter(attempt__owner=person).order_by("number")
    found: dict[str, list[dict[str, object]]] = {}
    for row in runs.values("attempt_id", *RUN, figures=F("result__figures")):
        kept = {name: value for name, value in row.items() if name != "attempt_id"}
        found.setdefault(row["attempt_id"], []).append(kept)
    return found
