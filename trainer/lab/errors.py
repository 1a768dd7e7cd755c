class LabError(Exception):
    """A run that cannot be done; the message says why, and what to do."""
