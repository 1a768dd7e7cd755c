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
    """From the answers that were graded after the fit, and not used for it."""
    try:
        unseen = stored["unseen"]
        answers = int(unseen["answers"])
        precision, recall = _percent(unseen["precision"]), _percent(unseen["recall"])
    except (KeyError, TypeError, ValueError):
        return UNKNOWN
    return (
        f"The grader errs. On {answers} answers by other writers, whose words neither its patterns "
        f"nor its weights were made from, {precision} of the points it found were there, and it "
        f"found {recall} of those that were."
    )


def _percent(share: float) -> str:
    """Cut and not rounded: 99.7% is not 100%."""
    return f"{math.floor(share * 100)}%"


@lru_cache(maxsize=1)
def _stored() -> dict[str, Any]:
    found = json.loads(PATH.read_bytes())
    return found if isinstance(found, dict) else {}
