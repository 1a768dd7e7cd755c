"""Post tweets and search for them until they are found; then without the worker for a while."""

from statistics import median

from trainer.lab.labs.search import shown
from trainer.lab.labs.search.watch import Post, Watch
from trainer.lab.stage import LabCode, LabError, Needs, Stage
from trainer.twitter import api

EVERY_S = 0.1  # ten posts a second: slower than a worker, so that nothing queues of itself
WARM_UP = 3  # tweets: connections are opened and modules loaded, here and in the worker
AUTHORS = 50
PATIENCE_S = 20.0  # a worker that starts anew on a busy machine takes as long as that


def run(stage: Stage) -> None:
    watch = _warmed_up(stage)
    usual = _post(stage, watch, stage.given.whole("tweets"), share=0.6)
    _await_found(stage, watch)
    _await_stages(stage, watch, usual)
    shown.stages(stage, watch, usual)
    shown.way(stage, watch, usual)
    without: list[Post] = []
    if stage.given.text("kill") == "yes":
        down_s = stage.given.whole("down_s")
        without = _without_worker(stage, watch, down_s)
        shown.killed(stage, watch, without)
    shown.latest(stage, watch)
    shown.backlog(stage, watch)
    shown.posts(stage, usual, without)
    _tell_figures(stage, watch, usual, [*usual, *without])


def _warmed_up(stage: Stage) -> Watch:
    """A watch on a world of its own, after tweets that do not count."""
    authors = api.crowd(stage.base, AUTHORS)
    if not authors:
        raise LabError("No account of this world has followers: build a world of 2,000 or more.")
    stage.say("Opening an experiment", 0.02)
    world = stage.overlay()
    early = Watch(stage, world, authors, f"warm{world.id}x")
    for _ in range(WARM_UP):
        early.post()
    _await_found(stage, early)
    return Watch(stage, world, authors, f"probe{world.id}x")


def _post(stage: Stage, watch: Watch, count: int, share: float) -> list[Post]:
    """So many posts on the beat, searched for meanwhile; `share` of the run when done."""
    before, started = stage.share, watch.now_s()
    made = []
    for number in range(count):
        watch.look_until(started + number * EVERY_S)
        _tell(
            stage,
            watch,
            f"Posting as @{watch.next_author().handle}",
            before + (share - before) * number / count,
        )
        made.append(watch.post())
    return made


def _tell(stage: Stage, watch: Watch, doing: str, share: float) -> None:
    """What was seen so far, as often as somebody reads it. Never between a post and the search for
    it, unless that waits for long anyway: it would be in the measured time."""
    if watch.is_time_to_tell():
        stage.say(f"{doing}: {watch.told()}", share)
        shown.latest(stage, watch)
        shown.backlog(stage, watch)


def _without_worker(stage: Stage, watch: Watch, down_s: int) -> list[Post]:
    """Kill the worker and go on posting until it may come back; then until nothing waits."""
    stage.say(f"Killing the worker for {down_s} s", stage.share)
    stage.take_down("worker", down_s)
    watch.killed_s = watch.now_s()
    made = _post(stage, watch, round(down_s / EVERY_S), share=0.8)
    _await_found(stage, watch)
    return made


def _await_found(stage: Stage, watch: Watch) -> None:
    """Search on until everything is found and nothing waits. Raises LabError when nothing moves."""
    last, moved_s = watch.standing(), watch.now_s()
    while watch.pending or watch.sample():
        watch.look()
        _tell(stage, watch, "Searching for the rest", stage.share)
        if (standing := watch.standing()) != last:
            last, moved_s = standing, watch.now_s()
        if watch.now_s() - moved_s > PATIENCE_S:
            raise LabError(
                f"The workers take no tasks: nothing was indexed for {PATIENCE_S:.0f} s. Start them"
                " (`up` does), then run this again."
            )


def _await_stages(stage: Stage, watch: Watch, posts: list[Post]) -> None:
    """The last stage of a journey is noted just after a search can find the tweet."""
    until_s = watch.now_s() + PATIENCE_S
    while any(watch.journey(post).total_ms is None for post in posts):
        if watch.now_s() > until_s:
            raise LabError("A tweet was found, but its journey was not noted. Run this again.")
        stage.wait(0.02)


def _tell_figures(stage: Stage, watch: Watch, usual: list[Post], every: list[Post]) -> None:
    waited_ms = [post.found_ms for post in usual if post.found_ms is not None]
    stage.figure("found_ms", median(waited_ms))
    stage.figure("worst_ms", max(waited_ms))
    stage.figure("longest_s", max(post.found_ms or 0.0 for post in every) / 1000)
    stage.figure("most_waiting", max(sample.waiting for sample in watch.samples))
    stage.figure("drained_s", watch.drained_after_s(every[-1]))
    stage.figure("posted", len(every))
    stage.figure("found_once", watch.found_once(every))
    stage.say("Done", 1.0)


LAB = LabCode("search", run, Needs.WORLD, timing=True, sandbox=True, most_s=40.0)
