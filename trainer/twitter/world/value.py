"""A world as the rest of the mini Twitter sees it."""

from dataclasses import dataclass
from datetime import datetime

DEFAULT_THRESHOLD = 100_000
DEFAULT_VIRAL_AFTER = 100


@dataclass(frozen=True, slots=True)
class World:
    """A base world, or an overlay on one.

    `threshold`: an author with that many followers or more is pulled, not pushed. `viral_after`:
    once a tweet has that many retweets, further ones are pulled (0: never). `ends_at`: the instant
    at which the base's history ends; `started_at`: the real time at which an overlay's clock began
    to run on from there.
    """

    id: int
    public_id: str
    base: "World | None"
    threshold: int
    viral_after: int
    started_at: datetime
    ends_at: datetime

    @property
    def is_overlay(self) -> bool:
        return self.base is not None

    @property
    def root(self) -> "World":
        """The base: of an overlay, or itself."""
        return self.base or self

    @property
    def lineage(self) -> tuple[int, ...]:
        """The ids to read, base first; a row of a later one shadows an earlier one's."""
        return (self.base.id, self.id) if self.base else (self.id,)

    def now(self, real_now: datetime) -> datetime:
        """World time, so that a world that was seeded long ago is as fresh as on its last day."""
        if self.base is None:
            return self.ends_at
        return self.ends_at + (real_now - self.started_at)
