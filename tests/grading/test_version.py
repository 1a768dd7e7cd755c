"""Whatever a grade depends on in the content has a part in the rubric's version."""

import pytest

from trainer.catalog.grading_schema import Patterns
from trainer.catalog.packs import get_pack
from trainer.grading.version import rubric_version

PACK = get_pack("twitter")


def with_point(text: str):
    trap = PACK.traps[0]
    points = (trap.points[0].model_copy(update={"text": text}), *trap.points[1:])
    traps = (trap.model_copy(update={"points": points}), *PACK.traps[1:])
    return PACK.model_copy(update={"traps": traps})


def test_it_is_the_same_for_the_same_content():
    assert rubric_version(PACK, "w") == rubric_version(PACK.model_copy(deep=True), "w")


@pytest.mark.parametrize(
    ("pack", "weights"),
    [
        (with_point("Says something else."), "w"),
        (PACK.model_copy(update={"grading": Patterns(concepts={"new": ("word",)})}), "w"),
        (
            PACK.model_copy(
                update={
                    "numbers": tuple(
                        number.model_copy(update={"text": f"{number.text}!"})
                        for number in PACK.numbers
                    )
                }
            ),
            "w",
        ),
        (PACK, "other"),
    ],
)
def test_it_is_another_for_another_point_pattern_number_or_weight(pack, weights):
    assert rubric_version(pack, weights) != rubric_version(PACK, "w")
