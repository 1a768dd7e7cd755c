"""What one reader of many retweeters gets to see."""

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.lab.labs.retweet_storm.storming import Passed
from trainer.lab.stage import Stage
from trainer.twitter import api

ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Exposed:
    """`copies`: retweets of one tweet by those whom the reader follows, and who does not follow its
    author; `seen`: entries of their timeline that show it; `shown_by`: whose retweet that is."""

    handle: str
    copies: int
    seen: int
    shown_by: str
    via: str


def most_exposed(
    stage: Stage, world: api.World, author_id: int, tweet_id: int, passed: Sequence[Passed]
) -> Exposed:
    """The reader who follows the most of the retweeters, but not the author; nobody's where there
    is none such."""
    by = {one.by.id for one in passed}
    found = api.audiences.following_most(stage.base, by, but_not=[author_id])
    if not found:
        return Exposed("", 0, 0, "", "")
    page = api.chronological_home(world, found[0].id, limit=ENTRIES)
    entries = [entry for entry in page.entries if entry.tweet.retweet_of == tweet_id]
    return Exposed(
        found[0].handle,
        found[0].follows,
        len(entries),
        entries[0].tweet.handle if entries else "",
        entries[0].via if entries else "",
    )
