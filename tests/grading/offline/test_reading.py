"""What the engine makes of the words of an answer: hits, denials, lists, bonds."""

import pytest

from tests.grading.offline.small import anything, said, small_rubric
from trainer.grading.offline.fitted import fitted
from trainer.grading.offline.grader import grade_answer

RUBRIC = small_rubric()


def covered(text: str) -> set[str]:
    grade = grade_answer(said(text), RUBRIC, anything(fitted()))
    return {point.id for point in grade.points if point.covered}


@pytest.mark.parametrize(
    "text",
    [
        "Celebrities are pulled, the rest is pushed.",
        "Push for regular users and pull for celebrities.",
        "regular users -> push, celebs -> pull",
        "For celebrities we don't push. Normal accounts: fan-out.",
        "Pulling for stars, pushing for everyone else.",
        "push everyone else, fetch stars",
    ],
)
def test_each_group_has_its_own_way(text: str) -> None:
    assert {"t1.1", "t1.4"} <= covered(text)


@pytest.mark.parametrize(
    "text",
    [
        "Celebrities are pushed, and regular users are pulled.",
        "regular users -> pull, celebs -> push",
        "I would never pull for celebrities, nor push for normal people.",
        "Pulling for celebrities is overkill.",
        "~~celebs: pull~~ too slow",
        "Celebrities, pull, push, regular users, followers, asymmetric graph.",
        "Some people would say that celebrities should be pulled, but I wouldn't do that.",
        "Why not pull for celebrities?",
        "celebs pull?",
        "We could pull for celebrities, but I would not.",
    ],
)
def test_what_is_reversed_denied_struck_listed_or_asked_is_not_covered(text: str) -> None:
    assert not covered(text) & {"t1.1", "t1.4"}


@pytest.mark.parametrize(
    "text",
    [
        "We switch over 100K.",
        "the threshold is a hundred thousand",
        "above 0.1M",
        "half a million followers and you are a celebrity",
    ],
)
def test_a_plausible_line_is_covered(text: str) -> None:
    assert "t1.5" in covered(text)


@pytest.mark.parametrize("text", ["above 10 million", "over 50 followers", "a threshold"])
def test_a_wrong_or_missing_line_is_not(text: str) -> None:
    assert "t1.5" not in covered(text)


@pytest.mark.parametrize("text", ["within half a second", "in 800 ms", "after 2 secs", "1.5s"])
def test_times_match_in_any_unit(text: str) -> None:
    assert "t3.5" in covered(text)


def test_misspelt_words_are_read_as_the_packs() -> None:
    assert "t1.6" in covered("The graph is asymetric, so one can have any number of folowers.")


def test_a_cue_that_is_a_word_of_the_frame_denies_nothing_in_it() -> None:
    assert "t5.2" in covered("We drop bots before counting.")
    assert "t5.2" not in covered("We never filter bots.")


def test_the_opposite_in_the_same_words_takes_a_point_away_and_is_quoted() -> None:
    grade = grade_answer(said("Celebrities are pushed."), RUBRIC)
    (point,) = (each for each in grade.points if each.id == "t1.4")
    assert point.note == "Says the opposite: “Celebrities are pushed.”"
