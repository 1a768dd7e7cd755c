"""What was known at an instant, against its definition; and that nothing later is in it."""

from collections import Counter, defaultdict
from dataclasses import fields, replace

import numpy as np
import pytest

from tests.twitter.columns.logs import ACCOUNTS, DEEDS, STARTED_AT_MS, TWEETS, random_log
from trainer.twitter.columns.building import HALF_LIFE_MS, as_of
from trainer.twitter.columns.flattening import arrays_of
from trainer.twitter.columns.log import DeedColumns, Log
from trainer.twitter.columns.snapshot import Snapshot
from trainer.twitter.discovery.strengths import STRENGTH
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS

INSTANTS = [STARTED_AT_MS, *(STARTED_AT_MS + n * DAY_MS // 4 for n in (1, 7, 16, 33)), ENDS_AT_MS]


def deeds_of(log: Log) -> list[tuple[int, int, int, int]]:
    columns = (getattr(log.deeds, field.name).tolist() for field in fields(DeedColumns))
    return list(zip(*columns, strict=True))


def drawn(snapshot: Snapshot) -> dict[tuple[int, int], float]:
    return {
        (account, author): weight
        for account in range(ACCOUNTS)
        for author, weight in zip(
            *map(np.ndarray.tolist, snapshot.affinities.of(account)), strict=True
        )
    }


@pytest.mark.parametrize("at_ms", INSTANTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_and_affinities_are_sums_over_what_was_done_before(seed: int, at_ms: int):
    log = random_log(seed)
    counts: Counter[tuple[int, int]] = Counter()
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for account, tweet, kind, done in deeds_of(log):
        if done < at_ms:
            counts[tweet, kind - 1] += 1
            author = int(log.tweets.author[tweet])
            if author != account:
                weights[account, author] += STRENGTH[kind] * 2 ** ((done - at_ms) / HALF_LIFE_MS)

    found = as_of(log, at_ms)

    there = int((log.tweets.at_ms < at_ms).sum())
    assert found.tweets.id.tolist() == log.tweets.id.tolist()[:there]
    assert found.counts.shape == (there, 6)
    assert {
        (int(row), int(kind)): int(found.counts[row, kind])
        for row, kind in np.argwhere(found.counts)
    } == counts
    assert drawn(found) == pytest.approx(weights)
    assert all((np.diff(found.affinities.of(account)[0]) > 0).all() for account in range(ACCOUNTS))


@pytest.mark.parametrize("at_ms", INSTANTS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_future_changes_nothing(seed: int, at_ms: int):
    log = random_log(seed)
    rng = np.random.default_rng(seed)
    first_deed, first_tweet = (
        int(np.searchsorted(times, at_ms)) for times in (log.deeds.at_ms, log.tweets.at_ms)
    )
    assert first_deed < DEEDS or at_ms == ENDS_AT_MS
    later = rng.permutation(np.arange(first_deed, DEEDS))
    order = np.concatenate([np.arange(first_deed), later])
    author = log.tweets.author.copy()
    author[first_tweet:] = rng.permutation(author[first_tweet:])
    active = log.accounts.last_active_ms.copy()
    active[active >= at_ms] += rng.integers(0, DAY_MS, int((active >= at_ms).sum()))
    other = replace(
        log,
        accounts=replace(log.accounts, last_active_ms=active),
        tweets=replace(log.tweets, author=author),
        deeds=DeedColumns(
            log.deeds.account[order],
            log.deeds.tweet[order],
            log.deeds.kind[order],
            log.deeds.at_ms,
        ),
    )

    one, two = arrays_of(as_of(log, at_ms)), arrays_of(as_of(other, at_ms))

    assert {name: array.tolist() for name, array in one.items()} == {
        name: array.tolist() for name, array in two.items()
    }


def test_an_account_that_is_active_later_was_last_seen_in_the_log_or_when_it_came():
    log, at_ms = random_log(4), STARTED_AT_MS + 4 * DAY_MS
    expected = []
    for account in range(ACCOUNTS):
        acts = [done for who, _, _, done in deeds_of(log) if who == account]
        acts += log.tweets.at_ms[log.tweets.author == account].tolist()
        seen = max([int(log.accounts.created_ms[account]), *(at for at in acts if at < at_ms)])
        known = int(log.accounts.last_active_ms[account])
        expected.append(known if known < at_ms else seen)
    assert as_of(log, at_ms).accounts.last_active_ms.tolist() == expected


def test_a_deed_with_a_tweet_that_is_not_there_yet_is_not_known():
    log = random_log(1)
    early = replace(log.deeds, at_ms=np.full(DEEDS, STARTED_AT_MS - 1))
    found = as_of(replace(log, deeds=early), STARTED_AT_MS)
    assert len(found.counts) == 0
    assert drawn(found) == {}


def test_the_columns_of_tweets_are_views():
    log = random_log(1)
    found = as_of(log, ENDS_AT_MS)
    assert len(found.tweets.id) == TWEETS
    assert np.shares_memory(found.tweets.id, log.tweets.id)
