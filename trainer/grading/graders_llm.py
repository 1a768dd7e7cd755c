"""The language model over a whole attempt, with the offline grader to fall back on."""

from django.conf import settings

from trainer.grading import selectors
from trainer.grading.attempts import Attempt
from trainer.grading.graders import OutOfTime, Told, offline
from trainer.grading.grades import AnswerGrade, Grade
from trainer.grading.llm import client
from trainer.grading.llm.errors import LlmError
from trainer.grading.llm.prompt import PROMPT_VERSION
from trainer.resilience.deadline import Deadline


def by_model(attempt: Attempt, owner_id: int, deadline: Deadline, told: Told) -> Grade:
    """One grader for the whole attempt: where the model cannot be used for one answer, all is
    graded offline. Raises OutOfTime when there is no time for another answer; the answers so far
    are kept, and need not be asked again. Raises UnknownPack."""
    rubric = selectors.rubric_of(attempt.pack)
    try:
        answers = _answers(attempt, rubric, owner_id, deadline, told)
    except LlmError as error:
        return offline(attempt, told, error.fell_back)
    return Grade(
        grader="llm",
        model=settings.GRADER_MODEL,
        rubric=rubric,
        prompt=PROMPT_VERSION,
        answers=answers,
    )


def _answers(
    attempt: Attempt, rubric: str, owner_id: int, deadline: Deadline, told: Told
) -> tuple[AnswerGrade, ...]:
    answers: list[AnswerGrade] = []
    has_asked = False
    for answer in attempt.answers:
        grade = client.known(answer, rubric)
        if grade is None:
            if has_asked and deadline.remaining_s < client.ANSWER_S:
                raise OutOfTime
            left = Deadline(min(client.ANSWER_S, deadline.remaining_s))
            grade = client.grade_answer(answer, rubric, owner_id, left)
            has_asked = True
        answers.append(grade)
        told(len(answers))
    return tuple(answers)
