"""Public ids: short enough for an address, too many to guess."""

import secrets
import string

_ALPHABET = string.ascii_lowercase + string.digits
LENGTH = 16  # 36 ** 16 is over 82 bits


def new_id() -> str:
    """A random id of lower-case letters and digits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
