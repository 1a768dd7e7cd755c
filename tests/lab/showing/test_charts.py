"""Charts: their looks, their tables, and their bars."""

from trainer.lab.blocks import Chart, Series, to_json
from trainer.lab.showing.bars import LONGEST, bars_of
from trainer.lab.showing.charts import MOST_ROWS, behind, drawing, looks


def chart(*series, **more):
    return to_json(Chart("c", "A chart", "walks", "ms", series, "measured", **more))


def texts(block):
    return [[cell.text for cell in row] for row in behind(block).table.rows]


def test_series_differ_without_their_colour():
    series = [Series(str(n), [1], [1], dashed=n > 2) for n in range(6)]
    found = looks(chart(*series)["series"])
    assert len({(look.dash, look.mark, look.hollow) for look in found}) == len(found)
    assert all(look.dash and look.hollow for look in found[3:])


def test_the_browser_gets_a_look_for_each_series():
    given = drawing(chart(Series("a", [1], [2]), Series("b", [1], [3], dashed=True), log_y=True))
    assert len(given["looks"]) == len(given["series"]) == 2
    assert given["log_y"]


def test_series_over_different_x_meet_in_one_table():
    block = chart(Series("a", [1, 3], [10, 30]), Series("b", [2, 3], [20, None]))
    assert texts(block) == [["1", "10", "–"], ["2", "–", "20"], ["3", "30", "–"]]  # noqa: RUF001


def test_points_over_the_same_x_all_stand_in_the_table():
    assert texts(chart(Series("a", [1, 1], [10, 20]), kind="points")) == [["1", "10"], ["1", "20"]]


def test_a_long_table_is_thinned():
    found = behind(chart(Series("a", list(range(1_000)), list(range(1_000)))))
    assert found.every == 5
    assert len(found.table.rows) <= MOST_ROWS


def test_bars_are_named_in_the_table():
    block = chart(Series("a", [0, 1], [10, 20]), kind="bars", names=["ada", "bob"])
    assert texts(block) == [["ada", "10"], ["bob", "20"]]


def test_the_longest_bar_leaves_room_for_its_value():
    block = chart(Series("a", [0, 1, 2], [10, 20, None]), kind="bars", names=["x", "y", "z"])
    widths = [row.bars[0].width for row in bars_of(block).rows]
    assert widths == [LONGEST / 2, LONGEST, 0]


def test_log_bars_say_where_they_start():
    block = chart(Series("a", [0, 1], [20, 2_000]), kind="bars", names=["x", "y"], log_y=True)
    small, large = (row.bars[0].width for row in bars_of(block).rows)
    assert bars_of(block).starts == "10"
    assert 0 < small < large <= LONGEST


def test_bars_without_values_have_no_width():
    assert (
        bars_of(chart(Series("a", [0], [0]), kind="bars", names=["x"])).rows[0].bars[0].width == 0
    )
    assert bars_of(chart(Series("a", [], []), kind="bars")).rows == ()


def test_many_bars_of_one_series_have_their_short_names_beside_them():
    def bars(names):
        ys = [1.0] * len(names)
        return bars_of(chart(Series("a", list(range(len(ys))), ys), kind="bars", names=names))

    few, many = bars(["part"] * 3), bars(["part"] * 12)
    assert (few.left, few.room) == (0, 100)
    assert many.left > 0
    assert many.height < 4 * few.height
    assert bars(["a part with a long name, of many words"] * 12).left == 0
