"""Posting one after the other, and waiting for each tweet to be delivered."""

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.lab.labs.celebrity.authors import Author
from trainer.lab.labs.delivering import await_delivered
from trainer.lab.stage import Stage
from trainer.lib import clock
from trainer.twitter import api


@dataclass(frozen=True, slots=True)
class Post:
    """What one tweet cost, as the scripts in Redis replied. `push_ms`: of the worker's batch;
    `total_ms`: from the call that posts to the end of the batch."""

    author: Author
    is_pushed: bool
    attempted: int
    stored: int
    skipped: int
    calls: int
    push_ms: float
    total_ms: float


def post_all(
    stage: Stage, world: api.World, authors: list[Author], policy: str, share: float
) -> Iterator[Post]:
    """The same texts in every world, each when the one before is delivered: so that none shares a
    batch with another."""
    for number, author in enumerate(authors):
        stage.say(
            f"{policy}: posting as @{author.handle}, {author.followers:,} followers",
            share + 0.05 * number,
        )
        yield _post(stage, world, author)


def _post(stage: Stage, world: api.World, author: Author) -> Post:
    posted_at = clock.now()
    tweet = api.post_tweet(world, author.id, author.text)
    (report,) = await_delivered(stage, world, [tweet.id])
    return Post(
        author,
        author.followers < world.threshold,
        report.attempted,
        report.stored,
        report.skipped,
        report.batches,
        (report.finished_at - report.started_at).total_seconds() * 1000,
        (report.finished_at - posted_at).total_seconds() * 1000,
    )
