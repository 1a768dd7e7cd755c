"""The points that a person covered or missed, wherever they were asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from trainer.accounts.models import User
from trainer.schedule.models import Sighting
from trainer.schedule.strength import Seen


def seen(owner: User, pack: str, points: Mapping[str, bool], at: datetime, where: str) -> None:
    """`points` were covered (or not) at `at`. Told again for the same place `where`, such as
    `drill:ID:1`, the later word on covered stands, with the time of the first."""
    Sighting.objects.bulk_create(
        [
            Sighting(owner=owner, pack=pack, point=point, where=where, covered=covered, at=at)
            for point, covered in points.items()
        ],
        update_conflicts=True,
        unique_fields=["owner", "pack", "point", "where"],
        update_fields=["covered"],
    )


def seen_points(owner: User, pack: str) -> dict[str, Sequence[Seen]]:
    """By point: every time it was covered or missed, oldest first."""
    found: dict[str, list[Seen]] = defaultdict(list)
    rows = Sighting.objects.filter(owner=owner, pack=pack).order_by("at", "where")
    for point, at, covered in rows.values_list("point", "at", "covered"):
        found[point].append(Seen(at, covered))
    return dict(found)
