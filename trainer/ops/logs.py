"""Filters of the log; see LOGGING in the settings."""

import logging


def one_line(record: logging.LogRecord) -> bool:
    """Keep the sentence and drop the traceback."""
    record.exc_info = record.exc_text = None
    return True


def no_503(record: logging.LogRecord) -> bool:
    """An outage is told by what is down, not by a traceback for each who was asked to wait."""
    return getattr(record, "status_code", 0) != 503
