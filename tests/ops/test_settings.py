"""Production settings by environment alone, each tried in a process of its own."""

import re
from pathlib import Path

import pytest

from tests.runtime.processes import PROJECT, environ, manage

KEY = "kfd83hFJD-fj38sJ_dk38vnQpzmW7yXbC51tRgHaLeUoN2iB64Z0sxq"
PRODUCTION = {
    "SECRET_KEY": KEY,
    "SITE_URL": "https://trainer.example.org",
    "ALLOWED_HOSTS": "trainer.example.org",
    "HOST": "0.0.0.0",
}
READ = re.compile(r"""(?:env\.\w+\(\s*|environ(?:\.get\(|\[)|env\()["']([A-Z][A-Z_]+)["']""")
NOT_OURS = {"PATH", "PYTEST_XDIST_WORKER", "DEBIAN_FRONTEND"}


def test_production_passes_djangos_own_check(tmp_path: Path) -> None:
    checked = manage(
        "check", "--deploy", "--fail-level", "WARNING", env=environ(tmp_path, **PRODUCTION)
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "x" * 60, "a" * 60])
def test_a_weak_secret_key_is_refused_with_a_remedy(tmp_path: Path, key: str) -> None:
    refused = manage("check", env=environ(tmp_path, **PRODUCTION | {"SECRET_KEY": key}))
    assert refused.returncode != 0
    assert "set SECRET_KEY to a random string" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_open_host_needs_the_names_it_is_called_by(tmp_path: Path) -> None:
    named = {name: value for name, value in PRODUCTION.items() if name != "ALLOWED_HOSTS"}
    refused = manage("check", env=environ(tmp_path, **named))
    assert refused.returncode != 0
    assert "set ALLOWED_HOSTS" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_first_command_makes_a_key_that_is_strong_enough(tmp_path: Path) -> None:
    assert manage("check", env=environ(tmp_path / "data")).returncode == 0
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def variables_read() -> set[str]:
    """Every environment variable that the program, its tests and its tools look at."""
    files = [*PROJECT.glob("trainer/**/*.py"), *PROJECT.glob("tests/*.py"), PROJECT / "manage.py"]
    found = {name for file in files for name in READ.findall(file.read_text())}
    return (found | {"DATABASE_URL", "BROKER_URL", "REDIS_URL"}) - NOT_OURS


def documented() -> set[str]:
    """The first column of the table under `## Settings` in the README."""
    section = (PROJECT / "README.md").read_text().partition("## Settings")[2].partition("\n## ")[0]
    return set(re.findall(r"^\|\s*`([A-Z_]+)`", section, re.MULTILINE))


def test_every_setting_is_in_the_readmes_table_and_no_other() -> None:
    assert documented() == variables_read()
