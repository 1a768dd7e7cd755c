"""Where somebody is in the sample interview, and the steps from there. Pure."""

from dataclasses import dataclass

from trainer.learn.sample import Sample, SamplePhase, TimedLine


class NoSuchPlace(LookupError):
    """The address names a phase or a line that the sample interview does not have."""


@dataclass(frozen=True, slots=True)
class Position:
    """A line of a phase; both indexes count from 0."""

    phase: int
    line: int


def find(sample: Sample, phase_id: str, line: str) -> Position:
    """The position that an address names. An empty phase is the first, an empty line the first.

    Raises NoSuchPlace with a sentence that says what there is instead.
    """
    ids = [phase.id for phase in sample.phases]
    if phase_id and phase_id not in ids:
        raise NoSuchPlace(f"The sample interview has no phase “{phase_id[:40]}”. It starts here.")
    phase = ids.index(phase_id) if phase_id else 0
    count = len(sample.phases[phase].lines)
    number = int(line) if line.isascii() and line.isdigit() and len(line) < 6 else 0
    if line and not 1 <= number <= count:
        name = sample.phases[phase].name
        raise NoSuchPlace(f"{name} has lines 1 to {count}; there is no line “{line[:40]}”.")
    return Position(phase, max(number - 1, 0))


def line_at(sample: Sample, position: Position) -> tuple[SamplePhase, TimedLine]:
    phase = sample.phases[position.phase]
    return phase, phase.lines[position.line]


def after(sample: Sample, position: Position) -> Position | None:
    """One line on, into the next phase where this one ends; None after the last."""
    if position.line + 1 < len(sample.phases[position.phase].lines):
        return Position(position.phase, position.line + 1)
    if position.phase + 1 < len(sample.phases):
        return Position(position.phase + 1, 0)
    return None


def before(sample: Sample, position: Position) -> Position | None:
    """One line back, to the last line of the phase before where this one begins."""
    if position.line > 0:
        return Position(position.phase, position.line - 1)
    if position.phase > 0:
        return Position(position.phase - 1, len(sample.phases[position.phase - 1].lines) - 1)
    return None


def query(sample: Sample, position: Position | None) -> str:
    """The address of a position, to be put behind the page's: `?phase=scale&line=2`."""
    if position is None:
        return ""
    phase, line = line_at(sample, position)
    return f"?phase={phase.id}&line={line.number}"
