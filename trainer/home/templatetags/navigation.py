"""`{% site_navigation %}`: the rooms and You, the present one marked."""

from typing import Any

from django import template
from django.urls import reverse

from trainer.catalog.packs import DEFAULT_PACK
from trainer.home.navigation import ROOMS, YOU, Place, is_here

register = template.Library()


@register.inclusion_tag("_navigation.html", takes_context=True)
def site_navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The links of the header. Works without a request, marking none."""
    request = context.get("request")

    def link(place: Place) -> dict[str, Any]:
        return {"name": place.name, "path": place.path, "here": is_here(place, request)}

    search = reverse("learn:search", args=[DEFAULT_PACK])
    return {
        "rooms": [link(room) for room in ROOMS],
        "you": link(YOU),
        "search": search,
        "searching": is_here(Place("Search", search), request),
        "request": request,
    }
