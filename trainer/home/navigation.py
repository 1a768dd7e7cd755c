"""The rooms in the site's navigation, in one list: a room that opens adds its line here."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Place:
    """A link of the navigation. Every address below `path` belongs to it."""

    name: str
    path: str


ROOMS = [
    Place("Interview", "/interviews/"),
    Place("Drills", "/drills/"),
    Place("Cards", "/cards/"),
    Place("Lab", "/lab/"),
    Place("Learn", "/learn/"),
]
YOU = Place("You", "/you/")


def is_here(place: Place, request: HttpRequest | None) -> bool:
    """Whether the page that `request` asked for lies in `place`."""
    return request is not None and request.path_info.startswith(place.path)
