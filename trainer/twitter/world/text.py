"""Texts of tweets: each shows its topic by words and hashtags that no other topic has. Pure."""

from collections.abc import Sequence

import numpy as np

from trainer.twitter.world.population import NONE, Ints
from trainer.twitter.world.posting import Events
from trainer.twitter.world.words import (
    ADJECTIVES,
    BOT_TEMPLATE,
    EVENT_ENDINGS,
    OPENERS,
    REPLIES,
    TAG_ENDINGS,
    TEMPLATES,
    TOPICS,
)

TAGGED_SHARE = 0.3  # of tweets outside events


def tweet_texts(topic: Ints, event: Ints, events: Events, rng: np.random.Generator) -> list[str]:
    """A text for each original; topic, event: (t,), the event NONE or an index."""
    tag_of_event = event_tags(events)
    tagged = rng.random(len(topic)) < TAGGED_SHARE
    ending = np.minimum(rng.geometric(0.5, len(topic)) - 1, len(TAG_ENDINGS) - 1)
    texts = _filled(TEMPLATES, topic, rng)
    rows = zip(topic.tolist(), event.tolist(), tagged.tolist(), ending.tolist(), strict=True)
    for row, (about, joined, has_tag, end) in enumerate(rows):
        if joined != NONE:
            texts[row] += f" #{tag_of_event[joined]}"
        if has_tag:
            texts[row] += f" #{TOPICS[about][0]}{TAG_ENDINGS[end]}"
    return texts


def reply_texts(topic: Ints, to: Sequence[str], rng: np.random.Generator) -> list[str]:
    """A text for each reply; `to`: the handles of those who are answered."""
    return [
        f"@{handle} {said}" for handle, said in zip(to, _filled(REPLIES, topic, rng), strict=True)
    ]


def bot_texts(count: int, rng: np.random.Generator) -> list[str]:
    return _filled([BOT_TEMPLATE], np.zeros(count, dtype=np.int16), rng)


def event_tags(events: Events) -> list[str]:
    """A hashtag for each event: a noun of its topic and an ending; numbered when it comes again."""
    tags: list[str] = []
    for number, topic in enumerate(events.topic.tolist()):
        nouns = TOPICS[topic][1:]
        tag = nouns[number % len(nouns)] + EVENT_ENDINGS[number % len(EVENT_ENDINGS)]
        tags.append(f"{tag}{number}" if tag in tags else tag)
    return tags


def _filled(templates: Sequence[str], topic: Ints, rng: np.random.Generator) -> list[str]:
    """A template for each row, filled with four different nouns of its topic."""
    count = len(topic)
    nouns = len(TOPICS[0])
    first, step = rng.integers(0, nouns, count), rng.integers(1, nouns, count)
    chosen = (first[:, None] + step[:, None] * np.arange(4)) % nouns  # 13 is prime: no two alike
    template = rng.integers(0, len(templates), count).tolist()
    opener = rng.integers(0, len(OPENERS), count).tolist()
    adjectives = rng.integers(0, len(ADJECTIVES), (count, 2)).tolist()
    rows = zip(topic.tolist(), chosen.tolist(), template, opener, adjectives, strict=True)
    return [
        templates[form].format(
            o=OPENERS[start],
            a=TOPICS[about][a],
            b=TOPICS[about][b],
            c=TOPICS[about][c],
            d=TOPICS[about][d],
            x=ADJECTIVES[x],
            y=ADJECTIVES[y],
        )
        for about, (a, b, c, d), form, start, (x, y) in rows
    ]
