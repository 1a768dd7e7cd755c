"""Asking for one reader's timeline again and again, with an eye on the breaker."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from trainer.lab.weights import first, weights_of
from trainer.resilience.breaker_rules import Policy, View
from trainer.resilience.faults import NONE, Fault, Faults
from trainer.twitter import api

TOP = 20
# Longer than a part may take is as good as never; a tenth of a second is within every limit.
SLOW_S = 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: under which `phase`, what the part's breaker said before and after it, and what
    the reader got. `top`: the first tweets shown."""

    number: int
    phase: str
    before: View
    after: View
    level: int
    reason: str
    ms: float
    entries: int
    top: frozenset[int]

    @property
    def was_let_through(self) -> bool:
        """Whether the request tried the part: nobody else asks in this experiment."""
        return self.before.state == "closed" or self.is_probe

    @property
    def is_probe(self) -> bool:
        return self.before.state == "half-open" and self.before.prober is None


@dataclass(slots=True)
class Experiment:
    """`world`: the one with the fault, whose breakers go by `policy`. `part`: around which the
    breaker is that is looked at."""

    world: api.World
    reader: int
    part: str
    policy: Policy
    weights: api.Weights = field(default_factory=lambda: weights_of(first()))
    asked: list[Asked] = field(default_factory=list)
    _faults: Faults = NONE

    @contextmanager
    def failing(self, kind: str) -> Iterator[None]:
        """Its requests carry the fault meanwhile."""
        self._faults = faults(self.part, kind)
        try:
            yield
        finally:
            self._faults = NONE

    def view(self) -> View:
        return api.breaker_view(self.world, self.part, self.policy)

    def ask(self, phase: str) -> Asked:
        before = self.view()
        timeline = read(self, self._faults)
        one = Asked(
            number=len(self.asked) + 1,
            phase=phase,
            before=before,
            after=self.view(),
            level=timeline.level,
            reason=timeline.reason,
            ms=timeline.took_ms,
            entries=len(timeline.entries),
            top=top_of(timeline),
        )
        self.asked.append(one)
        return one

    def during(self, phase: str) -> list[Asked]:
        return [one for one in self.asked if one.phase == phase]

    def elsewhere(self, world: api.World) -> "Experiment":
        """The same reader in another world, by the usual rules, without faults."""
        return replace(self, world=world, policy=api.BREAKERS, asked=[], _faults=NONE)


def read(experiment: Experiment, struck: Faults) -> api.HomeTimeline:
    return api.home_timeline(
        experiment.world,
        experiment.reader,
        weights=experiment.weights,
        faults=struck,
        trace=False,
        policy=experiment.policy,
    )


def faults(part: str, kind: str) -> Faults:
    if kind == "slow":
        return Faults({part: Fault("slow", SLOW_S)})
    return Faults({part: Fault("hang" if kind == "hang" else "error")})


def top_of(timeline: api.HomeTimeline) -> frozenset[int]:
    return frozenset(entry.tweet.retweet_of or entry.tweet.id for entry in timeline.entries[:TOP])
