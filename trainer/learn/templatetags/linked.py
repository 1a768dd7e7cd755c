"""`{{ text|linked:pack }}`: prose in which each number leads to its page."""

from functools import partial

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from trainer.catalog.prose import html, inline_html
from trainer.catalog.schema import Pack

register = template.Library()


@register.filter
def linked(text: str | None, pack: Pack) -> SafeString:
    """Prose of `pack` as HTML blocks; nothing for an optional text that is not there."""
    return html(pack, text, partial(_address, pack.slug)) if text else SafeString()


@register.filter
def linked_inline(text: str | None, pack: Pack) -> SafeString:
    """Prose of `pack` as HTML without blocks; nothing for an optional text that is not there."""
    return inline_html(pack, text, partial(_address, pack.slug)) if text else SafeString()


def _address(pack: str, number: str) -> str:
    return reverse("learn:number", args=[pack, number])
