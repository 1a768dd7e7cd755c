"""Fan-out by the follower law: a tweet reaches its author's own followers, so the tweets that are
pulled are few and carry much. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from trainer.capacity.formulas import Formula
from trainer.capacity.inputs import Inputs

FORMULAS: Final = (
    Formula(
        "median_followers",
        "Followers of the median account, by the law",
        "followers",
        "account_quantile(0.5)",
    ),
    Formula(
        "celebrity_accounts",
        "Accounts at or above the threshold, by the law",
        "accounts",
        "mau * account_share_from(threshold)",
    ),
    Formula(
        "followers_per_tweet",
        "Mean followers over tweets, by the law",
        "followers/tweet",
        "tweet_followers_below(most_followers)",
    ),
    Formula(
        "law_celebrity_tweet_share",
        "Share of tweets that are pulled, by the law",
        "share",
        "tweet_share_from(threshold)",
    ),
    Formula(
        "law_naive_writes",
        "Fan-out writes a day with push for everyone, by the law",
        "writes/day",
        "tweets_per_day * followers_per_tweet",
    ),
    Formula(
        "law_hybrid_writes",
        "Fan-out writes a day below the threshold, by the law",
        "writes/day",
        "tweets_per_day * tweet_followers_below(threshold)",
    ),
    Formula(
        "law_saved_writes",
        "Writes a day saved, by the law",
        "writes/day",
        "tweets_per_day * tweet_followers_from(threshold)",
    ),
    Formula(
        "law_saved_share",
        "Share of the writes that is saved, by the law",
        "share",
        "law_saved_writes / law_naive_writes",
    ),
    Formula(
        "pulls_per_load",
        "Followees at or above the threshold, of a mean account",
        "followees",
        "account_followers_from(threshold)",
    ),
    Formula(
        "pull_lookups_per_day",
        "Lookups a day that pulling costs, before any cache",
        "lookups/day",
        "loads_per_day * pulls_per_load",
    ),
    Formula(
        "lookups_per_saved_write",
        "Lookups that pulling costs for each write that it saves, before any cache",
        "lookups/write",
        "pull_lookups_per_day / law_saved_writes",
    ),
    Formula(
        "entries_per_timeline",
        "Entries that a timeline receives a day with push for everyone",
        "entries/day",
        "law_naive_writes / mau",
    ),
    Formula(
        "days_in_timeline",
        "Days that a full timeline reaches back",
        "days",
        "timeline_ids / entries_per_timeline",
    ),
    # What would make the told saving true
    Formula(
        "followers_per_tweet_for_claim",
        "Followers spared per tweet that the told saving needs",
        "followers/tweet",
        "claimed_saving / tweets_per_day",
    ),
    Formula(
        "gamma_for_claim",
        "How steeply tweeting must grow with followers for the told saving",
        "exponent",
        "gamma_of_mean_from(threshold, followers_per_tweet_for_claim)",
    ),
    Formula(
        "gamma_for_share",
        "How steeply it must grow for the told share of pulled tweets",
        "exponent",
        "gamma_of_share(threshold, celebrity_tweet_share)",
    ),
)


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """One threshold of the curve, by the law. `pushed_writes + saved_writes` is the whole naive
    fan-out, whatever the threshold; writes and lookups are per day."""

    threshold: float
    accounts_at_or_above: float
    pulled_tweet_share: float
    pushed_writes: float
    saved_writes: float
    pulls_per_load: float
    pull_lookups: float


def threshold_curve(inputs: Inputs, thresholds: Iterable[float]) -> tuple[ThresholdPoint, ...]:
    """The threshold lab at full scale: what pushing and pulling cost at each threshold (in
    followers; below the least, everything is pulled, above the most, everything is pushed)."""
    accounts = inputs.law
    tweets = accounts.size_biased(inputs.gamma)
    loads = inputs.dau * inputs.loads_per_dau
    return tuple(
        ThresholdPoint(
            threshold,
            accounts.count_at_or_above(threshold, inputs.mau),
            tweets.survival(threshold),
            inputs.tweets_per_day * tweets.mean_below(threshold),
            inputs.tweets_per_day * tweets.mean_at_or_above(threshold),
            accounts.mean_at_or_above(threshold),
            loads * accounts.mean_at_or_above(threshold),
        )
        for threshold in thresholds
    )
