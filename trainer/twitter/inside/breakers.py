"""A breaker as it stands."""

from trainer.resilience import breaker
from trainer.resilience.breaker import Policy, View
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter import keys
from trainer.twitter.mixer.budget import BREAKERS, POLICY
from trainer.twitter.world.value import World


def breaker_view(world: World, part: str, policy: Policy = POLICY) -> View:
    """The breaker around a part of the world's home timelines, without any effect on it. `policy`:
    that by which the world's requests go. ValueError for a part that has none."""
    if part not in BREAKERS:
        raise ValueError(f"{part!r} has no breaker: use one of {', '.join(BREAKERS)}.")
    (view,) = breaker.look(rebuildable(), [keys.breaker(world.id, part)], policy)
    return view
