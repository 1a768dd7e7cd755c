"""The same four tweets under three thresholds: what is written, and what reading costs."""

from trainer.capacity.inputs import Inputs
from trainer.lab.blocks import Note
from trainer.lab.labs.celebrity import reading, shown
from trainer.lab.labs.celebrity.authors import Author, authors_of
from trainer.lab.labs.celebrity.posting import Post, post_all
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.twitter import api

USUAL = 100_000  # the control's default: it stands for the world's own line


def run(stage: Stage) -> None:
    stage.say("Looking for the authors and the reader", 0.02)
    authors = authors_of(stage.base)
    reader = stage.account("reader") or _default_reader(stage, authors)
    threshold = _threshold(stage)
    everybody = max(author.followers for author in authors) + 1
    # All are pushed to first: it brings the lists of followers into Redis, which is timed nowhere.
    worlds = {
        shown.PUSHED: stage.overlay(threshold=everybody),
        shown.CHOSEN: stage.overlay(threshold=threshold),
        shown.PULLED: stage.overlay(threshold=0),
    }
    posts: dict[str, list[Post]] = {}
    for number, (policy, world) in enumerate(worlds.items()):
        posts[policy] = []
        for post in post_all(stage, world, authors, policy, 0.05 + 0.2 * number):
            posts[policy].append(post)
            shown.writes(stage, authors, posts)
    _tell_writes(stage, posts)
    _tell_reads(stage, reading.measure(stage, worlds, reader), reader, authors)
    stage.say("Done", 1.0)


def _threshold(stage: Stage) -> int:
    """As typed; but of a world whose line lies elsewhere, its own instead of the usual one."""
    typed = stage.given.whole("threshold")
    own = stage.base.threshold
    if typed != USUAL or own == USUAL:
        return typed
    stage.show(
        Note(
            "line",
            "This world is smaller",
            f"Its celebrities begin at {own:,} followers instead of {USUAL:,}, so {own:,} is the"
            " threshold of this run. Any other number that you type is taken as it is.",
        )
    )
    return own


def _default_reader(stage: Stage, authors: list[Author]) -> api.AccountRow:
    """Who follows the most of the four."""
    found = api.audiences.following_most(stage.base, {author.id for author in authors})
    if not found:
        raise LabError("Nobody in this world reads the four authors: type a reader's handle.")
    return api.get_account(stage.base, found[0].id)


def _tell_writes(stage: Stage, posts: dict[str, list[Post]]) -> None:
    _, below, at_line, _ = posts[shown.CHOSEN]
    giant = max(posts[shown.PUSHED], key=lambda post: post.attempted)
    stage.figure("push_ms", below.total_ms)
    stage.figure("below_writes", below.stored)
    stage.figure("below_skipped", below.skipped)
    stage.figure("at_writes", at_line.stored)
    stage.figure("chosen_writes", sum(post.stored for post in posts[shown.CHOSEN]))
    stage.figure("all_push_writes", sum(post.stored for post in posts[shown.PUSHED]))
    stage.figure("largest_push_ms", giant.push_ms)
    stage.figure("giant_s", Inputs().most_followers * giant.push_ms / giant.attempted / 1000)


def _tell_reads(
    stage: Stage, reads: reading.Reads, reader: api.AccountRow, authors: list[Author]
) -> None:
    shown.reads(stage, reads, reader)
    shown.sameness(stage, reads, reader, authors)
    stage.figure("read_ms", reads.by_policy[shown.CHOSEN].total_ms)
    stage.figure("find_ms", reads.by_policy[shown.CHOSEN].find_ms)
    stage.figure("pulls_ms", reads.by_policy[shown.CHOSEN].pulls_ms)
    stage.figure("pull_all_ms", reads.everything_pulled.find_ms)
    stage.figure("different", reads.different)


LAB = LabCode("celebrity", run, Needs.WORLD, timing=True, most_s=40.0)
