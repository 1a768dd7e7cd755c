"""What a person takes along of the gradings: what was graded, and how."""

from typing import Any

from trainer.accounts.models import User
from trainer.grading.models import Grading


def gradings(person: User) -> list[dict[str, object]]:
    """Exporter "gradings": each with its attempt and its grade, oldest first.

    Of the rubric, which is not theirs, only the points' ids: a drill that is still going on does
    not show them.
    """
    mine = Grading.objects.filter(owner=person).order_by("asked_at", "id")
    return [
        {
            "id": each.id,
            "subject": each.subject,
            "state": each.state,
            "asked_at": each.asked_at,
            "finished_at": each.finished_at,
            "attempt": _without_rubric(each.frozen),
            "grade": each.graded,
            "trouble": each.trouble,
        }
        for each in mine
    ]


def _without_rubric(frozen: dict[str, Any]) -> dict[str, Any]:
    answers = [
        {**answer, "points": [point["id"] for point in answer["points"]]}
        for answer in frozen["answers"]
    ]
    return {**frozen, "answers": answers}
