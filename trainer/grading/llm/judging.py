"""From a language model's reply to a grade: what cannot be borne out by the answer does not count.
Pure."""

import re
from typing import Final

from trainer.grading import evidence
from trainer.grading.attempts import Answer, RubricPoint, Words
from trainer.grading.grades import PointGrade, Quote
from trainer.grading.llm.schema import Judgement, Reply
from trainer.grading.offline.left_out import INJECTION_NOTE, to_grader
from trainer.grading.offline.splitting import split

LONGEST: Final = 600  # characters: who quotes more shows nothing
ALL_THE_SAME_FROM: Final = 4  # points, all covered by one quote

NOT_FOUND: Final = "The words given as evidence are not in the answer."
TOO_LONG: Final = "The passage given as evidence is too long to show anything."
THE_SAME: Final = "One and the same passage was given as evidence for every point."
ECHO: Final = "The words given as evidence only repeat the question."
TO_GRADER: Final = "The words given as evidence speak to the grader."


def judge(answer: Answer, reply: Reply) -> tuple[PointGrade, ...]:
    """Each point of the rubric once: covered where the reply says so and quotes the answer.

    Points that the reply leaves out are not covered, unknown ones are ignored, and of one that it
    has twice the first counts. `sure` is 1 or 0, as a language model gives no probability.
    """
    said: dict[str, Judgement] = {}
    for judgement in reply.points:
        said.setdefault(judgement.id, judgement)
    points = [_point(answer, point, said.get(point.id)) for point in answer.points]
    return tuple(_without(points) if _all_by_one_quote(points) else points)


def notes(answer: Answer) -> tuple[str, ...]:
    """For people: what could be no evidence."""
    return (INJECTION_NOTE,) if any(_to_grader(words) for words in answer.words) else ()


def _point(answer: Answer, point: RubricPoint, said: Judgement | None) -> PointGrade:
    if said is None or not said.covered:
        return PointGrade(point.id, covered=False)
    found = _locate(answer, said.quote)
    if found is None:
        return PointGrade(point.id, covered=False, note=NOT_FOUND)
    words, start, end = found
    if why := _why_not(answer, words, start, end):
        return PointGrade(point.id, covered=False, note=why)
    quote = evidence.quote(words, start, end)
    return evidence.checked(answer, PointGrade(point.id, covered=True, quote=quote, sure=1.0))


def _locate(answer: Answer, text: str) -> tuple[Words, int, int] | None:
    """Where `text` stands in the answer. Only the amount of white space may differ: the quote has
    the answer's own. Words of two messages are not one quote."""
    parts = text.split()
    if not parts:
        return None
    pattern = re.compile(r"\s+".join(re.escape(part) for part in parts))
    for words in answer.words:
        if found := pattern.search(words.text):
            return words, found.start(), found.end()
    return None


def _why_not(answer: Answer, words: Words, start: int, end: int) -> str:
    """Why words that do stand in the answer are no evidence; "" where they may be."""
    if end - start > LONGEST:
        return TOO_LONG
    if any(begin < end and start < stop for begin, stop in _to_grader(words)):
        return TO_GRADER
    quoted = _plain(words.text[start:end])
    return ECHO if any(quoted in _plain(ask) for ask in answer.asks) else ""


def _to_grader(words: Words) -> list[tuple[int, int]]:
    """The sentences that speak to a grader instead of answering, by their characters."""
    text = split(words.text)
    return [(text.sentences[n].start, text.sentences[n].end) for n in sorted(to_grader(text))]


def _plain(text: str) -> str:
    """In lower case, without punctuation and with single blanks."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def _all_by_one_quote(points: list[PointGrade]) -> bool:
    """What a model does that was told to cover everything."""
    quotes: set[Quote | None] = {point.quote for point in points if point.covered}
    is_all = len(points) >= ALL_THE_SAME_FROM and all(point.covered for point in points)
    return is_all and len(quotes) == 1


def _without(points: list[PointGrade]) -> list[PointGrade]:
    return [PointGrade(point.id, covered=False, note=THE_SAME) for point in points]
