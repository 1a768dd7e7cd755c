"""What a wished retention costs, by the forgetting curve of FSRS. Pure."""

from typing import Final

from fsrs.scheduler import DEFAULT_PARAMETERS

from trainer.schedule.terms import RETENTION

_DECAY: Final = -DEFAULT_PARAMETERS[20]


def wait_factor(retention: float, beside: float = RETENTION) -> float:
    """How many times as long a card waits as with the retention `beside`, both between 0 and 1.

    A card of stability S is still known with a chance of (1 + f * t / S) ** decay after t days, so
    the same card falls to r after a time proportional to r ** (1 / decay) - 1.
    """
    return float((retention ** (1 / _DECAY) - 1) / (beside ** (1 / _DECAY) - 1))


def work_factor(retention: float, beside: float = RETENTION) -> float:
    """How many times as often the same card comes as with the retention `beside`."""
    return 1 / wait_factor(retention, beside)


def cost(retention: float) -> str:
    """One sentence: what is forgotten at this retention, and what it costs beside the usual one."""
    forgotten, usual = round((1 - retention) * 100), round(RETENTION * 100)
    known = f"At {round(retention * 100)}%, {forgotten} of 100 cards are forgotten when they come"
    if forgotten == 100 - usual:
        return f"{known}. This is the usual setting."
    factor = work_factor(retention)
    often = f"{factor:.1f}" if factor > 1 else f"{factor:.2f}"
    return f"{known}, and the same card comes {often} times as often as at {usual}%."
