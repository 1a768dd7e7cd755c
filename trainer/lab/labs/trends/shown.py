"""What a run of the trends lab shows: the tags batch by batch, the gates, the lists, the queue."""

from collections.abc import Sequence
from typing import Final

from trainer.lab.blocks import Cell, Chart, Column, Frame, Note, Series, Steps, Table
from trainer.lab.labs.trends.play import Moment, Pushed
from trainer.lab.stage import Stage
from trainer.twitter import api

COLUMNS: Final = (
    Column("Tag"),
    Column("posts that stand"),
    Column("accounts"),
    Column("counted as", "people"),
    Column("expected", "people"),
    Column("score"),
    Column("gates"),
)
GATES: Final = {
    "enough_authors": "enough accounts",
    "author_diversity": "accounts a post",
    "effective_authors": "nobody drowns out the rest",
    "new_accounts": "not too many new accounts",
    "natural_growth": "grows no faster than word of mouth",
    "lasting": "not deleted again",
    "region_spread": "from several regions",
    "review": "a person's decision",
}
SAID: Final = {"kept": "passes", "flagged": "waits for a person", "refused": "held back"}


def progress(stage: Stage, crowds: Sequence[Pushed]) -> None:
    """The sequence so far, and the scores as lines."""
    frames = [_frame(crowds, place) for place in range(len(crowds[0].moments))]
    stage.show(
        Steps(
            "batches",
            "Batch by batch",
            COLUMNS,
            frames,
            "measured",
            note="Each post carries its own minute of the experiment's clock, so that minutes of"
            " posting are played in seconds. A crowd counts with (observed - expected)^2 / expected"
            " in people, each weighted by quality and age of the account.",
        )
    )
    stage.show(
        Chart(
            "scores",
            "Score of each tag",
            "posts and deletions so far",
            "score",
            [
                Series(
                    f"#{crowd.tag}",
                    [moment.posted + moment.deleted for moment in crowds[-1].moments],
                    [moment.standing.score for moment in crowd.moments],
                    dashed=crowd is not crowds[-1],
                )
                for crowd in crowds
            ],
            "measured",
            log_y=True,
            note="Of the pushed tag; the other is posted as often. No point: a score of nought.",
        )
    )


def _frame(crowds: Sequence[Pushed], place: int) -> Frame:
    moment = crowds[-1].moments[place]
    at = f"{moment.minutes_ago:.0f} min ago" if moment.minutes_ago >= 1 else "now"
    text = f"{moment.posted} posted with each tag"
    if moment.deleted:
        text += f", {moment.deleted} of #{crowds[-1].tag} deleted again"
    return Frame(at, f"{text}.", [_row(crowd.tag, crowd.moments[place]) for crowd in crowds])


def _row(tag: str, moment: Moment) -> list[Cell]:
    now = moment.standing
    return [
        f"#{tag}",
        now.mentions,
        now.authors,
        now.observed,
        now.expected,
        now.score,
        _state(now.findings),
    ]


def _state(findings: Sequence[api.Finding]) -> str:
    """The worst that the gates say, and which say it."""
    for verdict in ("refused", "flagged"):
        names = [GATES[each.gate] for each in findings if each.verdict == verdict]
        if names:
            return f"{SAID[verdict]}: {', '.join(names)}"
    return "passes all"


def gates(stage: Stage, peak: api.TermStanding, end: api.TermStanding) -> None:
    """What each gate found of the pushed tag, when all was posted and (if deleted) at the end."""
    ends = {each.gate: each for each in end.findings}
    differ = peak is not end
    rows: list[list[Cell]] = []
    for found in peak.findings:
        row: list[Cell] = [GATES[found.gate], found.reason, SAID[found.verdict]]
        if differ:
            last = ends.get(found.gate)
            row += [last.reason, SAID[last.verdict]] if last else ["nobody is left", None]
        rows.append(row)
    columns = [Column("Gate"), Column("when all was posted"), Column("verdict")]
    if differ:
        columns += [Column("after the deletions"), Column("verdict")]
    title = f"The gates on #{peak.term}, worldwide"
    stage.show(Table("gates", title, columns, rows, "measured"))


def lists(stage: Stage, world: api.World, crowds: Sequence[Pushed], region: int | None) -> None:
    """Where each tag is in the list of trends that a reader gets."""
    asked = [None] if region is None else [None, region]
    rows = [
        [_list_name(where), f"#{crowd.tag}", *_standing(world, crowd.tag, where)]
        for where in asked
        for crowd in crowds
    ]
    columns = [Column("List"), Column("Tag"), Column("stands"), Column("because")]
    title = "In the lists of the ten trends"
    stage.show(Table("lists", title, columns, rows, "measured"))


def _list_name(region: int | None) -> str:
    return "worldwide" if region is None else f"region {region}"


def _standing(world: api.World, tag: str, region: int | None) -> list[Cell]:
    page = api.trends(world, region=region)
    for place, trend in enumerate(page.trends, 1):
        if trend.term == tag:
            return [f"number {place} of {len(page.trends)}", "passes all"]
    for group, name in ((page.waiting, "waits for a person"), (page.refused, "held back")):
        for trend in group:
            if trend.term == tag:
                return [name, _reasons(trend.findings)]
    now = api.term_standing(world, tag, at=page.at, region=region)
    if now.score == 0:
        return ["not listed", "no more people than expected"]
    return ["not listed", _state(now.findings)]


def _reasons(findings: Sequence[api.Finding]) -> str:
    return "; ".join(each.reason for each in findings if each.verdict != "kept")


def review(stage: Stage, world: api.World, tag: str) -> None:
    """The queue; where the pushed tag waits in it, a person lets it trend."""
    queue = api.review_queue(world)
    rows = [[f"#{each.term}", each.reason] for each in queue]
    columns = [Column("Tag"), Column("why a person is asked")]
    title = "The review queue" if rows else "The review queue: nobody waits"
    stage.show(Table("queue", title, columns, rows, "measured"))
    if tag not in {each.term for each in queue}:
        return
    api.approve_trend(world, tag)
    stands, _ = _standing(world, tag, None)
    text = (
        f"This crowd was as honest as any; it was only sudden. The gate flags and does not refuse,"
        f" because real news is sudden too. A person approves #{tag}: now it stands as {stands}."
    )
    stage.show(Note("approved", "A person decides", text, tone="green"))
