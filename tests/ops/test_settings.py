"""Production settings by environment alone, each tried in a process of its own."""

import re
import subprocess
import sys
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


def test_a_world_of_too_few_accounts_is_refused_before_anything_starts(tmp_path: Path) -> None:
    refused = manage("check", env=environ(tmp_path, **PRODUCTION, WORLD_ACCOUNTS="100"))
    assert refused.returncode != 0
    assert "set 200 or more, or 0 for none" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_language_model_needs_a_server(tmp_path: Path) -> None:
    refused = manage("check", env=environ(tmp_path, **PRODUCTION, GRADER_MODEL="some"))
    assert refused.returncode != 0
    assert "set OPENAI_API_KEY" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_open_host_needs_the_names_it_is_called_by(tmp_path: Path) -> None:
    named = {name: value for name, value in PRODUCTION.items() if name != "ALLOWED_HOSTS"}
    refused = manage("check", env=environ(tmp_path, **named))
    assert refused.returncode != 0
    assert "set ALLOWED_HOSTS" in refused.stderr
    assert "Traceback" not in refused.stderr


ASK_HOSTS = "from django.conf import settings as s; print(*s.ALLOWED_HOSTS)"


@pytest.mark.parametrize(
    ("named", "hosts"),
    [
        ({}, "localhost 127.0.0.1 [::1] localhost"),
        ({"SITE_URL": "https://a.example.org"}, "localhost 127.0.0.1 [::1] a.example.org"),
        ({"SITE_URL": "http://[fd00::1]:8000"}, "localhost 127.0.0.1 [::1] [fd00::1]"),
        ({"SITE_URL": "https://a.org", "ALLOWED_HOSTS": "b.org"}, "b.org"),
    ],
)
def test_the_site_answers_to_its_own_address(
    tmp_path: Path, named: dict[str, str], hosts: str
) -> None:
    env = environ(tmp_path, SECRET_KEY=KEY, **named)
    done = subprocess.run(
        [sys.executable, "-c", ASK_HOSTS], cwd=PROJECT, env=env, capture_output=True, text=True
    )
    assert done.stdout.strip() == hosts, done.stderr


def test_what_only_prints_ends_quietly_with_its_reader(tmp_path: Path) -> None:
    piped = subprocess.run(
        ["bash", "-c", f"{sys.executable} manage.py help --commands | true"],
        cwd=PROJECT,
        env=environ(tmp_path / "data"),
        capture_output=True,
        text=True,
    )
    assert piped.stderr == ""


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


def test_every_command_is_in_the_readme() -> None:
    ours = {path.stem for path in PROJECT.glob("trainer/*/management/commands/[a-z]*.py")}
    readme = (PROJECT / "README.md").read_text()
    named = set(re.findall(r"`manage\.py (\w+)", readme)) | {"up"}  # `make run` is `up`
    assert ours <= named


def test_every_setting_is_in_the_readmes_table_and_no_other() -> None:
    assert documented() == variables_read()
