"""What static/build.mjs writes, and what of static/ is served."""

import re
import subprocess
from pathlib import Path

import pytest

from trainer.runtime import frontend


@pytest.fixture(scope="module")
def bundles(tmp_path_factory) -> Path:
    """The front end, built into a folder where an older build left a file."""
    out = tmp_path_factory.mktemp("static")
    (out / "gone").mkdir()
    (out / "gone" / "old.js").write_text("")
    packages = frontend.PACKAGES / "node_modules"
    places = {"FRONTEND_OUT": str(out), "FRONTEND_MODULES": str(packages)}
    command = ["node", str(frontend.SOURCES / "build.mjs")]
    subprocess.run(command, env=frontend.with_node() | places, check=True)
    return out


def test_every_entry_becomes_a_bundle(bundles):
    wanted = {
        str(path.relative_to(frontend.SOURCES)).replace(".entry", "")
        for path in frontend.SOURCES.glob("*/*.entry.*")
    }

    assert wanted
    assert wanted <= {str(path.relative_to(bundles)) for path in bundles.rglob("*.*")}


def test_sources_and_older_builds_are_not_among_what_is_served(bundles):
    names = [path.name for path in bundles.rglob("*") if path.is_file()]

    assert not [name for name in names if ".entry." in name or name.endswith((".json", ".mjs"))]
    assert "old.js" not in names


def test_no_style_sheet_loads_anything_from_another_host(bundles):
    for path in bundles.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", path.read_text()), path


@pytest.mark.parametrize("path", ["package.json", "package-lock.json", "build.mjs", ".npmrc"])
def test_the_build_itself_is_not_served(client, path):
    assert client.get(f"/static/{path}").status_code == 404


def test_the_lock_names_no_registry():
    lock = (frontend.SOURCES / "package-lock.json").read_text()

    assert '"integrity"' in lock
    assert '"resolved"' not in lock
