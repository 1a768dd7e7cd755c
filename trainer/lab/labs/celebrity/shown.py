"""What the visitor sees: writes by policy, reads by policy, and that the timelines agree."""

from collections.abc import Mapping

from trainer.lab.blocks import Cell, Chart, Column, Note, Series, Table
from trainer.lab.labs.celebrity.authors import Author
from trainer.lab.labs.celebrity.posting import Post
from trainer.lab.labs.celebrity.reading import Read, Reads
from trainer.lab.stage import Stage
from trainer.twitter import api

CHOSEN, PUSHED, PULLED = "Your threshold", "Push to everybody", "Pull everybody"

_WRITES = (
    Column("Policy"),
    Column("Author"),
    Column("Followers"),
    Column("Decision"),
    Column("Attempted", "followers"),
    Column("Stored", "writes", bar=True),
    Column("Skipped", "followers"),
    Column("Pushing", "ms"),
    Column("From the post", "ms"),
)
_READS = (
    Column("Way to read"),
    Column("Finding the tweets", "ms", bar=True),
    Column("of it pulling", "ms"),
    Column("Whole read", "ms"),
    Column("First read", "ms"),
    Column("Lists read"),
    Column("Authors pulled"),
    Column("Ids in hand"),
)


def writes(stage: Stage, authors: list[Author], posts: Mapping[str, list[Post]]) -> None:
    """The bars and the table, of what was posted so far."""
    places = list(range(len(authors)))
    stage.show(
        Chart(
            "writes",
            "List entries written in Redis for one tweet",
            "followers of the author",
            "entries written",
            [
                Series(policy, places[: len(made)], [post.stored for post in made])
                for policy, made in posts.items()
            ],
            "measured",
            kind="bars",
            names=[f"{author.followers:,}" for author in authors],
            note="No bar: nothing was written.",
        )
    )
    stage.show(
        Table(
            "posts",
            "Every tweet of this run",
            _WRITES,
            [_post_row(policy, post) for policy, made in posts.items() for post in made],
            "measured",
            note="Skipped: followers who were away for thirty days and have no list. Theirs is"
            " rebuilt when they come back.",
        )
    )


def reads(stage: Stage, found: Reads, reader: api.AccountRow) -> None:
    rows = [_read_row(policy, read) for policy, read in found.by_policy.items()]
    rows.append(_read_row("Nothing ever pushed, Postgres alone", found.everything_pulled))
    stage.show(
        Table(
            "reads",
            f"Reading the timeline of @{reader.handle}, who follows {reader.following:,}",
            _READS,
            rows,
            "measured",
            note="Medians. A whole read also asks whom the reader follows, and what stands in the"
            " tweets; the first one makes what is missing. The world's own tweets keep their"
            " stamps, so the first three rows differ in four tweets. The last asks for the tweets"
            " of all whom the reader follows: what finding them costs when nothing is pushed.",
        )
    )


def sameness(stage: Stage, found: Reads, reader: api.AccountRow, authors: list[Author]) -> None:
    """Whether the reader saw the same, and whether that says anything."""
    texts = {author.text for author in authors}
    page = next(iter(found.by_policy.values())).page
    seen = sum(entry.tweet.text in texts for entry in page.entries)
    told = (
        f"{found.entries} entries were compared at each of the three thresholds and with everything"
        f" pulled; {found.different} differ. {seen} of the four new tweets stand in them."
    )
    if not seen:
        told += f" @{reader.handle} follows none of the authors: choose a reader who does."
    stage.show(
        Note(
            "same",
            "One timeline at every threshold" if not found.different else "The timelines differ",
            told,
            tone="red" if found.different else "green" if seen else "amber",
        )
    )


def _post_row(policy: str, post: Post) -> list[Cell]:
    return [
        policy,
        f"@{post.author.handle}, {post.author.role}",
        f"{post.author.followers:,}",
        "push" if post.is_pushed else "pull",
        post.attempted,
        post.stored,
        post.skipped,
        post.push_ms,
        post.total_ms,
    ]


def _read_row(name: str, read: Read) -> list[Cell]:
    counts = read.page.counts
    return [
        name,
        read.find_ms,
        read.pulls_ms if "pulls" in read.page.stage_ms else read.find_ms,
        read.total_ms,
        read.first_ms,
        counts["lists"],
        counts["pulled"],
        counts["window"],
    ]
