"""Where quotes stand in the transcript: addresses within the report, and their words. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trainer.grading.grades import Quote

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; with an `id` it is marked as a quote."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All quoted words, by the message's number (0: the outline); overlapping ones are one mark."""

    spans: Mapping[int, tuple[Span, ...]]

    @property
    def in_outline(self) -> bool:
        return 0 in self.spans

    def pieces(self, seq: int, text: str) -> tuple[Piece, ...]:
        """A text of the transcript cut at its marks."""
        found, at = [], 0
        for start, end in self.spans.get(seq, ()):
            found += [Piece(text[at:start]), Piece(text[start:end], _id(seq, start))]
            at = end
        return tuple(piece for piece in (*found, Piece(text[at:])) if piece.text)

    def anchor(self, quote: Quote) -> str:
        """The id of the mark that holds a quote."""
        spans = self.spans.get(quote.seq, ())
        start = next((start for start, end in spans if start <= quote.start < end), quote.start)
        return _id(quote.seq, start)


def marks(quotes: Iterable[Quote]) -> Marks:
    by_seq: dict[int, list[Span]] = defaultdict(list)
    for quote in quotes:
        by_seq[quote.seq].append((quote.start, quote.end))
    return Marks({seq: _merged(spans) for seq, spans in by_seq.items()})


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def _id(seq: int, start: int) -> str:
    return f"said-{seq}-{start}"
