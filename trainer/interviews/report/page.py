"""The whole report of one interview, put together for its page."""

from dataclasses import dataclass

from trainer.catalog.packs import get_pack
from trainer.catalog.schema import Format, Pack, Point
from trainer.interviews.models import Interview
from trainer.interviews.report import redo
from trainer.interviews.report.answers import Asked
from trainer.interviews.report.clarifying import Clarifying, clarifying
from trainer.interviews.report.facts import Facts, facts
from trainer.interviews.report.figures import Figure, figures
from trainer.interviews.report.gap import costliest_gap
from trainer.interviews.report.minutes import PhaseMinutes, phase_minutes
from trainer.interviews.report.mistakes import Mistakes, mistakes_to_look_at
from trainer.interviews.report.texts import Beside, kept_beside
from trainer.interviews.report.topics import Topic, topics
from trainer.interviews.selectors import state_of
from trainer.interviews.state import State


@dataclass(frozen=True, slots=True)
class Judged:
    """A rubric point and what the candidate says of it; None: not judged yet."""

    point: Point
    covered: bool | None


@dataclass(frozen=True, slots=True)
class Group:
    """Points that are checked together. A point may be in several groups, judged once."""

    id: str
    judged: tuple[Judged, ...]

    @property
    def covered(self) -> int:
        return sum(each.covered is True for each in self.judged)

    @property
    def open(self) -> int:
        return sum(each.covered is None for each in self.judged)

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

    @property
    def format(self) -> Format | None:
        """What the pack says of this interview's format; None when it no longer has it."""
        return self.pack.format(self.state.format_id)

    @property
    def redone(self) -> int:
        """How many of the chosen moments have a second answer."""
        return sum(asked.line.name in self.state.redone for asked in self.moments)

    @property
    def first_hard(self) -> Topic | None:
        """The first hard question that came up."""
        return next((s.topic for s in self.sections if s.topic.kind == "trap"), None)


def report_of(interview: Interview) -> Report:
    """Everything that the report's page shows."""
    state, pack = state_of(interview), get_pack(interview.pack)
    found = topics(state, pack)
    chosen = redo.moments(found, state.checks)
    return Report(
        pack=pack,
        state=state,
        facts=facts(state, pack),
        gap=costliest_gap(state, pack),
        moments=chosen,
        redo_next=redo.least_redone(chosen, state.redone),
        phases=phase_minutes(state),
        questions=clarifying(state, pack),
        sections=tuple(Section(topic, _group(topic, state)) for topic in found),
        figures=figures(state, pack),
        mistakes=mistakes_to_look_at(state, pack),
        beside=kept_beside(state),
    )


def groups_with(state: State, pack: Pack, point: str, first: str) -> tuple[Group, ...]:
    """The groups in which a point is shown; the one that `first` names leads."""
    groups = [_group(topic, state) for topic in topics(state, pack)]
    holding = [group for group in groups if group.holds(point)]
    return tuple(sorted(holding, key=lambda group: group.id != first))


def _group(topic: Topic, state: State) -> Group:
    judged = tuple(Judged(point, state.checks.get(point.id)) for point in topic.points)
    return Group(topic.anchor, judged)
