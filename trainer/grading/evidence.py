"""Quotes in an answer: found, and verified to the character. Pure; shared by both graders."""

from dataclasses import replace

from trainer.grading.attempts import Answer, Words
from trainer.grading.grades import PointGrade, Quote

UNQUOTED = "The quote is not in the answer, so the point does not count."


def locate(answer: Answer, text: str) -> Quote | None:
    """The first place in which the answer says `text` to the letter; None where it does not."""
    wanted = text.strip()
    if not wanted:
        return None
    for words in answer.words:
        at = words.text.find(wanted)
        if at >= 0:
            return quote(words, at, at + len(wanted))
    return None


def quote(words: Words, start: int, end: int) -> Quote:
    """Characters `start` to `end` of a piece of an answer, as characters of its message."""
    return Quote(
        words.source, words.seq, words.start + start, words.start + end, words.text[start:end]
    )


def verified(answer: Answer, given: Quote) -> bool:
    """Whether the quote is what the answer says at that place."""
    return any(
        (words.source, words.seq) == (given.source, given.seq)
        and words.start <= given.start < given.end <= words.end
        and words.text[given.start - words.start : given.end - words.start] == given.text
        for words in answer.words
    )


def checked(answer: Answer, point: PointGrade) -> PointGrade:
    """The point, which is no longer covered where its quote is missing or false."""
    if not point.covered:
        return replace(point, quote=None)
    if point.quote is not None and verified(answer, point.quote):
        return point
    return replace(point, covered=False, quote=None, note=UNQUOTED)
