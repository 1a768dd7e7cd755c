"""What can be wrong with a line of an estimate. Pure."""


class EstimateError(ValueError):
    """The line cannot be read or worked out; the message is a sentence with the remedy."""
