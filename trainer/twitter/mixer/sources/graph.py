"""Out-of-network by the interaction graph: walks from the reader and those whom they follow, in
turn with what these liked lately. Pure.

Fails open: without discovery a timeline is poorer and not wrong, and the answer says so.
"""

import numpy as np

from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.social_proof import liked_by_followees
from trainer.twitter.discovery.walks import Seeds, Visits, walk
from trainer.twitter.mixer.sources.outside import interleaved, is_outside
from trainer.twitter.mixer.types import Fetched, Query
from trainer.twitter.world.population import Floats, Ints


def fetch(segments: Segments, present: Present, query: Query, limit: int) -> Fetched:
    """At most `limit` tweets; the score is the share of the walks' visits, 0 for what was only
    liked. `segments`: with the overlay's deeds, if there are any. The same query walks the same
    way."""
    drawn = drawn_to(present, query)
    rng = np.random.default_rng([query.account_id, query.at_ms])
    visits = walk(segments, _seeds(query, drawn), rng)
    liked = liked_by_followees(segments, query.following - 1, weights=drawn)
    rows = interleaved(visits.row, liked.row)
    rows = rows[is_outside(present, query, rows)][:limit]
    return Fetched(present.ids(rows), _scores(visits, rows))


def drawn_to(present: Present, query: Query) -> Floats:
    """What each followee (f,) weighs: 1, and the reader's affinity to them."""
    authors, weights = present.affinities(query.account_id, query.at_ms)
    if not len(authors):
        return np.ones(len(query.following))
    place = np.minimum(np.searchsorted(authors, query.following), len(authors) - 1)
    return 1.0 + np.where(authors[place] == query.following, weights[place], 0.0)


def _seeds(query: Query, drawn: Floats) -> Seeds:
    """Half of the walks start at the reader, where that leads anywhere."""
    accounts = np.append(query.following, query.account_id) - 1
    return Seeds(accounts, np.append(drawn, max(1.0, float(drawn.sum()))))


def _scores(visits: Visits, rows: Ints) -> Floats:
    by_row = np.argsort(visits.row)
    known = visits.row[by_row]
    if not len(known):
        return np.zeros(len(rows), np.float32)
    place = np.minimum(np.searchsorted(known, rows), len(known) - 1)
    return np.where(known[place] == rows, visits.score[by_row][place], 0.0).astype(np.float32)
