"""Flawed designs, questions under fire and the steps of a trade-off: wrong content is told."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from trainer.catalog.errors import PackErrors
from trainer.catalog.loader import load_pack

CONTENT = Path(__file__).parents[2] / "content" / "twitter"


@pytest.fixture
def said(tmp_path: Path) -> Callable[[str, Callable[[Any], None]], str]:
    """What is said of the pack after one of its files was changed."""

    def of(file: str, change: Callable[[Any], None]) -> str:
        folder = tmp_path / "twitter"
        shutil.copytree(CONTENT, folder)
        data = yaml.safe_load((folder / file).read_text())
        change(data)
        (folder / file).write_text(yaml.safe_dump(data))
        with pytest.raises(PackErrors) as raised:
            load_pack(folder)
        return str(raised.value)

    return of


def test_a_planted_mistake_must_be_known_once_and_have_a_reason(said) -> None:
    def change(designs: Any) -> None:
        first, second, third = designs[0]["sentences"][:3]
        first["mistake"] = "nope"
        second |= {"mistake": third["mistake"], "because": "It is."}
        designs[1] = {**designs[1], "id": designs[0]["id"]}

    errors = said("flawed.yaml", change)
    assert "sentences[0].mistake: expected a mistake, but there is no nope" in errors
    assert "sentences[0].because: expected a reason" in errors
    assert "[fan-out-for-all]: expected it once, but fan-out-for-all is there 2 times" in errors
    assert "flawed.yaml:[push-for-all]: expected it once" in errors


def test_a_design_without_a_mistake_is_no_flawed_one(said) -> None:
    def change(designs: Any) -> None:
        designs[0]["sentences"] = [{"text": "Fine."} for _ in range(6)]

    assert "[push-for-all].sentences: expected a mistake" in said("flawed.yaml", change)


def test_a_question_under_fire_asks_for_a_number_of_the_ledger(said) -> None:
    def change(questions: Any) -> None:
        questions["numbers"][0]["number"] = "nope"
        questions["choices"][0]["id"] = "levels"

    errors = said("under_fire.yaml", change)
    assert "numbers[dau].number: expected a number of numbers.yaml, but there is no nope" in errors
    assert "under_fire.yaml:[levels]: expected it once" in errors


def test_what_drills_need_of_one_decision_or_step_they_need_of_all(said) -> None:
    def change(trade_offs: Any) -> None:
        del trade_offs["decisions"][2]["takes"]
        del trade_offs["steps"][4]["point"]

    errors = said("trade_offs.yaml", change)
    assert "decisions[ranking].takes: expected it, as other decisions have it" in errors
    assert "steps[limits].point: expected it, as other steps have it" in errors


def test_points_of_steps_are_known_to_the_grader_and_are_none_of_an_interview() -> None:
    pack = load_pack(CONTENT)
    assert set(pack.step_points) <= set(pack.grading.points)
    assert not set(pack.step_points) & set(pack.points)
