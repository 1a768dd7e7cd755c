"""The five steps of an argument, as the offline grader judges them. Pure."""

from pathlib import Path

import yaml

from trainer.catalog.loader import load_pack
from trainer.drills.argument_rules import attempt
from trainer.grading.offline.grader import grade_answer
from trainer.grading.offline.rubric import compiled

PACK = load_pack(Path(__file__).parents[2] / "content" / "twitter")
SET = yaml.safe_load(Path(__file__).with_name("step_answers.yaml").read_text())


def test_hardly_a_weak_step_is_covered_and_most_good_ones_are() -> None:
    rubric = compiled(PACK)
    decisions = {each.id: each for each in PACK.trade_offs.decisions}
    judged = {True: [], False: []}
    for argument in SET:
        asked = attempt(PACK, "senior", decisions[argument["decision"]], argument["steps"])
        for answer in asked.answers[:-1]:  # the last is all of them together
            points = grade_answer(answer, rubric).points
            judged[argument["good"]].append(bool(points and points[0].covered))
    right, wrong = sum(judged[True]), sum(judged[False])
    assert right / (right + wrong) >= 0.95
    assert right / len(judged[True]) >= 0.75
