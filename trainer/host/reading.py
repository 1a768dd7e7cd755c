"""Turns what a scorecard's form sends into a Card. Pure but for Django's QueryDict.

A signal's fields are `score-<id>`, `comment-<id>` and any number of `evidence-<id>`, each
"seq:start:end". `add` names the signal to which the words of `line-<id>` and `words-<id>` are to
be tied, `remove` ("<id>:<n>") the span to let go.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from django.http import QueryDict

from trainer.catalog.schema import Pack
from trainer.host.card import NONE, SCORES, Card, Mark, PointSaid, Span
from trainer.host.errors import BadCard
from trainer.host.spans import cut, find
from trainer.interviews.report.topics import topics
from trainer.interviews.state import State

MARK_COMMENT_MAX = 2_000  # characters
COMMENT_MAX = 10_000
REASON_MAX = 500
EVIDENCE_MAX = 10  # spans of one mark
LINE_DIGITS = 9
_PLACE = re.compile(r"(\d{1,9}):(\d{1,9}):(\d{1,9})", re.ASCII)
_COVERED = {"1": True, "0": False}


@dataclass
class _Reader:
    """The form with what it is read by. `errors` gathers a sentence for each thing that is wrong:
    the card still holds all else that was typed, so that nothing is lost over one mistake."""

    post: QueryDict
    state: State
    pack: Pack
    errors: list[str] = field(default_factory=list)


def read(post: QueryDict, state: State, pack: Pack) -> tuple[Card, tuple[str, ...]]:
    """The card that the form holds, and what is wrong in it. One with errors is not to be kept."""
    reader = _Reader(post, state, pack)
    verdicts = (NONE, *(each.id for each in pack.signals.verdicts))
    card = Card(
        marks=tuple(_mark(reader, signal.id, signal.name) for signal in pack.signals.signals),
        verdict=_one_of(reader, "verdict", verdicts),
        comment=_text(reader, "comment", "The comment on the whole", COMMENT_MAX),
        points=_points(reader),
    )
    return card, tuple(reader.errors)


def open_points(state: State, pack: Pack) -> tuple[str, ...]:
    """The ids of the points of the topics that came up, each once."""
    found = (point.id for topic in topics(state, pack) for point in topic.points)
    return tuple(dict.fromkeys(found))


def inert(text: str) -> str:
    """Without the characters that are no text (but line ends and tabs), and with one kind of line
    end."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in joined if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _mark(reader: _Reader, id_: str, name: str) -> Mark:
    given = _one_of(reader, f"score-{id_}", (*SCORES, NONE))
    comment = _text(reader, f"comment-{id_}", f"{name}: the comment", MARK_COMMENT_MAX)
    spans = _spans(reader, id_)
    if len(spans) > EVIDENCE_MAX:
        reader.errors.append(
            f"{name}: a mark can be tied to {EVIDENCE_MAX} places. Remove one first."
        )
    return Mark(id_, given, comment, spans[:EVIDENCE_MAX])


def _spans(reader: _Reader, id_: str) -> tuple[Span, ...]:
    """The places that the form brings, less the one to remove, and the one to add; each once."""
    places = reader.post.getlist(f"evidence-{id_}")[: 2 * EVIDENCE_MAX]
    of, _, number = reader.post.get("remove", "").rpartition(":")
    gone = int(number) if of == id_ and number.isascii() and number.isdigit() else -1
    kept = [place for i, place in enumerate(places) if i != gone]
    found = []
    try:
        found += [_span(place, reader.state) for place in kept]
        if reader.post.get("add") == id_:
            found.append(_typed(reader, id_))
    except BadCard as error:
        reader.errors.append(str(error))
    return tuple(dict.fromkeys(found))


def _span(place: str, state: State) -> Span:
    found = _PLACE.fullmatch(place)
    if found is None:
        raise BadCard("A place in the transcript could not be read. Select the words again.")
    return cut(state, *(int(number) for number in found.groups()))


def _typed(reader: _Reader, id_: str) -> Span:
    line = reader.post.get(f"line-{id_}", "").strip()
    if not (line.isascii() and line.isdigit() and len(line) <= LINE_DIGITS):
        raise BadCard("Give the number of the line; each line of the transcript shows its own.")
    return find(reader.state, int(line), inert(reader.post.get(f"words-{id_}", "")))


def _points(reader: _Reader) -> tuple[PointSaid, ...]:
    found = []
    for id_ in open_points(reader.state, reader.pack):
        covered = _COVERED.get(_one_of(reader, f"point-{id_}", tuple(_COVERED)))
        reason = _text(reader, f"reason-{id_}", f"Point {id_}: the reason", REASON_MAX)
        if covered is not None or reason:
            found.append(PointSaid(id_, covered, reason))
    return tuple(found)


def _one_of(reader: _Reader, name: str, known: tuple[str, ...]) -> str:
    given = reader.post.get(name, "")
    if not given or given in known:
        return given
    reader.errors.append(f"“{inert(given)[:40]}” is none of the choices. Choose one that is shown.")
    return ""


def _text(reader: _Reader, name: str, called: str, most: int) -> str:
    text = inert(reader.post.get(name, "")).strip()
    if len(text) > most:
        reader.errors.append(
            f"{called} has {len(text):,} characters; the limit is {most:,}. Shorten it."
        )
    return text
