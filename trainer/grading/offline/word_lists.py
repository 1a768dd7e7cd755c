"""Closed lists of words, written as plain text. Pure."""


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
