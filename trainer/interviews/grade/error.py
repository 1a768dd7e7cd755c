"""How far the grader errs, as it was measured. Reads the file of the fitted weights."""

import json
import math
from functools import lru_cache
from typing import Any

from trainer.grading.grades import Grade
from trainer.grading.offline.fitted import PATH

UNKNOWN = "How far this grader errs has not been measured here."
BY_MODEL = (
    "How far the language model errs has not been measured here: read its quotes before you "
    "believe it."
)


def measured_error(grade: Grade | None) -> str:
    """A sentence or two on the grader of this grade."""
    if grade and grade.grader == "llm":
        return BY_MODEL
    return _sentences(_stored())


def _sentences(stored: dict[str, Any]) -> str:
    """From the cross-validation that leaves out one question at a time."""
    try:
        answers, figures = int(stored["answers"]), stored["by_question"]
        precision, recall = _percent(figures["precision"]), _percent(figures["recall"])
    except (KeyError, TypeError, ValueError):
        return UNKNOWN
    return (
        f"The grader errs. On the {answers} labelled answers that it was developed with, "
        f"{precision} of the points it found were there, and it found {recall} of those that were. "
        "On answers that are new to it, such as yours, expect more errors."
    )


def _percent(share: float) -> str:
    """Cut and not rounded: 99.7% is not 100%."""
    return f"{math.floor(share * 100)}%"


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    found = json.loads(PATH.read_bytes())
    return found if isinstance(found, dict) else {}
