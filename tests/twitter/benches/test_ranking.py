import numpy as np
import pytest

from tests.twitter.worlds import SMALL_ACCOUNTS
from trainer.lib.benchmark import CannotMeasure
from trainer.twitter.benches.ranking_discovery import walks_against_exact
from trainer.twitter.benches.ranking_oracle import oracle
from trainer.twitter.columns.log import KINDS, Log
from trainer.twitter.columns.reading import read_log
from trainer.twitter.mixer.features import HORIZON_MS, LIGHT
from trainer.twitter.mixer.training.later import Deeds, between, labels
from trainer.twitter.mixer.training.requests import Request
from trainer.twitter.mixer.types import Candidates
from trainer.twitter.world.model import make_population
from trainer.twitter.world.population import DAY_MS, RETWEET
from trainer.twitter.world.value import World


def bare_request(log: Log, at_ms: int, reader: int, deeds: tuple[Deeds, Deeds]) -> Request:
    """Of what the reader's followees posted in the two days before and the reader has not used: as
    much as the oracle reads of it. `deeds`: before the instant, and within the day after it."""
    before, after = deeds
    recent = slice(*np.searchsorted(log.tweets.at_ms, [at_ms - 2 * DAY_MS, at_ms]))
    rows = np.arange(len(log.tweets.id))[recent]
    is_theirs = np.isin(log.tweets.author[recent], log.following.of(reader))
    rows = rows[is_theirs & (log.tweets.kind[recent] != RETWEET)]
    rows = rows[~np.isin(rows, before.of(reader)[0])]
    light = np.zeros((len(rows), len(LIGHT)), np.float32)
    light[:, LIGHT.index("follows_author")] = 1
    found = labels(rows, *after.of(reader))
    return Request(reader, at_ms, Candidates.found(rows), rows, light, light, found)


@pytest.mark.django_db
def test_the_oracle_expects_as_many_engagements_as_come(small_world: World) -> None:
    log = read_log(small_world)
    knows = oracle(make_population(SMALL_ACCOUNTS, 1), log)
    requests = list[Request]()
    for days in (9, 7, 5, 3):
        at_ms = log.ends_at_ms - days * DAY_MS
        deeds = between(log, None, at_ms), between(log, at_ms, at_ms + HORIZON_MS)
        requests += [bare_request(log, at_ms, reader, deeds) for reader in range(0, 2_000, 2)]
    chances = np.concatenate([knows.chances(each) for each in requests])
    done = np.concatenate([each.labels for each in requests])
    assert ((chances >= 0) & (chances <= 1)).all()
    frequent = [KINDS.index("like"), KINDS.index("click")]
    got, expected = done[:, frequent].sum(axis=0), chances[:, frequent].sum(axis=0)
    assert got.min() > 80
    assert np.abs(got - expected).max() < 3 * np.sqrt(expected.min())
    # and it knows of which: a tenth of the candidates has most of them
    likeliest = chances[:, 0] > np.quantile(chances[:, 0], 0.9)
    assert done[likeliest, 0].sum() > 0.75 * done[:, 0].sum()


@pytest.mark.django_db
def test_the_oracle_of_another_world_is_refused(small_world: World) -> None:
    with pytest.raises(CannotMeasure, match="seed it again"):
        oracle(make_population(SMALL_ACCOUNTS, 2), read_log(small_world))


def test_walks_come_near_the_stationary_shares_of_a_small_graph() -> None:
    found = walks_against_exact()
    assert found["walks_distance"] < found["walks_tolerance"] < 0.1
