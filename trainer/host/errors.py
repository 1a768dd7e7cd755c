"""What an interviewer or an owner asked for cannot be done; each message is a sentence for them."""


class HostError(Exception):
    """The base of all."""


class BadInvitation(HostError):
    """An invitation that cannot be made."""


class UnknownLink(HostError):
    """No invitation has this link."""


class LinkClosed(HostError):
    """The link is over: expired, revoked, or taken by another person."""


class OwnInterview(HostError):
    """Nobody scores their own interview."""


class BadCard(HostError):
    """A scorecard with something in it that cannot be kept; nothing of it was saved."""


class SeatGone(HostError):
    """The invitation was revoked, or went to another account, while the request was under way."""


class NotReady(HostError):
    """A scorecard that cannot be submitted yet. `reasons` are sentences, one for each thing."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class AlreadySubmitted(HostError):
    """A submitted scorecard stays as it is."""

    def __init__(self) -> None:
        super().__init__("You have submitted this scorecard, and it stays as it is.")
