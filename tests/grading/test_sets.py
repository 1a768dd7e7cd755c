"""The grader on judged answers: what it must reach at least, and what it must never cover."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from trainer.catalog.packs import get_pack
from trainer.grading.measuring.figures import Judgement, counts
from trainer.grading.measuring.fitting import judgement, rows
from trainer.grading.measuring.offline_bench import ungraded
from trainer.grading.measuring.sets import read_sets
from trainer.grading.offline.fitted import fitted
from trainer.grading.offline.grader import grade_answer
from trainer.grading.offline.rubric import compiled

SETS = Path(__file__).with_name("sets")
LISTED_AT_MOST = 2


@cache
def judged(path: Path) -> tuple[Judgement, ...]:
    pack = get_pack("twitter")
    given = read_sets([path], pack)
    found = [judgement(row, fitted()) for row in rows(given, compiled(pack))]
    return (*found, *ungraded(given, found))


def present(path: Path) -> Path:
    if not path.is_file():
        pytest.skip(f"Left out: there are no judged answers at {path.name or 'GRADING_SET'}.")
    return path


def test_the_development_set_is_graded_well() -> None:
    found = counts(judged(present(Path(settings.GRADING_SET))))
    assert found.precision >= 0.95
    assert found.f1 >= 0.9


def test_answers_of_other_writers_are_graded_well() -> None:
    found = counts(judged(present(SETS / "unseen.json")))
    assert found.precision >= 0.8
    assert found.f1 >= 0.75
    assert found.kappa >= 0.65


def test_no_trick_earns_a_point() -> None:
    false = [
        each
        for each in judged(SETS / "adversarial.json")
        if each.said and not each.truth and not each.borderline
    ]
    assert [each for each in false if each.style != "keyword-list"] == []
    assert len(false) <= LISTED_AT_MOST


def test_a_hundred_runs_give_the_same_bytes() -> None:
    pack = get_pack("twitter")
    cases = read_sets([SETS / "e.json"], pack).cases[:2]
    for case in cases:
        told = {json.dumps(asdict(grade_answer(case.answer, compiled(pack)))) for _ in range(100)}
        assert len(told) == 1
