"""What a drill is. Each is a module of trainer/drills/kinds, which gives one `DRILL`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from trainer.catalog.schema import Pack
from trainer.drills.log import Body, Log
from trainer.drills.models import Round
from trainer.drills.typed import Typed


@dataclass(frozen=True)
class Sitting:
    """A round at a moment: its row, its content, its log. `typed` is the form of a command."""

    round: Round
    pack: Pack
    log: Log
    now: datetime
    typed: Typed = field(default_factory=Typed)

    def subject(self, n: int) -> str:
        """Under which the `n`th answer of this round is graded."""
        return f"drill:{self.round.id}:{n}"


@dataclass(frozen=True, slots=True)
class Page:
    """What the drill's template shows. `deadline`: what the clock counts down to (None: no clock).
    `box`: the name of the text box on the page ("": none), under which its draft is kept."""

    context: Mapping[str, Any]
    deadline: datetime | None = None
    box: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """An item was answered. `rating`: 1 (not known) to 4 (easily). `points`: which rubric points,
    or questions, were covered."""

    item: str
    rating: int
    points: Mapping[str, bool] = field(default_factory=dict)


def _nothing(_: Sitting, __: Sequence[Body]) -> Sequence[Result]:
    return ()


def _no_summary(_: Sitting) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Drill:
    """`items(pack)`: all that it can ask, by id; none where the pack has nothing for it.

    `begin(pack, seed, wanted)` gives the first body, `log.started(...)`: which items, chosen by
    `seed`, the `wanted` one first ("": any). `page(sitting)` is what the template shows. Each of
    `commands` is a form that a visitor can send, as `/drills/rounds/<id>/<name>/`: from the
    sitting it gives the bodies to append (none: nothing to do), or raises Refused.

    `then(sitting, bodies)` is called in the same transaction, once, with the log as it is after
    `bodies`: it asks for what follows elsewhere (a grading), and gives the items answered by it.
    """

    slug: str
    title: str
    trains: str  # one sentence for the index: what it trains
    minutes: int
    template: str
    items: Callable[[Pack], Sequence[str]]
    begin: Callable[[Pack, int, str], Body]
    page: Callable[[Sitting], Page]
    commands: Mapping[str, Callable[[Sitting], Sequence[Body]]]
    then: Callable[[Sitting, Sequence[Body]], Sequence[Result]] = _nothing
    summary: Callable[[Sitting], dict[str, Any]] = _no_summary
