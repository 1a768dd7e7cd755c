"""The simulator's communities, for the labs that check discovery by them. Nothing that discovers
or ranks may know them."""

from dataclasses import dataclass

import numpy as np

from trainer.twitter.world.models import WorldRecord
from trainer.twitter.world.planted import draw_latent
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World
from trainer.twitter.world.words import TOPICS


@dataclass(frozen=True, eq=False, slots=True)
class Communities:
    """`of`: (n,) each account's (index); `topic_of`: (communities,) what each is about."""

    of: Ints
    topic_of: Ints

    def about(self, account: int) -> str:
        """The topic's word, of the community of an account (index)."""
        return TOPICS[int(self.topic_of[self.of[account]])][0]


def communities(world: World) -> Communities:
    """Of the world's base: drawn again from its seed, as `make_population` draws them first."""
    base = WorldRecord.objects.get(id=world.root.id)
    first = np.random.SeedSequence(base.seed).spawn(1)[0]
    latent = draw_latent(base.accounts, np.random.default_rng(first))
    return Communities(latent.community, latent.topic_of)
