class GradingError(Exception):
    """Something that cannot be graded; the message says why, and what to do."""


class AttemptTooLong(GradingError):
    """More text than is graded at once."""
