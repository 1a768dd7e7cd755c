"""Who posts, and at which minute: crowds of equally many posts on the same curve of growth."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from math import log2

from trainer.lab.stage import LabError, Stage
from trainer.twitter import api


@dataclass(frozen=True, slots=True)
class Said:
    """One post to be: by whom, and how many minutes before now."""

    author: api.Person
    minutes_ago: float


Planned = tuple[Said, ...]


def honest(stage: Stage) -> tuple[api.Person, ...]:
    """As many accounts as there are posts, no newcomers, from all regions."""
    return _enough(stage, "that are no newcomers", older_than_days=_new_days())


def one_each(stage: Stage, people: Sequence[api.Person]) -> Planned:
    """Every account posts once."""
    return _grown(stage, people)


def bots(stage: Stage, few: int) -> Planned:
    """The same number of posts, by a few accounts made lately, in turn."""
    made = api.crowd(stage.base, few, younger_than_days=_new_days())
    if len(made) < few:
        raise LabError(
            f"Only {len(made)} accounts of this world are younger than {_new_days():.0f} days, and"
            f" {few} are needed: choose another crowd, or build a larger world."
        )
    return _grown(stage, list(islice(cycle(made), stage.given.whole("posts"))))


def of_one_region(stage: Stage, region: int) -> Planned:
    """As the honest crowd, all from one region."""
    kind = f"of region {region}"
    return _grown(stage, _enough(stage, kind, region=region, older_than_days=_new_days()))


def _new_days() -> float:
    return api.TREND_RULES.new_account_days


def _enough(
    stage: Stage, kind: str, *, older_than_days: float, region: int | None = None
) -> tuple[api.Person, ...]:
    wanted = stage.given.whole("posts")
    found = api.crowd(stage.base, wanted, older_than_days=older_than_days, region=region)
    if len(found) < wanted:
        raise LabError(
            f"This world has only {len(found)} accounts {kind}, and {wanted} are to post: ask for"
            " fewer posts."
        )
    return found


def _grown(stage: Stage, authors: Sequence[api.Person]) -> Planned:
    """Posts that double every so many minutes, from the first to the last: post k comes at
    minutes x log2(k) / log2(posts)."""
    minutes, every = stage.given.number("minutes"), len(authors)
    return tuple(
        Said(author, minutes * (1 - log2(place) / log2(every)))
        for place, author in enumerate(authors, 1)
    )
