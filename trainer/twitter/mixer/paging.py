"""Cutting a page from a ranked list, with its texts."""

from collections.abc import Sequence

from trainer.twitter.columns.log import KINDS
from trainer.twitter.mixer.answer import RankedEntry
from trainer.twitter.mixer.trace import Served
from trainer.twitter.mixer.types import Sources
from trainer.twitter.timelines.home import Entry
from trainer.twitter.tweets.selectors import TweetRow, hydrate
from trainer.twitter.world.population import Ints
from trainer.twitter.world.value import World


def page(
    world: World, served: Served, first: int, count: int, shunned: Ints
) -> tuple[RankedEntry, ...]:
    """The entries from place `first` on, at most `count`. What was deleted since the list was made
    is left out, and so is what is by, or shows a tweet by, an account in `shunned`."""
    places = range(first, min(first + count, len(served.ids)))
    ids = served.ids[first : first + count].tolist()
    shown = served.shown[first : first + count].tolist()
    texts = hydrate(world, list({*ids, *shown}))
    found = [
        _entry(served, place, texts[id], None if original == id else texts[original])
        for place, id, original in zip(places, ids, shown, strict=True)
        if id in texts and original in texts
    ]
    return without(found, shunned)


def chronological(entries: Sequence[Entry], shunned: Ints) -> tuple[RankedEntry, ...]:
    """Entries of the chronological timeline as those of a ranked one."""
    found = [RankedEntry(entry.tweet, entry.original, in_network=True) for entry in entries]
    return without(found, shunned)


def without(entries: Sequence[RankedEntry], shunned: Ints) -> tuple[RankedEntry, ...]:
    """Those that are by none of these accounts, and show nothing by any."""
    hidden = frozenset(shunned.tolist())
    return tuple(entry for entry in entries if not _is_by(entry, hidden))


def _is_by(entry: RankedEntry, accounts: frozenset[int]) -> bool:
    shown = entry.original or entry.tweet
    return entry.tweet.author_id in accounts or shown.author_id in accounts


def _entry(served: Served, place: int, tweet: TweetRow, original: TweetRow | None) -> RankedEntry:
    return RankedEntry(
        tweet,
        original,
        in_network=bool(served.in_network[place]),
        sources=_names(int(served.sources[place])),
        score=float(served.score[place]),
        chances=dict(zip(KINDS, served.chances[place].tolist(), strict=True)),
        factors={name: float(factor[place]) for name, factor in served.factors.items()},
    )


def _names(bits: int) -> tuple[str, ...]:
    return tuple(source.name.lower() for source in Sources if source & bits and source.name)
