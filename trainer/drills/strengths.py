"""How strong each subject is, now and over time, out of the points that were seen. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from trainer.drills.subjects import Subject
from trainer.schedule.strength import Seen, mean_strength

LONGEST: Final = timedelta(weeks=8)  # that is shown
SHORTEST: Final = timedelta(days=7)
SAMPLES: Final = 9
HEIGHT: Final = 40.0  # px of a course's plot
EDGE: Final = 4.0  # percent left free at both sides

Sightings = Mapping[str, Sequence[Seen]]


@dataclass(frozen=True, slots=True)
class Dot:
    """`x` in percent, `y` in px from the top."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Course:
    """A subject over time: its strength (0 to 1) at each time shown, the oldest first, and how many
    of its points were ever seen."""

    subject: Subject
    values: tuple[float, ...]
    seen: int

    @property
    def now(self) -> float:
        return self.values[-1]

    @property
    def percent(self) -> int:
        return round(100 * self.now)

    @property
    def percents(self) -> tuple[int, ...]:
        return tuple(round(100 * value) for value in self.values)

    @property
    def dots(self) -> tuple[Dot, ...]:
        step = (100 - 2 * EDGE) / (len(self.values) - 1)
        return tuple(
            Dot(round(EDGE + n * step, 2), round(HEIGHT * (1 - value), 2))
            for n, value in enumerate(self.values)
        )

    @property
    def lines(self) -> list[tuple[Dot, Dot]]:
        return list(zip(self.dots, self.dots[1:], strict=False))


def times(sightings: Sightings, now: datetime) -> tuple[datetime, ...]:
    """The times that are shown, evenly from the first sighting to now: a week at least, eight
    weeks at most."""
    first = min((seen[0].at for seen in sightings.values() if seen), default=now)
    span = min(max(now - first, SHORTEST), LONGEST)
    return tuple(now - span * (1 - n / (SAMPLES - 1)) for n in range(SAMPLES))


def courses(
    subjects: Sequence[Subject], sightings: Sightings, at: Sequence[datetime]
) -> tuple[Course, ...]:
    """One for each subject, at the times `at`."""
    return tuple(
        Course(
            each,
            tuple(mean_strength(each.points, sightings, time) for time in at),
            sum(point in sightings for point in each.points),
        )
        for each in subjects
    )


def newest(subject: Subject, sightings: Sightings) -> datetime:
    """When a point of it was seen last. Raises ValueError where none ever was."""
    return max(seen[-1].at for point in subject.points if (seen := sightings.get(point)))


def weakest(found: Sequence[Course]) -> tuple[Course, ...]:
    """The subjects that a drill trains and that were seen, from the weakest on."""
    trained = [each for each in found if each.subject.drill and each.seen]
    return tuple(sorted(trained, key=lambda each: each.now))
