"""What the features need to know of candidates, from the columns in memory. Pure.

The same for a request now, with an overlay, and for one in the past: `Present` is as of either.
"""

from trainer.twitter.columns.present import Present
from trainer.twitter.discovery.moved import Moved
from trainer.twitter.mixer.features import ReaderFacts, TweetFacts
from trainer.twitter.mixer.filters import among
from trainer.twitter.mixer.types import Candidates, Query


def tweet_facts(present: Present, query: Query, candidates: Candidates) -> TweetFacts:
    """Of the tweets that the candidates show; all of them must be there."""
    return TweetFacts(
        counts=present.counts_of(present.rows(candidates.shown)),
        author=candidates.shown_author - 1,
        follows_author=among(candidates.shown_author, query.following),
    )


def reader_facts(moved: Moved, query: Query, candidates: Candidates) -> ReaderFacts:
    """Of the reader with these candidates."""
    reader = moved.account(query.account_id)
    return ReaderFacts(
        reader=query.account_id - 1,
        affinity=moved.present.affinities_to(
            query.account_id, candidates.shown_author, query.at_ms
        ),
        similarity=moved.tweets(moved.present.rows(candidates.shown)) @ reader,
        author_similarity=moved.vectors.accounts[candidates.shown_author - 1] @ reader,
    )
