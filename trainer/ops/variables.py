"""Environment variables, each read with a check: a wrong one is said in one sentence."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
DATABASE_SCHEMES = ("postgres", "postgresql")
CLUSTER_SCHEMES = ("redis+cluster", "rediss+cluster")
PASSWORD = re.compile(r"(?<=:)(?!//).+(?=@)|(?<=password=)[^&]*")


class Variables:
    """Reads a mapping such as os.environ. An empty variable counts as unset.

    Every method raises ImproperlyConfigured with the variable, its value and a remedy.
    """

    def __init__(self, source: Mapping[str, str]) -> None:
        self._source = source

    def text(self, name: str, default: str) -> str:
        return self._source.get(name) or default

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self.text(name, str(default))
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            wanted = f"a whole number from {least} to {most}"
            raise _refusal(name, value, wanted, f"{name}={default}")
        return int(value)

    def switch(self, name: str, default: bool) -> bool:
        value = self.text(name, str(default)).lower()
        if value not in TRUE | FALSE:
            raise _refusal(name, value, "1 or 0", f"{name}=0")
        return value in TRUE

    def names(self, name: str) -> list[str]:
        """The parts between commas; none when it is unset."""
        return [part.strip() for part in self.text(name, "").split(",") if part.strip()]

    def origin(self, name: str, default: str) -> str:
        """An address without a path, such as https://trainer.example.org or http://[::1]:8000."""
        value = self.text(name, default).rstrip("/")
        parts = _split(value)
        # Put together again it must be the same: no path, no query, no user.
        if (
            parts is None
            or parts.scheme not in {"http", "https"}
            or not parts.hostname
            or value != f"{parts.scheme}://{parts.netloc}"
            or "@" in parts.netloc
        ):
            wanted = "an address with http:// or https:// and without a path"
            raise _refusal(name, value, wanted, f"{name}=https://trainer.example.org")
        return value

    def endpoint(self, name: str) -> str:
        """The address of an HTTP interface, such as https://api.example.org/v1; "" when it is
        unset. A refusal does not show it: it may hold a key."""
        value = self.text(name, "").rstrip("/")
        parts = _split(value)
        if value and (
            parts is None
            or parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.query
            or parts.fragment
            or "@" in parts.netloc
        ):
            wanted = "an address with http:// or https://, without a user and a query"
            raise _refusal(name, "...", wanted, f"{name}=https://api.example.org/v1")
        return value

    def redis(self, name: str, default: str, schemes: tuple[str, ...]) -> str:
        """The URL of a Redis or Valkey, or of a cluster's node where `schemes` hold CLUSTER's."""
        value = self.text(name, default)
        parts = _split(value)
        wanted = f"the address of a Redis ({', '.join(f'{s}://' for s in schemes)})"
        if parts is not None and parts.scheme in CLUSTER_SCHEMES:
            if parts.scheme not in schemes:
                wanted = "the address of one Redis (Celery cannot use a cluster as its broker)"
            elif parts.hostname and parts.path.strip("/") in {"", "0"}:
                return value
            else:
                wanted = "the address of a node of a cluster, which has no database but 0"
        elif parts is not None and parts.scheme in schemes and (parts.netloc or parts.path):
            return value
        raise _refusal(name, value, wanted, f"{name}={default}")

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings of a Postgres database, from its URL."""
        value = self.text(name, default)
        parts = _split(value)
        if parts is None or parts.scheme not in DATABASE_SCHEMES or not parts.path.strip("/"):
            example = f"{name}=postgres://user:password@host:5432/name"
            raise _refusal(name, value, "the address of a Postgres database", example)
        return dict(environ.Env.db_url_config(value))


def _split(value: str) -> SplitResult | None:
    """The parts of a URL; None where it is none, for example for its port."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _refusal(name: str, value: str, wanted: str, example: str) -> ImproperlyConfigured:
    shown = PASSWORD.sub("...", value)
    return ImproperlyConfigured(f"{name}={shown} is not {wanted}: set for example {example}")
