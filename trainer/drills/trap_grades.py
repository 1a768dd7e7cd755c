"""What was graded of a round of a trap question."""

from trainer.catalog.numbers import fill
from trainer.catalog.schema import Trap
from trainer.drills import trap_rules as rules
from trainer.drills.drill import Sitting
from trainer.drills.typed import Refused
from trainer.grading import services
from trainer.grading.attempts import Attempt, answer
from trainer.grading.grades import AnswerGrade
from trainer.grading.models import Grading
from trainer.grading.selectors import grading_of


def trap_of(sitting: Sitting) -> Trap:
    """The question of the round. Raises Refused when the content has it no more."""
    trap = sitting.pack.trap(sitting.log.items[0])
    if trap is None:
        raise Refused("This question is no longer asked. Start another round.")
    return trap


def grading_at(sitting: Sitting, n: int) -> Grading | None:
    """The grading of the `n`th answer (1, or 2 to the follow-up)."""
    return grading_of(sitting.subject(n), sitting.round.owner)


def gradings(sitting: Sitting) -> list[Grading | None]:
    """Of each answer."""
    return [grading_at(sitting, said.n) for said in rules.answers(sitting.log)]


def judged(sitting: Sitting) -> dict[int, AnswerGrade]:
    """By answer: how it was graded, as far as that is known."""
    found = {}
    for said in rules.answers(sitting.log):
        row = grading_at(sitting, said.n)
        graded = row.grade.of(sitting.log.items[0]) if row and row.grade else None
        if graded:
            found[said.n] = graded
    return found


def rows(sitting: Sitting) -> tuple[rules.PointRow, ...]:
    """Every point of the question, as the machine and the candidate see it."""
    texts = {point.id: point.text for point in trap_of(sitting).points}
    return rules.rows(sitting.log, texts, judged(sitting))


def may_repeat(row: Grading | None) -> bool:
    """Whether grading it again could give something better."""
    return row is not None and services.may_repeat(row)


def ask_for_grade(sitting: Sitting, n: int, text: str) -> None:
    """Have the `n`th answer graded; the same text twice is one grading."""
    trap = trap_of(sitting)
    probed = sitting.log.last(rules.PROBED)
    asks = (fill(sitting.pack.numbers, trap.ask), *((probed.data["ask"],) if probed else ()))
    graded = answer(trap.id, asks, text, trap.points, sitting.pack)
    attempt = Attempt(sitting.pack.slug, sitting.round.level, (graded,))
    services.request(sitting.subject(n), attempt, sitting.round.owner)
