"""The whole report of one interview, put together for its page."""

from dataclasses import dataclass

from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Format, Pack
from trainer.interviews.grade.effective import Judged
from trainer.interviews.grade.mistakes import Found, Kind
from trainer.interviews.grade.shown import Graded, graded_of
from trainer.interviews.models import Interview
from trainer.interviews.report import redo
from trainer.interviews.report.answers import Asked
from trainer.interviews.report.clarifying import Clarifying, clarifying
from trainer.interviews.report.facts import Facts, facts
from trainer.interviews.report.figures import Figure
from trainer.interviews.report.minutes import PhaseMinutes, phase_minutes
from trainer.interviews.report.mistakes import Mistakes, mistakes_to_look_at
from trainer.interviews.report.texts import Beside, kept_beside
from trainer.interviews.report.topics import Topic, topics
from trainer.interviews.selectors import log_of
from trainer.interviews.state import State, fold

KINDS: tuple[Kind, ...] = ("made", "unmentioned", "avoided")


@dataclass(frozen=True, slots=True)
class Group:
    """Points that are checked together. A point may be in several groups, judged once. `why_not`:
    why the topic's answers could not be graded ("")."""

    id: str
    judged: tuple[Judged, ...]
    why_not: str = ""

    @property
    def covered(self) -> int:
        return sum(each.covered is True for each in self.judged)

    @property
    def open(self) -> int:
        return sum(each.covered is None for each in self.judged)

    @property
    def by_people(self) -> int:
        return sum(each.by in {"candidate", "interviewer"} for each in self.judged)

    def holds(self, point: str) -> bool:
        return any(each.point.id == point for each in self.judged)


@dataclass(frozen=True, slots=True)
class Section:
    """A topic with its points as judged."""

    topic: Topic
    group: Group


@dataclass(frozen=True, slots=True)
class Report:
    pack: Pack
    state: State
    facts: Facts
    gap: str
    moments: tuple[Asked, ...]
    redo_next: Asked | None
    phases: tuple[PhaseMinutes, ...]
    questions: Clarifying
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    mistakes: Mistakes
    beside: tuple[Beside, ...]
    graded: Graded

    @property
    def format(self) -> Format | None:
        """What the pack says of this interview's format; None when it no longer has it."""
        return self.pack.format(self.state.format_id)

    @property
    def judged_figures(self) -> tuple[Figure, ...]:
        """Those that go with a number of the pack, or miss it."""
        return tuple(figure for figure in self.figures if figure.in_ledger)

    @property
    def other_figures(self) -> tuple[Figure, ...]:
        """Those that are in no ledger; of a range no end is."""
        known = {figure.written for figure in self.judged_figures}
        return tuple(figure for figure in self.figures if figure.written not in known)

    @property
    def mistakes_in_order(self) -> tuple[Found, ...]:
        """As graded: those that were made, then the others."""
        return tuple(
            sorted(self.graded.counted.mistakes, key=lambda found: KINDS.index(found.kind))
        )

    @property
    def redone(self) -> int:
        """How many of the chosen moments have a second answer."""
        return sum(asked.line.name in self.state.redone for asked in self.moments)

    @property
    def first_hard(self) -> Topic | None:
        """The first hard question that came up."""
        return next((s.topic for s in self.sections if s.topic.kind == "trap"), None)


def report_of(interview: Interview) -> Report:
    """Everything that the report's page shows. Asks for the grade where none is there."""
    log = log_of(interview)
    state, pack = fold(log), get_pack(interview.pack)
    graded = graded_of(interview, log, state)
    found = topics(state, pack)
    counted = {id_: each.covered is True for id_, each in graded.counted.judged.items()}
    chosen = redo.moments(found, counted)
    return Report(
        pack=pack,
        state=state,
        facts=facts(state, pack),
        gap=graded.counted.gap,
        moments=chosen,
        redo_next=redo.least_redone(chosen, state.redone),
        phases=phase_minutes(state),
        questions=clarifying(state, pack),
        sections=tuple(_section(topic, graded) for topic in found),
        figures=graded.counted.material.figures,
        mistakes=mistakes_to_look_at(state, pack),
        beside=kept_beside(state),
        graded=graded,
    )


def groups_with(report: Report, point: str, first: str) -> tuple[Group, ...]:
    """The groups in which a point is shown; the one that `first` names leads."""
    holding = [each.group for each in report.sections if each.group.holds(point)]
    return tuple(sorted(holding, key=lambda group: group.id != first))


def _section(topic: Topic, graded: Graded) -> Section:
    judged = tuple(graded.counted.judged[point.id] for point in topic.points)
    return Section(topic, Group(topic.anchor, judged, graded.counted.why_not(topic.anchor)))
