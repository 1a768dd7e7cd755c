"""A text as paragraphs, lines, sentences and clauses, each with its characters. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from trainer.grading.offline.clauses import clause_starts
from trainer.grading.offline.tokens import Token, plain, tokens


@dataclass(frozen=True, slots=True)
class Sentence:
    """Characters `start` to `end`; tokens `first` up to `last` (not included). `asks`: it ends in
    a question mark. `head`: it ends in a colon, so that the next one belongs to it."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    line: int
    asks: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """`lower` has the length of the text itself. `clause_of`, `sentence_of`: of every token.
    Clauses are numbered through the whole text; `clause_spans` are their tokens."""

    lower: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    sentence_of: Sequence[int]
    clause_of: Sequence[int]
    clause_spans: Sequence[tuple[int, int]]
    struck: frozenset[int]


_BULLET: Final = re.compile(r"[ \t]*(?:[-*•·‣▪+]+|\(?\d{1,2}[.)]|[a-z]\)|#{1,6})[ \t]+")
_END: Final = re.compile(r"[.!?…]+[\"')\]*_]*(?=\s|$)|\?+(?=\w)")
_ABBREVIATIONS: Final = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|ca|cf|incl|resp|aka|no))\.$")
_STRUCK: Final = re.compile(r"~~[^\n]+?~~|<(s|del|strike)>[^\n]+?</\1>", re.IGNORECASE)
_WRAPPED: Final = 60  # a longer line that ends without a stop goes on in the next one


def split(text: str) -> Text:
    """The parts of a text as it was typed."""
    lower = plain(text)
    found = tokens(lower)
    sentences = _merged(list(_sentences(text, lower, found)))
    sentence_of = [0] * len(found)
    clause_of = [0] * len(found)
    spans: list[tuple[int, int]] = []
    for number, sentence in enumerate(sentences):
        starts = clause_starts(lower, found[sentence.first : sentence.last])
        edges = [sentence.first + start for start in starts] + [sentence.last]
        for begin, end in pairwise(edges):
            clause_of[begin:end] = [len(spans)] * (end - begin)
            spans.append((begin, end))
        sentence_of[sentence.first : sentence.last] = [number] * (sentence.last - sentence.first)
    return Text(lower, found, sentences, sentence_of, clause_of, spans, _struck(lower, found))


def _struck(lower: str, found: Sequence[Token]) -> frozenset[int]:
    spans = [match.span() for match in _STRUCK.finditer(lower)]
    return frozenset(
        number
        for number, token in enumerate(found)
        if any(start <= token.start < end for start, end in spans)
    )


def _sentences(text: str, lower: str, found: Sequence[Token]) -> Iterator[Sentence]:
    at = 0
    for start, end, paragraph, line in _pieces(text, lower):
        while at < len(found) and found[at].start < start:
            at += 1
        first = at
        while at < len(found) and found[at].start < end:
            at += 1
        if at > first:
            tail = lower[found[at - 1].end : end]
            yield Sentence(
                start, end, first, at, paragraph, line, "?" in tail, tail.strip(" *_\n") == ":"
            )


def _pieces(text: str, lower: str) -> Iterator[tuple[int, int, int, int]]:
    """Start, end, paragraph and line of each sentence."""
    paragraph = 0
    for number, (start, end, new) in enumerate(_lines(text)):
        paragraph += new
        at = start
        for match in _END.finditer(lower, start, end):
            if _ends(text, lower, start, match):
                yield _trimmed(text, at, match.end(), paragraph, number)
                at = match.end()
        if lower[at:end].strip():
            yield _trimmed(text, at, end, paragraph, number)


def _trimmed(text: str, start: int, end: int, *place: int) -> tuple[int, int, int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end, place[0], place[1]


def _ends(text: str, lower: str, start: int, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence. An ellipsis before a small letter does not."""
    before = lower[max(start, match.start() - 8) : match.start() + 1]
    if match.group().startswith(".") and _ABBREVIATIONS.search(before):
        return False
    after = text[match.end() : match.end() + 2].strip()[:1]
    return not (match.group() in ("...", "…", "..") and after.islower())


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start (behind a bullet), end, and 1 where a new paragraph begins, else 0."""
    new, begin, last, open_end, at = 0, -1, 0, False, 0
    for raw in text.split("\n"):
        start, end = at, at + len(raw)
        at = end + 1
        if not raw.strip():
            if begin >= 0:
                yield begin, last, new
            begin, new = -1, 1
            continue
        bullet = _BULLET.match(raw)
        if begin >= 0 and open_end and not bullet and raw.lstrip()[0].islower():
            last = end  # a wrapped line goes on
        else:
            if begin >= 0:
                yield begin, last, new
                new = 0
            begin, last = start + (bullet.end() if bullet else 0), end
        open_end = len(raw) >= _WRAPPED and raw.rstrip()[-1] not in ".!?:;"
    if begin >= 0:
        yield begin, last, new


_TOPIC_WORDS: Final = 4


def _merged(sentences: list[Sentence]) -> list[Sentence]:
    """A question of a few words and the statement behind it are one: "Celebs? Pull on read." """
    merged: list[Sentence] = []
    for each in sentences:
        last = merged[-1] if merged else None
        if last and _topic(last) and last.line == each.line and not each.asks:
            merged[-1] = Sentence(
                last.start, each.end, last.first, each.last, each.paragraph, each.line,
                head=each.head,
            )  # fmt: skip
        else:
            merged.append(each)
    return merged


def _topic(sentence: Sentence) -> bool:
    return sentence.asks and sentence.last - sentence.first <= _TOPIC_WORDS
