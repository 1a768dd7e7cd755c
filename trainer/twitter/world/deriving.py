"""What search and trends hold of a base world: made from its tweets, by their own rules."""

from typing import Any

import numpy as np
from psycopg import Connection, Cursor
from psycopg.sql import SQL, Identifier, Literal

from trainer.twitter.search.document import tsvector
from trainer.twitter.trends.mentions import MINUTE_S
from trainer.twitter.trends.rules import RULES
from trainer.twitter.trends.scoring import author_weights
from trainer.twitter.trends.terms import terms
from trainer.twitter.world import partitions
from trainer.twitter.world.copying import BOOL, FLOAT8, INT2, INT4, INT8, Fixed, texts
from trainer.twitter.world.loading import tweet_ids
from trainer.twitter.world.population import DAY_MS, ENDS_AT_MS, RETWEET, Population
from trainer.twitter.world.sending import copy

MENTIONS_MS = 2 * DAY_MS


def documents(connection: Connection[Any], world_id: int) -> None:
    """What search finds, made by Postgres from the tweets that are there."""
    with connection.transaction(), connection.cursor() as cursor:
        partitions.create(cursor, "twitter_searchdocument", world_id)
        cursor.execute(
            SQL(
                "INSERT INTO {} (world_id, tweet_id, author_id, tsv)"
                " SELECT world_id, id, author_id, {} FROM {} WHERE kind <> {}"
            ).format(
                Identifier(partitions.partition("twitter_searchdocument", world_id)),
                SQL(tsvector("text", "author_id")),
                Identifier(partitions.partition("twitter_tweet", world_id)),
                Literal(RETWEET),
            )
        )
        partitions.index(cursor, "twitter_searchdocument", world_id)


def mentions(cursor: Cursor[Any], world_id: int, population: Population) -> None:
    """The hashtags of the last two days."""
    people, said = population.accounts, population.tweets
    recent = np.flatnonzero((said.at_ms >= ENDS_AT_MS - MENTIONS_MS) & (said.kind != RETWEET))
    found = [(row, term) for row in recent.tolist() for term in terms(said.text[row])]
    row = np.array([row for row, _ in found], dtype=np.int64)
    author, at_ms = said.author[row], said.at_ms[row]
    age_days = (at_ms - people.created_ms[author]) / DAY_MS
    fixed: Fixed = {
        "world_id": (INT4, world_id),
        "tweet_id": (INT8, tweet_ids(population)[row]),
        "minute": (INT4, at_ms // (MINUTE_S * 1000)),
        "author_id": (INT4, author + 1),
        "region": (INT2, people.region[author]),
        "weight": (FLOAT8, author_weights(people.quality[author], age_days, RULES)),
        "is_deleted": (BOOL, 0),
    }
    varying = {"term": texts(term for _, term in found)}
    copy(cursor, "twitter_trendmention", len(found), fixed, varying)
