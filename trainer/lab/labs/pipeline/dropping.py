"""What was found and is not served: by which part, and why."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, zip_longest

from trainer.lab.blocks import Block, Cell, Column, Table, Tweet, Tweets
from trainer.lab.sums import hours_old
from trainer.twitter import api

MOST = 50
COLUMNS = (Column("part"), Column("reason"), Column("dropped", "tweets", bar=True))
MERGED = "What was found twice goes on once, with what both sources said of it."
Drop = tuple[int, str, str]  # id, part, reason


def blocks(world: api.World, trace: api.Trace) -> Iterator[Block]:
    drops = list(trace.dropped())
    counts = Counter((part, reason) for _, part, reason in drops)
    rows: list[list[Cell]] = [[part, reason, count] for (part, reason), count in counts.items()]
    yield Table("reasons", "What was dropped, and why", COLUMNS, rows, "measured", MERGED)
    yield _some(world, trace, drops)


def _some(world: api.World, trace: api.Trace, drops: list[Drop]) -> Tweets:
    chosen = _of_each(drops, MOST)
    rows = api.hydrate(world, [id_ for id_, _, _ in chosen])
    tweets = [
        _tweet(rank, rows[id_], part, reason, trace.at_ms)
        for rank, (id_, part, reason) in enumerate(chosen, start=1)
        if id_ in rows
    ]
    note = f"Up to {MOST}, in turn of each reason, so that rare reasons are seen too."
    return Tweets("dropped", "Some that were dropped", tweets, "measured", note)


def _of_each(drops: list[Drop], most: int) -> list[Drop]:
    """One of each reason in turn, as long as there are any; then in the order of the parts."""
    by_reason: dict[tuple[str, str], list[Drop]] = {}
    for drop in drops:
        by_reason.setdefault(drop[1:], []).append(drop)
    turns = zip_longest(*by_reason.values())
    chosen = [drop for drop in chain.from_iterable(turns) if drop is not None][:most]
    order = {key: number for number, key in enumerate(by_reason)}
    return sorted(chosen, key=lambda drop: order[drop[1:]])


def _tweet(rank: int, row: api.TweetRow, part: str, reason: str, at_ms: int) -> Tweet:
    return Tweet(
        rank=rank,
        handle=row.handle,
        text=row.text or "(a retweet)",
        badges=[reason],
        facts=[
            ("dropped by", part),
            ("why", reason),
            ("hours old", round(hours_old(row, at_ms), 1)),
            ("likes", row.counts.likes),
        ],
    )
