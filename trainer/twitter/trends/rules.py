"""Every number that decides what trends, with its reason. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrendRules:
    """The parameters of counting, scoring and gating. `_min`: minutes of world time, `_days`: days.

    Sources: Mastodon's trending tags (`Trends::Tags`) for the score, its floor, the minimum of
    accounts and the half-life; the limits of the gates are assumptions of ours, chosen so that the
    seeded worlds' own topics pass them.
    """

    # What is compared. Mastodon compares days of one server; an hour shows a topic of today while
    # it is one, and still holds several authors of it in a world of some thousand accounts.
    window_min: int = 60
    # A trend is shown for its best window of late, fading: two half-lives leave a quarter.
    scored_min: int = 480
    score_half_life_min: int = 240  # Mastodon: 4 hours
    # The expectation is an exponentially weighted mean of the windows before. Half-life: as the
    # score's, so that what was a trend for a few hours becomes what is expected.
    expectation_half_life_min: int = 240
    # At the oldest scored window 16 of the 24 hours lie before it: four half-lives, so that a term
    # which is always busy is expected to 94% even there.
    history_min: int = 1440
    # Nothing is expected below one author a window, or a first mention would divide by nought.
    # (Mastodon's floor; and below one, the chi-square form of a Poisson count means little.)
    expected_floor_authors: float = 1.0

    # What one author's voice counts for: quality times a discount that ends after a month.
    new_account_days: float = 30.0
    newest_weight: float = 0.2  # of an account made this instant: not 0, newcomers do exist

    # Gates: `_flagged` waits for a person, `_refused` does not trend.
    minimum_authors: int = 5  # Mastodon's threshold
    diversity_flagged: float = 0.4  # weighted authors per weighted mention: 2.5 tweets each
    diversity_refused: float = 0.1  # ten tweets each
    effective_share_flagged: float = 0.4  # of the authors; less, and a few drown out the rest
    new_share_flagged: float = 0.3  # of the authors, younger than new_account_days
    new_share_refused: float = 0.6
    top_region_share_refused: float = 0.8  # of the weight; more belongs on that region's list
    # Who passes a tag on has read it first. Authors who double faster than this did not.
    doubling_time_flagged_min: float = 1.0
    retracted_share_flagged: float = 0.2  # of the window's mentions, deleted again
    retracted_share_refused: float = 0.5

    @property
    def windows(self) -> int:
        """In the whole history."""
        return self.history_min // self.window_min

    @property
    def scored_windows(self) -> int:
        return self.scored_min // self.window_min


RULES = TrendRules()
