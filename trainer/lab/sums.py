"""A ranked tweet with its score worked out by hand."""

from collections.abc import Iterator, Mapping, Sequence

from trainer.lab.blocks import Cell, Tweet
from trainer.twitter import api

SUM_COLUMNS = ("what", "chance or factor", "weight", "so far")
HOUR_MS = 3_600_000


def scored_tweet(
    rank: int,
    entry: api.RankedEntry,
    weights: api.Weights,
    *,
    at_ms: int,
    was: int | None = None,
    badges: Sequence[str] = (),
) -> Tweet:
    """An entry of a ranked list, with the sum that makes its score. `at_ms`: when it was ranked,
    in world time."""
    shown = entry.original or entry.tweet
    return Tweet(
        rank=rank,
        handle=shown.handle,
        text=shown.text,
        badges=[*badges, *_badges(entry)],
        was=was,
        facts=list(_facts(entry, at_ms)),
        sum_columns=SUM_COLUMNS,
        sum_=by_hand(entry, weights),
        outcome=f"score {entry.score:.6g}",
    )


def by_hand(entry: api.RankedEntry, weights: api.Weights) -> list[list[Cell]]:
    """Rows as SUM_COLUMNS; the last one's last cell is the score."""
    chances, factors = _scored(entry)
    rows: list[list[Cell]] = []
    total = 0.0
    for kind, chance in chances.items():
        weight = weights.by_kind.get(kind, 0.0)
        total += chance * weight
        rows.append([f"chance of a {kind.replace('_', ' ')}", chance, weight, total])
    for name, factor in factors.items():
        total *= factor
        rows.append([f"times: {name}", factor, None, total])
    return rows


def worth_of_kinds(entry: api.RankedEntry, weights: api.Weights) -> Mapping[str, float]:
    """Weight x chance by kind."""
    chances, _ = _scored(entry)
    return {kind: chance * weights.by_kind.get(kind, 0.0) for kind, chance in chances.items()}


def _scored(entry: api.RankedEntry) -> tuple[Mapping[str, float], Mapping[str, float]]:
    if entry.chances is None or entry.factors is None:
        raise ValueError(f"Tweet {entry.tweet.id} was not ranked: give an entry of level 0 or 1.")
    return entry.chances, entry.factors


def _badges(entry: api.RankedEntry) -> Iterator[str]:
    yield "in network" if entry.in_network else "out of network"
    if entry.original:
        yield f"retweeted by @{entry.tweet.handle}"
    elif entry.tweet.reply_to:
        yield "reply"


def _facts(entry: api.RankedEntry, at_ms: int) -> Iterator[tuple[str, Cell]]:
    shown = entry.original or entry.tweet
    yield "found by", ", ".join(entry.sources).replace("_", " ")
    yield "hours old", round(hours_old(shown, at_ms), 1)
    yield "likes", shown.counts.likes
    yield "retweets", shown.counts.retweets
    yield "replies", shown.counts.replies


def hours_old(tweet: api.TweetRow, at_ms: int) -> float:
    return at_ms / HOUR_MS - tweet.posted_at.timestamp() * 1000 / HOUR_MS
