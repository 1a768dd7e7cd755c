"""A village whose tweets these tests write and index themselves."""

from trainer.lib import clock
from trainer.twitter.consumers import drain
from trainer.twitter.outbox import Consumer
from trainer.twitter.search.selectors import search
from trainer.twitter.tweets import services
from trainer.twitter.world.value import World


def post(world: World, author_id: int, text: str) -> int:
    """Posted, and not yet indexed."""
    return services.post_tweet(world, author_id, text, now=clock.now())


def delete(world: World, author_id: int, tweet_id: int) -> None:
    services.delete_tweet(world, author_id, tweet_id, now=clock.now())


def index() -> int:
    """Let the search's consumer do all that waits; the number of rows."""
    done = 0
    while more := drain(Consumer.SEARCH):
        done += more
    return done


def found(world: World, text: str, order: str = "recency", limit: int = 100) -> list[int]:
    """The ids of the hits, page by page to the last."""
    ids: list[int] = []
    cursor = None
    while True:
        page = search(world, text, order=order, limit=limit, cursor=cursor)
        ids += [hit.tweet_id for hit in page.hits]
        if page.next_cursor is None:
            return ids
        assert len(page.hits) == limit
        cursor = page.next_cursor
