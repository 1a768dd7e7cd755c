"""What the visitor sees: the two curves, who retweeted, and one reader."""

from collections.abc import Sequence
from itertools import accumulate

from trainer.lab.blocks import Chart, Column, Note, Series, Table
from trainer.lab.labs.retweet_storm.reading import Exposed
from trainer.lab.labs.retweet_storm.storming import Passed
from trainer.lab.stage import Stage
from trainer.twitter import api

LARGEST = 10  # retweeters in the table

FOUND = {"home list": "in a list", "pulled": "by pulling", "postgres": "in Postgres"}


def curves(stage: Stage, world: api.World, passed: Sequence[Passed]) -> None:
    numbers = range(1, len(passed) + 1)
    stage.show(
        Chart(
            "curves",
            "List entries for all retweets so far",
            "retweets",
            "entries",
            [
                Series(
                    "if each were pushed",
                    list(numbers),
                    list(accumulate(one.by.followers for one in passed)),
                ),
                Series("stored", list(numbers), list(accumulate(one.stored for one in passed))),
            ],
            "measured",
            kind="steps",
            note=_limit(world),
        )
    )
    largest = sorted(enumerate(passed, 1), key=lambda at: -at[1].by.followers)[:LARGEST]
    stage.show(
        Table(
            "largest",
            "The retweeters with the most followers",
            (
                Column("Retweet number"),
                Column("By"),
                Column("Followers", bar=True),
                Column("Stored", "writes"),
            ),
            [[n, f"@{one.by.handle}", one.by.followers, one.stored] for n, one in largest],
            "measured",
            note="Below the limit, followers who were away for thirty days are left out of what is"
            " stored.",
        )
    )


def fewer(stage: Stage, wanted: int, found: int, why: str) -> None:
    """That there are fewer retweets than asked for."""
    stage.show(
        Note(
            "fewer",
            "Fewer retweets",
            f"{found:,} retweets instead of {wanted:,}: {why}. The figures are of these.",
            tone="amber",
        )
    )


def reader(stage: Stage, found: Exposed) -> None:
    if not found.copies:
        text = "Nobody follows one of the retweeters without following the author too."
    elif not found.seen:
        text = (
            f"@{found.handle} follows {found.copies:,} of the retweeters, and the tweet stands"
            " below the first page of their timeline."
        )
    else:
        text = (
            f"@{found.handle} follows {found.copies:,} of the retweeters and not the author. Their"
            f" timeline shows the tweet {_times(found.seen)}, by @{found.shown_by}, the newest of"
            f" them (found {FOUND[found.via]}). The older ones are dropped at read, and the next"
            " newest takes the place when this retweet is deleted."
        )
    stage.show(Note("reader", "One entry, however many pass it on", text))


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _limit(world: api.World) -> str:
    if not world.viral_after:
        return "Without a limit: each retweet is pushed, unless its author is a celebrity."
    return (
        f"From retweet {world.viral_after:,} on the tweet counts as viral: a retweet is kept, and"
        " pulled when somebody reads."
    )
