"""What `bench home` reads: an overlay on the default world, its readers, and the two ways to a
timeline, which must agree."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle, islice

import numpy as np

from trainer.lib import clock
from trainer.lib.benchmark import CannotMeasure
from trainer.resilience.quality import Quality
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.benches.home_naive import NaiveMixer, Shown
from trainer.twitter.errors import PartFailed, UnknownBase, WorldNotReady
from trainer.twitter.mixer.answer import HomeTimeline
from trainer.twitter.mixer.home import home_timeline
from trainer.twitter.mixer.known import Known, Shelf, of
from trainer.twitter.mixer.machine import Machine
from trainer.twitter.mixer.trace import Trace
from trainer.twitter.mixer.types import HEAVY, Query, Weights
from trainer.twitter.world import overlays
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World

LIMIT = 50
READERS = 20
LOOKED_AT = 600  # those who follow most, among whom the readers are looked for
IN_NETWORK = 750
CLOSE = 1e-3  # relative: float32 against Python's float64, through a network
NEVER_S = 3_600.0
NOBODY = np.empty(0, np.int64)
# Any would do: what is measured does not depend on them.
WEIGHTS = Weights("bench", {"like": 1.0, "retweet": 2.0, "reply": 27.0, "profile_click": 24.0})


@dataclass(eq=False)
class Arena:
    """What is read: an overlay, its readers, and the two ways. `answers`: ours, of all rounds;
    `at_once`: those to concurrent readers."""

    world: World
    known: Known
    machine: Machine
    mixer: NaiveMixer
    readers: Sequence[int] = ()
    answers: list[HomeTimeline] = field(default_factory=list)
    at_once: list[HomeTimeline] = field(default_factory=list)

    def ours(self, account_id: int, now: datetime | None = None) -> HomeTimeline:
        return home_timeline(
            rebuildable(),
            self.world,
            account_id,
            weights=WEIGHTS,
            now=now or clock.now(),
            trace=True,
            limit=LIMIT,
            machine=self.machine,
        )

    def whole(self, account_id: int, now: datetime | None = None) -> HomeTimeline:
        """Raises CannotMeasure unless the heavy ranker ranked what all sources found."""
        answer = self.ours(account_id, now)
        if not is_whole(answer):
            why = "; ".join([answer.reason, *(f"{one.part}: {one.why}" for one in answer.missing)])
            raise CannotMeasure(f"A timeline of level {answer.level} came ({why}).")
        return answer

    def naive(self, account_id: int, now: datetime | None = None) -> Shown:
        at_ms = int(self.world.now(now or clock.now()).timestamp() * 1000)
        return self.mixer.page(Query(account_id, at_ms, WEIGHTS, NOBODY), LIMIT)

    def turns(self, reads: int) -> Iterator[int]:
        """`reads` readers, one after the other and again."""
        return islice(cycle(self.readers), reads)


@contextmanager
def arena() -> Iterator[Arena]:
    """Gone afterwards. Raises CannotMeasure where the world or an artefact is missing, where too
    few readers have so much to read, or where the ways disagree."""
    try:
        base = overlays.get_base("default")
        known = Shelf().known(base)
        for thing in (known.snapshot, known.graph, known.vectors, known.rankers):
            of(thing)
    except (UnknownBase, WorldNotReady, PartFailed) as error:
        raise CannotMeasure(str(error)) from error
    world = overlays.create_overlay(base, now=clock.now())
    try:
        machine = Machine(quality=Quality(NEVER_S))
        here = Arena(world, known, machine, NaiveMixer(rebuildable(), world, known))
        here.readers = _readers(here)
        yield here
    finally:
        overlays.drop_overlay(rebuildable(), world)


def _readers(here: Arena) -> list[int]:
    """The first of those who follow most that have 750 in-network candidates, and of whom both ways
    make the same list. Where rounding decides between two equals, a reader is passed over."""
    base_id = here.world.root.id
    most = Account.objects.filter(world_id=base_id).order_by("-following_count", "id")
    found, unequal = list[int](), 0
    for account_id in most.values_list("id", flat=True)[:LOOKED_AT]:
        now = clock.now()
        here.ours(account_id, now)  # once cold: lists are rebuilt, which may take too long
        ours = here.whole(account_id, now)
        if _in_network(ours) < IN_NETWORK:
            continue
        if _agree(ours, here.naive(account_id, now)):
            found.append(account_id)
        else:
            unequal += 1
        if unequal > READERS // 4:
            raise CannotMeasure("The two ways make different lists: nothing to compare.")
        if len(found) == READERS:
            return found
    raise CannotMeasure(
        f"{len(found)} readers have {IN_NETWORK} in-network candidates, too few: measure on a "
        "world of 150,000 accounts."
    )


def is_whole(answer: HomeTimeline) -> bool:
    return answer.level == HEAVY and not answer.missing


def _in_network(answer: HomeTimeline) -> int:
    finds = [find for part in trace_of(answer).parts for find in part.finds]
    return sum(find.count for find in finds if find.source in ("in_network", "celebrities"))


def _agree(ours: HomeTimeline, naive: Shown) -> bool:
    """The same ids in the same order, with the same scores; and a first page of the same texts."""
    one, other = trace_of(ours).served, naive.served
    if not np.array_equal(one.ids, other.ids) or not np.allclose(one.score, other.score, CLOSE):
        return False
    texts = [(e.tweet.id, e.tweet.handle, (e.original or e.tweet).text) for e in ours.entries]
    return texts == [(row[0], row[7], row[6]) for row in naive.page]


def trace_of(answer: HomeTimeline) -> Trace:
    if answer.trace is None:
        raise CannotMeasure("An answer came without its trace.")
    return answer.trace
