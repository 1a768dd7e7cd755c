"""Finds a Chromium for the browser tests, or installs one: `python -m tests.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from trainer.runtime import frontend
from trainer.runtime.errors import ServersError

SHELL = "chromium-headless-shell"  # Debian's name; a fifth quicker here than a whole Chromium
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PACKED = frontend.BUILD / "browser"  # npm's Chromium, for who may not install Debian's
UNPACK = """
import("@sparticuz/chromium").then(async ({ default: chromium }) => {
  console.log(await chromium.executablePath());
});
"""


def find() -> str | None:
    """The path of a Chromium: $CHROMIUM_PATH, on PATH, or what `install` unpacked."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    unpacked = PACKED / "chromium"
    return on_path or (str(unpacked) if unpacked.exists() else None)


def launch_arguments() -> list[str]:
    """Its command line: calm, and without a sandbox where root runs it (it would refuse)."""
    calm = ["--disable-quic", "--disable-background-networking", "--disable-component-update"]
    return [*calm, "--no-sandbox"] if os.geteuid() == 0 else calm


def install() -> None:
    """Install Debian's headless Chromium as root, else npm's. Raises ServersError when neither
    works."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests.", flush=True)
        update = subprocess.run(["apt-get", "update", "-qq"])
        wanted = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", SHELL]
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if update.returncode == 0 and subprocess.run(wanted, env=environ).returncode == 0:
            return
    _unpack_from_npm()


def _unpack_from_npm() -> None:
    environ = frontend.with_node()
    frontend.install_packages(PACKED, environ)
    unpacked = subprocess.run(
        ["node", "--eval", UNPACK],
        cwd=PACKED,
        env=environ | {"TMPDIR": str(PACKED)},
        capture_output=True,
        text=True,
    )
    path = unpacked.stdout.strip()
    if unpacked.returncode != 0 or not Path(path).exists():
        raise ServersError(
            "There is no Chromium for the browser tests: install one, or name it in CHROMIUM_PATH."
        )


if __name__ == "__main__":
    try:
        find() or install()
    except ServersError as error:
        sys.exit(str(error))
