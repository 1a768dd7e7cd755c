"""Who else may overrule a point: rooms above register what their people said of an interview."""

from collections.abc import Callable, Iterable
from datetime import datetime

from trainer.interviews.grade.effective import Overrule
from trainer.interviews.models import Interview

# Of an interview: (who, point id, covered, at) for each point that somebody judged anew.
Provider = Callable[[Interview], Iterable[tuple[str, str, bool, datetime]]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a room's overrules. Called in AppConfig.ready; the same provider twice counts once."""
    if provider not in _providers:
        _providers.append(provider)


def overrules_of(interview: Interview) -> tuple[Overrule, ...]:
    """All of an interview, the oldest first."""
    found = (Overrule(*each) for provider in _providers for each in provider(interview))
    return tuple(sorted(found, key=lambda each: each.at))
