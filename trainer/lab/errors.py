class LabError(Exception):
    """A run that cannot be done; the message says why, and what to do."""


class NothingToSay(Exception):
    """A run without a result, of which no card can be made; the message says what to do."""
