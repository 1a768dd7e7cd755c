"""Which of the candidate's lines answer which question of the interviewer. Pure.

The rule: all that the candidate says from the question until the interviewer's next one. A reply
("Heard.", the answer to something asked back) does not end an answer, and neither does a nudge: it
presses on, by the clock, while the question before it is still open.
"""

from dataclasses import dataclass

from trainer.interviews.state import Line, State

_ASKS = ("enter:", "trap:", "dive:", "probe:", "step:")
_ASK_NAMES = frozenset({"opening", "dive_offer", "dive_unclear", "dive_another"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the interviewer, with the candidate's lines that answer it."""

    line: Line
    said: tuple[Line, ...]

    @property
    def words(self) -> int:
        return sum(len(line.text.split()) for line in self.said)


def asks(line: Line) -> bool:
    """Whether the interviewer's `line` opens a new question."""
    return line.name in _ASK_NAMES or line.name.startswith(_ASKS)


def questions_asked(state: State) -> tuple[Asked, ...]:
    """Every question of the interviewer in order, with its answer."""
    found: list[tuple[Line, list[Line]]] = []
    for line in state.lines:
        if line.who == "interviewer" and asks(line):
            found.append((line, []))
        elif line.who == "candidate" and found:
            found[-1][1].append(line)
    return tuple(Asked(line, tuple(said)) for line, said in found)
