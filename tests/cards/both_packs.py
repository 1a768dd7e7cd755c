"""The two packs that cards are made of in tests: the product's own, and a small one."""

from pathlib import Path

from trainer.catalog.loader import load_pack
from trainer.catalog.packs import get_pack

TWITTER = get_pack("twitter")
PACKS = Path(__file__).parents[1] / "catalog" / "packs"
CHAT = load_pack(PACKS / "chat")
