from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from trainer.twitter.tweets import snowflake

times = st.datetimes(
    min_value=datetime(2011, 1, 1), max_value=datetime(2079, 1, 1), timezones=st.just(UTC)
)


@given(when=times, sequence=st.integers(0, 2**40))
def test_an_id_gives_back_its_millisecond(when: datetime, sequence: int) -> None:
    made = snowflake.compose(snowflake.ms_since_epoch(when), sequence)
    assert timedelta() <= when - snowflake.at(made) < timedelta(milliseconds=1)
    assert made < 2**63


@given(earlier=times, later=times, sequence=st.integers(0, 2**22 - 1))
def test_ids_sort_by_time(earlier: datetime, later: datetime, sequence: int) -> None:
    if snowflake.ms_since_epoch(earlier) < snowflake.ms_since_epoch(later):
        made = snowflake.compose(snowflake.ms_since_epoch(earlier), sequence)
        assert snowflake.first_at(earlier) <= made < snowflake.first_at(later)


def test_numbers_drawn_one_after_the_other_give_different_ids_within_a_millisecond() -> None:
    made = {snowflake.compose(7, sequence) for sequence in range(2**22 - 5, 2**22 + 5)}
    assert len(made) == 10
