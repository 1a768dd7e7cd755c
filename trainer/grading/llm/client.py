"""Grading one answer by the language model."""

from typing import Final

from django.conf import settings

from trainer.grading.attempts import Answer
from trainer.grading.grades import AnswerGrade, PointGrade
from trainer.grading.llm import asking, cache, judging, prompt
from trainer.resilience.deadline import Deadline

ANSWER_S: Final = 38.0  # all tries of one answer together; a call has 30 s of them
EMPTY: Final = "There is no text to grade."


def known(answer: Answer, rubric_version: str) -> AnswerGrade | None:
    """The grade, if it is to be had without asking: an empty answer, or one asked before."""
    if not prompt.text_of(answer).strip():
        return AnswerGrade(answer.topic, why_not=EMPTY)
    points = cache.find(cache.key_of(answer, rubric_version), answer)
    return None if points is None else _grade(answer, points)


def grade_answer(
    answer: Answer,
    rubric_version: str,
    owner_id: int | None = None,
    deadline: Deadline | None = None,
) -> AnswerGrade:
    """The grade of one answer, from the cache or the model. `owner_id`: whose budget the calls are
    counted on besides the site's. Raises LlmError, with a sentence."""
    found = known(answer, rubric_version)
    if found is not None:
        return found
    reply = asking.ask(answer, owner_id, deadline or Deadline(ANSWER_S), settings.GRADER_TIMEOUT_S)
    points = judging.judge(answer, reply)
    cache.keep(cache.key_of(answer, rubric_version), points)
    return _grade(answer, points)


def _grade(answer: Answer, points: tuple[PointGrade, ...]) -> AnswerGrade:
    return AnswerGrade(answer.topic, points, notes=judging.notes(answer))
