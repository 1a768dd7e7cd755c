"""On which base world a lab runs: the default one, or the small one while that is being built."""

from dataclasses import dataclass

from trainer.lab.names import SMALL
from trainer.lab.stage import Needs
from trainer.twitter import api

NAMES = (api.DEFAULT_BASE, SMALL)
READY = "ready"


@dataclass(frozen=True, slots=True)
class Base:
    """`name` "" for a lab that needs none; `accounts` of the world."""

    name: str
    accounts: int

    @property
    def is_small(self) -> bool:
        return self.name == SMALL


NONE = Base("", 0)


def choose(needs: Needs) -> Base | None:
    """The best base that has what is needed; None while there is none."""
    if needs is Needs.NOTHING:
        return NONE
    for name in NAMES:
        progress = api.base_progress(name)
        if progress.state == READY and (needs is Needs.WORLD or _is_ranked(name)):
            return Base(name, progress.accounts)
    return None


def _is_ranked(name: str) -> bool:
    return all(each.state == READY for each in api.ranking_progress(name).values())


@dataclass(frozen=True, slots=True)
class Building:
    """What is still being made for the labs: a sentence, and how far (0 to 1). "" when all is."""

    sentence: str
    share: float

    @property
    def is_over(self) -> bool:
        return not self.sentence


def building() -> Building:
    """How far the default base is, with what is learned from it."""
    made = {"the world": api.base_progress(), **api.ranking_progress()}
    for place, (name, progress) in enumerate(made.items()):
        if progress.state != READY:
            return Building(_sentence(name, progress), (place + progress.share) / len(made))
    return Building("", 1.0)


def _sentence(name: str, progress: api.Progress) -> str:
    if progress.state == "failed":
        return f"Making {name} failed ({progress.step}): the next start of the site tries again."
    if progress.state == "absent":
        return f"{name.capitalize()} will be made when this site has time."
    return f"{name.capitalize()} is being made ({progress.share:.0%}): {progress.step}."
