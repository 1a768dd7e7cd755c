"""What each side of the network has in the list, and what the followed side loses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from trainer.lab.blocks import Block, Cell, Chart, Column, Series, Table, Tweets
from trainer.lab.labs.in_and_out.sides import Sides, score_of
from trainer.lab.sums import scored_tweet
from trainer.twitter import api

SHOWN = 50
SOURCES = ("in_network", "celebrities", "graph", "embeddings")
Entries = Sequence[api.RankedEntry]


@dataclass(frozen=True, slots=True)
class Point:
    """One reader's list at one share of discovery, all but `listed` and `lost` (tweets) in percent.
    `list_out`, `page_out`: out-of-network in the list and on the first page; `score`: the list's,
    of that without discovery."""

    share: int
    listed: int
    list_out: float
    page_out: float
    lost: int
    score: float


def blocks(sides: Sides, share: int, weights: api.Weights) -> Iterator[Block]:
    yield _sides(sides, share)
    yield _sources(sides, share)
    yield _lost(sides, weights)


def _sides(sides: Sides, share: int) -> Table:
    stayed = [entry for entry in sides.mixed.entries if entry.in_network]
    parts: dict[str, Entries] = {
        "without discovery": sides.followed.entries,
        f"at {share}%": sides.mixed.entries,
        "of it: followed": stayed,
        "of it: discovered": sides.brought,
        "gave way": sides.lost,
    }
    rows: list[list[Cell]] = [
        [name, len(each), score_of(each), score_of(each) / len(each) if each else None]
        for name, each in parts.items()
    ]
    columns = (
        Column("list"),
        Column("tweets", bar=True),
        Column("sum of scores"),
        Column("mean score"),
    )
    note = "Scores hold the factor for out-of-network tweets and that for an author's next tweet."
    return Table("sides", "Who has the room", columns, rows, "measured", note)


def _sources(sides: Sides, share: int) -> Table:
    rows: list[list[Cell]] = [
        [
            source.replace("_", " "),
            _from(source, sides.followed.entries),
            _from(source, sides.mixed.entries),
        ]
        for source in SOURCES
    ]
    columns = (
        Column("source"),
        Column("without discovery", "tweets"),
        Column(f"at {share}%", "tweets", bar=True),
    )
    note = "A tweet that several sources found counts for each of them."
    return Table("sources", "Which source the list comes from", columns, rows, "measured", note)


def _from(source: str, entries: Entries) -> int:
    return sum(source in entry.sources for entry in entries)


def _lost(sides: Sides, weights: api.Weights) -> Tweets:
    at_ms = sides.followed.trace.at_ms
    tweets = [
        scored_tweet(sides.rank(entry), entry, weights, at_ms=at_ms) for entry in sides.lost[:SHOWN]
    ]
    note = "With their ranks in the list without discovery. Open one for its score."
    return Tweets("lost", "The best that gave way", tweets, "measured", note)


def sweep(measured: Sequence[Sequence[Point]]) -> Iterator[Block]:
    """Of each reader so far the points of all shares, in their order."""
    points = [_mean(each) for each in zip(*measured, strict=True)]
    shares = [float(point["share"]) for point in points]
    note = f"Means over {len(measured)} readers, each with the same candidates at every share."
    yield Chart(
        "mix",
        "What is asked for, and what is served",
        "discovery asked for, %",
        "out of network, %",
        (
            Series("asked for", shares, shares, dashed=True),
            Series("in the list", shares, [point["list_out"] for point in points]),
            Series("on the first page", shares, [point["page_out"] for point in points]),
        ),
        "measured",
        note=note,
    )
    yield Chart(
        "worth",
        "What the whole list is worth to the ranker",
        "discovery asked for, %",
        "sum of scores, % of that without discovery",
        (Series("sum of scores", shares, [point["score"] for point in points]),),
        "measured",
        note=note,
    )
    yield _table(points, note)


def _mean(points: Sequence[Point]) -> dict[str, float]:
    names = Point.__dataclass_fields__
    return {name: mean(getattr(point, name) for point in points) for name in names}


def _table(points: Sequence[dict[str, float]], note: str) -> Table:
    columns = (
        Column("discovery", "%"),
        Column("tweets listed", bar=True),
        Column("out of network in the list", "%"),
        Column("on the first page", "%"),
        Column("followed that gave way", "tweets"),
        Column("sum of scores", "%"),
    )
    rows = [list(point.values()) for point in points]
    return Table("sweep", "From none to all", columns, rows, "measured", note)
