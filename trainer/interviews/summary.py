"""The summary row of an interview, as a pure reading of its state."""

from typing import Any

from trainer.interviews.state import State


def summarise(state: State) -> dict[str, Any]:
    """The summary columns of `Interview`, by name."""
    at = state.last_at
    said = state.said()
    return {
        "status": state.status,
        "format_id": state.format_id,
        "level": state.level,
        "planned_s": None if state.plan.untimed else state.plan.total_s,
        "opened_at": state.opened_at,
        "last_at": at,
        "started_at": state.started_at,
        "finished_at": state.finished_at,
        "elapsed_s": state.elapsed_s(at) if at else 0.0,
        "questions_asked": len({line.answers for line in state.lines if line.answers}),
        "words_said": sum(len(line.text.split()) for line in said),
        "points_checked": sum(state.checks.values()),
    }
