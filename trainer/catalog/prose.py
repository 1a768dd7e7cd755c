"""Turning the prose of a pack into plain text or safe HTML, with its numbers filled in."""

import html as entities
from typing import Final

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown import markdown

from trainer.catalog.numbers import UnknownNumber, fill, render
from trainer.catalog.schema import Number, Pack

_INLINE: Final = {"a", "code", "data", "em", "strong"}
_BLOCK: Final = {"p", "ul", "ol", "li", "blockquote", "br", "pre"}
_ATTRIBUTES: Final = {"a": {"href"}, "data": {"value", "data-status", "title"}}
_CLASSES: Final = {"data": {"number"}}


def plain(pack: Pack, text: str) -> str:
    """`text` without Markdown and with the numbers' own texts, for transcripts and exports."""
    filled = fill(pack.numbers, text)
    bare = nh3.clean(markdown(filled, extensions=["sane_lists"]), tags=set())
    return entities.unescape(bare).strip()


def html(pack: Pack, text: str) -> SafeString:
    """`text` as sanitised HTML blocks, each number as a `<data class="number">`."""
    return _clean(pack, text, _INLINE | _BLOCK)


def inline_html(pack: Pack, text: str) -> SafeString:
    """`text` as sanitised HTML without blocks, to stand inside a heading, a cell or a sentence."""
    return _clean(pack, text, _INLINE)


def _clean(pack: Pack, text: str, tags: set[str]) -> SafeString:
    # Sanitising comes last: whatever a text or a number made of itself before, is inert after.
    filled = render(text, lambda slug: _data(pack, _number(pack, slug)))
    cleaned = nh3.clean(
        markdown(filled, extensions=["sane_lists"]),
        tags=tags,
        attributes={tag: allowed for tag, allowed in _ATTRIBUTES.items() if tag in tags},
        allowed_classes=_CLASSES,
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(cleaned.strip())  # noqa: S308 (nh3 has just cleaned it)


def _data(pack: Pack, number: Number) -> str:
    """The element of a number: its machine value, its status, and what it is worth on hover."""
    worth = fill(pack.numbers, number.worth)
    return format_html(
        '<data class="number" value="{}" data-status="{}" title="{}">{}</data>',
        f"{number.value:.12g}",
        number.status,
        f"{number.status.capitalize()}: {' '.join(worth.split())}",
        number.text,
    )


def _number(pack: Pack, slug: str) -> Number:
    try:
        return pack.ledger[slug]
    except KeyError:
        raise UnknownNumber(f"{{{{n:{slug}}}}}: the pack {pack.slug} has no such number") from None
