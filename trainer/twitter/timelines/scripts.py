"""The Lua scripts that write timelines."""

from importlib.resources import files

from trainer.resilience.scripts import Script

SLACK = 32  # how many elements a list may grow before it is trimmed, so that few pushes trim
TTL_S = 30 * 24 * 3600  # renewed by reading

_LUA = files(__package__) / "lua"


def _script(name: str) -> Script:
    """The script of that name, with what all of them share in front."""
    return Script("".join((_LUA / part).read_text() for part in ("trim.lua", f"{name}.lua")))


PUSH = _script("push")
BACKFILL = _script("backfill")
CLEAN = _script("clean")
