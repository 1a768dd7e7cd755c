"""The one error of this room; its message is the sentence that people read."""


class ServersError(Exception):
    """An embedded server, its data, or a tool it needs is not usable; says what to do."""
