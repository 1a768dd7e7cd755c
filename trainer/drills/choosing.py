"""Which items a round has, by its seed. Pure."""

import random
from collections.abc import Sequence


def chosen(items: Sequence[str], seed: int, count: int, wanted: str = "") -> tuple[str, ...]:
    """`count` of the items (fewer where there are fewer), the `wanted` one first."""
    shuffled = list(items)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 (a choice to replay, not a secret)
    if wanted in shuffled:
        shuffled.remove(wanted)
        shuffled.insert(0, wanted)
    return tuple(shuffled[:count])
