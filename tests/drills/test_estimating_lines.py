"""Lines of estimates: what is read, what it comes to, and what is said of the rest."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.drills.estimating.errors import EstimateError
from trainer.drills.estimating.sheet import MOST_CHARACTERS, MOST_LINES, Line, read
from trainer.drills.estimating.showing import shown, shown_number


def last(text: str) -> Line:
    return read(text)[-1]


def comes_to(text: str) -> str:
    line = last(text)
    assert line.value is not None, line.error
    return shown(line.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("250M", "250M"),
        ("250 million", "250M"),
        ("2.5e8", "250M"),
        ("2.5 x 10^8", "250M"),
        ("0.25B", "250M"),
        ("250,000 k", "250M"),
        ("1_000", "1,000"),
        (".5", "0.5"),
        ("5 bn + 1 trillion", "1.005T"),
        ("5 B runs", "5B runs"),
        ("5 B", "5 B"),  # bytes, as it stands apart
        ("5B", "5B"),
        ("5%", "0.05"),
        ("5 percent of 200", "10"),
        ("2x 3", "6"),
        ("2x", "2"),
        ("2 \u00d7 3 \u00f7 4 \u2212 1", "0.5"),
        ("2 times 3 plus 4", "10"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("2^10", "1,024"),
        ("2**3", "8"),
        ("-3 + 5", "2"),
        ("8 / 2 / 2", "2"),
        ("10^-3", "0.001"),
        ("~6K", "6,000"),
        ("1500 ms to s", "1.5 s"),
        ("50ms + 60 ms + 0.2 s", "310 ms"),
        ("2 h in minutes", "120 min"),
        ("1 day", "1 day"),
        ("3 years", "3 years"),
        ("13.7 KB", "13.7 KB"),
        ("2.5 x 10^15 bytes", "2.5 PB"),
        ("8 Gbit/s", "1 GB/s"),
        ("1 KiB", "1.024 KB"),
        ("3 qps", "3 queries/s"),
        ("500M tweets/day", "500M tweets/day"),
        ("500M tweets per day", "500M tweets/day"),
        ("500M tweets a day", "500M tweets/day"),
        ("60 timeline loads / user / day", "60 loads/day/user"),
        ("250M users * 60 loads/user/day", "15B loads/day"),
        ("220 CPU-s/run * 58K runs/s", "12.76M"),
        ("6 TB / day", "6 TB/day"),
        ("800 ids * 10 bytes/id", "8 KB"),
        ("4 copies * 3", "12 copies"),
        ("9 s * 2 s", "18 s^2"),
        ("100 / 8 nodes to cores", "12.5 cores"),
        ("(3 + 4) users", "7 users"),
        ("7 * 6 =", "42"),
        ("7 # days in a week", "7"),
        ("500 000 000", "500M"),
        ("10\u207b\u00b3", "0.001"),
        ("2.5 \u00d7 10\u00b9\u2075 bytes", "2.5 PB"),
        ("64G", "64B"),
        ("3 kQPS", "3,000 queries/s"),
        ("30:1", "30"),
        ("1 : 4", "0.25"),
        ("450M * 800 * 10 = 3.6 TB", "3.6 TB"),
        ("220 / 1500 = 147 ms", "0.1467 s"),
        ("50 + 60 = 400 ms", "110"),  # does not hold
    ],
)
def test_a_line_comes_to(text: str, value: str) -> None:
    assert comes_to(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("writes = 500M tweets/day * 700\nwrites * 2", "700B tweets/day"),
        ("writes = 10\nwrites = writes * 2\nwrites", "20"),
        ("tweets per second = 500M / 86400\ntweets per second * 2", "11.57K"),
        ("fan-out = 12\nfan-out / 4", "3"),
        ("n1:5\nn1 * 2", "10"),
        ("m = 450M * 800 * 10 = 3.6 TB\nm / 64 GB", "56.25"),
        ("50 + 60 = 110 ms\nthat + 1 s", "1,110 ms"),
        ("n: 5\n\nthat * 2\npeak = 2 x that", "20"),
        ("- a1 = 3\n2) b1 = a1 + 1\nb1", "4"),
        ("day = 86400 s\n864M tweets / day", "10K tweets/s"),
        ("Peak = 3\nPEAK * 2", "6"),
    ],
)
def test_a_name_is_known_to_later_lines(text: str, value: str) -> None:
    assert comes_to(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("864M writes/day / 86400 s", "10K writes/s"),
        ("864M writes/day / 86,400", "10K writes/s"),
        ("864M writes/day / 24 / 60 / 60", "10K writes/s"),
        ("864M writes/day / 100K s", "8,640 writes/s"),
        ("864M writes/day / 100K", "8,640 writes/s"),
        ("864M writes/day / 90K", "9,600 writes/day"),
        ("864M writes/day / (86400 s/day)", "10K writes/s"),
        ("864M writes/day to writes/s", "10K writes/s"),
        ("10K writes/s * 86400", "864M writes/day"),
        ("10K writes/s * 86400 s", "864M writes"),
        ("6 TB/day * 365", "2.19 PB/year"),
        ("6 TB/day * 365 days", "2.19 PB"),
        ("6 TB/day * 2 years", "4.38 PB"),
        ("864M writes/day / 4", "216M writes/day"),
    ],
)
def test_a_rate_is_brought_to_another_time_as_one_writes_it(text: str, value: str) -> None:
    assert comes_to(text) == value


def test_what_is_written_behind_the_formula_is_kept() -> None:
    line = last("w = 500M tweets/day * 700 followers = 350B writes -> 0.35T")
    assert [shown(each) for each in line.claims] == ["350B writes", "350B"]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("50 + 60 + 200 + 1s", ("310 is read as 310 s.",)),
        ("1 s - 0.31", ("0.31 is read as 0.31 s.",)),
        ("1 s - 310 ms", ()),
        ("3 + 4 users", ()),
    ],
)
def test_a_unit_that_was_taken_over_is_noted(text: str, notes: tuple[str, ...]) -> None:
    assert last(text).notes == notes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5 s + 3 GB", "A time and a size in bytes cannot be added"),
        ("1 / 0", "divides by nothing"),
        ("1 / (2 - 2)", "divides by nothing"),
        ("5 Mb", "Mb may mean bits or bytes. Write MB or Mbit."),
        ("1 + (2", "A bracket is open"),
        ("1 + 2)", "There is a ) without its (."),
        ("350Bwrites", "Write a space before “Bwrites”"),
        ("5 GBB", "“GBB” is no unit that is known here."),
        ("250 millon", "Did you mean million?"),
        ("5 secnds", "Did you mean seconds?"),
        ("2,5 * 3", "write 2.5 with a point"),
        ("10^30 * 10", "too large"),
        ("10^31", "After ^ write a number up to 30."),
        ("1e400", "too large"),
        ("9^30^9", "too large"),
        ("(-8)^0.5", "That power has no value"),
        ("(2 s)^0.5", "whole powers only"),
        ("1 s * 1 s * 1 s * 1 s", "too high a power"),
        ("(((((((((((((((((((((1)))))))))))))))))))))", "too many brackets"),
        ("-----------------------------1", "too many signs"),
        ("5 $", "“$” cannot be read."),
        ("peek * 2", "There is no “peek” yet. Give it first: peek = ..."),
        ("writes / 2", "There is no “writes” yet."),
        ("* 2", "Before “*” something is missing"),
        ("2 *", "Something is missing after “*”"),
        ("x = 5", "“x” has a meaning here already"),
        ("a b c d e f g = 1", "A name has 6 words at most."),
        ("n = = 5", "Something is missing beside the =."),
        ("5 to", "A unit is missing"),
        ("5 s to GB", "A time cannot be given as a size in bytes."),
        ("2 (3)", "Write a sign between them"),
        ("n" * (MOST_CHARACTERS + 1), "The line has 201 characters"),
    ],
)
def test_what_cannot_be_worked_out_says_why_and_what_to_do(text: str, says: str) -> None:
    line = last(text)
    assert line.value is None
    assert says.lower() in line.error.lower()


def test_a_lost_line_is_named_by_those_that_need_it_and_the_others_are_read() -> None:
    first, second, third = read("n = 1 s + 1 GB\nm = n * 2\n4 * 4")
    assert first.error
    assert second.error == "“n” comes from line 1, which could not be worked out."
    assert third.value is not None


def test_there_are_lines_enough_and_no_more() -> None:
    assert len(read("1\n\n" * MOST_LINES)) == MOST_LINES
    with pytest.raises(EstimateError, match="write 40 at most"):
        read("1\n" * (MOST_LINES + 1))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (999_999_999, "1B"),
        (1e15, "1e15"),
        (0.00001, "1e-5"),
        (-5e6, "-5M"),
    ],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert shown_number(value) == text


ALPHABET = (
    "0123456789.,eEkKMBTxX+-*/^()=:%~# \n" + "tweets day s GB that to in per a of B_'"
    "\u00d7\u20ac\u00b2\u207b"
)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(ALPHABET), max_size=120))
def test_whatever_is_typed_only_the_own_error_is_raised(text: str) -> None:
    try:
        lines = read(text)
    except EstimateError:
        return
    for line in lines:
        assert (line.value is None) == bool(line.error)
        if line.value is not None:
            assert math.isfinite(line.value.number)
            assert shown(line.value)


NUMBERS = st.integers(1, 9_999).map(str) | st.decimals("0.01", "99", places=2).map(str)
EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("-({})".format, inner)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(EXPRESSIONS)
def test_arithmetic_is_that_of_python(text: str) -> None:
    try:
        right = eval(text)
    except ZeroDivisionError:
        right = None
    line = last(f"n = {text}")
    if right is None or len(text) > MOST_CHARACTERS - 4:
        assert line.error
    elif abs(right) < 1e20 and not line.error:
        assert line.value is not None
        assert line.value.number == pytest.approx(right, rel=1e-9, abs=1e-9)
    else:
        assert "divides by nothing" in line.error or "large" in line.error
