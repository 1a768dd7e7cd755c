"""What the environment does not name, the data folder provides: servers and the secret key."""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path

from trainer.runtime.layout import make_data_dir
from trainer.runtime.lease import PROJECT_DIR, SERVER_OF, addresses, lease

KEY_FILE = "secret_key"


def data_dir(environ: Mapping[str, str]) -> Path:
    """The data folder: DATA_DIR, or .data beside manage.py."""
    return Path(environ.get("DATA_DIR") or PROJECT_DIR / ".data").resolve()


@contextlib.contextmanager
def servers(environ: MutableMapping[str, str]) -> Iterator[None]:
    """Fill in the addresses that `environ` does not name, and hold a lease on their servers."""
    missing = [name for name in SERVER_OF if not environ.get(name)]
    if not missing:
        yield
        return
    with lease(data_dir(environ), missing) as urls:
        environ.update(urls)
        yield


def embedded(environ: Mapping[str, str]) -> list[str]:
    """Which of the three variables lead to the embedded servers of this data folder."""
    ours = addresses(data_dir(environ))
    return [name for name, url in ours.items() if environ.get(name) == url]


def provide_secret_key(environ: MutableMapping[str, str]) -> None:
    """Fill in SECRET_KEY from the data folder (made there once, mode 0600) when it is unnamed."""
    if "SECRET_KEY" not in environ:
        folder = data_dir(environ)
        make_data_dir(folder)
        environ["SECRET_KEY"] = _read_or_make(folder / KEY_FILE)


def _read_or_make(path: Path) -> str:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        return path.read_text().strip()
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)  # whole or not at all, and never over another's
    draft.unlink()
    return path.read_text().strip()
