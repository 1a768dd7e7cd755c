"""How long each stage of a read took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stages:
    """`ms`: milliseconds by the name of the stage, in the order of their first use."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time until the block ends."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.ms[name] = self.ms.get(name, 0.0) + (time.perf_counter() - start) * 1000
