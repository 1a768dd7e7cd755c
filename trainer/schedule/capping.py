"""No wait passes the interview. Pure.

What FSRS would ask only after the interview is asked once more in the last days before it, spread
over them, so that not everything falls on one. What was answered in those days is still known at
the interview, and waits for its day.
"""

from datetime import date, timedelta
from typing import Final
from zlib import crc32

LAST_DAYS: Final = 3  # before the interview, in which everything comes once more


def capped(due: date, answered: date, interview: date | None, key: str) -> date:
    """The day on which the item comes back. `answered`: the day of its last answer. After the
    interview, and without one, that is `due` itself. The same item always falls on the same day."""
    if interview is None or due <= interview or answered >= interview:
        return due
    first = interview - timedelta(days=LAST_DAYS)
    if answered >= first:
        return interview
    return first + timedelta(days=crc32(key.encode()) % LAST_DAYS)
