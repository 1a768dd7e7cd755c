"""As root and as an ordinary user; the checkout may lie where only root can look."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.processes import PROJECT, eventually, mentioning
from trainer.runtime.binaries import postgres_home

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become others"),
]
NOBODY = 65534
CODE = """
import sys
from pathlib import Path
import psycopg
from trainer.runtime.lease import lease
with lease(Path(sys.argv[1]), throwaway=True) as urls, psycopg.connect(urls["DATABASE_URL"]) as c:
    process = c.execute("SELECT pg_backend_pid()").fetchone()[0]
    status = Path(f"/proc/{process}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines())
    print(fields["Uid"].split()[0], int(fields["CapEff"], 16))
"""


def run(data: Path, python: str, **how: object) -> list[int]:
    """Who the database's processes are, and what they may beyond that: uid, capabilities."""
    packages = sysconfig.get_paths()["purelib"]
    path = f"{how.pop('first', PROJECT)}:{PROJECT}:{packages}"
    done = subprocess.run(
        [python, "-c", CODE, str(data)],
        cwd=how.pop("cwd", PROJECT),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=90,
        **how,
    )
    assert done.returncode == 0, done.stderr
    eventually(lambda: not mentioning(str(data)), 20, "the servers end")
    return [int(word) for word in done.stdout.split()]


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A folder that everybody reaches; those above pytest's own are 0700."""
    folder = Path(tempfile.mkdtemp(prefix="trainer-open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_root_drops_to_another_user_without_any_privilege(open_path: Path) -> None:
    uid, _ = run(open_path / "data", sys.executable)
    assert uid != 0


def test_below_a_closed_folder_root_keeps_one_capability(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    programs = postgres_home().parent  # as in the .venv of a checkout below root's home
    for folder in (programs, programs.with_name(f"{programs.name}.libs")):
        shutil.copytree(folder, closed / folder.name, symlinks=True)
    uid, capabilities = run(closed / "data", sys.executable, first=closed)
    assert uid != 0
    assert capabilities == 1 << 1  # CAP_DAC_OVERRIDE alone


@pytest.mark.skipif(not os.access("/usr/bin/python3", os.X_OK), reason="needs a public Python")
def test_an_ordinary_user_runs_the_servers_as_themselves(open_path: Path) -> None:
    own = open_path / "own"
    own.mkdir()
    os.chown(own, NOBODY, NOBODY)
    if not _can_import(own):
        pytest.skip("the packages are not readable, or of another Python, for an ordinary user")
    uid, capabilities = run(own / "data", "/usr/bin/python3", user=NOBODY, group=NOBODY, cwd="/")
    assert (uid, capabilities) == (NOBODY, 0)


def _can_import(folder: Path) -> bool:
    packages = sysconfig.get_paths()["purelib"]
    tried = subprocess.run(
        ["/usr/bin/python3", "-c", "import psycopg, trainer.runtime.lease"],
        cwd=folder,
        env={"PYTHONPATH": f"{PROJECT}:{packages}"},
        user=NOBODY,
        group=NOBODY,
        capture_output=True,
    )
    return tried.returncode == 0
