"""A rubric point without patterns: which words of an answer say what the point says. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trainer.grading import vectors
from trainer.grading.reference.features import NAMES, asked, features
from trainer.grading.reference.fitted import model, threshold

# The model learned on whole short answers; among the many windows of a long one some are alike by
# chance, so that more is asked for here.
_STRICTER: Final = 0.15
_LEAST_RECALL: Final = 0.5  # of the point's content, so that a lucky rare word is not enough


@dataclass(frozen=True, slots=True)
class Scored:
    """The window (`place` in the list given) that says most of a point, its chance (0 to 1), and
    whether that is enough."""

    place: int
    chance: float
    enough: bool


def best_window(windows: Sequence[str], question: str, point_text: str) -> Scored | None:
    """The best of an answer's windows (a sentence, or two) for a point; None where there are none.

    `question` is what was asked ("" for none): its words count little, said back.
    """
    if not windows:
        return None
    to = asked(question, (point_text,))
    rows = [
        features(to, text, row) for text, row in zip(windows, vectors.embed(windows), strict=True)
    ]
    chances = [model().chance(row) for row in rows]
    place = max(range(len(windows)), key=lambda at: (chances[at], -at))
    recalled = rows[place][NAMES.index("recall")] >= _LEAST_RECALL
    enough = recalled and chances[place] >= threshold() + _STRICTER
    return Scored(place, chances[place], enough)
