"""A site whose database is away, asked by a page, by htmx and by a script."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.test import RequestFactory

from tests.runtime.processes import PROJECT, environ
from trainer.ops import outage

NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "BROKER_URL": "redis://127.0.0.1:1/0",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SECRET_KEY": "a-key-of-tests-which-serves-nobody-0123456789-0123456789",
}
ASK = """
import json, sys
import django
django.setup()
from django.test import Client
out = []
for headers in json.loads(sys.argv[1]):
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.cookies["sessionid"] = "a-session-that-must-be-looked-up"
    answer = client.get(sys.argv[2], headers=headers)
    out.append([answer.status_code, dict(answer.headers), answer.content.decode()])
print(json.dumps(out))
"""

Answer = tuple[int, Mapping[str, str], str]


def ask(data: Path, path: str, *headers: Mapping[str, str]) -> list[Answer]:
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(headers), path],
        cwd=PROJECT,
        env=environ(data, **NOWHERE) | {"PYTHONPATH": os.fspath(PROJECT)},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 0, done.stderr
    return [tuple(answer) for answer in json.loads(done.stdout.splitlines()[-1])]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    return ask(
        tmp_path_factory.mktemp("data"),
        "/",
        {"Accept": "text/html"},
        {"Accept": "*/*", "HX-Request": "true"},
        {"Accept": "application/json"},
    )


def test_everyone_is_told_when_to_try_again(answers: list[Answer]) -> None:
    for status, headers, body in answers:
        assert status == 503
        assert headers["Retry-After"] == "5"
        assert headers["Cache-Control"] == "no-store"
        assert "The database does not answer just now" in body
        assert "127.0.0.1" not in body


def test_a_person_gets_a_page_htmx_a_fragment_and_a_script_json(answers: list[Answer]) -> None:
    page, fragment, data = answers
    assert page[2].startswith("<!doctype html>")
    assert fragment[2].startswith('<p role="alert">')
    assert list(json.loads(data[2])) == ["error"]


def test_what_is_json_is_so_whoever_asks() -> None:
    answer = outage.response(RequestFactory().get("/lab/home.json"))
    assert list(json.loads(answer.content)) == ["error"]


def test_the_page_keeps_the_security_headers(answers: list[Answer]) -> None:
    assert "default-src 'none'" in answers[0][1]["Content-Security-Policy"]


def test_ready_names_all_that_is_away(tmp_path: Path) -> None:
    ((status, _, body),) = ask(tmp_path, "/health/ready", {})
    assert status == 503
    assert json.loads(body)["down"] == ["broker", "postgres", "redis", "worker"]
    assert "127.0.0.1" not in body
