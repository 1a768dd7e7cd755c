"""Marking the mistakes in a flawed design: where a round stands, and what it comes to. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from trainer.catalog.drill_schema import FlawedDesign, FlawedSentence
from trainer.drills.log import Log

MARKED: Final = "marked"  # sentences: the places (from 0) of those that were marked
REOPENED: Final = "reopened"  # the marks are chosen anew
NAMED: Final = "named"  # names: by place, as text, the mistake that was chosen
SECONDS: Final = 240

Stage = Literal["mark", "name", "over"]
Verdict = Literal["hit", "misnamed", "missed", "false alarm", "clean"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence at the end. `named`: the mistake chosen for it ("": it was not marked)."""

    place: int
    sentence: FlawedSentence
    verdict: Verdict
    named: str


def stage(log: Log) -> Stage:
    if log.finished_at:
        return "over"
    last = log.last(MARKED, REOPENED)
    return "name" if last and last.kind == MARKED else "mark"


def marks(log: Log) -> tuple[int, ...]:
    """The places that were marked last, in order."""
    last = log.last(MARKED)
    return tuple(sorted(last.data["sentences"])) if last else ()


def judged(log: Log, design: FlawedDesign) -> tuple[Judged, ...]:
    """Every sentence of the design."""
    named = log.last(NAMED)
    names: Mapping[str, str] = named.data["names"] if named else {}
    return tuple(
        _judged(place, sentence, names.get(str(place), ""))
        for place, sentence in enumerate(design.sentences)
    )


def _judged(place: int, sentence: FlawedSentence, named: str) -> Judged:
    verdict: Verdict
    if sentence.mistake is None:
        verdict = "false alarm" if named else "clean"
    elif not named:
        verdict = "missed"
    else:
        verdict = "hit" if named in (sentence.mistake, *sentence.also) else "misnamed"
    return Judged(place, sentence, verdict, named)


def count(rows: Sequence[Judged], *verdicts: Verdict) -> int:
    return sum(row.verdict in verdicts for row in rows)


def planted(rows: Sequence[Judged]) -> int:
    return sum(row.sentence.mistake is not None for row in rows)


def rating(rows: Sequence[Judged], *, late: bool) -> int:
    """3 for all mistakes, rightly named, without a false alarm and in time; 2 for half of them or
    more and fewer false alarms than hits; else 1."""
    hits, alarms = count(rows, "hit"), count(rows, "false alarm")
    if hits == planted(rows) and not alarms and not late:
        return 3
    return 2 if hits * 2 >= planted(rows) and alarms < hits else 1
