"""The grade of one interview as it stands now, for the report and the export."""

from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse

from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Pack
from trainer.grading.models import Grading
from trainer.interviews.events import Event
from trainer.interviews.grade import asking
from trainer.interviews.grade.counted import Counted, counted
from trainer.interviews.grade.effective import judged_points
from trainer.interviews.grade.error import measured_error
from trainer.interviews.grade.material import Material
from trainer.interviews.grade.overrules import overrules_of
from trainer.interviews.grade.quiet import longest_quiet_s
from trainer.interviews.grade.training import Training
from trainer.interviews.models import Interview
from trainer.interviews.state import State

DRILLS: Final = {  # as their pages call them
    "clarify": "clarifying questions",
    "traps": "trap questions",
    "mistakes": "mistakes in a design",
    "trade-offs": "trade-offs in five steps",
    "under-fire": "degradation and numbers under fire",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A drill or a lab to open, and why."""

    title: str
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Graded:
    """`grading` is the newest (None: it could not be asked for). `counted` has the last grade that
    there is; `outdated`: by a rubric that has changed since. `error`: how far its grader errs."""

    grading: Grading | None
    counted: Counted
    outdated: bool
    error: str
    train: tuple[Link, ...]


def graded_of(interview: Interview, log: list[Event], state: State) -> Graded:
    """The grade as it stands now; asks for one where none is there. Raises UnknownPack."""
    pack = get_pack(interview.pack)
    newest = asking.asked(interview, state)
    shown = asking.last_graded(interview, newest)
    grade = shown.grade if shown else None
    judged = judged_points(pack, grade, state.checks, overrules_of(interview))
    found = counted(Material(state, pack, judged, longest_quiet_s(log)), grade)
    return Graded(
        newest,
        found,
        outdated=bool(grade and shown and asking.is_outdated(shown, pack.slug)),
        error=measured_error(grade),
        train=_links(found.train, pack),
    )


def _links(wanted: tuple[Training, ...], pack: Pack) -> tuple[Link, ...]:
    """Those whose room is part of this site."""
    links = (_link(each, pack) for each in wanted)
    return tuple(link for link in links if link)


def _link(training: Training, pack: Pack) -> Link | None:
    name = "drills:start" if training.kind == "drill" else "lab:lab"
    try:
        url = reverse(name, args=[pack.slug, training.slug])
    except NoReverseMatch:
        return None
    item = f"?item={training.item}" if training.item else ""
    return Link(_title(training, pack), url + item, training.why)


def _title(training: Training, pack: Pack) -> str:
    if training.kind == "lab":
        lab = pack.lab(training.slug)
        return f"Lab: {lab.title if lab else training.slug}"
    trap = pack.trap(training.item)
    name = DRILLS.get(training.slug, training.slug)
    return f"Drill: {name}" + (f", {trap.title}" if trap else "")
