"""The content packs of this site. A pack is a folder in settings.CONTENT_DIR."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from trainer.catalog.loader import load_pack
from trainer.catalog.schema import Pack

DEFAULT_PACK = "twitter"  # what is opened where no pack was chosen


class UnknownPack(LookupError):
    """There is no pack of this name."""


def pack_slugs() -> tuple[str, ...]:
    """The slugs of all packs, sorted."""
    folder = Path(settings.CONTENT_DIR)
    return tuple(sorted(path.parent.name for path in folder.glob("*/pack.yaml")))


def get_pack(slug: str) -> Pack:
    """The pack `slug`, read once per process. Raises UnknownPack, or PackErrors if it is broken."""
    folder = Path(settings.CONTENT_DIR) / slug
    if not re.fullmatch(r"[a-z0-9-]+", slug) or not (folder / "pack.yaml").is_file():
        raise UnknownPack(f'there is no content pack "{slug}"; packs: {", ".join(pack_slugs())}')
    return _load(folder)


@lru_cache(maxsize=16)
def _load(folder: Path) -> Pack:
    return load_pack(folder)
