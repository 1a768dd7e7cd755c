import pytest

from tests.learn.samples import LINES, short_sample
from trainer.learn.position import NoSuchPlace, Position, after, before, find, query

SAMPLE = short_sample()


def test_an_address_without_a_place_is_the_first_line():
    assert find(SAMPLE, "", "") == Position(0, 0)


def test_a_phase_alone_is_its_first_line():
    assert find(SAMPLE, "high_level", "") == Position(1, 0)


def test_lines_are_counted_from_one_in_an_address():
    assert find(SAMPLE, "high_level", "3") == Position(1, 2)


@pytest.mark.parametrize("line", ["0", "4", "-1", "two", "1.5", "²", "9" * 5000])
def test_a_line_that_is_not_there_is_refused_with_those_that_are(line):
    with pytest.raises(NoSuchPlace, match="High-Level has lines 1 to 3"):
        find(SAMPLE, "high_level", line)


def test_an_unknown_phase_is_refused_by_name():
    with pytest.raises(NoSuchPlace, match="no phase “opening”"):
        find(SAMPLE, "opening", "1")


def test_steps_on_visit_every_line_once_and_steps_back_return():
    here: Position | None = Position(0, 0)
    visited = []
    while here:
        visited.append(here)
        here = after(SAMPLE, here)

    assert len(visited) == len(set(visited)) == sum(LINES)
    assert [before(SAMPLE, each) for each in visited] == [None, *visited[:-1]]


def test_an_address_made_of_a_position_leads_back_to_it():
    assert query(SAMPLE, Position(1, 2)) == "?phase=high_level&line=3"
    assert query(SAMPLE, None) == ""
