"""Past requests with what became of them, kept beside the rankers (the artefact "replayed"): who
wants to judge a ranking need not learn the vectors of the past again.

They are of the first instant that the rankers are judged on: nothing that these learned from is as
late. Only requests after which something was done with a candidate: others judge nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from trainer.twitter.columns import artefacts
from trainer.twitter.columns.flattening import arrays_of, from_arrays
from trainer.twitter.columns.locks import alone
from trainer.twitter.columns.log import KINDS, Log
from trainer.twitter.columns.models import Artefact
from trainer.twitter.columns.reading import read_log
from trainer.twitter.mixer.features import HEAVY
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.model import FORMAT
from trainer.twitter.mixer.training import judging
from trainer.twitter.mixer.training.past import Past, past
from trainer.twitter.mixer.training.requests import Request, request
from trainer.twitter.mixer.training.sampling import is_eventful
from trainer.twitter.mixer.types import Candidates
from trainer.twitter.world.population import Floats, Ints
from trainer.twitter.world.value import World

NAME = "replayed"
MOST = 60  # requests: 17 MB


@dataclass(frozen=True, eq=False, slots=True)
class Replayed:
    """R requests of different readers (account ids), the candidates of request i at
    `start[i]:start[i + 1]`: what the sources found of each, what the heavy ranker is told of it
    (the light one: of the first columns), and what its reader did with it within the horizon."""

    reader: Ints  # (R,) int64
    start: Ints  # (R + 1,) int64
    id: Ints  # (n,) int64
    sources: Ints  # (n,) uint8
    walk_score: Floats  # (n,) float32
    similarity: Floats  # (n,) float32
    proofs: Ints  # (n,) int16
    heavy: Matrix  # (n, len(features.HEAVY)) float32
    labels: Ints  # (n, 6) uint8, 1 or 0

    def part(self, number: int) -> slice:
        """Where the candidates of one request are."""
        return slice(int(self.start[number]), int(self.start[number + 1]))


def is_replayed(world: World) -> bool:
    """Whether those of the world's base are kept, of this code's features."""
    return Artefact.objects.filter(
        world_id=world.root.id, name=NAME, format=FORMAT, state=Artefact.State.READY
    ).exists()


def replayed(world: World) -> Replayed:
    """Those of the world's base. Raises ArtefactMissing."""
    return from_arrays(Replayed, artefacts.load(world, NAME, FORMAT).arrays)


def make_missing(world: World, learn: Callable[[Log], Matrix]) -> bool:
    """For a base whose rankers an earlier release trained: whether there was anything to make.
    `learn` gives vectors from what was done before the first that is judged: of a large world it
    takes half a minute."""
    if is_replayed(world):
        return False
    with alone(world.root, NAME):
        log = read_log(world)
        keep(world, log, learn(log))
    return True


def keep(world: World, log: Log, accounts: Matrix) -> None:
    """Make and save them. `accounts`: as `judging.requests` takes them."""
    artefacts.save(world, NAME, FORMAT, arrays_of(_made(log, accounts)))


def _made(log: Log, accounts: Matrix) -> Replayed:
    requests = list(_requests(past(log, accounts, judging.split_ms(log))))
    found = Candidates.joined(
        [Candidates.found(np.empty(0, np.int64)), *(each.candidates for each in requests)]
    )
    return Replayed(
        np.array([each.reader + 1 for each in requests], dtype=np.int64),
        np.cumsum([0, *(len(each.candidates) for each in requests)]),
        found.id,
        found.sources,
        found.walk_score,
        found.similarity,
        found.proofs,
        np.concatenate([np.empty((0, len(HEAVY)), np.float32), *(r.heavy for r in requests)]),
        np.concatenate([np.empty((0, len(KINDS))), *(r.labels for r in requests)]).astype(np.uint8),
    )


def _requests(known: Past) -> Iterator[Request]:
    """The first MOST of the readers on whom the rankers are judged; where a small world has none of
    these, of those with the most to see."""
    readers = judging.readers(known.log)
    if not len(readers):
        following = known.log.following
        upto = np.cumsum(np.append(0, known.entries.count[following.flat]))
        readers = np.argsort(-np.diff(upto[following.start]), kind="stable")
    made = (request(known, reader) for reader in readers.tolist() if is_eventful(known, reader))
    return islice((each for each in made if each.labels.any()), MOST)
