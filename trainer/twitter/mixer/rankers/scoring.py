"""The rankers as the pipeline calls them: (query, candidates) -> chances. Pure."""

from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.mixer import features
from trainer.twitter.mixer.facts import reader_facts, tweet_facts
from trainer.twitter.mixer.rankers.layer import Matrix
from trainer.twitter.mixer.rankers.model import Rankers
from trainer.twitter.mixer.types import Candidates, Query


def light_chances(
    rankers: Rankers, present: Present, query: Query, candidates: Candidates
) -> Matrix:
    """(n, 6) by the light ranker. Raises FeaturesDoNotFit."""
    tweets = tweet_facts(present, query, candidates)
    return rankers.light.chances(features.light(candidates, tweets, rankers.rates, query.at_ms))


def heavy_chances(rankers: Rankers, moved: Moved, query: Query, candidates: Candidates) -> Matrix:
    """(n, 6) by the heavy ranker. Raises FeaturesDoNotFit."""
    rows = features.heavy(
        candidates,
        tweet_facts(moved.present, query, candidates),
        reader_facts(moved, query, candidates),
        rankers.rates,
        query.at_ms,
    )
    return rankers.heavy.chances(rows)
