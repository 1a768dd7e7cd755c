"""What one request sees of a base and its overlay: from memory alone, put together as it is asked
for. Pure but for where what is known comes from."""

from dataclasses import replace
from functools import cached_property

from trainer.twitter.columns.delta import Delta
from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.kept import Graph
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.discovery.newest import with_segment
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.social_proof import proofs as social_proofs
from trainer.twitter.mixer.known import Known, of
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.scoring import heavy_chances, light_chances
from trainer.twitter.mixer.sources import embeddings, graph
from trainer.twitter.mixer.sources.outside import Outside, outside
from trainer.twitter.mixer.types import Candidates, Fetched, Outcome, Query
from trainer.twitter.world.population import Ints


class Sight:
    """Of one request. Each method raises PartFailed where an artefact that it needs is missing.

    The sources ask at once: each thing is made by whoever comes first, or twice, which is the same.
    """

    def __init__(self, known: Known) -> None:
        self.known = known
        self._delta = Delta()
        self._outside: Outside | None = None

    def begin(self, query: Query) -> None:
        """Take the overlay from the hydrated query, before anything else is asked."""
        if query.delta is not None:
            self._delta = query.delta

    @cached_property
    def present(self) -> Present:
        return Present(of(self.known.snapshot), self._delta)

    @cached_property
    def segments(self) -> Segments:
        base, deeds = of(self.known.graph).segments, self._delta.deeds
        if not len(deeds.account):
            return base
        return with_segment(base, deeds, self.present.rows(deeds.tweet))

    @cached_property
    def moved(self) -> Moved:
        return Moved(of(self.known.vectors), self.present)

    def outside(self, query: Query) -> Outside:
        """Of the one query that there is: as `segments`."""
        if self._outside is None:
            following = of(self.known.graph).following
            self._outside = outside(self.present, self.segments, following, query)
        return self._outside

    def walked(self, query: Query, limit: int) -> Fetched:
        return graph.fetch(self.segments, self.outside(query), query, limit)

    def near(self, query: Query, limit: int) -> Fetched:
        recent = of(self.known.recent)
        return embeddings.fetch(recent, self.moved, self.outside(query), query, limit)

    def hydrated(self, query: Query, candidates: Candidates) -> Outcome:
        """All columns, for ids, sources and their scores."""
        outcome = self.present.candidates(
            candidates.id,
            query.following,
            sources=candidates.sources,
            walk_score=candidates.walk_score,
            similarity=candidates.similarity,
        )
        found = outcome.candidates
        return replace(outcome, candidates=replace(found, proofs=self.proofs(query, found)))

    def light(self, query: Query, candidates: Candidates) -> Matrix:
        return light_chances(of(self.known.rankers), self.present, query, candidates)

    def heavy(self, query: Query, candidates: Candidates) -> Matrix:
        return heavy_chances(of(self.known.rankers), self.moved, query, candidates)

    def proofs(self, query: Query, candidates: Candidates) -> Ints:
        """Of each candidate; 0 where there is no graph to find any in, and then nothing
        out-of-network is shown."""
        known = self.known.graph
        if not isinstance(known, Graph):
            return candidates.proofs
        rows = self.present.rows(candidates.shown)
        followees, authors = query.following - 1, candidates.shown_author - 1
        return social_proofs(self.segments, known.following, followees, rows, authors).either
