"""A base world of one author and very many followers, for fan-outs that take a while."""

from django.db import connection

from tests.twitter.village import ENDS_AT
from trainer.twitter.world import overlays
from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.value import World

STAR = 1


def build(followers: int) -> World:
    """Account STAR, whom accounts 2 to `followers` + 1 follow. Nobody has tweeted yet."""
    record = WorldRecord.objects.create(
        public_id="crowd",
        name="crowd",
        accounts=followers + 1,
        state=WorldRecord.State.READY,
        progress=1.0,
        started_at=ENDS_AT,
        ends_at=ENDS_AT,
    )
    names = {"world": record.id, "last": followers + 1, "star": STAR, "now": ENDS_AT}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO twitter_account (world_id, id, handle, name, region, quality, is_premium,
                   followers_count, following_count, created_at, last_active_at)
            SELECT %(world)s, id, 'a' || id, 'A' || id, 0, 0.5, false,
                   CASE WHEN id = %(star)s THEN %(last)s - 1 ELSE 0 END,
                   CASE WHEN id = %(star)s THEN 0 ELSE 1 END,
                   %(now)s::timestamptz - interval '900 days', %(now)s
              FROM generate_series(1, %(last)s) AS id
            """,
            names,
        )
        cursor.execute(
            """
            INSERT INTO twitter_basegraph (world_id, account_id, following, followers)
            SELECT %(world)s, id, CASE WHEN id = %(star)s THEN '{}' ELSE ARRAY[%(star)s] END,
                   CASE WHEN id = %(star)s THEN ARRAY(SELECT generate_series(2, %(last)s))
                        ELSE '{}' END
              FROM generate_series(1, %(last)s) AS id
            """,
            names,
        )
    return overlays.get_base("crowd")
