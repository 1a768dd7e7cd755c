"""The ranked timeline as it is served, on the small world."""

from datetime import timedelta

import numpy as np
import pytest
from redis import Redis

from tests.twitter.mixer.ranked import (
    WEIGHTS,
    Read,
    a_machine,
    authors_of,
    ids,
    reading,
    shown_by,
)
from trainer.lib import clock
from trainer.twitter.errors import BadLimit, UnknownAccount, UnknownCursor
from trainer.twitter.graph.selectors import following
from trainer.twitter.graph.services import block, follow, mute, unfollow
from trainer.twitter.mixer import paging
from trainer.twitter.mixer.answer import HomeTimeline
from trainer.twitter.mixer.ladder import ANEW, EXPIRED
from trainer.twitter.mixer.models import Seen
from trainer.twitter.mixer.services import mark_seen, not_interested
from trainer.twitter.mixer.types import Sizes, Weights
from trainer.twitter.tweets.engaging import engage
from trainer.twitter.tweets.services import delete_tweet, post_tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.models import Account
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
NOBODY = np.empty(0, np.int64)


def whole(read: Read, world: World, reader: int, limit: int = 50) -> list[HomeTimeline]:
    """All pages of a list."""
    pages = [read(world, reader, limit=limit)]
    while pages[-1].next_cursor:
        pages.append(read(world, reader, limit=limit, cursor=pages[-1].next_cursor))
    return pages


def all_ids(pages: list[HomeTimeline]) -> list[int]:
    return [id for page in pages for id in ids(page)]


def outside(pages: list[HomeTimeline]) -> list[int]:
    """Ids of the out-of-network entries."""
    return [entry.tweet.id for page in pages for entry in page.entries if not entry.in_network]


def served(page: HomeTimeline) -> list[int]:
    assert page.trace is not None
    return page.trace.served.ids.tolist()


def test_a_page_says_its_level_and_why_and_reconciles(
    read: Read, world: World, reader: int
) -> None:
    page = read(world, reader)
    assert (page.level, page.missing, page.age_s, page.quality) == (0, (), 0.0, 1.0)
    assert page.reason == "ranked by the heavy ranker"
    assert page.weights_id == WEIGHTS.id
    assert page.trace is not None
    assert page.trace.problems() == []
    assert page.trace.level == 0
    assert ids(page) == served(page)[:50]
    assert 0 < page.left_ms < 1_500


def test_every_entry_keeps_how_it_came_by_its_score(read: Read, world: World, reader: int) -> None:
    for entry in read(world, reader).entries:
        assert entry.chances is not None
        assert entry.factors is not None
        chances = sum(WEIGHTS.by_kind.get(kind, 0) * p for kind, p in entry.chances.items())
        assert entry.score == pytest.approx(chances * np.prod(list(entry.factors.values())))
        assert entry.sources
        assert entry.in_network == bool({"in_network", "celebrities"} & set(entry.sources))


def test_a_retweet_comes_with_what_it_shows(read: Read, world: World, reader: int) -> None:
    entries = [entry for page in whole(read, world, reader) for entry in page.entries]
    retweets = [entry for entry in entries if entry.tweet.retweet_of]
    assert retweets
    for entry in retweets:
        assert entry.original is not None
        assert entry.original.id == entry.tweet.retweet_of
    assert all(entry.original is None for entry in entries if not entry.tweet.retweet_of)


def test_the_same_request_gets_the_same_list(
    read: Read, base: World, redis: Redis, reader: int
) -> None:
    first, second = read(base, reader), read(base, reader)
    assert served(first) == served(second)
    assert len(served(first)) > 50


def test_other_weights_give_another_order(read: Read, world: World, reader: int) -> None:
    now = clock.now()
    other = Weights("bookmarks", {"bookmark": 1.0})
    assert ids(read(world, reader, now=now)) != ids(read(world, reader, now=now, weights=other))


def test_pages_are_one_list_whatever_happens_meanwhile(
    read: Read, world: World, reader: int
) -> None:
    first = read(world, reader, limit=30)
    expected = served(first)
    engage(world, reader, expected[40], "like", now=clock.now())
    followee = int(following(None, world, reader)[0])
    post_tweet(world, followee, "news of the last minute", now=clock.now())
    unfollow(world, reader, followee)
    mark_seen(world, reader, ids(first))
    read(world, reader)  # another list of the same reader
    pages = [first]
    while cursor := pages[-1].next_cursor:
        pages.append(read(world, reader, limit=30, cursor=cursor))
    assert all_ids(pages) == expected
    assert {page.level for page in pages} == {0}
    assert pages[1].trace is None
    assert {page.reason for page in pages} == {"ranked by the heavy ranker"}


def test_a_later_page_is_as_old_as_its_list(read: Read, base: World, reader: int) -> None:
    then = clock.now()
    first = read(base, reader, now=then)
    later = read(base, reader, now=then + timedelta(seconds=90), cursor=first.next_cursor)
    assert later.age_s == pytest.approx(90, abs=0.01)


def test_an_expired_list_is_made_anew_and_goes_on_at_its_place(
    read: Read, base: World, redis: Redis, reader: int
) -> None:
    first = read(base, reader)
    redis.flushdb()
    second = read(base, reader, cursor=first.next_cursor)
    assert ids(second) == served(first)[50:100]  # nothing has happened in a base
    assert second.reason.startswith(f"{EXPIRED} {ANEW}")
    third = read(base, reader, cursor=second.next_cursor)
    assert ids(third) == served(first)[100:150]
    assert third.age_s >= 0


def test_what_was_deleted_or_shunned_since_is_left_out_of_later_pages(
    read: Read, world: World, reader: int
) -> None:
    first = read(world, reader)
    assert first.trace is not None
    coming = paging.page(world, first.trace.served, 50, 50, NOBODY)
    native = [entry.tweet for entry in coming if entry.original is None]
    deleted, muted = native[0], native[-1]
    delete_tweet(world, deleted.author_id, deleted.id, now=clock.now())
    mute(world, reader, muted.author_id)
    second = read(world, reader, cursor=first.next_cursor)
    assert deleted.id not in ids(second)
    assert muted.author_id not in shown_by(second)
    left = [entry.tweet.id for entry in coming if entry.tweet.author_id != muted.author_id]
    assert set(ids(second)) <= set(left)


def test_a_cursor_of_another_reader_world_or_weights_is_refused(
    read: Read, world: World, reader: int
) -> None:
    cursor = read(world, reader).next_cursor
    other = overlays.create_overlay(world.root, now=clock.now())
    for where, who, weights in (
        (world, reader + 1, WEIGHTS),
        (other, reader, WEIGHTS),
        (world, reader, Weights("another", WEIGHTS.by_kind)),
    ):
        with pytest.raises(UnknownCursor):
            read(where, who, weights=weights, cursor=cursor)
    with pytest.raises(UnknownCursor):
        read(world, reader, cursor="garbage")


def test_who_or_how_much_cannot_be_is_refused(read: Read, world: World, reader: int) -> None:
    for limit in (0, 201):
        with pytest.raises(BadLimit):
            read(world, reader, limit=limit)
    for account in (0, 2**40, 1_000_000):
        with pytest.raises(UnknownAccount):
            read(world, account)


def test_what_the_reader_will_not_see_is_in_no_page(read: Read, world: World, reader: int) -> None:
    page = read(world, reader, limit=200)
    muted, blocked, blocker, disliked = sorted(shown_by(page))[:4]
    left = [e for e in page.entries if not {muted, blocked, blocker, disliked} & authors_of(e)]
    seen, deleted = left[0], next(e.tweet for e in left[1:] if e.original is None)
    mute(world, reader, muted)
    block(world, reader, blocked)
    block(world, blocker, reader)
    of_disliked = next(
        t for e in page.entries for t in (e.original or e.tweet,) if t.author_id == disliked
    )
    not_interested(world, reader, of_disliked.id, now=clock.now())
    mark_seen(world, reader, [seen.tweet.id])
    delete_tweet(world, deleted.author_id, deleted.id, now=clock.now())
    pages = whole(read, world, reader)
    shown = set().union(*map(shown_by, pages))
    assert not shown & {muted, blocked, blocker}
    assert disliked not in {(e.original or e.tweet).author_id for p in pages for e in p.entries}
    assert not {seen.tweet.id, (seen.original or seen.tweet).id, deleted.id} & set(all_ids(pages))
    assert pages[0].level == 0


def test_reading_marks_nothing(read: Read, world: World, reader: int) -> None:
    read(world, reader)
    assert not Seen.objects.exists()


def test_what_one_does_here_moves_discovery(read: Read, world: World, reader: int) -> None:
    """Likes of tweets by a stranger: what is discovered then is another set, without them."""
    now = clock.now()
    before = outside(whole(read, world, reader))
    for id in before[:8]:
        engage(world, reader, id, "like", now=now)
    after = outside(whole(read, world, reader))
    assert not set(before[:8]) & set(after)
    assert set(after) - set(before)


def test_a_newly_followed_account_is_in_network(read: Read, world: World, reader: int) -> None:
    page = read(world, reader, limit=200)
    stranger = next(entry.tweet for entry in page.entries if not entry.in_network)
    follow(world, reader, stranger.author_id)
    pages = whole(read, world, reader)
    found = [e for p in pages for e in p.entries if e.tweet.author_id == stranger.author_id]
    assert all(entry.in_network for entry in found)
    unfollow(world, reader, stranger.author_id)
    assert outside(whole(read, world, reader)) != []


def test_under_load_less_is_fetched_and_the_answer_says_so(
    base: World, redis: Redis, reader: int
) -> None:
    machine = a_machine()
    full = reading(machine)(base, reader)
    for _ in range(20):
        machine.quality.note(base.id, took_s=5.0)
    less = reading(machine)(base, reader)
    assert full.trace is not None
    assert less.trace is not None
    fetched = [sum(f.count for p in t.parts for f in p.finds) for t in (full.trace, less.trace)]
    assert less.quality == pytest.approx(1 - 20 * 0.02375)
    assert fetched[1] < 0.75 * fetched[0]


def test_a_reader_who_follows_nobody_gets_an_answer(read: Read, world: World) -> None:
    fewest = Account.objects.filter(world_id=world.root.id).order_by("following_count", "id")
    reader = int(fewest.values_list("id", flat=True)[0])
    for followee in following(None, world, reader).tolist():
        unfollow(world, reader, followee)
    page = read(world, reader)
    assert page.level == 0
    assert not any(entry.in_network for entry in page.entries)


def test_fewer_sizes_can_be_asked_for(read: Read, base: World, redis: Redis, reader: int) -> None:
    page = read(
        base, reader, sizes=Sizes(fetched=100, ranked=40, served=20, discovery=0.0), limit=10
    )
    assert len(served(page)) == 20
    assert outside([page]) == []
