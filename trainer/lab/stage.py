"""Where a lab runs: its world, its inputs, and the way in which it tells what it sees."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from trainer.lab import sandbox
from trainer.lab.blocks import Block, Result, to_json
from trainer.lab.errors import LabError as LabError
from trainer.lab.given import Given
from trainer.twitter import api

STEP_S = 0.05


class Stopped(LabError):
    """The visitor stopped it."""

    def __init__(self) -> None:
        super().__init__("You stopped this run. Run it again when you like.")


class TooLong(LabError):
    def __init__(self, most_s: float) -> None:
        super().__init__(
            f"The run took longer than {most_s:.0f} s and was ended: the machine is busy. Try again"
            " with smaller inputs."
        )


class Needs(Enum):
    """What must be there before a lab can run: nothing but code, a base world, or its rankers and
    embeddings too."""

    NOTHING = "nothing"
    WORLD = "world"
    RANKERS = "rankers"


class Sink(Protocol):
    """Who is told. Raises Stopped when the visitor wants no more of it."""

    def tell(self, said: str, share: float, result: Mapping[str, Any]) -> None: ...


class Stage:
    """One run's own. Figures and blocks are seen live as they are given."""

    def __init__(
        self,
        base: api.World | None,
        given: Given,
        sink: Sink,
        *,
        most_s: float,
        make_world: Callable[..., api.World],
        seed: int = 1,
    ) -> None:
        self.given = given
        self.result = Result()
        self.random = random.Random(seed)  # noqa: S311 (no secret)
        self.said, self.share = "", 0.0
        self._base, self._sink, self._make_world = base, sink, make_world
        self._most_s, self._end = most_s, time.monotonic() + most_s

    @property
    def base(self) -> api.World:
        """The base world to read. LabError where the lab's Needs named none."""
        if self._base is None:
            raise LabError("This lab asked for no world.")
        return self._base

    def overlay(self, *, threshold: int | None = None, viral_after: int | None = None) -> api.World:
        """A new experiment of this visitor's own, dropped at their next run, at a reset, or when
        its time is up."""
        return self._make_world(self.base, threshold=threshold, viral_after=viral_after)

    def say(self, text: str, share: float | None = None) -> None:
        """What is being done now, and how far the run is (0 to 1). Raises Stopped, TooLong."""
        self.said = text
        self.share = self.share if share is None else share
        self._tell()

    def figure(self, id: str, value: float) -> None:
        """A figure that the lab's content describes under this id."""
        self.result.figures[id] = float(value)
        self._tell()

    def show(self, block: Block) -> None:
        """A chart, table, ... to see; it takes the place of an earlier one of the same id."""
        self.result.blocks[block.id] = to_json(block)
        self._tell()

    def wait(self, seconds: float) -> None:
        """Let real time pass, and notice a stop meanwhile."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, STEP_S))
            self._tell()

    def take_down(self, part: sandbox.Part, for_s: float) -> None:
        """Kill (-9) the `worker` or the `cache` of this run's sandbox, for so many seconds.

        Raises LabError where it runs in none.
        """
        sandbox.take_down(part, for_s)

    def check(self) -> None:
        """Raises TooLong. Call it in loops that tell nothing."""
        if time.monotonic() > self._end:
            raise TooLong(self._most_s)

    def account(self, control: str) -> api.AccountRow | None:
        """The account that was typed into a control, or None where it was left empty.

        Raises UnknownAccount.
        """
        typed = self.given.text(control).strip().removeprefix("@")
        return find_account(self.base, typed) if typed else None

    def _tell(self) -> None:
        self.check()
        self._sink.tell(self.said, self.share, self.result.as_json())


def find_account(world: api.World, typed: str) -> api.AccountRow:
    """By id where it is digits alone, else by handle. Raises UnknownAccount."""
    typed = typed.strip().removeprefix("@")
    is_id = typed.isascii() and typed.isdigit() and len(typed) < 10
    return api.get_account(world, int(typed) if is_id else typed)


@dataclass(frozen=True, slots=True)
class LabCode:
    """An experiment in code. `timing`: it measures durations, so nothing else of the labs runs
    beside it. `sandbox`: it stops processes, so it runs in a sandbox of its own. `most_s`: longer
    than it ever takes on a busy machine; at most MOST_S."""

    name: str
    run: Callable[[Stage], None]
    needs: Needs
    timing: bool = False
    sandbox: bool = False
    most_s: float = 30.0
