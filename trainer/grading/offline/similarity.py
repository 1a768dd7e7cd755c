"""How like the sentences of a text are to the examples of each point. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trainer.grading import vectors
from trainer.grading.offline.rubric import CompiledPoint
from trainer.grading.offline.splitting import Text

Scores = NDArray[np.float32]
_DIGITS = 4  # further digits depend on the machine's way of adding


class Likeness:
    """The text's windows (each sentence, and each two in a row) against all points at once.
    `windows`: their first and last sentences; `texts`: their words."""

    def __init__(
        self, raw: str, text: Text, left_out: frozenset[int], points: Sequence[CompiledPoint]
    ) -> None:
        self.windows = _windows(text, left_out)
        self._place = {window: at for at, window in enumerate(self.windows)}
        spans = [
            raw[text.sentences[first].start : text.sentences[last].end]
            for first, last in self.windows
        ]
        self.texts = spans
        rows = vectors.embed(spans)
        self._similar = {each.id: _nearest(rows, each.examples) for each in points}
        self._sisters = {
            each.id: [
                other.id
                for other in points
                if other.id != each.id and _group(other) == _group(each)
            ]
            for each in points
        }
        self._missed: Mapping[str, Scores] = {
            each.id: _nearest(rows, each.near_misses) for each in points
        }

    def at(self, point_id: str, window: tuple[int, int]) -> tuple[float, float]:
        """How like a window is to the nearest example (-1 to 1), and how much more so than to the
        nearest near miss. Of a longer window, its first two sentences."""
        place = self._place.get((window[0], min(window[1], window[0] + 1)))
        if place is None:
            place = self._place.get((window[0], window[0]))
        if place is None:
            return 0.0, 0.0
        similar, missed = self._similar[point_id][place], self._missed[point_id][place]
        return float(similar), float(similar - missed)

    def distinct(self, point_id: str) -> float:
        """By how much the window that speaks most of this point is more like its examples than
        like those of its sisters (t1.1, t1.2, ...): -2 to 2, and 0 where it has none."""
        own = self._similar[point_id]
        others = [self._similar[each] for each in self._sisters[point_id]]
        if not others or not len(own):
            return 0.0
        ahead = own - np.max(others, axis=0)
        return float(ahead[int(np.argmax(own + ahead))])

    def best(self, point_id: str) -> tuple[float, float, tuple[int, int]]:
        """The same for the window that is most like an example, and that window."""
        if not self.windows:
            return 0.0, 0.0, (0, 0)
        place = int(np.argmax(self._similar[point_id]))
        return *self.at(point_id, self.windows[place]), self.windows[place]


def _group(point: CompiledPoint) -> str:
    return point.id.partition(".")[0]


def _windows(text: Text, left_out: frozenset[int]) -> list[tuple[int, int]]:
    kept = [number for number in range(len(text.sentences)) if number not in left_out]
    pairs = [
        (one, two)
        for one, two in pairwise(kept)
        if two == one + 1 and text.sentences[one].paragraph == text.sentences[two].paragraph
    ]
    return [(number, number) for number in kept] + pairs


def _nearest(rows: Scores, wordings: Scores) -> Scores:
    if not len(wordings) or not len(rows):
        return np.zeros(len(rows), dtype=np.float32)
    scores: Scores = np.round((rows @ wordings.T).max(axis=1), _DIGITS)
    return scores
