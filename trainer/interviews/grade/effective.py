"""What counts for each rubric point, out of what the machine and people say of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trainer.catalog.schema import Pack, Point
from trainer.grading.grades import Grade, PointGrade

Judge = Literal["interviewer", "candidate", "machine", ""]


@dataclass(frozen=True, slots=True)
class Overrule:
    """An interviewer, called `who`, says whether the candidate covered a point."""

    who: str
    point: str
    covered: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """A rubric point with all that is said of it: an interviewer's word counts before the
    candidate's own, and that before the machine's. The others stay beside it."""

    point: Point
    machine: PointGrade | None = None
    own: bool | None = None
    overrules: tuple[Overrule, ...] = ()

    @property
    def by(self) -> Judge:
        """Whose word counts; "" while nobody has judged."""
        if self.overrules:
            return "interviewer"
        if self.own is not None:
            return "candidate"
        return "machine" if self.machine else ""

    @property
    def covered(self) -> bool | None:
        if self.overrules:
            return max(self.overrules, key=lambda each: each.at).covered
        if self.own is not None:
            return self.own
        return self.machine.covered if self.machine else None

    @property
    def disputed(self) -> bool:
        """Whether one of the judges says otherwise than the one who counts."""
        said = [each.covered for each in self.overrules]
        said += [self.own] if self.own is not None else []
        said += [self.machine.covered] if self.machine else []
        return len(set(said)) > 1


def judged_points(
    pack: Pack,
    grade: Grade | None,
    checks: Mapping[str, bool],
    overrules: Iterable[Overrule] = (),
) -> dict[str, Judged]:
    """Every point of the pack by id. Overrules of points that the pack has no more are left out."""
    machine = grade.best if grade else {}
    by_point: dict[str, list[Overrule]] = {}
    for each in overrules:
        by_point.setdefault(each.point, []).append(each)
    return {
        id_: Judged(point, machine.get(id_), checks.get(id_), tuple(by_point.get(id_, ())))
        for id_, point in pack.points.items()
    }
