"""What a run of the search lab shows: stages, one tweet's way, the backlog, the posts."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from statistics import median
from typing import Final

from trainer.catalog.packs import get_pack
from trainer.lab.blocks import Cell, Chart, Column, Frame, Note, Series, Steps, Table
from trainer.lab.labs.search.watch import LONG_S, Post, Watch
from trainer.lab.stage import Stage
from trainer.twitter import api

Read = Callable[[api.Journey], float | None]
# The stage here, how its time is read, the guide's stage in the same place, and its number.
STAGES: Final[tuple[tuple[str, Read, str, str], ...]] = (
    ("claimed by a worker", lambda j: j.queued_ms, "Kafka", "kafka-latency"),
    ("read and cut into words", lambda j: j.prepared_ms, "ingestion service", "ingestion-latency"),
    ("written into the index", lambda j: j.indexed_ms, "bulk index", "bulk-index-latency"),
    ("committed: can be found", lambda j: j.visible_ms, "refresh", "refresh-latency"),
)
MEANING: Final = (
    "A task waits in the broker until a worker takes the row of the outbox",
    "The worker reads the tweet and makes its list of words",
    "The list is written into the inverted index",
    "The transaction commits, and from here every search sees the tweet",
)

LATEST: Final = 6


def stages(stage: Stage, watch: Watch, posts: Sequence[Post]) -> None:
    """Median and worst of each stage, beside what the guide has in that place."""
    ledger = get_pack("twitter").ledger
    journeys = [watch.journey(post) for post in posts]
    rows: list[list[Cell]] = []
    for here, read, there, slug in STAGES:
        taken = [read(each) or 0.0 for each in journeys]
        rows.append([here, median(taken), max(taken), there, ledger[slug].value])
    stage.show(
        Table(
            "stages",
            f"The stages of {len(posts)} tweets",
            [
                Column("Stage here"),
                Column("median", "ms", bar=True),
                Column("worst", "ms"),
                Column("in its place, the guide has"),
                Column("the guide's assumption", "ms"),
            ],
            rows,
            "measured",
            note="They stand in the same places and do not measure the same work: here one machine"
            " and one index, there a queue over a network, many shards, and a refresh that waits"
            " for a timer where the commit here waits for nobody. Compare the order, not each row.",
        )
    )


def way(stage: Stage, watch: Watch, posts: Sequence[Post]) -> None:
    """The tweet in the middle, from pressing Post to the first search that gives it."""
    usual = sorted(posts, key=lambda post: post.found_ms or 0.0)[len(posts) // 2]
    made = watch.journey(usual)
    passed: list[list[Cell]] = [["posted: tweet and outbox rows in one transaction", 0.0, 0.0]]
    frames = [Frame("0 ms", "The tweet and what must be done about it are stored.", list(passed))]
    at_ms = 0.0
    for (here, read, *_), meaning in zip(STAGES, MEANING, strict=True):
        taken = read(made) or 0.0
        at_ms += taken
        passed.append([here, taken, at_ms])
        frames.append(Frame(f"{at_ms:.1f} ms", f"{meaning}.", list(passed)))
    text = f"A search gives it, {usual.found_ms:.1f} ms after Post was pressed."
    frames.append(Frame("found", text, list(passed)))
    stage.show(
        Steps(
            "way",
            f"The way of the tweet in the middle, by @{usual.handle}",
            [Column("Passed"), Column("took", "ms"), Column("since it was stored", "ms")],
            frames,
            "measured",
        )
    )


def latest(stage: Stage, watch: Watch) -> None:
    """Which stages the newest tweets have passed; empty: not yet."""
    rows: list[list[Cell]] = []
    for post in watch.posts[-LATEST:]:
        made = watch.journey(post)
        passed = [read(made) for _, read, *_ in STAGES]
        rows.append([f"@{post.handle}", post.post_ms, *passed, post.found_ms])
    columns = [Column("By"), Column("post took", "ms")]
    columns += [Column(here, "ms") for here, *_ in STAGES]
    columns.append(Column("found after", "ms"))
    stage.show(Table("latest", "The latest tweets on their way", columns, rows, "measured"))


def backlog(stage: Stage, watch: Watch) -> None:
    """What waited, over the whole run so far."""
    at_s = [sample.at_s for sample in watch.samples]
    note = "Nothing was killed: what waits is taken at once."
    if watch.killed_s is not None:
        note = (
            f"The kill was ordered at {watch.killed_s:.1f} s. Posts went on; they wait in the"
            " outbox, in Postgres, and so outlive the worker."
        )
    stage.show(
        Chart(
            "backlog",
            "Posts that wait to be indexed",
            "seconds since the first post",
            "posts",
            [
                Series("in the outbox", at_s, [sample.waiting for sample in watch.samples]),
                Series(
                    "posted, found by no search",
                    at_s,
                    [sample.unfound for sample in watch.samples],
                    dashed=True,
                ),
            ],
            "measured",
            kind="steps",
            note=note,
        )
    )


def posts(stage: Stage, usual: Sequence[Post], without: Sequence[Post]) -> None:
    """Posting and finding, with the worker and without."""
    rows = [_row("while the worker runs", usual)]
    if without:
        rows.append(_row("after the kill was ordered", without))
    ms = "ms"
    stage.show(
        Table(
            "posts",
            "Posting, and being found",
            [
                Column("Posted"),
                Column("tweets"),
                Column("median post", ms),
                Column("worst post", ms),
                Column("median until found", ms),
                Column("worst until found", ms),
            ],
            rows,
            "measured",
            note="A post is the call until the tweet is stored. Nobody waits in it for the index.",
        )
    )


def killed(stage: Stage, watch: Watch, without: Sequence[Post]) -> None:
    """What became of the posts made after the kill was ordered."""
    before = len(list(takewhile(lambda post: (post.found_ms or 0.0) < LONG_S * 1000, without)))
    waited = without[before:]
    longest_s = max((post.found_ms or 0.0 for post in waited), default=0.0) / 1000
    text = (
        f"{len(without)} posts were made after the kill was ordered, and every one of them"
        f" succeeded. {before} were indexed in the moment before the worker died; {len(waited)}"
        f" waited for its return, up to {longest_s:.1f} s. In the end a search gives"
        f" {watch.found_once(without)} of them exactly once."
    )
    stage.show(Note("killed", "The worker died; the posts did not", text, tone="amber"))


def _row(name: str, made: Sequence[Post]) -> list[Cell]:
    post_ms = [post.post_ms for post in made]
    found_ms = [post.found_ms or 0.0 for post in made]
    return [
        name,
        len(made),
        *(median(post_ms), max(post_ms)),
        *(median(found_ms), max(found_ms)),
    ]
