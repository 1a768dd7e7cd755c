"""A double tap on a button that works once: the browser that was let in is let in by its second
request too. It may not have read the answer to the first."""

import logging
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

from trainer.lib.tokens import hashed

KEPT_S: Final = 60
log = logging.getLogger(__name__)


def remember(redis: Redis, token: str, browser: str, person_id: int) -> None:
    """The link of `token` made `browser` this person's. `browser`: a secret that it sent with the
    form, and sends with a second one ("": none, nothing is kept). Lost when Redis is away."""
    if not browser:
        return
    try:
        redis.set(_key(token, browser), person_id, ex=KEPT_S)
    except RedisError as error:
        log.warning("a used link is not remembered: %s", type(error).__name__)


def recall(redis: Redis, token: str, browser: str) -> int | None:
    """Whom this link made of this browser within the last minute; None where it made nobody."""
    try:
        found = redis.get(_key(token, browser)) if browser else None
    except RedisError as error:
        log.warning("a used link is not looked up: %s", type(error).__name__)
        return None
    return int(found) if isinstance(found, bytes) else None


def _key(token: str, browser: str) -> str:
    return f"accounts:carried:{hashed(token + browser)}"
