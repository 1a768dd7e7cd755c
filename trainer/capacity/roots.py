"""Finding where a monotone function takes a value, by halving. Pure."""

from collections.abc import Callable


def rising_root(rising: Callable[[float], float], target: float, low: float, high: float) -> float:
    """The x in low..high with `rising(x) == target`, to the last bit that a float has.

    `rising` must not fall between `low` and `high`, and `target` must lie between its values
    there; else the nearer end is the answer.
    """
    while low < (middle := (low + high) / 2) < high:
        if rising(middle) < target:
            low = middle
        else:
            high = middle
    return high
