"""Every setting that is wrong is refused in one sentence with its name, its value and a remedy."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.runtime.processes import environ, manage
from trainer.ops.variables import CLUSTER_SCHEMES, Variables

REDIS = ("redis", "unix", *CLUSTER_SCHEMES)


def read(name: str, value: str) -> object:
    env = Variables({name: value})
    return {
        "PORT": lambda: env.whole("PORT", 8000, 1, 65535),
        "DEBUG": lambda: env.switch("DEBUG", False),
        "SITE_URL": lambda: env.origin("SITE_URL", "http://localhost:8000"),
        "REDIS_URL": lambda: env.redis("REDIS_URL", "redis://localhost:6379/0", REDIS),
        "BROKER_URL": lambda: env.redis("BROKER_URL", "redis://localhost:6380/0", ("redis",)),
        "DATABASE_URL": lambda: env.database("DATABASE_URL", "postgres:///trainer"),
        "ALLOWED_HOSTS": lambda: env.names("ALLOWED_HOSTS"),
        "OPENAI_BASE_URL": lambda: env.endpoint("OPENAI_BASE_URL"),
    }[name]()


WRONG = [
    ("PORT", ["abc", "0", "65536", "-1", "8 000", "٣"]),
    ("DEBUG", ["maybe", "2"]),
    ("SITE_URL", ["trainer.example.org", "https://", "ftp://a.org", "https://a.org/path"]),
    ("SITE_URL", ["https://a.org?x", "https://a:b@a.org", "https://a.org:port", "localhost:8000"]),
    ("REDIS_URL", ["nonsense", "redis://", "http://a.org", "redis://a:b:c/0", "redis://[::1"]),
    ("REDIS_URL", ["redis+cluster://", "redis+cluster://a.org/1", "rediss+cluster:///0"]),
    ("BROKER_URL", ["nonsense", "redis+cluster://a.org:6379"]),
    ("DATABASE_URL", ["nonsense", "sqlite:///file", "postgres://host", "postgres://h:port/name"]),
    ("OPENAI_BASE_URL", ["localhost:11434", "ftp://a.org/v1", "https://", "https://a:b@a.org/v1"]),
    ("OPENAI_BASE_URL", ["https://a.org/v1?key=x", "https://a.org/v1#x", "http://[::1"]),
]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG for value in values]
)
def test_a_wrong_value_is_named_with_a_remedy(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(name, value)
    said = str(refused.value)
    assert said.startswith(f"{name}=")
    assert f"set for example {name}=" in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("name", "value", "got"),
    [
        ("PORT", "9000", 9000),
        ("PORT", "", 8000),
        ("DEBUG", "1", True),
        ("DEBUG", "False", False),
        ("SITE_URL", "https://a.org/", "https://a.org"),
        ("SITE_URL", "http://[::1]:8000", "http://[::1]:8000"),
        ("REDIS_URL", "unix:///run/redis.sock?db=1", "unix:///run/redis.sock?db=1"),
        ("REDIS_URL", "redis+cluster://a.org:6379", "redis+cluster://a.org:6379"),
        ("REDIS_URL", "rediss+cluster://:pw@a.org/0", "rediss+cluster://:pw@a.org/0"),
        ("ALLOWED_HOSTS", "a.org, b.org,", ["a.org", "b.org"]),
        ("ALLOWED_HOSTS", "", []),
        ("OPENAI_BASE_URL", "http://localhost:11434/v1/", "http://localhost:11434/v1"),
        ("OPENAI_BASE_URL", "", ""),
    ],
)
def test_a_right_value_is_taken(name: str, value: str, got: object) -> None:
    assert read(name, value) == got


def test_a_database_is_taken_by_address_and_by_socket() -> None:
    over_tcp = read("DATABASE_URL", "postgres://ann:secret@db.example.org:5433/trainer")
    assert (over_tcp["HOST"], over_tcp["PORT"], over_tcp["NAME"]) == (
        "db.example.org",
        5433,
        "trainer",
    )
    by_socket = read("DATABASE_URL", "postgresql:///trainer?user=trainer&host=/run/pg")
    assert by_socket["OPTIONS"] == {"user": "trainer", "host": "/run/pg"}


@pytest.mark.parametrize(
    "value",
    ["mysql://ann:the-secret@host/db", "mysql://:the/secret@h/db", "mysql:///db?password=the-s"],
)
def test_a_password_is_not_repeated(value: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read("DATABASE_URL", value)
    assert "the" not in str(refused.value).partition(" is not ")[0]


def test_an_address_that_may_hold_a_key_is_not_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read("OPENAI_BASE_URL", "https://a.org/v1?key=the-secret")
    assert "secret" not in str(refused.value)


def test_a_cluster_as_broker_is_refused_with_the_reason() -> None:
    with pytest.raises(ImproperlyConfigured, match="Celery cannot use a cluster"):
        read("BROKER_URL", "redis+cluster://a.org:6379")


@pytest.mark.parametrize(
    "wrong",
    [
        {"PORT": "abc"},
        {"WORKER_PROCESSES": "abc"},
        {"DEBUG": "maybe"},
        {"SITE_URL": "trainer.example.org"},
        {"DATABASE_URL": "nonsense", "BROKER_URL": "redis://a", "REDIS_URL": "redis://a"},
    ],
)
def test_the_command_line_says_it_in_one_line(tmp_path: Path, wrong: dict[str, str]) -> None:
    refused = manage("check", env=environ(tmp_path / "data", **wrong))
    assert refused.returncode == 1
    (line,) = refused.stderr.strip().splitlines()
    name, value = next(iter(wrong.items()))
    assert line.startswith(f"manage.py: {name}={value} is not ")
