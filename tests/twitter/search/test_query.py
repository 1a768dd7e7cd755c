"""The query language, and that no text breaks it."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.twitter import errors
from trainer.twitter.search.query import MOST_CHARACTERS, Query, Sort, Term, parse


def words(value: str, negative: bool = False) -> Term:
    return Term(Sort.WORDS, value, negative)


def author(handle: str, negative: bool = False) -> Term:
    return Term(Sort.AUTHOR, handle, negative)


def hashtag(value: str, negative: bool = False) -> Term:
    return Term(Sort.HASHTAG, value, negative)


ONE_GROUP = {
    "rain": [words("rain")],
    "  rain   coffee ": [words("rain"), words("coffee")],
    '"rain coffee" tea': [words("rain coffee"), words("tea")],
    "“rain coffee”": [words("rain coffee")],
    '"rain"coffee': [words("rain"), words("coffee")],
    'rain -coffee -"green tea"': [
        words("rain"),
        words("coffee", True),
        words("green tea", True),
    ],
    "well-known": [words("well-known")],
    "- rain -- !": [words("rain")],
    "rain or tea": [words("rain"), words("or"), words("tea")],
    'rain "OR" tea': [words("rain"), words("OR"), words("tea")],
    "rain -OR": [words("rain"), words("OR", True)],
    "from:Ann": [author("ann")],
    "FROM:@ann -from:ben": [author("ann"), author("ben", True)],
    "#Winter": [hashtag("#Winter")],
    "#winter, -#harbor!": [hashtag("#winter"), hashtag("#harbor", True)],
    "#1": [words("#1")],
    "#a-b": [words("#a-b")],
    '"from:ann" "#winter"': [words("from:ann"), words("#winter")],
    "http://example.org": [words("http://example.org")],
    "e\u0301te\u0301": [words("été")],
    "rain\x00fall \ud800": [words("rain"), words("fall")],
    "(rain)": [words("(rain)")],
}


@pytest.mark.parametrize("text", ONE_GROUP)
def test_a_query_says_what_a_tweet_must_have(text: str) -> None:
    assert parse(text) == Query((tuple(ONE_GROUP[text]),))


def test_or_divides_less_than_words_join() -> None:
    query = parse("rain coffee OR -tea from:ann OR #winter")
    assert query.groups == (
        (words("rain"), words("coffee")),
        (words("tea", True), author("ann")),
        (hashtag("#winter"),),
    )
    assert query.handles == {"ann"}


def test_days_bound_the_whole_query() -> None:
    query = parse("rain since:2026-01-31 OR tea until:2026-02-28")
    assert (query.since, query.until) == (date(2026, 1, 31), date(2026, 2, 28))
    assert query.groups == ((words("rain"),), (words("tea"),))


REFUSED = {
    "": errors.EmptyQuery,
    "  ": errors.EmptyQuery,
    '""': errors.EmptyQuery,
    "?! …": errors.EmptyQuery,
    "since:2026-01-31": errors.EmptyQuery,
    '"rain': errors.UnbalancedQuotes,
    'rain" "tea" ': errors.UnbalancedQuotes,
    "-rain": errors.OnlyNegativeQuery,
    "rain OR -tea": errors.OnlyNegativeQuery,
    "OR": errors.EmptyQuery,
    "OR rain": errors.DanglingOr,
    "rain OR": errors.DanglingOr,
    "rain OR OR tea": errors.DanglingOr,
    "from:": errors.BadOperator,
    "from:a/b": errors.BadOperator,
    'from:"ann"': errors.BadOperator,
    "from:a_handle_that_is_too_long": errors.BadOperator,
    "rain since:yesterday": errors.BadOperator,
    "rain since:2026-02-30": errors.BadOperator,
    "rain until:20260228": errors.BadOperator,
    "rain -since:2026-02-28": errors.BadOperator,
    "x" * (MOST_CHARACTERS + 1): errors.QueryTooLong,
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_searched_for_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(REFUSED[text]) as caught:
        parse(text)
    assert ": " in str(caught.value)


def test_the_longest_query_is_read() -> None:
    assert parse("x" * MOST_CHARACTERS).groups == ((words("x" * MOST_CHARACTERS),),)


PIECES = st.sampled_from(
    [*"\"“”-#:@!&|()<>*\\'% \0\ud800", "OR", "from:", "since:", "until:", "2026-01-31", "été", "a"]
)


@given(st.one_of(st.text(max_size=220), st.lists(PIECES).map("".join)))
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(errors.TwitterError):
        query = parse(text)
        assert all(any(not term.negative for term in group) for group in query.groups)
