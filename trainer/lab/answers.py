"""A home timeline as JSON. Ids are strings, since JavaScript's numbers end at 2^53."""

from typing import Any

from trainer.twitter import api

Json = dict[str, Any]


def of_home(timeline: api.HomeTimeline) -> Json:
    """The timeline: how it came about, then its entries in their order. What has an order of its
    own is told as pairs: stages, and factors in the order of their multiplication."""
    answer = {
        "level": timeline.level,
        "reason": timeline.reason,
        "age_s": timeline.age_s,
        "missing": [{"part": each.part, "why": each.why} for each in timeline.missing],
        "quality": timeline.quality,
        "took_ms": timeline.took_ms,
        "left_ms": timeline.left_ms,
        "stage_ms": [list(each) for each in timeline.stage_ms.items()],
        "weights": timeline.weights_id,
        "entries": [_entry(entry) for entry in timeline.entries],
        "next_cursor": timeline.next_cursor,
    }
    return answer | ({"trace": timeline.trace.to_json()} if timeline.trace else {})


def _entry(entry: api.RankedEntry) -> Json:
    return {
        "tweet": _tweet(entry.tweet),
        "original": entry.original and _tweet(entry.original),
        "in_network": entry.in_network,
        "sources": list(entry.sources),
        "score": entry.score,
        "chances": entry.chances and dict(entry.chances),
        "factors": None
        if entry.factors is None
        else [list(each) for each in entry.factors.items()],
    }


def _tweet(tweet: api.TweetRow) -> Json:
    return {
        "id": str(tweet.id),
        "author_id": str(tweet.author_id),
        "handle": tweet.handle,
        "name": tweet.name,
        "text": tweet.text,
        "posted_at": tweet.posted_at.isoformat(),
        "retweet_of": _id(tweet.retweet_of),
        "reply_to": _id(tweet.reply_to),
        "likes": tweet.counts.likes,
        "retweets": tweet.counts.retweets,
        "replies": tweet.counts.replies,
    }


def _id(tweet_id: int | None) -> str | None:
    return None if tweet_id is None else str(tweet_id)
