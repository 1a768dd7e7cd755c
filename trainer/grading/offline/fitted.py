"""The weights that were fitted, as committed beside this file. Pure.

`manage.py fit_grader --set FILE` writes them.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from trainer.grading.offline.logistic import Model

PATH = Path(__file__).with_name("fitted.json")


@dataclass(frozen=True, slots=True)
class Fitted:
    """`threshold`: the chance from which a point is covered. `alone`: how
    distinctly like its examples (-2 to 2) a text must be where only a hint of a frame holds.
    `name`: changes with the numbers."""

    model: Model
    threshold: float
    alone: float
    name: str


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """Read once per process."""
    raw = PATH.read_bytes()
    return from_json(json.loads(raw), hashlib.sha256(raw).hexdigest()[:8])


def from_json(stored: dict[str, Any], short_hash: str) -> Fitted:
    model = stored["model"]
    lists = {key: tuple(model[key]) for key in ("names", "means", "spreads", "weights")}
    return Fitted(
        Model(**lists, bias=model["bias"]),
        stored["threshold"],
        stored["alone"],
        f"offline-{short_hash}",
    )
