"""One call to the language model's server, by openai's client, with an end in time and in size."""

import logging
from collections.abc import Sequence
from typing import Any, Final

import openai
from django.conf import settings
from httpx2 import HTTPError, InvalidURL

from trainer.grading.llm.errors import BadReply, LlmError, NoModel, Refused, Unreachable
from trainer.grading.llm.schema import UNUSABLE
from trainer.resilience.bounded import NoResult, process_threads

MOST_BYTES: Final = 1_000_000  # of a reply; a whole interview's has some ten thousand
PASSING: Final = {408, 409, 425, 429}  # and all from 500 on
UNSENT: Final = (UnicodeError, InvalidURL)  # a key or an address that no request can hold
NO_KEY: Final = "none"  # the client wants one, servers on one's own machine do not

SILENT: Final = "The language model did not answer in time."
AWAY: Final = "The language model could not be reached."
BUSY: Final = "The language model's server could not answer."
UNSENDABLE: Final = "The language model could not be asked: its key or address is not valid."
REFUSED: Final = "The language model's server refused the request."

log = logging.getLogger(__name__)


def complete(
    messages: Sequence[tuple[str, str]], response_format: dict[str, Any], limit_s: float
) -> bytes:
    """The server's answer. Raises NoModel, Unreachable, Refused or BadReply.

    Nothing of openai's errors goes on: their texts hold addresses, and sometimes keys.
    """
    if not settings.GRADER_MODEL:
        raise NoModel("This site has no language model.")
    try:
        with _client(limit_s) as client:
            # openai's time limit is for each read: a server that sends a little now and then would
            # never meet it. To leave closes the client, which ends what goes on in the thread.
            return process_threads().within(
                limit_s, lambda: _body(client, messages, response_format)
            )
    except (openai.OpenAIError, HTTPError, NoResult, *UNSENT) as error:
        raised = _named(error)
        log.warning("the language model gave no grade: %s", _kind(error))
    raise raised


def _client(limit_s: float) -> openai.OpenAI:
    return openai.OpenAI(
        api_key=settings.OPENAI_API_KEY or NO_KEY,
        base_url=settings.OPENAI_BASE_URL or None,
        timeout=limit_s,
        max_retries=0,
    )


def _body(
    client: openai.OpenAI, messages: Sequence[tuple[str, str]], response_format: dict[str, Any]
) -> bytes:
    create: Any = client.chat.completions.with_streaming_response.create  # its types name each role
    body = b""
    with create(
        model=settings.GRADER_MODEL,
        messages=[{"role": role, "content": text} for role, text in messages],
        response_format=response_format,
        temperature=0,
    ) as response:
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise BadReply(UNUSABLE)
    return body


def _named(error: Exception) -> LlmError:
    """The same as one of ours."""
    if isinstance(error, openai.APIStatusError):
        if error.status_code in PASSING or error.status_code >= 500:
            return Unreachable(BUSY, wait_s=_retry_after_s(error))
        return Refused(REFUSED)
    if isinstance(error, UNSENT):
        return Refused(UNSENDABLE)
    if isinstance(error, openai.APITimeoutError | NoResult):
        return Unreachable(SILENT)
    return Unreachable(AWAY)


def _retry_after_s(error: openai.APIStatusError) -> float:
    """What the server asks for in seconds; 0 where it says nothing, or says it as a date."""
    value = error.response.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() else 0.0


def _kind(error: Exception) -> str:
    status = f" {error.status_code}" if isinstance(error, openai.APIStatusError) else ""
    return f"{type(error).__name__}{status}"
