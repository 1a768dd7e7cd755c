"""A language model, as the tests of the grading have it."""

from tests.grading.conftest import llm_server, model  # noqa: F401 (fixtures)
