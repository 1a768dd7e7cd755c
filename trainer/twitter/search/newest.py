"""The newest matches of one world's own documents, fast for rare and for common words.

The inverted index gives all matches, in no order: right for a rare word, 250 ms for one that
stands in every second of a million tweets. Walking backwards through the documents finds a common
word at once, and a rare one never. Postgres chooses by statistics, and is wrong where words avoid
each other or came up long ago. So the newest documents are looked through, and how many of them
match says how to go on. Whatever the words, that is at most WALK documents and then the index.
"""

from dataclasses import asdict, dataclass, replace

from django.db import connection

SAMPLE = 2_000  # documents; half a millisecond
WALK = 100_000  # documents at most; thirty milliseconds
# A match by the index costs as much as six documents walked past. Of a million documents the index
# gives 500 matches for each in the sample; the walk to `limit` of them is SAMPLE * limit / matches
# long: as dear when matches ** 2 is so much of `limit`.
WALK_PAYS_FROM = 0.64
# Of a phrase the index knows the words only, and fetches many tweets in vain.
PHRASE_WALK_PAYS_FROM = 0.05

_MATCH = "tweet_id, author_id, ts_rank(tsv, %(tsquery)s::tsquery)"
_RANGE = "world_id = %(world_id)s AND tweet_id >= %(least)s AND tweet_id < %(below)s"
# Whatever stands in the overlay about a tweet of its base stands for it.
_MATCHES = """tsv @@ %(tsquery)s::tsquery AND NOT is_deleted AND NOT EXISTS (
        SELECT 1 FROM twitter_searchdocument AS shadow
        WHERE shadow.world_id = %(overlay_id)s AND shadow.tweet_id = document.tweet_id)"""
_DOCUMENTS = "twitter_searchdocument AS document"
_LOOK_THROUGH = f"""
SELECT {_MATCH}
  FROM (SELECT * FROM {_DOCUMENTS} WHERE {_RANGE} ORDER BY tweet_id DESC LIMIT %(many)s) document
 WHERE {_MATCHES} ORDER BY tweet_id DESC LIMIT %(limit)s
"""  # noqa: S608 (put together of the constants above)
_LAST = f"""
SELECT tweet_id FROM {_DOCUMENTS} WHERE {_RANGE} ORDER BY tweet_id DESC OFFSET %(many)s - 1 LIMIT 1
"""  # noqa: S608
# MATERIALIZED: the planner shall not walk after all.
_INDEX = f"""
WITH matches AS MATERIALIZED (SELECT tweet_id FROM {_DOCUMENTS} WHERE {_RANGE} AND {_MATCHES}),
     newest AS (SELECT tweet_id FROM matches ORDER BY tweet_id DESC LIMIT %(limit)s)
SELECT {_MATCH} FROM {_DOCUMENTS} JOIN newest USING (tweet_id) WHERE world_id = %(world_id)s
 ORDER BY tweet_id DESC
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Match:
    """`rank`: Postgres's ts_rank, 0 or more."""

    tweet_id: int
    author_id: int
    rank: float


@dataclass(frozen=True, slots=True)
class Level:
    """The documents of one world in a range of ids (`least` <= id < `below`); those that
    `overlay_id` says something about are left out."""

    world_id: int
    overlay_id: int | None
    least: int
    below: int


def newest(level: Level, tsquery: str, limit: int) -> list[Match]:
    """The newest `limit` matches of a level, newest first."""
    found, rest = _look_through(level, tsquery, limit, SAMPLE)
    if rest and (many := _walk(len(found), limit, tsquery)):
        more, rest = _look_through(rest, tsquery, limit - len(found), many)
        found += more
    if rest:
        found += _select(_INDEX, rest, tsquery, limit - len(found))
    return found


def _walk(matches: int, limit: int, tsquery: str) -> int:
    """How many documents more to look through, after so many matches in the sample; 0: none."""
    is_phrase = "<" in tsquery  # an operator's: no word has that sign
    if matches**2 < limit * (PHRASE_WALK_PAYS_FROM if is_phrase else WALK_PAYS_FROM):
        return 0
    return min(WALK, 2 * SAMPLE * limit // matches)


def _look_through(
    level: Level, tsquery: str, limit: int, many: int
) -> tuple[list[Match], Level | None]:
    """The matches among the newest `many` documents, and the older ones if they are needed."""
    found = _select(_LOOK_THROUGH, level, tsquery, limit, many)
    last = _last(level, many) if len(found) < limit else None
    return found, None if last is None else replace(level, below=last)


def _select(sql: str, level: Level, tsquery: str, limit: int, many: int = 0) -> list[Match]:
    parameters = asdict(level) | {"tsquery": tsquery, "limit": limit, "many": many}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Match(*row) for row in cursor.fetchall()]


def _last(level: Level, many: int) -> int | None:
    """The oldest of the newest `many` documents, or None if there are not that many."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, asdict(level) | {"many": many})
        row = cursor.fetchone()
    return row[0] if row else None
