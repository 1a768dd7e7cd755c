"""Full timelines of a few entries, so that a test of some tweets overflows them."""

import sys

import pytest

from trainer.twitter.timelines import scripts, window


def shrink(monkeypatch: pytest.MonkeyPatch, length: int, slack: int = 2) -> None:
    """Every module that knows how long a full timeline is, and how far it may outgrow that, is
    told to take these."""
    for constant, was, value in (
        ("LENGTH", window.LENGTH, length),
        ("SLACK", scripts.SLACK, slack),
    ):
        for name, module in list(sys.modules.items()):
            if name.startswith("trainer.twitter.timelines") and hasattr(module, constant):
                assert getattr(module, constant) == was, name
                monkeypatch.setattr(module, constant, value)
