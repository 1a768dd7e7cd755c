"""Which text Postgres takes, even to look for it. Pure."""

import re

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, and half a character


def is_storable(text: str) -> bool:
    return UNSTORABLE.search(text) is None
