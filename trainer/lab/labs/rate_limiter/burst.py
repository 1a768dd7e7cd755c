"""Many requests at once, from threads that begin together."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

WAIT_S = 10.0  # until all threads stand ready


@dataclass(frozen=True, slots=True)
class Answer:
    """`at_ms`: when it came, from the beginning of the burst."""

    at_ms: float
    passed: bool


@dataclass(frozen=True, slots=True)
class Burst:
    """All answers, in the order in which they came."""

    answers: tuple[Answer, ...]

    @property
    def passed(self) -> int:
        return sum(answer.passed for answer in self.answers)

    @property
    def took_ms(self) -> float:
        return self.answers[-1].at_ms


def burst(ask: Callable[[], bool], size: int, threads: int, *, check: Callable[[], None]) -> Burst:
    """`size` requests, spread over so many threads. `check` is called now and then, and ends it by
    raising, as `ask` does."""
    shares = [size // threads + (number < size % threads) for number in range(threads)]
    shares = [share for share in shares if share]
    ready = threading.Barrier(len(shares), timeout=WAIT_S)
    begun: list[float] = []

    def work(share: int) -> list[Answer]:
        if ready.wait() == 0:
            begun.append(time.perf_counter())
        answers = []
        for number in range(share):
            passed = ask()
            answers.append(Answer(time.perf_counter(), passed))
            if number % 50 == 0:
                check()
        return answers

    with ThreadPoolExecutor(len(shares)) as pool:
        came = [answer for answers in pool.map(work, shares) for answer in answers]
    start = min(begun[0], min(answer.at_ms for answer in came))
    ordered = sorted(came, key=lambda answer: answer.at_ms)
    return Burst(tuple(Answer((one.at_ms - start) * 1000, one.passed) for one in ordered))
