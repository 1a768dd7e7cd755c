"""A common mistake is told only where the words assert it."""

import pytest

from trainer.catalog.packs import get_pack
from trainer.grading.attempts import answer
from trainer.grading.offline.grader import AGAINST, grade_answer
from trainer.grading.offline.rubric import compiled


def accused(text: str) -> set[str]:
    """The points of mistakes whose opposite the grader reads in a text."""
    pack = get_pack("twitter")
    points = [mistake.point for mistake in pack.mistakes]
    found = grade_answer(answer("whole", (), text, points, pack), compiled(pack))
    return {point.id for point in found.points if point.note.startswith(AGAINST)}


@pytest.mark.parametrize(
    "text",
    [
        "Regular accounts: we push every tweet to all of their followers.",
        "For regular users we push to all their followers. Stars are read at load time.",
        "We could skip search for now, but people look for news, so we add it to the design.",
    ],
)
def test_what_is_right_is_no_mistake(text: str) -> None:
    assert accused(text) == set()


def test_pushing_for_everybody_is_one() -> None:
    assert "m.3" in accused("We push every tweet to everyone, whoever wrote it, on one path.")


def test_breaking_news_is_no_failure() -> None:
    pack = get_pack("twitter")
    text = "People search for breaking news, so we skip the batch job and index at once."
    given = answer("whole", (), text, [pack.points["m.7"]], pack)
    assert not grade_answer(given, compiled(pack)).points[0].covered
