"""Words of an interview that a mark is tied to: always cut out of the record itself. Pure."""

import re

from trainer.host.card import Span
from trainer.host.errors import BadCard
from trainer.interviews.state import State

OUTLINE = 0  # where a span of the outline stands
SPAN_MAX = 2_000  # characters of one span


def text_at(state: State, seq: int) -> str | None:
    """The text of message `seq`, or of the outline; None where there is no such line."""
    if seq == OUTLINE:
        return state.text_of("outline").on_time or None
    return next((line.text for line in state.lines if line.seq == seq), None)


def cut(state: State, seq: int, start: int, end: int) -> Span:
    """The span of these characters. Raises BadCard where the line does not have them."""
    text = _line(state, seq)
    if not (0 <= start < end <= len(text)):
        raise BadCard(f"Line {seq} has {len(text)} characters, not {start} to {end}. Select anew.")
    found = Span(seq, start, end, text[start:end])
    if not found.text.strip():
        raise BadCard("Only blanks are selected. Select some words.")
    return _short(found)


def find(state: State, seq: int, words: str) -> Span:
    """The first place in line `seq` that has these words to the letter; only blanks and line ends
    may differ. Raises BadCard where there is none."""
    parts = words.split()
    if not parts:
        raise BadCard("No words were given. Copy them from the transcript.")
    if len(words) > SPAN_MAX:
        raise BadCard(_too_long(len(words)))
    found = re.search(r"\s+".join(re.escape(part) for part in parts), _line(state, seq))
    if found is None:
        raise BadCard(
            f"Line {seq} does not have these words to the letter. Copy them from the transcript."
        )
    return Span(seq, found.start(), found.end(), found.group())


def still_there(state: State, span: Span) -> bool:
    """Whether the record still has these words at this place: an outline may have changed."""
    return (text_at(state, span.seq) or "")[span.start : span.end] == span.text


def _line(state: State, seq: int) -> str:
    text = text_at(state, seq)
    if text is None:
        where = "There is no outline" if seq == OUTLINE else f"There is no line {seq}"
        raise BadCard(f"{where} in this interview. Take a number from the transcript.")
    return text


def _short(span: Span) -> Span:
    if len(span.text) > SPAN_MAX:
        raise BadCard(_too_long(len(span.text)))
    return span


def _too_long(length: int) -> str:
    return f"The words have {length:,} characters; the limit is {SPAN_MAX:,}. Choose fewer."
