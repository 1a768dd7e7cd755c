"""How far artefacts are: for who waits for them, and for who would make them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trainer.twitter.columns.locks import is_being_made
from trainer.twitter.columns.models import Artefact


@dataclass(frozen=True, slots=True)
class Standing:
    """`step`: what is being done, or why it failed; `share` from 0 to 1."""

    state: Literal["absent", "making", "ready", "failed"]
    step: str = ""
    share: float = 0.0


def standing(world_id: int, formats: Mapping[str, int]) -> Standing:
    """Of artefacts that are made together: their names, and the formats that this code reads. The
    last of them tells how far they are. `world_id`: of the base.

    What can be used is ready, unless newer ones are being made.
    """
    *_, last = formats
    found = Artefact.objects.filter(world_id=world_id, name__in=formats).defer("meta")
    rows = {row.name: row for row in found}
    if (row := rows.get(last)) is None:
        return Standing("absent")
    is_making = row.state == Artefact.State.MAKING
    if is_making and is_being_made(world_id, last):
        return Standing("making", row.step, row.progress)
    if formats == {name: row.format for name, row in rows.items() if row.version}:
        return Standing("ready", share=1.0)
    if row.state == Artefact.State.READY:
        return Standing("absent", "it was made by another release")
    return Standing("failed", "it was interrupted" if is_making else row.step)
