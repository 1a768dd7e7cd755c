"""What a run tells, written into its row, where the pages read it."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F

from trainer.lab import notices
from trainer.lab.models import Run
from trainer.lab.stage import LabError, Stopped

EVERY_S = 0.2  # more often than a page shows it
MOST_BYTES = 600_000  # of a result; the largest is a tenth of it


class RowSink:
    """A Sink that writes at most every EVERY_S; what comes between is told with the next."""

    def __init__(self, run: Run, clock: Callable[[], float] = time.monotonic) -> None:
        self._run, self._clock = run, clock
        self._next = 0.0

    def tell(self, said: str, share: float, result: Mapping[str, Any]) -> None:
        """Raises Stopped where the run was stopped, removed, or taken over by another worker."""
        if self._clock() < self._next:
            return
        self._next = self._clock() + EVERY_S
        written = (
            own(self._run)
            .filter(stop_asked=False)
            .update(
                said=said[:400],
                share=min(max(share, 0.0), 1.0),
                result=checked(result),
                version=F("version") + 1,
            )
        )
        if not written:
            raise Stopped
        notices.notify(self._run.id)


def end(run: Run, state: Run.State, **fields: Any) -> bool:
    """Write the run's end; False where it is not this worker's any more."""
    changed = own(run).update(state=state, version=F("version") + 1, **fields)
    notices.notify(run.id)
    return bool(changed)


def own(run: Run) -> Any:
    """The row, as long as it is this worker's: tried again by another, it is not."""
    return Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, tries=run.tries)


def checked(result: Mapping[str, Any]) -> Mapping[str, Any]:
    """The result, if it can be kept. Raises LabError."""
    size = len(json.dumps(result, allow_nan=False))
    if size > MOST_BYTES:
        raise LabError(f"The result has {size:,} bytes, over {MOST_BYTES:,}: ask for less at once.")
    return result
