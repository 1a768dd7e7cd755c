import numpy as np

from trainer.twitter.timelines.window import BUILDING, Window, marker, merge, of, packed, parse


def window(*ids: int, floor: int = 0) -> Window:
    return of(np.array(ids, np.uint64), floor)


def elements(*ids: int) -> bytes:
    return b"".join(tweet_id.to_bytes(8, "big") for tweet_id in ids)


def facts(window: Window | None) -> tuple[list[int], int]:
    assert window is not None
    return window.ids.tolist(), window.floor


def test_a_list_is_sorted_and_freed_of_repetitions_when_it_is_read() -> None:
    assert facts(parse(marker(0) + elements(3, 9, 3, 5))) == ([9, 5, 3], 0)


def test_what_lies_at_or_below_the_floor_is_not_counted_on() -> None:
    assert facts(parse(marker(5) + elements(3, 9, 5, 6))) == ([9, 6], 5)


def test_a_list_without_a_marker_at_its_head_is_unverified() -> None:
    assert parse(b"") is None
    assert parse(elements(3, 9)) is None
    assert parse(elements(3) + marker(0)) is None


def test_a_list_under_construction_is_unverified() -> None:
    assert parse(BUILDING + elements(3, 9)) is None


def test_ids_of_63_bits_and_a_floor_as_high_survive() -> None:
    top = 2**63 - 1
    assert facts(parse(marker(top - 2) + elements(top, top - 1, 7))) == ([top, top - 1], top - 2)


def test_a_packed_window_is_read_back() -> None:
    assert facts(parse(packed(window(3, 9, 5, floor=2)))) == ([9, 5, 3], 2)
    assert facts(parse(packed(window()))) == ([], 0)


def test_merged_windows_are_complete_above_the_greatest_floor_only() -> None:
    merged = merge([window(9, 7, 2), window(8, 7, 5, floor=4), window(floor=1)])
    assert facts(merged) == ([9, 8, 7, 5], 4)


def test_before_a_cursor_stands_what_is_older_than_it() -> None:
    assert facts(window(9, 7, 5, floor=3).before(7)) == ([5], 3)
    assert facts(window(9, 7, floor=3).before(None)) == ([9, 7], 3)


def test_before_a_cursor_below_the_floor_nothing_is_known() -> None:
    assert facts(window(9, 7, floor=6).before(4)) == ([], 3)


def test_a_window_cut_short_has_its_floor_at_the_first_id_left_out() -> None:
    assert facts(window(9, 7, 5, 3).newest(2)) == ([9, 7], 5)
    assert facts(window(9, 7, floor=4).newest(2)) == ([9, 7], 4)
