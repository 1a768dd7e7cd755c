"""`bench home` compares with a way that makes the same lists."""

import numpy as np
import pytest

from tests.twitter.mixer.ranked import SHELF, WEIGHTS, a_machine, ranked_world, reading
from trainer.resilience.redis_clients import rebuildable
from trainer.twitter.benches.home_arena import CLOSE
from trainer.twitter.benches.home_naive import NaiveMixer
from trainer.twitter.mixer.types import Query

pytestmark = pytest.mark.django_db


def test_the_naive_way_makes_the_same_lists_of_the_same_texts() -> None:
    base = ranked_world()
    rebuildable().flushdb()
    mixer = NaiveMixer(rebuildable(), base, SHELF.known(base))
    read = reading(a_machine())
    at_ms = int(base.ends_at.timestamp() * 1000)
    for reader in (1, 259, 1_000):
        ours = read(base, reader)
        naive = mixer.page(Query(reader, at_ms, WEIGHTS, np.empty(0, np.int64)), 50)
        assert ours.trace is not None
        assert naive.served.ids.tolist() == ours.trace.served.ids.tolist()
        assert np.allclose(naive.served.score, ours.trace.served.score, CLOSE)
        assert [row[0] for row in naive.page] == [entry.tweet.id for entry in ours.entries]
        shown = [(entry.original or entry.tweet).text for entry in ours.entries]
        assert [row[6] for row in naive.page] == shown
