"""Under which address another device reaches this site. Pure."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_LOOPBACK_NAMES: Final = ("localhost", ".localhost")


def origin_for_others(asked: str, configured: str) -> str:
    """Such as `http://192.168.1.20:8000`: the origin by which this device `asked`, which is known
    to work; the `configured` one (SITE_URL) where only this machine understands the former."""
    return configured if is_loopback(asked) and not is_loopback(configured) else asked


def is_loopback(origin: str) -> bool:
    """Whether `origin` leads each machine to itself."""
    host = (urlsplit(origin).hostname or "").rstrip(".")
    if host == _LOOPBACK_NAMES[0] or host.endswith(_LOOPBACK_NAMES[1]):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
