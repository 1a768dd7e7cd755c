"""A language model that tests bring along."""

from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer

from tests.grading.model import KEY, Model
from trainer.grading.llm import asking
from trainer.resilience.redis_clients import rebuildable


@pytest.fixture(scope="session")
def llm_server() -> Iterator[HTTPServer]:
    """One for all, as stopping one takes half a second."""
    server = HTTPServer(host="127.0.0.1", threaded=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def model(
    settings, monkeypatch: pytest.MonkeyPatch, llm_server: HTTPServer, db: None
) -> Iterator[Model]:
    """The site has a language model, whose breaker is closed; tries follow one another at once."""
    rebuildable().flushdb()
    monkeypatch.setattr(asking, "FIRST_WAIT_S", 0.001)
    model = Model(llm_server)
    settings.GRADER_MODEL, settings.OPENAI_API_KEY = "stub-1", KEY
    settings.OPENAI_BASE_URL = model.url
    yield model
    model.ended.set()
    model.plug_in()
    llm_server.clear()
    rebuildable().flushdb()
