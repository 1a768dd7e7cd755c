"""The rubric points that a person covered or missed, in drills and in interviews."""

from collections import defaultdict
from collections.abc import Iterator

from trainer.accounts.models import User
from trainer.drills.strengths import Sightings
from trainer.grading.attempts import WHOLE
from trainer.grading.grades import Grade
from trainer.grading.models import Grading
from trainer.schedule.coverage import seen_points
from trainer.schedule.strength import Seen

INTERVIEWS = 30  # the newest, of which grades are read


def sightings(owner: User, pack: str) -> Sightings:
    """By point, each time it was seen, oldest first. Of an interview by its newest grade: what was
    not asked there is not held against anybody, but counts where it was said."""
    found: dict[str, list[Seen]] = defaultdict(list)
    for point, seen in seen_points(owner, pack).items():
        found[point] += seen
    for row in _newest(owner, pack):
        at = row.finished_at or row.asked_at
        for point, covered in _points(row.grade):
            found[point].append(Seen(at, covered))
    return {point: sorted(seen) for point, seen in found.items()}


def _newest(owner: User, pack: str) -> list[Grading]:
    """One for each interview."""
    mine = Grading.objects.filter(owner=owner, frozen__pack=pack, graded__isnull=False)
    rows = mine.filter(subject__startswith="interview:").order_by("subject", "-asked_at")
    newest = sorted(rows.distinct("subject"), key=lambda row: row.asked_at)
    return newest[-INTERVIEWS:]


def _points(grade: Grade | None) -> Iterator[tuple[str, bool]]:
    asked = {
        point.id: point.covered
        for answer in (grade.answers if grade else ())
        if answer.topic != WHOLE
        for point in answer.points
    }
    whole = grade.of(WHOLE) if grade else None
    said = {point.id: True for point in (whole.points if whole else ()) if point.covered}
    yield from (asked | said).items()
