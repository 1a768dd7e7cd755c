"""The inputs of the model, each with its unit and range. The defaults are the numbers of the
design under study; what it leaves unsaid is an assumption, and its description says so. Pure."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from trainer.capacity.errors import InputsError, LawError
from trainer.capacity.followers import TruncatedPareto, fit

_GROWING: Final = ("dau", "mau", "tweets_per_day", "ranking_runs_per_day")


def _input(default: float, unit: str, low: float, high: float, says: str) -> Any:
    described = {"unit": unit, "low": low, "high": high, "default": default, "says": says}
    return field(default=default, metadata=described)


@dataclass(frozen=True)
class Inputs:
    """What the figures are computed from. Raises InputsError, which holds every violation."""

    # Users and what they do
    dau: float = _input(250e6, "users", 1, 1e12, "daily active users")
    mau: float = _input(450e6, "users", 1, 1e12, "monthly active users: the accounts of the law")
    tweets_per_day: float = _input(500e6, "tweets/day", 1, 1e13, "tweets posted a day")
    loads_per_dau: float = _input(60.48, "loads/day", 0.01, 1e5, "timeline loads of a daily user")
    peak_factor: float = _input(300 / 175, "x", 1, 100, "the peak against the mean of a day")

    # The follow graph
    average_followers: float = _input(700, "followers", 1, 1e9, "mean followers of an account")
    least_followers: float = _input(
        30,
        "followers",
        1,
        1e6,
        "where the power law begins; assumed, so that its median is near 61",
    )
    most_followers: float = _input(150e6, "followers", 10, 1e11, "followers of the largest account")
    gamma: float = _input(
        0, "exponent", 0, 2, "an account tweets as followers ** gamma; assumed: all tweet alike"
    )

    # Fan-out
    threshold: float = _input(100_000, "followers", 1, 1e11, "push below it, pull at or above it")
    facebook_threshold: float = _input(
        10_000, "followers", 1, 1e11, "the threshold told of Facebook"
    )
    celebrity_tweet_share: float = _input(0.05, "share", 0, 1, "tweets by accounts that are pulled")
    largest_account_tweets: float = _input(
        10, "tweets/day", 0, 1e5, "tweets of the largest account"
    )
    storm_retweets: float = _input(100_000, "retweets", 0, 1e10, "retweets in a storm")
    storm_followers: float = _input(1_000, "followers", 0, 1e9, "followers of each retweeter")
    claimed_saving: float = _input(1e12, "writes/day", 1, 1e18, "what the hybrid is said to save")
    pull_latency_low_ms: float = _input(50, "ms", 0, 1e5, "latency that pulling adds, at least")
    pull_latency_high_ms: float = _input(100, "ms", 0, 1e5, "latency that pulling adds, at most")

    # Timelines in memory
    timeline_ids: float = _input(800, "ids", 1, 1e5, "tweet ids that a timeline keeps")
    bytes_per_id: float = _input(
        10, "bytes", 8, 1_000, "memory of an id; measured: 8,032 B for a Redis list of 800"
    )

    # Ranking
    ranking_runs_per_day: float = _input(5e9, "runs/day", 1, 1e14, "runs of the ranking pipeline")
    candidates: float = _input(1_500, "tweets", 1, 1e6, "candidates retrieved for a run")
    heavy_candidates: float = _input(500, "tweets", 1, 1e6, "candidates left for the heavy ranker")
    final_tweets: float = _input(200, "tweets", 1, 1e6, "tweets in the timeline")
    light_cost: float = _input(
        0.01, "share", 0, 1, "a light scoring against a heavy one, in CPU; assumed"
    )
    cpu_s_per_run: float = _input(220, "CPU-s", 0.001, 1e6, "CPU time of a run")
    latency_budget_s: float = _input(1.5, "s", 0.001, 1e3, "time in which a timeline must be there")

    # Storage
    bytes_per_tweet: float = _input(13_700, "bytes", 1, 1e9, "storage of a tweet with all copies")
    shards: float = _input(100_000, "shards", 1, 1e9, "database shards")
    years_kept: float = _input(10, "years", 0.01, 1_000, "years that tweets are kept; assumed")

    # Search
    kafka_ms: float = _input(50, "ms", 0, 1e6, "a tweet's way through the queue")
    ingestion_ms: float = _input(60, "ms", 0, 1e6, "preparing a tweet for the index")
    bulk_index_ms: float = _input(200, "ms", 0, 1e6, "the bulk request")
    refresh_ms: float = _input(500, "ms", 0, 1e6, "waiting for the index to refresh")
    refresh_default_ms: float = _input(1_000, "ms", 0, 1e6, "the index's own refresh interval")
    search_sla_ms: float = _input(1_000, "ms", 1, 1e6, "time in which a tweet must be found")
    search_before_ms: float = _input(15_000, "ms", 1, 1e7, "the same, before the rebuilding")

    # Growth, and a breaker for the whole site
    growth: float = _input(10, "x", 1, 1_000, "growth in the scale question")
    scaled_threshold: float = _input(50_000, "followers", 1, 1e11, "threshold after growth")
    breaker_failures: float = _input(10, "failures", 1, 1e9, "failures that trip the breaker")
    breaker_window_s: float = _input(30, "s", 0.001, 1e6, "time in which they are counted")

    # What there is to use up: assumptions all, but for the reads, which are the told peak
    capacity_loads_per_s: float = _input(300_000, "loads/s", 1, 1e12, "timeline loads served")
    redis_nodes: float = _input(200, "nodes", 1, 1e7, "nodes that hold timelines; assumed")
    node_writes_per_s: float = _input(
        100_000, "writes/s", 1, 1e9, "timeline writes of a node; assumed"
    )
    node_gigabytes: float = _input(64, "GB", 0.1, 1e5, "memory of a node; assumed")
    ranking_cores: float = _input(25e6, "cores", 1, 1e12, "cores for ranking; assumed")
    shard_tweets_per_s: float = _input(500, "tweets/s", 0.01, 1e7, "writes of a shard; assumed")
    shard_terabytes: float = _input(1, "TB", 0.001, 1e4, "storage of a shard; assumed")

    def __post_init__(self) -> None:
        violations = _out_of_range(self) or _out_of_order(self)
        if violations:
            raise InputsError(violations)

    @property
    def law(self) -> TruncatedPareto:
        """Followers over accounts."""
        return fit(self.average_followers, self.least_followers, self.most_followers)

    def grown(self, factor: float) -> "Inputs":
        """The same site with `factor` times the users, tweets and ranking runs; accounts keep
        their mean followers. Raises InputsError."""
        return replace(self, **{name: getattr(self, name) * factor for name in _GROWING})


@dataclass(frozen=True, slots=True)
class Described:
    """An input as a page needs it: the range is `low`..`high`, both allowed."""

    name: str
    unit: str
    low: float
    high: float
    default: float
    says: str


def described() -> tuple[Described, ...]:
    """All inputs, in order."""
    return tuple(Described(each.name, **each.metadata) for each in _FIELDS)


_FIELDS: Final = fields(Inputs)


def _out_of_range(inputs: Inputs) -> list[str]:
    return [
        f"{each.name} is {value!r}; give a number of {each.unit} "
        f"between {each.low:,.10g} and {each.high:,.10g}"
        for each in described()
        if not _within(value := getattr(inputs, each.name), each.low, each.high)
    ]


def _within(value: object, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return low <= value <= high  # which NaN and the infinities are not


def _out_of_order(inputs: Inputs) -> list[str]:
    """Violations of what inputs must be to one another."""
    pairs = (
        ("dau", "mau"),
        ("heavy_candidates", "candidates"),
        ("final_tweets", "heavy_candidates"),
        ("pull_latency_low_ms", "pull_latency_high_ms"),
    )
    violations = [
        f"{smaller} is {getattr(inputs, smaller):,.10g}; give at most {larger}, "
        f"{getattr(inputs, larger):,.10g}"
        for smaller, larger in pairs
        if getattr(inputs, smaller) > getattr(inputs, larger)
    ]
    try:
        _ = inputs.law
    except LawError as error:
        violations.append(f"average_followers: {error}")
    return violations
