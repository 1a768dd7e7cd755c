"""Attempts for tests: of the real pack, in texts of one's own."""

from trainer.accounts.models import User
from trainer.catalog.packs import get_pack
from trainer.grading.attempts import Answer, Attempt, answer

GOOD = (
    "Regular accounts: push the tweet id into every follower's timeline at write time. "
    "Celebrities with more than 100K followers are pulled at read time instead, and both are "
    "merged when somebody opens the home page."
)
OTHER = "A circuit breaker opens after 10 failures, then the cached timeline is served."


def of_trap(number: int, text: str) -> Answer:
    """An answer to the pack's trap of that number, from 0."""
    pack = get_pack("twitter")
    trap = pack.traps[number]
    return answer(trap.id, [trap.ask], text, trap.points, pack)


def attempt(*texts: str) -> Attempt:
    """Answers to the first traps, one each."""
    answers = tuple(of_trap(number, text) for number, text in enumerate(texts))
    return Attempt("twitter", "senior", answers)


def someone(name: str = "ann") -> User:
    return User.objects.create(username=name, is_guest=True)
