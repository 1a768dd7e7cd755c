"""Accounts whose home timelines are worth looking at."""

from datetime import timedelta
from typing import Any, Final

from django.db import connection

from trainer.twitter.world.value import World

FOLLOWING_MORE_THAN: Final = 0.95  # of the accounts: so there is plenty to rank
ACTIVE_WITHIN: Final = timedelta(days=1)  # before the end of the base's history

_READERS = """
SELECT id FROM twitter_account
 WHERE world_id = %(base)s AND last_active_at >= %(since)s
   AND following_count >= (SELECT percentile_disc(%(share)s) WITHIN GROUP (ORDER BY following_count)
                             FROM twitter_account WHERE world_id = %(base)s)
 ORDER BY id LIMIT %(count)s
"""


def readers(world: World, count: int = 1) -> list[int]:
    """Up to `count` accounts of the base that follow many and were there lately; always the same
    ones."""
    base = world.root
    wanted: dict[str, Any] = {
        "base": base.id,
        "since": base.ends_at - ACTIVE_WITHIN,
        "share": FOLLOWING_MORE_THAN,
        "count": count,
    }
    with connection.cursor() as cursor:
        cursor.execute(_READERS, wanted)
        return [row[0] for row in cursor.fetchall()]
