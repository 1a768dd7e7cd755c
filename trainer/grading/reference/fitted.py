"""The fitted model of the reference scorer. `manage.py fit_grader --semeval DIR` writes it."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from trainer.grading.offline.logistic import Model

FILE: Final = Path(__file__).with_name("fitted.json")


@lru_cache(maxsize=1)
def stored() -> dict[str, Any]:
    """The file as it is: the model, the command that made it, and what was measured then."""
    loaded: dict[str, Any] = json.loads(FILE.read_text())
    return loaded


@lru_cache(maxsize=1)
def model() -> Model:
    """Gives the chance (0 to 1) that an answer says what its references say."""
    fields = stored()["model"]
    lists = {name: tuple(fields[name]) for name in ("names", "means", "spreads", "weights")}
    return Model(**lists, bias=fields["bias"])


def threshold() -> float:
    """The chance from which an answer counts as right."""
    return float(stored()["threshold"])
