"""Which trap questions an interview throws, and when. Decided by the interview's seed. Pure."""

import random
from dataclasses import dataclass

from trainer.catalog.schema import Pack, PhaseId, Trap
from trainer.interviews.state import State

SHARES = (0.4, 0.75)  # of the phase's time, for its first and its second trap
ANSWERS = (2, 4)  # the same in an untimed interview: after so many messages of the phase
PHASES: tuple[PhaseId, ...] = ("challenge", "deep_dive", "scale")


@dataclass(frozen=True)
class Throw:
    """Trap `trap` is due in phase `phase` (index) as the `nth` there (0 or 1)."""

    trap: Trap
    phase: int
    nth: int


def schedule(state: State, pack: Pack) -> tuple[Throw, ...]:
    """The throws of this interview, spread evenly over the phases that take traps."""
    format_ = pack.format(state.format_id)
    slots = [i for i, phase in enumerate(state.plan.phases) if phase.id in PHASES]
    if format_ is None or not slots:
        return ()
    unused = list(pack.traps)
    random.Random(state.seed).shuffle(unused)  # noqa: S311 (a choice to replay, not a secret)
    throws: list[Throw] = []
    for turn in range(format_.traps):
        phase = slots[turn % len(slots)]
        id_ = state.plan.phases[phase].id
        trap = next((each for each in unused if id_ in each.phases), None)
        if trap is not None:
            unused.remove(trap)
            throws.append(Throw(trap, phase, turn // len(slots)))
    return tuple(throws)


def due(state: State, pack: Pack, elapsed_s: float) -> Trap | None:
    """The trap to throw now, if any. One that a candidate hurried past is thrown later, but
    never in the wrap-up."""
    if state.phase_id == "wrap_up":
        return None
    spoken = state.spoken()
    for throw in sorted(schedule(state, pack), key=lambda throw: (throw.phase, throw.nth)):
        if f"trap:{throw.trap.id}" not in spoken and _is_time(state, throw, elapsed_s):
            return throw.trap
    return None


def _is_time(state: State, throw: Throw, elapsed_s: float) -> bool:
    if state.phase != throw.phase:
        return state.phase > throw.phase
    if state.phase_id == "challenge":
        return True
    if state.plan.untimed:
        answers = [line for line in state.said() if line.phase == throw.phase]
        return len(answers) >= ANSWERS[throw.nth]
    planned = state.plan.phases[throw.phase]
    start_s = state.plan.ends_s[throw.phase] - planned.seconds
    return elapsed_s >= start_s + SHARES[throw.nth] * planned.seconds
