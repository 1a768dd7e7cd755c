"""What pulling saves at 250M daily users, by threshold and by who tweets more. All computed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from trainer.capacity.figures import Figure, figures
from trainer.capacity.inputs import Inputs
from trainer.capacity.law import ThresholdPoint, threshold_curve
from trainer.lab.blocks import Chart, Column, Series, Table
from trainer.lab.labs.sums import problems, sums_table
from trainer.lab.stage import LabCode, Needs, Stage

GAMMAS: Final = (0.0, 0.15, 0.3)  # beside the visitor's own
DRAWN_THRESHOLDS: Final = np.geomspace(1e3, 1e8, 41)
TOLD_THRESHOLDS: Final = (10_000.0, 50_000.0, 100_000.0, 500_000.0, 1_000_000.0)
# Enough that what one account stands for, of the largest, weighs a percent of the whole.
COUNTED: Final = 4_000_000
SUMS: Final = (
    "naive_writes",
    "saved_writes",
    "followers_per_tweet",
    "law_naive_writes",
    "law_hybrid_writes",
    "law_saved_writes",
    "law_celebrity_tweet_share",
    "saved_writes_at_threshold",
    "followers_per_tweet_for_claim",
    "gamma_for_claim",
    "gamma_for_share",
    "lookups_per_saved_write",
)
GIVEN: Final = {
    "saved": "law_saved_writes",
    "saved_by_average": "saved_writes",
    "in_all_by_average": "naive_writes",
    "in_all": "law_naive_writes",
    "pushed": "law_hybrid_writes",
    "spared_for_claim": "followers_per_tweet_for_claim",
}


def run(stage: Stage) -> None:
    inputs = replace(
        Inputs(),
        threshold=stage.given.number("threshold"),
        gamma=stage.given.number("gamma"),
        average_followers=stage.given.number("average_followers"),
    )
    stage.say("Fitting a follower law to the average", 0.1)
    found = figures(inputs)
    for id, name in GIVEN.items():
        stage.figure(id, found[name].value)
    stage.say("Moving the threshold from a thousand followers to a hundred million", 0.3)
    curves = _curves(inputs)
    stage.show(_saved_chart(inputs, found, curves))
    stage.show(_pushed_chart(found, curves))
    stage.show(_price_table(threshold_curve(inputs, sorted({*TOLD_THRESHOLDS, inputs.threshold}))))
    stage.say(f"Counting the same account by account, over {COUNTED:,} of them", 0.6)
    stage.show(_check_table(inputs, found))
    shown = [found[name] for name in SUMS]
    stage.show(sums_table("sums", "Every sum, with its numbers", shown))
    if (note := problems("problems", shown)) is not None:
        stage.show(note)
    stage.say("Done", 1.0)


def _curves(inputs: Inputs) -> dict[str, tuple[ThresholdPoint, ...]]:
    """The curve of each gamma, by the series' name; the visitor's own is among them."""
    gammas = sorted({*GAMMAS, inputs.gamma})
    return {
        _name(gamma, inputs.gamma): threshold_curve(
            replace(inputs, gamma=gamma), map(float, DRAWN_THRESHOLDS)
        )
        for gamma in gammas
    }


def _name(gamma: float, own: float) -> str:
    what = "all tweet alike (gamma 0)" if gamma == 0 else f"gamma {gamma:g}"
    return f"{what}, yours" if gamma == own else what


def _saved_chart(
    inputs: Inputs, found: dict[str, Figure], curves: dict[str, tuple[ThresholdPoint, ...]]
) -> Chart:
    series = [_series(name, curve, "saved_writes") for name, curve in curves.items()]
    told = _level("as told: trillions", inputs.claimed_saving)
    average = _level("by the average", found["saved_writes"].value)
    return Chart(
        "saved",
        "Writes a day that pulling saves",
        "threshold, followers",
        "writes a day",
        [*series, told, average],
        origin="computed",
        log_x=True,
        log_y=True,
        note="The told saving is a claim, and the average knows no threshold: both are flat.",
    )


def _pushed_chart(found: dict[str, Figure], curves: dict[str, tuple[ThresholdPoint, ...]]) -> Chart:
    series = [_series(name, curve, "pushed_writes") for name, curve in curves.items()]
    naive = _level("push for everyone, by the average", found["naive_writes"].value)
    return Chart(
        "pushed",
        "Writes a day that are left",
        "threshold, followers",
        "writes a day",
        [*series, naive],
        origin="computed",
        log_x=True,
        log_y=True,
    )


def _series(name: str, curve: Iterable[ThresholdPoint], what: str) -> Series:
    points = tuple(curve)
    return Series(name, [each.threshold for each in points], [getattr(e, what) for e in points])


def _level(name: str, value: float) -> Series:
    ends = (float(DRAWN_THRESHOLDS[0]), float(DRAWN_THRESHOLDS[-1]))
    return Series(name, ends, (value, value), dashed=True)


def _price_table(curve: Iterable[ThresholdPoint]) -> Table:
    return Table(
        "price",
        "What each threshold costs on both sides",
        (
            Column("Threshold", "followers"),
            Column("Accounts pulled"),
            Column("Tweets pulled", "%"),
            Column("Pushed", "writes/day", bar=True),
            Column("Saved", "writes/day", bar=True),
            Column("Lists to pull for one load"),
        ),
        [
            (
                each.threshold,
                each.accounts_at_or_above,
                100 * each.pulled_tweet_share,
                each.pushed_writes,
                each.saved_writes,
                each.pulls_per_load,
            )
            for each in curve
        ],
        origin="computed",
        note="A lower threshold saves writes and makes each timeline load pull more lists.",
    )


def _check_table(inputs: Inputs, found: dict[str, Figure]) -> Table:
    in_all, saved = counted(inputs, COUNTED)
    rows = [
        (label, closed, value, 100 * (value / closed - 1) if closed else None)
        for label, closed, value in (
            ("In all", found["law_naive_writes"].value, in_all),
            ("Saved", found["law_saved_writes"].value, saved),
        )
    ]
    return Table(
        "check",
        "The same, counted account by account",
        (
            Column("Writes a day"),
            Column("By the formula"),
            Column(f"Over {COUNTED:,} accounts"),
            Column("Differs by", "%"),
        ),
        rows,
        origin="computed",
        note="Accounts drawn evenly from the same law. It checks the formula, not the world: few"
        " accounts stand for the largest, so the sum falls a little short where gamma is high.",
    )


def counted(inputs: Inputs, accounts: int) -> tuple[float, float]:
    """Writes a day in all, and of accounts at or above the threshold: a sum over `accounts` drawn
    evenly from the follower law, each tweeting as followers ** gamma."""
    followers = inputs.law.quantiles((np.arange(accounts) + 0.5) / accounts)
    tweets = followers**inputs.gamma
    writes = tweets * followers * (inputs.tweets_per_day / tweets.sum())
    return float(writes.sum()), float(writes[followers >= inputs.threshold].sum())


LAB = LabCode("threshold-at-scale", run, Needs.NOTHING)
