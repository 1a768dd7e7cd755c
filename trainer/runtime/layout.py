"""Which file of the data folder is what, and the addresses that follow from it."""

import hashlib
import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from trainer.runtime.errors import ServersError

# A unix socket's path has at most 107 bytes; the longest of ours is Postgres's.
MAX_FOLDER_BYTES = 107 - len("/.s.PGSQL.5432")
# Only what needs no quoting in any of the three kinds of URL.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Layout:
    """The data folder (absolute) and the folder of the sockets."""

    data: Path
    run: Path

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def lock(self) -> Path:
        return self.data / "keeper.lock"

    @property
    def keeper_socket(self) -> Path:
        return self.run / "keeper.sock"

    def valkey_socket(self, name: str) -> Path:
        return self.run / f"{name}.sock"

    def url(self, variable: str) -> str:
        """The address of the embedded server behind one of the three variables."""
        return {
            "DATABASE_URL": f"postgresql:///trainer?user=trainer&host={self.run}",
            "BROKER_URL": f"redis+socket://{self.valkey_socket('broker')}",
            "REDIS_URL": f"unix://{self.valkey_socket('cache')}",
        }[variable]


def layout(data_dir: Path) -> Layout:
    """The layout of `data_dir`; sockets move to the temporary folder where its path is too long
    or holds characters that a URL would quote."""
    data = data_dir.resolve()
    run = data / "run"
    if len(os.fsencode(run)) > MAX_FOLDER_BYTES or not PLAIN_PATH.fullmatch(str(run)):
        key = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
        run = Path(tempfile.gettempdir()) / f"trainer-{os.geteuid()}-{key}"
        if len(os.fsencode(run)) > MAX_FOLDER_BYTES:
            run = Path("/tmp") / run.name  # noqa: S108 (checked by make_private)
    return Layout(data, run)


def make_data_dir(path: Path) -> None:
    """Make the data folder where there is none. Root's lets its servers' user pass, not look.

    Raises ServersError with a remedy when it cannot be made or written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise ServersError(_unusable(path, error.strerror)) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ServersError(_unusable(path, "it belongs to another user"))


def _unusable(path: Path, reason: str | None) -> str:
    return f"The data folder {path} cannot be used ({reason}): choose another with DATA_DIR."


def make_private(folder: Path, owner: int | None, group: int | None) -> None:
    """Make `folder` with mode 0700 for `owner` (None: ourselves), or check that it is so.

    Raises ServersError when somebody else made it: in a shared temporary folder it could be a
    trap.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), owner}:
        raise ServersError(f"{folder} was made by another user: remove it, then start again.")
    folder.chmod(0o700)
    if owner is not None and group is not None:
        os.chown(folder, owner, group)
