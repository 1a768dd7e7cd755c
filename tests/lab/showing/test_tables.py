"""Rows of a block, as cells."""

from trainer.lab.blocks import Column, Table, to_json
from trainer.lab.showing.tables import NOTHING, table_of


def drawn(columns, rows, among=None):
    block = to_json(Table("t", "A table", columns, rows, "measured"))
    return table_of(block["columns"], block["rows"], among)


def test_a_column_of_numbers_stands_at_the_right_and_names_its_unit():
    table = drawn([Column("Who"), Column("Took", "ms")], [["ada", 1.23456], ["bob", None]])
    assert [(head.text, head.number) for head in table.heads] == [
        ("Who", False),
        ("Took (ms)", True),
    ]
    assert [cell.text for cell in table.rows[0]] == ["ada", "1.23"]
    assert table.rows[1][1].text == NOTHING


def test_numbers_that_are_written_out_stand_at_the_right_too():
    table = drawn([Column("Followers"), Column("Share"), Column("How")], [["99,999", "5%", "as 3"]])
    assert [head.number for head in table.heads] == [True, True, False]


def test_a_bar_is_a_share_of_the_greatest():
    table = drawn([Column("Writes", bar=True)], [[50], [200], [None]])
    assert [row[0].share for row in table.rows] == [25, 100, None]


def test_bars_of_frames_share_one_scale():
    assert drawn([Column("Writes", bar=True)], [[50]], among=[[50], [100]]).rows[0][0].share == 50


def test_words_have_no_bar_and_zeros_no_width():
    assert drawn([Column("Word", bar=True)], [["none"]]).rows[0][0].share is None
    assert drawn([Column("Writes", bar=True)], [[0]]).rows[0][0].share == 0


def test_no_rows_leave_the_heads():
    table = drawn([Column("Who")], [])
    assert (len(table.heads), table.rows) == (1, ())
