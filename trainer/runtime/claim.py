"""One site per data folder: two would run every scheduled job twice and share one beat's file."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from trainer.runtime.errors import ServersError
from trainer.runtime.layout import make_data_dir

LOCK_FILE = "site.lock"


@contextlib.contextmanager
def claim(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for one site; the kernel lets go of it however the holder ends.

    Raises ServersError when another site holds it.
    """
    make_data_dir(data_dir)
    with (data_dir / LOCK_FILE).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServersError(
                f"Another site runs on the data folder {data_dir}: stop it, or give this one "
                "a folder of its own, for example: make run DATA_DIR=.data2 PORT=9000"
            ) from error
        yield
