"""One population, once as a follow graph and once as a graph of capped friendships."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trainer.capacity.inputs import Inputs
from trainer.lab.blocks import Chart, Column, Note, Series, Table
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.twitter import api

POINTS: Final = 60  # of a curve
SEED: Final = 1

Counts = NDArray[np.integer]


@dataclass(frozen=True, eq=False, slots=True)
class Audience:
    """A graph as a fan-out sees it. `reached`: (n,) how many timelines one post of each account is
    written to; `posted`: (n,) how many posts there were."""

    name: str
    reached: Counts
    posted: Counts

    @property
    def of_accounts(self) -> float:
        """Writes a post, were every account to post alike."""
        return float(self.reached.mean())

    @property
    def of_posts(self) -> float:
        """Writes a post, over those that there were."""
        return self.in_all / int(self.posted.sum())

    @property
    def in_all(self) -> int:
        return int(self.reached.astype(np.int64) @ self.posted)

    @property
    def most(self) -> int:
        return int(self.reached.max())

    @property
    def worst(self) -> float:
        """A post of the largest account against the mean post; 0 where nobody reaches anybody."""
        return self.most / self.of_posts if self.in_all else 0.0

    def at_or_over(self, line: int) -> int:
        return int((self.reached >= line).sum())


def run(stage: Stage) -> None:
    cap, line = (_scaled(stage, control) for control in ("cap", "threshold"))
    stage.say("Reading who follows whom", 0.1)
    graph = api.follow_graph(stage.base)
    if not graph.posted.sum():
        raise LabError("Nobody in this world has posted anything: choose another world.")
    follow = Audience("followers", graph.followers, graph.posted)
    _tell(stage, "follow", follow, line)
    _show(stage, [follow], line)
    stage.say(f"Looking among {len(graph.follower):,} follows for those that are returned", 0.5)
    is_mutual = api.mutual(graph)
    stage.figure("mutual_share", 100 * float(is_mutual.mean()))
    stage.say(f"Making friends, at most {cap:,} each", 0.7)
    friends = api.befriended(graph, is_mutual, cap, SEED)
    both = Audience("friends, every follow", friends.friends, graph.posted)
    _tell(stage, "friend", both, line)
    few = api.mutual_only(graph, is_mutual, cap, SEED).friends
    only = Audience("friends, mutual follows only", few, graph.posted)
    stage.figure("cap_used", cap)
    _show(stage, [follow, both, only], line)
    stage.show(_note(stage, cap, line, friends.refused))
    stage.say("Done", 1.0)


def _scaled(stage: Stage, control: str) -> int:
    """As small against this world's own threshold as the given number is against the usual one."""
    share = stage.base.root.threshold / Inputs().threshold
    return max(1, round(stage.given.whole(control) * share))


def _tell(stage: Stage, graph: str, audience: Audience, line: int) -> None:
    stage.figure(f"{graph}_worst", audience.worst)
    stage.figure(f"{graph}_of_accounts", audience.of_accounts)
    stage.figure(f"{graph}_of_posts", audience.of_posts)
    stage.figure(f"{graph}_most", audience.most)
    stage.figure(f"{graph}_celebrities", audience.at_or_over(line))


def _show(stage: Stage, audiences: list[Audience], line: int) -> None:
    stage.show(_chart(audiences, line))
    stage.show(_table(audiences, line))


def _chart(audiences: list[Audience], line: int) -> Chart:
    accounts = len(audiences[0].posted)
    return Chart(
        "degrees",
        "How many accounts reach so many",
        "followers or friends, at least",
        "accounts",
        [
            *(_series(each) for each in audiences if each.most > 0),
            Series("threshold", (line, line), (1, accounts), dashed=True),
        ],
        origin="measured",
        log_x=True,
        log_y=True,
        note="A curve that ends left of the dashed line has no account that would be pulled.",
    )


def _series(audience: Audience) -> Series:
    at = np.unique(np.geomspace(1, audience.most, POINTS).round().astype(np.int64))
    ascending = np.sort(audience.reached)
    counts = len(ascending) - np.searchsorted(ascending, at)
    return Series(audience.name, at.tolist(), counts.tolist())


def _table(audiences: list[Audience], line: int) -> Table:
    return Table(
        "writes",
        "What a post costs to push",
        (
            Column("Graph"),
            Column("Mean over accounts", "writes"),
            Column("Mean over posts", "writes"),
            Column("Most", "writes", bar=True),
            Column("Most against the mean post", "x"),
            Column(f"Accounts at {line:,} or over"),
            Column("All posts of the history", "writes"),
        ),
        [
            (
                each.name,
                each.of_accounts,
                each.of_posts,
                each.most,
                each.worst,
                each.at_or_over(line),
                each.in_all,
            )
            for each in audiences
        ],
        origin="measured",
        note="The posts, and who wrote them, are the same in every row.",
    )


def _note(stage: Stage, cap: int, line: int, refused: int) -> Note:
    text = f"The cap undid {refused:,} friendships."
    if stage.base.root.threshold != Inputs().threshold:
        text += (
            " This world is small, so both limits are scaled by its own threshold: a cap of"
            f" {cap:,} friends, and a threshold of {line:,}."
        )
    if line > cap:
        text += " The threshold lies above the cap, so no account of the friend graph can reach it."
    return Note("limits", "The limits in this run", text)


LAB = LabCode("follow-or-friend", run, Needs.WORLD, most_s=40.0)
