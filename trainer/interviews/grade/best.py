"""The best moment of an interview, in the candidate's words. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trainer.catalog.schema import Point
from trainer.grading.grades import Quote
from trainer.interviews.grade.effective import Judged


@dataclass(frozen=True, slots=True)
class Best:
    """The `quote`, and the `points` that its message covers, of all that the pack has."""

    quote: Quote
    points: tuple[Point, ...]


def best_moment(judged: Iterable[Judged]) -> Best | None:
    """Of the message with the most covered points, the longest quote; the surest points break a
    tie, then the earlier message. None where nothing is covered in a quote."""
    by_seq: dict[int, list[tuple[Judged, Quote, float]]] = defaultdict(list)
    for each in judged:
        machine = each.machine
        if each.covered and machine and machine.covered and machine.quote:
            by_seq[machine.quote.seq].append((each, machine.quote, machine.sure))
    if not by_seq:
        return None
    found = max(by_seq.values(), key=lambda of: (len(of), sum(sure for *_, sure in of)))
    quote = max((quote for _, quote, _ in found), key=lambda quote: len(quote.text))
    return Best(quote, tuple(each.point for each, _, _ in found))
