from collections.abc import Iterable

from trainer.twitter.timelines.canonical import Candidate, Reason, canonicalise

READER = 1
FOLLOWING = {2, 3, 4}
STRANGER = 9


def tweet(id: int, author: int, *, is_deleted: bool = False) -> Candidate:
    return Candidate(id, author, 1, is_deleted)


def retweet(id: int, by: int, of: int, author: int, **facts: bool) -> Candidate:
    return Candidate(id, by, 3, facts.pop("is_deleted", False), of, author, **facts)


def sort_out(
    candidates: Iterable[Candidate], seen: set[int] | None = None
) -> tuple[list[int], dict[int, Reason]]:
    result = canonicalise(
        candidates, reader=READER, following=FOLLOWING, seen=set() if seen is None else seen
    )
    return [c.id for c in result.kept], {c.id: reason for c, reason in result.dropped}


def test_tweets_and_replies_of_followed_authors_are_kept_in_their_order() -> None:
    assert sort_out([tweet(30, 2), Candidate(20, 3, 2, False), tweet(10, 2)]) == ([30, 20, 10], {})


def test_who_is_not_followed_any_more_is_dropped_though_still_listed() -> None:
    assert sort_out([tweet(30, STRANGER)]) == ([], {30: Reason.NOT_FOLLOWED})


def test_deleted_tweets_and_retweets_of_deleted_ones_are_dropped() -> None:
    candidates = [
        tweet(30, 2, is_deleted=True),
        retweet(20, by=2, of=5, author=STRANGER, original_is_deleted=True),
    ]
    assert sort_out(candidates) == ([], {30: Reason.DELETED, 20: Reason.ORIGINAL_DELETED})


def test_only_the_newest_retweet_of_a_tweet_is_kept() -> None:
    candidates = [retweet(30 - n, by=2 + n, of=5, author=STRANGER) for n in range(3)]
    kept, dropped = sort_out(candidates)
    assert kept == [30]
    assert set(dropped.values()) == {Reason.NEWER_RETWEET}


def test_a_deleted_retweet_lets_the_next_one_stand() -> None:
    candidates = [
        retweet(30, by=2, of=5, author=STRANGER, is_deleted=True),
        retweet(20, by=3, of=5, author=STRANGER),
    ]
    assert sort_out(candidates) == ([20], {30: Reason.DELETED})


def test_the_native_entry_stands_for_retweets_of_it() -> None:
    candidates = [retweet(30, by=2, of=5, author=3), tweet(5, 3)]
    assert sort_out(candidates) == ([5], {30: Reason.NATIVE_SHOWN})


def test_retweets_of_the_reader_s_own_tweets_are_dropped() -> None:
    assert sort_out([retweet(30, by=2, of=5, author=READER)]) == ([], {30: Reason.OWN})


def test_a_retweet_that_an_earlier_page_has_shown_is_not_shown_again() -> None:
    seen: set[int] = set()
    assert sort_out([retweet(30, by=2, of=5, author=STRANGER)], seen)[0] == [30]
    older = retweet(20, by=3, of=5, author=STRANGER)
    assert sort_out([older], seen) == ([], {20: Reason.NEWER_RETWEET})
