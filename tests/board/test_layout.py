"""Where things stand: nothing overlaps, arrows lead downwards where they can."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.board.layout import BOX_WIDTH, Layout, Place, lay_out
from trainer.board.outline import parse
from trainer.board.rows import IN_A_ROW, rows, without_cycles
from trainer.board.wrapping import text_width, wrap

NAMES = [f"Box {i}" for i in range(9)]
OUTLINES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["->", "<-", "<->"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", ": events", ": a label of several words"]),
    ),
    max_size=25,
).map(lambda lines: parse("\n".join(" ".join(line) for line in lines) + "\nAlone"))


def overlap(one: Place, other: Place) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def places(layout: Layout) -> list[Place]:
    return [each.place for each in (*layout.boxes, *layout.labels)]


@given(OUTLINES)
def test_every_box_has_a_place_and_nothing_overlaps(outline):
    layout = lay_out(outline)
    assert len(layout.boxes) == len(outline.boxes)
    assert not any(overlap(one, other) for one, other in combinations(places(layout), 2))
    for place in places(layout):
        assert place.x >= 0
        assert place.y >= 0
        assert place.x + place.width <= layout.width
        assert place.y + place.height <= layout.height


@given(OUTLINES)
def test_a_line_is_drawn_for_every_two_boxes_that_are_joined(outline):
    names = [box.name for box in outline.boxes]
    drawn = set()
    for wire in lay_out(outline).wires:
        if wire.at_end:
            drawn.add((names[wire.source], names[wire.target]))
        if wire.at_start:
            drawn.add((names[wire.target], names[wire.source]))
    assert drawn == {(arrow.source, arrow.target) for arrow in outline.arrows}


@given(OUTLINES)
def test_a_line_bends_around_boxes(outline):
    layout = lay_out(outline)
    bends = [bend for wire in layout.wires for bend in wire.bends]
    assert not any(overlap(bend, box.place) for bend in bends for box in layout.boxes)


@given(OUTLINES)
def test_the_same_outline_is_laid_out_the_same(outline):
    assert lay_out(outline) == lay_out(outline)


LINKS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda x: x[0] != x[1]))


@given(LINKS)
def test_boxes_stand_below_all_that_leads_to_them_but_for_cycles(links):
    downward = without_cycles(8, links)
    row_of = rows(8, downward)
    assert all(row_of[source] < row_of[target] for source, target in downward)
    assert max(row_of.count(row) for row in row_of) <= IN_A_ROW


def test_links_without_a_cycle_are_left_as_they_are():
    links = [(0, 1), (1, 2), (0, 2), (3, 2)]
    assert without_cycles(4, links) == links


def test_a_start_stands_right_above_what_it_leads_to():
    assert rows(4, [(0, 1), (1, 2), (3, 2)]) == [0, 1, 2, 1]


def test_a_chain_runs_straight_down():
    boxes = lay_out(parse("A -> B -> C")).boxes
    assert len({box.place.x for box in boxes}) == 1
    assert [box.place.y for box in boxes] == sorted(box.place.y for box in boxes)


def test_three_boxes_side_by_side_fit_a_phone():
    assert lay_out(parse("A -> B, C, D")).width <= 358


def test_the_largest_outline_is_laid_out():
    text = "\n".join(f"n{i} -> n{(i * 7 + k) % 60}: l{k}" for i in range(60) for k in (1, 2, 3))
    assert len(lay_out(parse(text)).boxes) == 60


def test_nothing_is_laid_out_as_nothing():
    assert lay_out(parse("")).boxes == ()


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_wrapping_keeps_every_letter_and_fits(text):
    lines = wrap(text, BOX_WIDTH)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(text_width(line) <= BOX_WIDTH or len(line) == 1 for line in lines)
