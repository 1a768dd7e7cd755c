"""Queries and candidates for the pure parts, of a few columns; the rest is harmless."""

from typing import Any

import numpy as np

from trainer.twitter.mixer.types import Candidates, Outcome, Query, Sizes, Weights
from trainer.twitter.world.population import DAY_MS, TWEET

NOW_MS = 100 * DAY_MS
READER = 1
WEIGHTS = Weights("test", {"like": 0.5, "bookmark": 2.0, "click": 0.25, "reply": 5.0})


def query(**known: Any) -> Query:
    given = {
        name: np.array(value) if isinstance(value, list) else value for name, value in known.items()
    }
    return Query(
        **{
            "account_id": READER,
            "at_ms": NOW_MS,
            "weights": WEIGHTS,
            "following": np.empty(0, np.int64),
            "sizes": Sizes(),
            **given,
        }
    )


def candidates(ids: list[int], **columns: Any) -> Candidates:
    """In-network tweets of an hour ago, each by an author of its own (id + 1,000), with no chances
    and these scores. A column may be one value for all."""
    n = len(ids)
    given: dict[str, Any] = {
        "id": ids,
        "author": [1000 + id_ for id_ in ids],
        "kind": TWEET,
        "at_ms": NOW_MS - DAY_MS // 24,
        "shown": ids,
        "in_network": True,
        **columns,
    }
    given.setdefault("shown_author", given["author"])
    given.setdefault("shown_at_ms", given["at_ms"])
    empty = Candidates.found(np.zeros(n, np.int64))
    filled = {
        name: np.array(
            np.broadcast_to(value, getattr(empty, name).shape), getattr(empty, name).dtype
        )
        for name, value in given.items()
    }
    rest = {name: getattr(empty, name) for name in Candidates.__dataclass_fields__}
    return Candidates(**{**rest, **filled})


def dropped(outcome: Outcome) -> dict[str, list[int]]:
    """The ids by reason."""
    return {drop.reason: drop.ids.tolist() for drop in outcome.dropped if len(drop.ids)}
