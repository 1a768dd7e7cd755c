"""Posting, and searching at the same time for what was posted, with all that is seen noted."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trainer.lab.stage import Stage
from trainer.twitter import api

LOOK_S = 0.004  # between two searches
SLOW_LOOK_S = 0.05  # once something has waited for LONG_S: it waits for a worker, not for us
LONG_S = 1.0
SAMPLE_S = 0.1  # between two looks at the backlog
TELL_S = 0.4  # a reader sees no more
A_PAGE = 100


@dataclass
class Post:
    """One tweet: when Post was pressed (seconds since the watch began), how long the post itself
    took, and how long after pressing it a search found it; None: not yet."""

    tweet_id: int
    handle: str
    at_s: float
    post_ms: float
    found_ms: float | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """So many seconds in: posts that wait to be indexed, and those that no search has found."""

    at_s: float
    waiting: int
    unfound: int


@dataclass
class Watch:
    """All tweets posted through it hold `word`, which no other tweet of the world does."""

    stage: Stage
    world: api.World
    authors: Sequence[api.Person]
    word: str
    posts: list[Post] = field(default_factory=list)
    pending: dict[int, Post] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    killed_s: float | None = None
    _began: float = field(default_factory=time.monotonic)
    _told_s: float = 0.0

    def now_s(self) -> float:
        """Seconds since the watch began."""
        return time.monotonic() - self._began

    def post(self) -> Post:
        """One tweet of the next author."""
        number, author = len(self.posts), self.next_author()
        pressed = self.now_s()
        tweet = api.post_tweet(self.world, author.id, f"{self.word} number {number}, on its way")
        post_ms = (self.now_s() - pressed) * 1000
        made = Post(tweet.id, author.handle, pressed, post_ms)
        self.posts.append(made)
        self.pending[tweet.id] = made
        return made

    def next_author(self) -> api.Person:
        return self.authors[len(self.posts) % len(self.authors)]

    def look_until(self, at_s: float) -> None:
        """Search again and again until `at_s`, or let time pass where there is nothing to find."""
        while (left_s := at_s - self.now_s()) > 0:
            if self.pending:
                self.look(left_s)
            else:
                self._sample_when_due()
                self.stage.wait(min(left_s, SAMPLE_S))

    def look(self, left_s: float = SLOW_LOOK_S) -> None:
        """One search, after a short pause; what it finds is no longer pending."""
        self.stage.wait(min(self._pause_s(), left_s))
        hits = set(self._hits()) if self.pending else set()
        seen_s = self.now_s()
        for tweet_id in hits & self.pending.keys():
            found = self.pending.pop(tweet_id)
            found.found_ms = (seen_s - found.at_s) * 1000
        self._sample_when_due()

    def _pause_s(self) -> float:
        oldest = next(iter(self.pending.values()), None)
        return LOOK_S if oldest and self.now_s() - oldest.at_s < LONG_S else SLOW_LOOK_S

    def _hits(self) -> Iterator[int]:
        """The tweets of this watch that a search finds, newest first, page by page."""
        cursor: str | None = None
        while True:
            page = api.search(self.world, self.word, limit=A_PAGE, cursor=cursor)
            yield from (hit.tweet_id for hit in page.hits)
            cursor = page.next_cursor
            if cursor is None:
                return

    def sample(self) -> int:
        """Note, and return, how many posts wait to be indexed."""
        waiting = api.backlog(self.world)["search"]
        self.samples.append(Sample(self.now_s(), waiting, len(self.pending)))
        return waiting

    def _sample_when_due(self) -> None:
        if not self.samples or self.now_s() - self.samples[-1].at_s >= SAMPLE_S:
            self.sample()

    def standing(self) -> tuple[int, int]:
        """What changes as long as work is done."""
        return len(self.pending), self.samples[-1].waiting if self.samples else 0

    def told(self) -> str:
        return f"{len(self.posts)} posted, {len(self.posts) - len(self.pending)} found"

    def is_time_to_tell(self) -> bool:
        """Once in TELL_S, and only where no tweet is about to be found."""
        if self.now_s() - self._told_s < TELL_S or self._pause_s() < SLOW_LOOK_S:
            return False
        self._told_s = self.now_s()
        return True

    def journey(self, post: Post) -> api.Journey:
        return api.journey(self.world, post.tweet_id)

    def found_once(self, posts: Sequence[Post]) -> int:
        """How many of them a search gives exactly once now."""
        times = Counter(self._hits())
        return sum(times[post.tweet_id] == 1 for post in posts)

    def drained_after_s(self, last: Post) -> float:
        """Seconds from the last post to the first sample after which nothing waited any more."""
        busy = [sample.at_s for sample in self.samples if sample.waiting]
        after = max(busy, default=0.0)
        free_s = next(sample.at_s for sample in self.samples if sample.at_s > after)
        return max(free_s - last.at_s, 0.0)
