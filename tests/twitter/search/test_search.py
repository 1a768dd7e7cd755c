"""What a search finds, in base and overlay, by recency and by relevance."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.twitter import oracle, village
from tests.twitter.search.corpus import delete, found, index, post
from trainer.lib import clock
from trainer.twitter import errors
from trainer.twitter.search.backfill import rebuild
from trainer.twitter.search.selectors import search
from trainer.twitter.tweets import engaging
from trainer.twitter.tweets.models import Tweet
from trainer.twitter.world import overlays
from trainer.twitter.world.value import World

pytestmark = pytest.mark.django_db
ANN, BEN, CEM, DOT, EVA, FOX, GUS, HAL = village.ACCOUNTS


@pytest.fixture
def base() -> World:
    return village.build().world


@pytest.fixture
def world(base: World) -> World:
    return overlays.create_overlay(base, now=clock.now())


def phrased(world: World, *phrases: str) -> list[int]:
    return oracle.Truth(world).search(phrases=phrases)


def test_all_words_are_found_in_any_order_and_case(world: World) -> None:
    assert found(world, "COPPER granite") == phrased(world, "granite", "copper") != []


def test_a_phrase_means_these_words_in_this_order(world: World) -> None:
    assert found(world, '"granite and slate"') == phrased(world, "granite and slate") != []
    assert found(world, '"slate and granite"') == []


def test_what_is_left_out_is_left_out(world: World) -> None:
    without = set(phrased(world, "copper")) - set(phrased(world, "roof"))
    assert set(found(world, "copper -roof")) == without != set()
    assert found(world, 'copper -"copper roof" -"copper kettle" -from:cem') == []


def test_either_side_of_or_is_enough(world: World) -> None:
    either = {*phrased(world, "granite", "slate"), *phrased(world, "quiet")}
    assert set(found(world, "granite slate OR quiet")) == either
    assert len(either) == 2


def test_from_finds_all_by_an_account_and_only_by_it(world: World) -> None:
    assert found(world, "from:ann") == oracle.Truth(world).search(author_id=ANN) != []
    assert found(world, "from:@ANN harbor") == oracle.Truth(world).search(
        phrases=["harbor"], author_id=ANN
    )
    assert found(world, "ann") == []


def test_a_handle_that_nobody_has_is_named_and_finds_nothing(world: World) -> None:
    page = search(world, "from:nobody OR granite")
    assert page.unknown_handles == ("nobody",)
    assert [hit.tweet_id for hit in page.hits] == phrased(world, "granite")
    assert search(world, "from:nobody").hits == ()


def test_a_hashtag_is_not_the_mere_word(world: World) -> None:
    tagged, plain = post(world, FOX, "see #Granite"), post(world, FOX, "granite, no tag")
    index()
    assert found(world, "#granite") == [tagged]
    assert found(world, "#GRANITE") == [tagged]
    assert {tagged, plain} < set(found(world, "granite"))


@pytest.mark.parametrize("text", ["and/or <b>x</b>", "-5 C++ a@b.org", "foo_bar it's", "x.y/z?q=1"])
def test_signs_part_words_and_hide_none(world: World, text: str) -> None:
    tweet = post(world, FOX, text)
    index()
    for word in oracle.words(text):
        assert tweet in found(world, word), word
    assert tweet in found(world, f'"{text}"')


def test_days_bound_what_is_found(world: World) -> None:
    day, next_day = village.ENDS_AT.date(), village.ENDS_AT.date() + timedelta(days=1)
    everything = found(world, "granite")
    assert found(world, f"granite since:{day} until:{next_day}") == everything
    assert found(world, f"granite until:{day}") == []
    assert found(world, f"granite since:{next_day}") == []
    assert found(world, "granite since:0001-01-01 until:9999-12-31") == everything


def test_retweets_are_not_found(world: World) -> None:
    assert len(found(world, "from:dot")) == 1  # of two entries one is a retweet


def test_pages_by_recency_are_the_whole_newest_first(world: World) -> None:
    for number in range(5):
        post(world, FOX, f"copper {number}")
    index()
    whole = phrased(world, "copper")
    for limit in (1, 2, len(whole), 100):
        assert found(world, "copper", limit=limit) == whole


def test_pages_by_relevance_hold_each_match_once_by_falling_score(world: World) -> None:
    for number in range(5):
        post(world, FOX, f"copper {number}")
    index()
    whole = search(world, "copper", order="relevance", limit=100)
    scores = [hit.score for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    ids = [hit.tweet_id for hit in whole.hits]
    assert sorted(ids, reverse=True) == phrased(world, "copper")
    for limit in (1, 3, len(ids)):
        assert found(world, "copper", "relevance", limit) == ids


def test_engagement_raises_a_tweet_by_relevance_and_not_by_recency(world: World) -> None:
    older, newer = post(world, FOX, "zinc tub"), post(world, GUS, "zinc tub")
    index()
    assert found(world, "zinc", "relevance") == [newer, older]
    engaging.engage(world, ANN, older, "like", now=clock.now())
    assert found(world, "zinc", "relevance") == [older, newer]
    assert found(world, "zinc") == [newer, older]
    engaging.disengage(world, ANN, older, "like", now=clock.now())
    assert found(world, "zinc", "relevance") == [newer, older]


def test_equal_scores_stand_newest_first(world: World) -> None:
    ids = [village.snowflake(village.ENDS_AT, number) for number in range(3)]  # one millisecond
    Tweet.objects.bulk_create(
        Tweet(world_id=world.id, id=id, author_id=FOX, kind=1, text="zinc tub", delivery=1)
        for id in ids
    )
    list(rebuild(world))
    page = search(world, "zinc", order="relevance")
    assert len({hit.score for hit in page.hits}) == 1
    assert found(world, "zinc", "relevance", limit=1) == sorted(ids, reverse=True)


def test_a_page_by_relevance_takes_no_newer_match_in(world: World) -> None:
    first = [post(world, FOX, "zinc tub") for _ in range(3)]
    index()
    page = search(world, "zinc", order="relevance", limit=2)
    post(world, FOX, "zinc tub")
    index()
    rest = search(world, "zinc", order="relevance", limit=2, cursor=page.next_cursor)
    assert {hit.tweet_id for hit in (*page.hits, *rest.hits)} == set(first)


def test_a_deleted_tweet_of_the_base_is_gone_in_that_overlay_only(base: World) -> None:
    here, there = (overlays.create_overlay(base, now=clock.now()) for _ in range(2))
    before = found(base, "granite")
    delete(here, ANN, before[-1])
    index()
    assert found(here, "granite") == before[:-1]
    assert found(here, "granite", "relevance") == before[:-1]
    assert found(there, "granite") == found(base, "granite") == before


def test_overlays_never_see_each_other(base: World) -> None:
    here, there = (overlays.create_overlay(base, now=clock.now()) for _ in range(2))
    tweet = post(here, FOX, "granite here #only")
    index()
    for text in ("granite here", "#only", "from:fox here"):
        assert found(here, text) == [tweet]
        assert found(there, text) == found(base, text) == []


def test_a_dropped_overlay_is_not_indexed_any_more(base: World) -> None:
    world = overlays.create_overlay(base, now=clock.now())
    post(world, FOX, "granite here")
    overlays.WorldRecord.objects.filter(id=world.id).delete()
    index()
    assert found(world, "granite here") == []


@pytest.mark.parametrize("limit", [0, -1, 101, True, "5", None, 2.0])
def test_a_page_has_1_to_100_hits(world: World, limit: int) -> None:
    with pytest.raises(errors.BadLimit):
        search(world, "granite", limit=limit)


def test_an_order_or_cursor_that_is_none_is_refused(world: World) -> None:
    with pytest.raises(errors.UnknownOrder):
        search(world, "granite", order="fame")
    with pytest.raises(errors.UnknownCursor):
        search(world, "granite", cursor="1_0.5_2")
    with pytest.raises(errors.UnknownCursor):
        search(world, "granite", order="relevance", cursor="17")


HOSTILE = ["'; DROP TABLE twitter_tweet; --", "a' | 'b", "a:*", "\\'x", "a & !b", "%s %(x)s", "²"]


@pytest.mark.parametrize("text", [f"granite {text}" for text in HOSTILE])
def test_nothing_typed_is_read_as_a_language(world: World, text: str) -> None:
    for order in ("recency", "relevance"):
        search(world, text, order=order)
    assert found(world, "granite") == phrased(world, "granite")


PIECES = st.sampled_from([*"\"-#:@!&|()<>*\\'% \0\ud800²Ⓐ", "OR", "from:", "été", "granite", "א"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES).map("".join)))
def test_any_text_gives_a_page_or_a_clear_error(world: World, text: str) -> None:
    for order in ("recency", "relevance"):
        with contextlib.suppress(errors.TwitterError):
            search(world, text, order=order)
