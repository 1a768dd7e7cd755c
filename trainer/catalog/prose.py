"""Turning the prose of a pack into plain text or safe HTML, with its numbers filled in."""

import html as entities
import re
import threading
from collections.abc import Callable
from typing import Final

import nh3
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown import Markdown
from markdown.inlinepatterns import HtmlInlineProcessor

from trainer.catalog.numbers import UnknownNumber, fill, render
from trainer.catalog.schema import Number, Pack

_INLINE: Final = {"a", "code", "data", "em", "strong"}
_BLOCK: Final = {"p", "ul", "ol", "li", "blockquote", "br", "pre"}
_ATTRIBUTES: Final = {"a": {"href"}, "data": {"value", "data-status", "title"}}
_CLASSES: Final = {"data": {"number"}}
_MOST_OPENINGS: Final = 200  # of links and tags: Markdown's time grows with the square of them
_OUR_TAG: Final = rf"(</?(?:{'|'.join(sorted(_INLINE | _BLOCK))})(?: [^<>]*)?/?>)"
_LIST_BEGINS: Final = re.compile(r"^(?![-*+] )(\S.*)\n(?=[-*+] )", re.MULTILINE)
Address = Callable[[str], str]  # of the page about a number, by its slug


class _Written(threading.local):
    """The converters of a thread: to build one takes ten times as long as to use it."""

    def __init__(self) -> None:
        self.prose = Markdown(extensions=["sane_lists"])
        self.typed = _typed()


def _typed() -> Markdown:
    """For what people write: a tag that is none of ours, as in `Map<String>` or `<user_id>`, stays
    the words it is, and a list needs no empty line before it."""
    typed = Markdown(extensions=["sane_lists", "nl2br"])
    typed.preprocessors.deregister("html_block")
    typed.inlinePatterns.deregister("html")
    typed.inlinePatterns.register(HtmlInlineProcessor(_OUR_TAG, typed), "html", 90)
    return typed


_written = _Written()


def plain(pack: Pack, text: str) -> str:
    """`text` without Markdown and with the numbers' own texts, for transcripts and exports."""
    filled = fill(pack.numbers, text)
    bare = nh3.clean(_written.prose.reset().convert(filled), tags=set())
    return entities.unescape(bare).strip()


def html(pack: Pack, text: str, address: Address | None = None) -> SafeString:
    """`text` as sanitised HTML blocks, each number as a `<data class="number">`, which is a link
    where an `address` is given."""
    return _clean(pack, text, _INLINE | _BLOCK, address)


def inline_html(pack: Pack, text: str, address: Address | None = None) -> SafeString:
    """`text` as sanitised HTML without blocks, to stand inside a heading, a cell or a sentence."""
    return _clean(pack, text, _INLINE, address)


def typed_html(text: str) -> SafeString:
    """What a person wrote as sanitised HTML blocks: lines stay lines, `{{n:slug}}` stays itself.

    A text that is nested beyond reading, which only a prank is, is shown as it was typed.
    """
    if sum(text.count(opening) for opening in "[<") > _MOST_OPENINGS:
        return _as_typed(text)
    try:
        spaced = _LIST_BEGINS.sub(r"\1\n\n", text)
        return _sanitised(_written.typed.reset().convert(spaced), _INLINE | _BLOCK)
    except RecursionError:
        _written.typed = _typed()  # the old one still stands deep inside that text
        return _as_typed(text)


def _as_typed(text: str) -> SafeString:
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 (it has just escaped it)


def _clean(pack: Pack, text: str, tags: set[str], address: Address | None) -> SafeString:
    def shown(slug: str) -> str:
        data = _data(pack, _number(pack, slug))
        return format_html('<a href="{}">{}</a>', address(slug), data) if address else data

    return _sanitised(_written.prose.reset().convert(render(text, shown)), tags)


def _sanitised(markup: str, tags: set[str]) -> SafeString:
    # Sanitising comes last: whatever a text or a number made of itself before, is inert after.
    cleaned = nh3.clean(
        markup,
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
