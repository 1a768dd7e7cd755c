"""What other rooms add to the end of an interview's export: each registers its part."""

from collections.abc import Callable

from trainer.interviews.models import Interview

Appendix = Callable[[Interview], list[str]]

_appendices: dict[str, Appendix] = {}


def register(name: str, appendix: Appendix) -> None:
    """Add a room's part to the export, under `name`. Called in AppConfig.ready.

    `appendix` returns paragraphs of Markdown, the heading first; none where it has nothing to say.
    Raises ValueError if the name is in use.
    """
    if name in _appendices:
        raise ValueError(f"Two appendices are called {name!r}; give one of them another name.")
    _appendices[name] = appendix


def appendices_of(interview: Interview) -> list[list[str]]:
    """The parts of all rooms, in the order of their names."""
    return [appendix(interview) for _, appendix in sorted(_appendices.items())]
