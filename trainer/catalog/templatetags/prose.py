"""`{{ text|prose:pack }}` for blocks and `{{ text|prose_inline:pack }}` inside a line."""

from django import template
from django.utils.safestring import SafeString

from trainer.catalog.prose import html, inline_html
from trainer.catalog.schema import Pack

register = template.Library()


@register.filter
def prose(text: str | None, pack: Pack) -> SafeString:
    """Prose of `pack` as HTML blocks; nothing for an optional text that is not there."""
    return html(pack, text) if text else SafeString()


@register.filter
def prose_inline(text: str | None, pack: Pack) -> SafeString:
    """Prose of `pack` as HTML without blocks; nothing for an optional text that is not there."""
    return inline_html(pack, text) if text else SafeString()
