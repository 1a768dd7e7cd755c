"""Why a language model gave no grade. The messages are for people and hold no address, no key and
nothing that a server said."""

from trainer.grading.errors import GradingError

SOON = "Grade it again in a few minutes."


class LlmError(GradingError):
    """`remedy`: what to do. `passes`: asking again at once may help, not before `wait_s`.
    `is_servers`: other answers would fare alike, so the breaker counts it."""

    remedy = SOON
    passes = False
    is_servers = True

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s

    @property
    def fell_back(self) -> str:
        return f"{self} This is the offline grade. {self.remedy}"


class Unreachable(LlmError):
    """No answer, none in time, or the server said that it could not."""

    passes = True


class BadReply(LlmError):
    """An answer that is none. Its cause may be what a candidate wrote: one person's text must not
    open the breaker for all."""

    passes = True
    is_servers = False


class Refused(LlmError):
    """The server takes no such request: a wrong key, model or address."""

    remedy = "Whoever runs the site should check the settings of the model; then grade it again."


class LeftAlone(LlmError):
    """It failed so often lately that it is not asked."""


class BudgetSpent(LlmError):
    """As many calls as one day has."""

    remedy = "Grade it again tomorrow."


class NoModel(LlmError):
    """The site has none."""

    remedy = "Whoever runs the site sets GRADER_MODEL."
