"""Who the servers run as, and how a child process becomes that.

Postgres refuses to run as root, so root drops to another user who exists already. That user
may be unable to reach the programs or the data (a checkout below root's 0700 home): only then
the child keeps one capability, CAP_DAC_OVERRIDE, over the change of user.
"""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from trainer.runtime.errors import ServersError

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 28, 47, 2
# The change of user leaves capabilities alone; without it access(2) would also ignore them, and
# Postgres asks access(2) for its own programs.
NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
CANDIDATES = ("postgres", "nobody")  # Debian's own, then the one that every system has

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Identity:
    """A user to run as; `keep_dac` keeps CAP_DAC_OVERRIDE. None as uid: stay who we are."""

    uid: int | None = None
    gid: int | None = None
    keep_dac: bool = False


def choose(data: Path) -> Identity:
    """The user for the servers: ourselves, or for root the owner of `data`, else a candidate.

    Raises ServersError when root finds nobody to drop to.
    """
    if os.geteuid() != 0:
        return Identity()
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return Identity(owner, data.stat().st_gid)
    for name in CANDIDATES:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(user.pw_uid, user.pw_gid)
    raise ServersError(
        "Postgres does not run as root, and there is no user postgres or nobody to run it as: "
        "start as an ordinary user, or name real servers."
    )


def reaching(identity: Identity, paths: Iterable[Path]) -> Identity:
    """`identity`, with the capability where it could not pass all of `paths` without."""
    if identity.uid is None or _can_reach(identity, list(paths)):
        return identity
    return Identity(identity.uid, identity.gid, keep_dac=True)


def _can_reach(identity: Identity, paths: list[Path]) -> bool:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _drop(identity)
            code = 0 if all(os.access(path, os.X_OK) for path in paths) else 1
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def becoming(identity: Identity, death_signal: int = signal.SIGKILL) -> Callable[[], None]:
    """What a child calls between fork and exec: it becomes `identity` and dies with its parent."""
    parent = os.getpid()

    def become() -> None:
        os.umask(0o077)
        _drop(identity)
        die_with_parent(parent, death_signal)  # last: a change of user clears it

    return become


def die_with_parent(parent: int, death_signal: int = signal.SIGKILL) -> None:
    """Ask the kernel (Linux) for `death_signal` when `parent`, which started us, ends."""
    if LINUX:
        _check(_libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0))
        if os.getppid() != parent:  # it ended before we had asked
            os._exit(1)


def _drop(identity: Identity) -> None:
    if identity.uid is None or identity.gid is None:
        return
    if identity.keep_dac:
        _check(_libc.prctl(PR_SET_SECUREBITS, NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([identity.gid])
    os.setgid(identity.gid)
    os.setuid(identity.uid)
    if identity.keep_dac:
        bit = 1 << CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable
        _check(_libc.capset(header, sets))
        _check(_libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def _check(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
