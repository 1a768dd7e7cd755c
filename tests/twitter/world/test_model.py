"""The population before anything is written: small, drawn once for all facts."""

import dataclasses
import hashlib
from collections.abc import Iterator

import numpy as np
import pytest

from trainer.twitter.world import follows
from trainer.twitter.world.follows import celebrity_line, follower_counts, follower_law
from trainer.twitter.world.model import make_population
from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    DAY_MS,
    ENDS_AT_MS,
    LIKE,
    PROFILE_CLICK,
    REPLIED,
    REPLY,
    RETWEET,
    RETWEETED,
    STARTED_AT_MS,
    TWEET,
    Population,
)

ACCOUNTS = 4_000


@pytest.fixture(scope="module")
def population() -> Population:
    return make_population(ACCOUNTS, 1)


def columns(part: object) -> Iterator[bytes]:
    """The bytes of every column below a dataclass."""
    for field in dataclasses.fields(part):
        value = getattr(part, field.name)
        if dataclasses.is_dataclass(value):
            yield from columns(value)
        else:
            yield value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode()


def digest(population: Population) -> str:
    return hashlib.sha256(b"".join(columns(population))).hexdigest()


def edges(population: Population) -> tuple[np.ndarray, np.ndarray]:
    """Follower and followee of every edge."""
    following = population.following
    return np.repeat(np.arange(population.size), following.lengths), following.flat


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others():
    first, again, other = (make_population(600, seed) for seed in (1, 1, 2))
    assert digest(first) == digest(again) != digest(other)


def test_nobody_follows_themselves_or_anybody_twice_and_both_directions_agree(population):
    follower, followee = edges(population)
    assert (follower != followee).all()
    keys = follower * np.int64(ACCOUNTS) + followee
    assert (np.diff(keys) > 0).all()
    followers = population.followers
    turned = np.repeat(np.arange(ACCOUNTS), followers.lengths) + followers.flat * np.int64(ACCOUNTS)
    assert (np.sort(turned) == keys).all()


def test_follower_counts_follow_the_closed_form_within_a_few_percent(population):
    law, counts = follower_law(ACCOUNTS), population.followers.lengths
    assert counts.mean() == pytest.approx(law.mean, rel=0.02)
    for least in (5, 10, 50, 100, 500, 1_000):
        found = (counts >= least).sum()
        assert found == pytest.approx(law.count_at_or_above(least, ACCOUNTS), rel=0.04)


def test_the_default_world_has_its_special_accounts():
    counts = follower_counts(150_000)
    assert [int((counts == exact).sum()) for exact in (100_000, 99_999, 700)] == [1, 1, 1]
    assert (counts > 100_000).sum() >= 3
    assert counts.sum() == pytest.approx(8e6, rel=0.03)


def test_a_small_world_has_an_account_at_its_own_line_and_one_just_below(population):
    line, counts = celebrity_line(ACCOUNTS), population.followers.lengths
    assert [int((counts == exact).sum()) for exact in (line, line - 1, 700)] == [1, 1, 1]
    assert counts.max() > 0.9 * ACCOUNTS


def test_communities_follow_their_own(population):
    follower, followee = edges(population)
    community = population.planted.community
    small = population.followers.lengths[followee] < 100
    within = (community[follower] == community[followee])[small].mean()
    by_chance = ((np.bincount(community) / ACCOUNTS) ** 2).sum()
    assert within > 0.5 > 4 * by_chance


def test_what_people_do_follows_their_interests(population):
    done, planted = population.engagements, population.planted
    interest = planted.interests[done.account, planted.topic[done.tweet]]
    stranger = np.random.default_rng(1).permutation(done.account)
    by_chance = planted.interests[stranger, planted.topic[done.tweet]]
    assert interest.mean() > 2 * by_chance.mean()
    retweets = done.kind == RETWEETED
    assert interest[retweets].mean() > interest[done.kind == CLICK].mean()


def test_better_authors_and_fresher_tweets_get_more(population):
    done, said = population.engagements, population.tweets
    likes = np.bincount(done.tweet[done.kind == LIKE], minlength=len(said.kind))
    quality = population.accounts.quality[said.author]
    ordinary = (said.kind == TWEET) & (population.followers.lengths[said.author] < 100)
    assert likes[ordinary & (quality > 0.8)].mean() > 1.3 * likes[ordinary & (quality < 0.5)].mean()
    age_h = (done.at_ms - said.at_ms[done.tweet]) / 3_600_000
    assert 0.2 < np.median(age_h) < 2.0


def test_likes_are_most_common_then_clicks_and_the_rest_is_rare(population):
    count = np.bincount(population.engagements.kind)
    rare = [BOOKMARK, PROFILE_CLICK, REPLIED, RETWEETED]
    assert count[LIKE] > count[CLICK] > 2 * count[rare].max()
    assert count[rare].min() > 0.005 * count.sum()


def test_every_reply_and_retweet_is_a_tweet_and_an_engagement_at_once(population):
    done, said = population.engagements, population.tweets
    for engagement, kind in ((REPLIED, REPLY), (RETWEETED, RETWEET)):
        rows = np.flatnonzero(said.kind == kind)
        made = {(said.author[r], said.parent[r], said.at_ms[r]) for r in rows}
        rows = np.flatnonzero(done.kind == engagement)
        assert made == {(done.account[r], done.tweet[r], done.at_ms[r]) for r in rows}
        assert 0.08 < len(made) / len(said.kind) < 0.2


def test_tweets_come_by_time_within_the_two_weeks_and_answer_earlier_ones(population):
    said = population.tweets
    assert (np.diff(said.at_ms) >= 0).all()
    assert said.at_ms[0] >= STARTED_AT_MS
    assert said.at_ms[-1] < ENDS_AT_MS
    answers = np.flatnonzero(said.kind != TWEET)
    assert (said.parent[answers] < answers).all()
    assert (said.kind[said.parent[answers]] == TWEET).all()
    assert (said.author[said.parent[answers]] != said.author[answers]).all()
    assert len(said.kind) == pytest.approx(2 * ACCOUNTS, rel=0.15)
    assert all(0 < len(text) <= 280 for text in np.array(said.text)[said.kind != RETWEET])


def test_nobody_acts_before_they_joined_or_after_they_were_last_seen(population):
    people, done, said = population.accounts, population.engagements, population.tweets
    for account, at_ms in ((said.author, said.at_ms), (done.account, done.at_ms)):
        assert (at_ms >= people.created_ms[account]).all()
        assert (at_ms <= people.last_active_ms[account]).all()
    assert (people.last_active_ms < ENDS_AT_MS).all()


def test_a_fifth_is_away_for_more_than_thirty_days(population):
    away = population.accounts.last_active_ms < ENDS_AT_MS - 30 * DAY_MS
    assert 0.15 < away.mean() < 0.25


def test_bots_are_new_worthless_and_push_one_hashtag(population):
    people, bots = population.accounts, population.planted.is_bot
    assert bots.sum() == ACCOUNTS // 200
    assert people.quality[bots].max() < 0.1
    assert people.created_ms[bots].min() > ENDS_AT_MS - 11 * DAY_MS
    said = population.tweets
    own = bots[said.author] & (said.kind == TWEET)
    assert own.any()
    assert all("#cashquest" in said.text[row] for row in np.flatnonzero(own))


def test_handles_are_unique_and_short(population):
    handles = population.accounts.handle
    assert len(set(handles)) == ACCOUNTS
    assert all(handle.isalnum() and len(handle) <= 15 for handle in handles)


@pytest.mark.parametrize("accounts", [0, 199, 1_000_001])
def test_a_population_too_small_or_too_large_is_refused(accounts):
    with pytest.raises(ValueError, match="give a number from"):
        make_population(accounts)


def test_lists_turn_round():
    keys = np.array([0 * 4 + 1, 0 * 4 + 3, 2 * 4 + 0])  # 0 is followed by 1 and 3, 2 by 0
    followers = follows.lists(keys, 4)
    following = follows.turned(followers)
    assert [followers.of(account).tolist() for account in range(4)] == [[1, 3], [], [0], []]
    assert [following.of(account).tolist() for account in range(4)] == [[2], [0], [], [0]]
