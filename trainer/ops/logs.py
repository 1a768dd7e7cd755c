"""Filters of the log; see LOGGING in the settings."""

import logging
import re

_LINK = re.compile(r"(/(?:join|carry)/)[\w-]+")


def no_tokens(record: logging.LogRecord) -> bool:
    """Whoever reads the log must not get in by the links that it names."""
    said = record.getMessage()
    hidden = _LINK.sub(r"\1...", said)
    if hidden != said:
        record.msg, record.args = hidden, None
    return True


def one_line(record: logging.LogRecord) -> bool:
    """Keep the sentence and drop the traceback."""
    record.exc_info = record.exc_text = None
    return True


def no_503(record: logging.LogRecord) -> bool:
    """An outage is told by what is down, not by a traceback for each who was asked to wait."""
    return getattr(record, "status_code", 0) != 503
