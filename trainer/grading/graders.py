"""The offline grader over a whole attempt."""

from collections.abc import Callable

from trainer.catalog.packs import get_pack
from trainer.grading import selectors
from trainer.grading.attempts import Attempt
from trainer.grading.grades import AnswerGrade, Grade
from trainer.grading.offline.fitted import fitted
from trainer.grading.offline.grader import grade_answer
from trainer.grading.offline.rubric import compiled

Told = Callable[[int], None]  # after each answer: how many are done


class OutOfTime(Exception):
    """What is left is for another task."""


def offline(attempt: Attempt, told: Told, fell_back: str = "") -> Grade:
    """By patterns and fitted weights; `fell_back`: why not by the language model. Raises
    UnknownPack."""
    rubric = compiled(get_pack(attempt.pack))
    answers: list[AnswerGrade] = []
    for answer in attempt.answers:
        answers.append(grade_answer(answer, rubric))
        told(len(answers))
    return Grade(
        grader="offline",
        model=fitted().name,
        rubric=selectors.rubric_of(attempt.pack),
        prompt="",
        answers=tuple(answers),
        fell_back=fell_back,
    )
