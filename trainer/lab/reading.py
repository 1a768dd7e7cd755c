"""Reading home timelines for a lab: a reader worth looking at, and a world that is in memory."""

import time
from collections.abc import Sequence

from trainer.lab.blocks import Note
from trainer.lab.stage import LabError, Stage
from trainer.twitter import api

WARM_S = 20.0  # a large world is read from disk in two or three
EVERY_S = 0.1


def reader_of(stage: Stage, control: str) -> api.AccountRow:
    """The account typed into the control; where it is empty, one that follows many."""
    return stage.account(control) or some_readers(stage, 1)[0]


def some_readers(stage: Stage, count: int) -> list[api.AccountRow]:
    """Up to `count` accounts that follow many and were there lately; always the same. LabError
    where the world has none."""
    found = [api.get_account(stage.base, id_) for id_ in api.readers(stage.base, count)]
    if not found:
        raise LabError("Nobody in this world follows many and was there lately: build a new world.")
    return found


def nothing_found(reader: api.AccountRow) -> Note:
    """Of a reader for whom there is not one candidate."""
    text = (
        f"@{reader.handle} follows {reader.following:,} accounts, and no source found anything for"
        " them. Discovery goes by what those whom one follows like, so a new account has to be"
        " asked what it cares for first."
    )
    return Note("nothing", "A cold start", text, tone="amber")


def warm(stage: Stage, account_id: int, weights: api.Weights, worlds: Sequence[api.World]) -> None:
    """Until this process ranks the account's timeline in all these worlds by the heavy ranker: the
    first requests read the world into memory and rebuild timelines, and would be measured. They go
    to an overlay of their own, as slow ones make the next ones of their world fetch less.

    LabError with the reason where it does not get there.
    """
    end = time.monotonic() + WARM_S
    for world in (stage.overlay(), *worlds):
        while (why := _missing(world, account_id, weights)) is not None:
            if time.monotonic() > end:
                raise LabError(f"The home timeline is not ranked: {why}. Try again in a minute.")
            stage.wait(EVERY_S)


def _missing(world: api.World, account_id: int, weights: api.Weights) -> str | None:
    try:
        timeline = api.home_timeline(world, account_id, weights=weights, trace=False)
    except api.errors.NoTimeline as error:
        return str(error)
    return timeline.reason if timeline.level else None
