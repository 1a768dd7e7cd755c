"""Long work beside a running site: one process after the other, each begun only where what it
makes is not ready, and told as it goes."""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.ops import services
from trainer.runtime.supervise import Child

ASK_EVERY_S = 2.0
TELL_EVERY = 0.2  # of the whole; a new step of the work is told too
READY = "ready"
UNDER_WAY = {"building", "making"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Of what a link makes: `state` is absent, building or making, ready, or failed; `step` what is
    being done; `progress` runs from 0 to 1; `accounts` of a world that is there."""

    state: str
    step: str
    progress: float
    accounts: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """One piece of the work. `name`: of its progress; `begun`, `done`, `failed`: the starts of the
    sentences that tell it; `meanwhile`: what works without it; `found`: what to say of one that was
    ready before us ("" for nothing); `instead_of`: the link that makes this one needless when it is
    ready ("" for none)."""

    name: str
    child: Child
    begun: str
    done: str
    failed: str
    meanwhile: str
    found: Callable[[Progress], str] = lambda _: ""
    instead_of: str = ""


class Chain:
    """Makes what is not ready, in order. What follows a link that failed waits for the next start.

    `ask` gives the progress by link, or None where it is unknown just now; `say` takes a line.
    """

    def __init__(
        self,
        links: Sequence[Link],
        ask: Callable[[], Mapping[str, Progress] | None],
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.children = [link.child for link in links]
        self._left = list(links)
        self._ask, self._say, self._clock = ask, say, clock
        self._ask_at = 0.0
        self._told = Progress("", "", 0.0)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do, or to try before the next start."""
        return not self._left

    def tick(self) -> None:
        """Call often, from the first answer of the site on."""
        if not self._left:
            return
        link = self._left[0]
        process = link.child.process
        if process is not None and process.poll() is not None:
            self._end(link, process.returncode)
        elif self._clock() >= self._ask_at:
            self._ask_at = self._clock() + ASK_EVERY_S
            if (told := self._ask()) is not None:
                self._follow(link, told)

    def _follow(self, link: Link, told: Mapping[str, Progress]) -> None:
        now = told[link.name]
        if link.child.process is not None:
            self._tell(link, now)
        elif link.instead_of and told[link.instead_of].state == READY:
            self._next()
        elif now.state != READY:
            self._start(link)
        else:
            self._next()
            if remark := link.found(now):
                self._say(remark)

    def _start(self, link: Link) -> None:
        if log := link.child.log:
            log.parent.mkdir(mode=0o700, exist_ok=True)
            log.unlink(missing_ok=True)
        link.child.start()
        self._say(f"{link.begun} in the background; {link.meanwhile} meanwhile.")

    def _tell(self, link: Link, now: Progress) -> None:
        further = now.progress - self._told.progress >= TELL_EVERY
        if now.state in UNDER_WAY and (further or now.step != self._told.step):
            self._told = now
            self._say(f"  {link.name}: {now.progress:.0%} {now.step}".rstrip())

    def _end(self, link: Link, code: int) -> None:
        if code == 0:
            taken_s = time.monotonic() - link.child.started_at
            self._say(f"{link.done}, after {taken_s:.0f} s.")
            self._next()
            return
        self._left = []
        reason = services.why(code) if code < 0 else _last_line(link.child.log)
        self._say(
            f"{link.failed} ({reason}; see {link.child.log}): {link.meanwhile}, and the next start "
            "tries again."
        )

    def _next(self) -> None:
        del self._left[0]
        self._ask_at = 0.0  # at once
        self._told = Progress("", "", 0.0)


class InTurn:
    """Several chains, one after the other: the failure of one does not keep the next from going."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        self.children = [child for chain in chains for child in chain.children]
        self._chains = chains

    def tick(self) -> None:
        """Call often, from the first answer of the site on."""
        for chain in self._chains:
            if not chain.is_over:
                chain.tick()
                return


def _last_line(log: Path | None) -> str:
    with contextlib.suppress(OSError):
        lines = log.read_text(errors="replace").strip().splitlines() if log else []
        return lines[-1].strip().removeprefix("CommandError: ")[:300] if lines else ""
    return ""
