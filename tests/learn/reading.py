"""A page as somebody reads it, and what the content says, made alike to be compared."""

import re
from html import unescape

from trainer.catalog.prose import plain
from trainer.catalog.schema import Pack
from trainer.catalog.texts import texts


def said(html: str) -> str:
    """The words of a page, without any space: elements may stand between two letters."""
    return "".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def all_prose(pack: Pack, part: object) -> list[str]:
    """Every prose text in `part` of the content, as `said` shows it."""
    found = texts(part, type(part))
    return ["".join(plain(pack, each.value).split()) for each in found if each.is_prose]


def within(html: str, id_: str) -> str:
    """The page from the element `id_` to the next entry, or to the end."""
    start = html.index(f'id="{id_}"')
    end = html.find("<article", start)
    return html[start : end if end > 0 else len(html)]


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', html)
