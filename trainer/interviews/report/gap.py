"""The costliest gap that the log alone can show, as one sentence. Pure: no judgement, no grade.

In this order: a hard question left without an answer, a phase never reached, most essential
questions never asked, a large share of the time left, a phase that took time from the others, any
essential question never asked.
"""

from collections.abc import Callable

from trainer.catalog.schema import Pack
from trainer.interviews.report.clarifying import clarifying
from trainer.interviews.report.minutes import PhaseMinutes, phase_minutes
from trainer.interviews.report.times import count, listed, minutes
from trainer.interviews.report.topics import topics
from trainer.interviews.state import State

OVERRUN_S = 60.0  # from which an overrun is worth a word
UNUSED = 0.25  # the share of the time from which what was left is worth a word
NOTHING = (
    "The log shows every essential question asked, every phase reached and words of yours on every "
    "topic. It cannot show whether they hold the key points below: that is yours to judge."
)


def costliest_gap(state: State, pack: Pack) -> str:
    """One sentence, or `NOTHING`."""
    finders: tuple[Callable[[State, Pack], str], ...] = (
        _unanswered,
        _unreached,
        _mostly_unasked,
        _unused,
        _overrun,
        _unasked,
    )
    return next((sentence for find in finders if (sentence := find(state, pack))), NOTHING)


def _unanswered(state: State, pack: Pack) -> str:
    silent = [topic.title for topic in topics(state, pack) if not topic.words]
    if not silent:
        return ""
    return f"You were asked about {listed([f'“{title}”' for title in silent])} and sent no answer."


def _unreached(state: State, _: Pack) -> str:
    reached = {visit.phase for visit in state.visits}
    missed = [phase.name for i, phase in enumerate(state.plan.phases) if i not in reached]
    return f"You never reached {listed(missed)}." if missed else ""


def _mostly_unasked(state: State, pack: Pack) -> str:
    never = clarifying(state, pack).never
    return _unasked(state, pack) if len(never) * 2 > len(pack.clarify.essential) else ""


def _unused(state: State, _: Pack) -> str:
    if state.plan.untimed or not state.plan.total_s:
        return ""
    left_s = state.plan.total_s - (state.ended_s or 0.0)
    if left_s < UNUSED * state.plan.total_s:
        return ""
    return f"You left {minutes(left_s)} of {minutes(state.plan.total_s)} minutes unused."


def _unasked(state: State, pack: Pack) -> str:
    found = clarifying(state, pack)
    if not found.never:
        return ""
    topics_ = listed([question.topic.lower() for question in found.never])
    never = count(len(found.never), "essential question")
    return f"You left out {never} of {len(pack.clarify.essential)}: {topics_}."


def _overrun(state: State, _: Pack) -> str:
    rows = phase_minutes(state)
    longest = max(rows, key=lambda row: row.over_s, default=None)
    if longest is None or longest.planned_s is None or longest.over_s < OVERRUN_S:
        return ""
    over = f"{longest.name} took {minutes(longest.spent_s)} minutes of {minutes(longest.planned_s)}"
    return f"{over}{_cost(rows)}."


def _cost(rows: tuple[PhaseMinutes, ...]) -> str:
    """Which phase was cut the most."""
    shortest = min(rows, key=lambda row: row.over_s)
    if shortest.planned_s is None or shortest.over_s > -OVERRUN_S:
        return ""
    left = f"{minutes(shortest.spent_s)} of {minutes(shortest.planned_s)}"
    return f"; {shortest.name} was left with {left}"
