"""Workers of one process (`--pool solo`) end no task that takes too long. So they write down when
they began one, and who supervises them looks."""

import time
from pathlib import Path

FOLDER = "busy"  # of a sandbox


def begin(folder: Path, queue: str) -> None:
    """The worker of `queue` begins a task."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / queue).write_text("")


def end(folder: Path, queue: str) -> None:
    """It has ended it."""
    (folder / queue).unlink(missing_ok=True)


def for_s(folder: Path, queue: str) -> float:
    """For how long it has been at its task; 0 while it has none."""
    try:
        return time.time() - (folder / queue).stat().st_mtime
    except FileNotFoundError:
        return 0.0
