"""The secrets in links. The site keeps only their hashes, so that a copy of it opens nothing."""

import hashlib
import secrets


def new_token() -> str:
    """43 letters, digits, hyphens or underscores, of 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """SHA-256 in hex. A fast hash is enough: there is nothing to guess in 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
