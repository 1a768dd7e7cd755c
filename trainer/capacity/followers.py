"""How many followers an account has: a power law between a least and a most (a truncated Pareto
law), in closed form. Pure.

The density is proportional to f ** -(alpha + 1) for least <= f <= most. When accounts with more
followers tweet more, as f ** gamma, the followers of *tweets* follow the same law with
alpha - gamma (`size_biased`): the mean over tweets is not the mean over accounts.

The law is continuous. Whoever needs whole followers takes the floor: counts at or above a whole
threshold stay exact, and the mean falls by less than one follower.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.capacity.errors import LawError
from trainer.capacity.roots import rising_root

_MOST_EXPONENT = 600.0  # exp() of 710 overflows, and a mean adds one to the exponent


@dataclass(frozen=True, slots=True)
class TruncatedPareto:
    """Followers per account: `least` and `most` in followers, 0 < least < most; `alpha` any number
    (a power law proper has alpha > 0; a size-biased one may go below). Raises LawError."""

    least: float
    most: float
    alpha: float

    def __post_init__(self) -> None:
        _check_ends(self.least, self.most)
        if not abs(self.alpha) * self._width <= _MOST_EXPONENT * (1 + 1e-9):  # rounding apart
            bound = _MOST_EXPONENT / self._width
            raise LawError(f"alpha is {self.alpha:g}; give one between {-bound:g} and {bound:g}")

    @property
    def mean(self) -> float:
        """E[F], in followers."""
        return self.mean_below(math.inf)

    @property
    def median(self) -> float:
        """The followers that half of the accounts do not reach."""
        return self.quantile(0.5)

    def survival(self, threshold: float) -> float:
        """P(F >= threshold), 0..1."""
        return self._moment(0, threshold, self.most)

    def count_at_or_above(self, threshold: float, accounts: float) -> float:
        """How many of `accounts` are expected to have at least `threshold` followers."""
        return accounts * self.survival(threshold)

    def mean_below(self, threshold: float) -> float:
        """The partial mean E[F; F < threshold]: the followers that accounts below `threshold`
        hold, per account of all. `mean_below(most) == mean`."""
        return self._moment(1, self.least, threshold)

    def mean_at_or_above(self, threshold: float) -> float:
        """The rest of the mean: E[F; F >= threshold], per account of all."""
        return self._moment(1, threshold, self.most)

    def threshold_of_mean(self, partial_mean: float) -> float:
        """The threshold whose `mean_below` is `partial_mean`, the other way round: within
        least..most, the ends standing for what lies beyond."""
        return rising_root(self.mean_below, partial_mean, self.least, self.most)

    def quantile(self, share: float) -> float:
        """The followers that a `share` (0..1) of the accounts do not reach; of a uniform random
        number it is a draw from the law. Raises LawError."""
        if not 0 <= share <= 1:
            raise LawError(f"the share is {share:g}; give one between 0 and 1")
        return float(self.quantiles(np.array([share]))[0])

    def quantiles(self, shares: NDArray[np.float64]) -> NDArray[np.float64]:
        """`quantile` of every element. shares: (n,) float64 in 0..1; returns (n,) float64.

        Random shares are independent draws, whose mean misses a heavy tail's by several percent;
        evenly spaced ones, (i + 0.5) / n, give a population that has the law's own counts.
        """
        if self.alpha == 0:
            exponents = shares * self._width
        else:
            with np.errstate(divide="ignore"):  # share 1 of a steep law: the logarithm of nothing
                fall = np.log1p(shares * math.expm1(-self.alpha * self._width))
            exponents = np.minimum(-fall / self.alpha, self._width)
        followers: NDArray[np.float64] = self.least * np.exp(exponents)
        return followers.clip(self.least, self.most)

    def size_biased(self, gamma: float) -> "TruncatedPareto":
        """The law over tweets when an account tweets in proportion to followers ** gamma."""
        return TruncatedPareto(self.least, self.most, self.alpha - gamma)

    @property
    def _width(self) -> float:
        return math.log(self.most / self.least)

    def _moment(self, power: int, low: float, high: float) -> float:
        """E[F ** power; low <= F < high]."""
        low, high = (min(max(end, self.least), self.most) / self.least for end in (low, high))
        whole = _power_integral(-self.alpha, 1, self.most / self.least)
        part = _power_integral(power - self.alpha, low, high)
        return float(self.least**power * part / whole)


def _power_integral(exponent: float, low: float, high: float) -> float:
    """The integral of x ** (exponent - 1) from `low` to `high`, exact also around exponent 0."""
    width = math.log(high / low)
    if exponent * width == 0:
        return width
    return math.pow(low, exponent) * math.expm1(exponent * width) / exponent


def calibrate(mean: float, least: float, most: float) -> float:
    """The alpha > 0 at which accounts have `mean` followers on average (all in followers).

    Raises LawError where no falling power law has that mean: it must lie above `least` and below
    the mean of the flattest law, alpha 0, which is (most - least) / log(most / least).
    """
    _check_ends(least, most)
    width = math.log(most / least)
    flattest, steepest = (most - least) / width, _MOST_EXPONENT / width
    floor = TruncatedPareto(least, most, steepest).mean
    if not floor < mean < flattest:
        raise LawError(
            f"a mean of {mean:,.10g} followers is out of reach between {least:,.10g} and "
            f"{most:,.10g}; give one above {floor:,.10g} and below {flattest:,.10g}"
        )
    return -rising_root(lambda a: TruncatedPareto(least, most, -a).mean, mean, -steepest, 0.0)


def fit(mean: float, least: float, most: float) -> TruncatedPareto:
    """The power law with this mean. Raises LawError, as `calibrate` does."""
    return TruncatedPareto(least, most, calibrate(mean, least, most))


def gamma_of_share(law: TruncatedPareto, threshold: float, share: float) -> float:
    """How steeply tweeting must grow with followers (followers ** gamma) for accounts at or above
    `threshold` to write `share` of all tweets. Raises LawError."""
    if not (law.least < threshold < law.most and 0 < share < 1):
        raise LawError(
            f"a share of {share:g} at {threshold:,.10g} followers; give a share between 0 and 1 "
            f"and a threshold between {law.least:,.10g} and {law.most:,.10g}"
        )
    reach = _reach(law)
    return rising_root(lambda g: law.size_biased(g).survival(threshold), share, -reach, reach)


def gamma_of_mean(law: TruncatedPareto, mean: float, threshold: float = 0.0) -> float:
    """How steeply tweeting must grow with followers for E[F; F >= threshold] over *tweets* to be
    `mean` followers; with the default threshold, the whole mean. Raises LawError."""
    reach = _reach(law)
    low, high = (law.size_biased(g).mean_at_or_above(threshold) for g in (-reach, reach))
    if not low < mean < high:
        raise LawError(
            f"{mean:,.10g} followers per tweet from accounts at or above {threshold:,.10g}; "
            f"give a number between {low:,.10g} and {high:,.10g}"
        )
    return rising_root(
        lambda g: law.size_biased(g).mean_at_or_above(threshold), mean, -reach, reach
    )


def _reach(law: TruncatedPareto) -> float:
    """The largest gamma, up or down, whose size-biased law still stands."""
    return _MOST_EXPONENT / math.log(law.most / law.least) - abs(law.alpha)


def _check_ends(least: float, most: float) -> None:
    if not 0 < least < most < math.inf:
        raise LawError(f"followers from {least:g} to {most:g}; give 0 < least < most")
