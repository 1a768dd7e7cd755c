"""What retweeting one tweet cost, against what it would have cost without a limit."""

from dataclasses import dataclass

from django.db import connection

from trainer.twitter.world.value import World


@dataclass(frozen=True, slots=True)
class Storm:
    """`retweets` of an experiment, `pulled` of them (stamped so once the tweet was viral, or for
    their author's followers). `attempted` = list entries if each had been pushed: the followers
    of all retweeters, as they are now. `stored` = list entries written, by the delivery reports."""

    retweets: int
    pulled: int
    attempted: int
    stored: int


def storm(world: World, tweet_id: int) -> Storm:
    """Over the retweets of a tweet in this overlay, deleted ones too: they were delivered."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*),
                   count(*) FILTER (WHERE t.delivery = 2),
                   coalesce(sum(a.followers_count + coalesce(changes.gained, 0)), 0),
                   coalesce(sum(d.stored), 0)
              FROM twitter_tweet t
              JOIN twitter_account a ON a.world_id = %s AND a.id = t.author_id
              LEFT JOIN twitter_delivery d ON d.world_id = t.world_id AND d.tweet_id = t.id
              LEFT JOIN LATERAL (
                   SELECT sum(CASE WHEN f.is_active THEN 1 ELSE -1 END) AS gained
                     FROM twitter_follow f
                    WHERE f.world_id = t.world_id AND f.followee_id = t.author_id) changes ON true
             WHERE t.world_id = %s AND t.retweet_of = %s
            """,
            [world.root.id, world.id, tweet_id],
        )
        return Storm(*map(int, cursor.fetchone()))
