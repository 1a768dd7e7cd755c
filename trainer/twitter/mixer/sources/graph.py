"""Out-of-network by the interaction graph: walks from the reader and those whom they follow, in
turn with what these liked lately. Pure.

Fails open: without discovery a timeline is poorer and not wrong, and the answer says so.
"""

import numpy as np

from trainer.twitter.columns.log import looked_up
from trainer.twitter.discovery.segments import Segments
from trainer.twitter.discovery.social_proof import liked_by_followees
from trainer.twitter.discovery.walks import Visits, circle_of_trust, walk
from trainer.twitter.mixer.sources.outside import Outside, interleaved
from trainer.twitter.mixer.types import Fetched, Query
from trainer.twitter.world.population import Floats, Ints


def fetch(segments: Segments, outside: Outside, query: Query, limit: int) -> Fetched:
    """At most `limit` tweets; the score is the share of the walks' visits, 0 for what was only
    liked. `segments`: with the overlay's deeds, if there are any. The same query walks the same
    way."""
    present = outside.present
    drawn = present.affinities_to(query.account_id, query.following, query.at_ms)
    seeds = circle_of_trust(query.account_id - 1, query.following - 1, drawn)
    visits = walk(segments, seeds, np.random.default_rng([query.account_id, query.at_ms]))
    liked = liked_by_followees(segments, query.following - 1, weights=1 + drawn)
    rows = interleaved(visits.row, liked.row)
    rows = rows[outside.may_show(rows)][:limit]
    return Fetched(present.ids(rows), _scores(visits, rows))


def _scores(visits: Visits, rows: Ints) -> Floats:
    by_row = np.argsort(visits.row)
    return looked_up(visits.row[by_row], visits.score[by_row], rows)
