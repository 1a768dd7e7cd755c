"""The offline grader: one answer against a compiled rubric. Pure and deterministic."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from trainer.grading.attempts import Answer, RubricPoint, Words
from trainer.grading.evidence import checked, quote
from trainer.grading.grades import AnswerGrade, PointGrade, Quote
from trainer.grading.offline.binding import Bonds
from trainer.grading.offline.features import Findings, findings, with_contrary, with_stance
from trainer.grading.offline.fitted import Fitted, fitted
from trainer.grading.offline.language import why_not
from trainer.grading.offline.left_out import ECHO_NOTE, INJECTION_NOTE, echoes, to_grader
from trainer.grading.offline.quoting import quoted
from trainer.grading.offline.reading import Evidence, read
from trainer.grading.offline.rubric import CompiledRubric
from trainer.grading.offline.similarity import Likeness
from trainer.grading.offline.splitting import split
from trainer.grading.reference.scoring import best_window

_BREAK: Final = "\n\n"  # between messages: no sentence goes over it
AGAINST: Final = "Says the opposite: "
_CLEARLY: Final = 0.1
_CONTRARY: Final = 2  # sisters of which the opposite is said
_TIGHTLY: Final = 0.9
_NEARLY: Final = {
    "denied": "It is named, and denied.",
    "rejected": "It is named as what others would do, and rejected.",
    "struck out": "It is struck out.",
    "asked": "It is only asked.",
    "listed": "It is only listed, without saying what it is for.",
    "left out": "It stands in words that were left out.",
    "of another": "Its parts are named, but not of each other.",
    "said otherwise": "Its parts are named, but something else is said with them.",
}


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer as the engine read it: what is found of each point that has patterns."""

    text: str
    evidence: Evidence
    found: Mapping[str, Findings]
    likeness: Likeness
    notes: tuple[str, ...]


def grade_answer(
    answer: Answer, rubric: CompiledRubric, weights: Fitted | None = None
) -> AnswerGrade:
    """Each of the answer's points, in their order, with a verified quote where it is covered.

    An empty answer, or one in another language, has no points and says why. Points without patterns
    are compared with their own text.
    """
    text = joined(answer)
    reason = why_not(text)
    if reason:
        return AnswerGrade(answer.topic, why_not=reason)
    seen = read_answer(answer, rubric)
    chosen = weights or fitted()
    points = tuple(checked(answer, _point(answer, each, seen, chosen)) for each in answer.points)
    return AnswerGrade(answer.topic, points, notes=seen.notes)


def joined(answer: Answer) -> str:
    """All messages of an answer as one text."""
    return _BREAK.join(words.text for words in answer.words)


def read_answer(answer: Answer, rubric: CompiledRubric) -> ReadAnswer:
    """What is found in an answer, before it is judged."""
    raw = joined(answer)
    text = split(raw)
    spoken_to, echoed = to_grader(text), echoes(text, answer.asks)
    left_out = spoken_to | echoed
    points = [rubric.points[each.id] for each in answer.points if rubric.has(each.id)]
    wanted = rubric.concepts(points)
    evidence = read(text, rubric.words, wanted, rubric.opposites, left_out)
    sisters = rubric.sisters([point.id for point in points])
    likeness = Likeness(raw, evidence.text, left_out, sisters)
    bonds = Bonds(rubric.opposites, evidence)
    found = {each.id: findings(each, evidence, bonds, likeness) for each in points}
    found = with_stance(with_contrary(found), evidence)
    told = ((spoken_to, INJECTION_NOTE), (echoed, ECHO_NOTE))
    return ReadAnswer(raw, evidence, found, likeness, tuple(note for which, note in told if which))


def decide(found: Findings, weights: Fitted) -> tuple[bool, float]:
    """Whether a point is covered, and how sure (0 to 1) that it is."""
    sure = weights.model.chance(found.features)
    if found.vetoed or _turned_round(found):
        return False, sure
    if found.of("full"):
        return sure >= weights.threshold, sure
    if _hinted(found, weights.alone):
        return True, max(sure, weights.threshold)
    return False, sure


def _turned_round(found: Findings) -> bool:
    """Whether the answer turns the scheme round: it says the opposite of several sisters. Where it
    says more opposites than points, none of these stands; else one that is well backed does."""
    if found.contrary < _CONTRARY:
        return False
    return found.contrary > found.affirmed or not _well_backed(found)


def _well_backed(found: Findings) -> bool:
    """Two frames hold, one of them within a sentence."""
    return found.of("more") > 0 and found.of("tight") >= _TIGHTLY


def _hinted(found: Findings, alone: float) -> bool:
    """Whether a weak frame holds, the words are like this point's examples rather than like those
    of its sisters or like a near miss, and nothing speaks against it."""
    alike = found.of("distinct") >= alone and found.of("margin") >= _CLEARLY
    return found.match is not None and alike and not found.of("nearly")


def _point(answer: Answer, point: RubricPoint, seen: ReadAnswer, weights: Fitted) -> PointGrade:
    found = seen.found.get(point.id)
    if found is None:
        return _by_its_text(answer, point, seen)
    covered, sure = decide(found, weights)
    text = seen.evidence.text
    if covered:
        return PointGrade(point.id, True, _quote(answer, *quoted(text, found)), sure)
    note = _NEARLY.get(found.nearly, "")
    if found.opposite and found.vetoed:
        start, end = quoted(text, replace(found, match=found.opposite))
        note = f"{AGAINST}“{_quote(answer, start, end).text}”"
    return PointGrade(point.id, covered=False, sure=sure, note=note)


def _by_its_text(answer: Answer, point: RubricPoint, seen: ReadAnswer) -> PointGrade:
    """A point without patterns: the window that says most of the point's own text."""
    scored = best_window(seen.likeness.texts, " ".join(answer.asks), point.text)
    if scored is None or not scored.enough:
        return PointGrade(point.id, covered=False, sure=scored.chance if scored else 0.0)
    first, last = seen.likeness.windows[scored.place]
    sentences = seen.evidence.text.sentences
    given = _quote(answer, sentences[first].start, sentences[last].end)
    return PointGrade(point.id, True, given, scored.chance)


def _quote(answer: Answer, start: int, end: int) -> Quote:
    """The quote in the message in which it stands; one that goes over two is cut at the first."""
    words, offset = _message(answer, start)
    return quote(words, start - offset, min(end - offset, len(words.text)))


def _message(answer: Answer, at: int) -> tuple[Words, int]:
    """The message that holds character `at` of the joined text, and where it begins there."""
    starts, total = [], 0
    for words in answer.words:
        starts.append(total)
        total += len(words.text) + len(_BREAK)
    place = bisect_right(starts, at) - 1
    return answer.words[place], starts[place]
