"""What an outline in text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.board.outline import (
    LONGEST,
    MOST_ARROWS,
    MOST_BOXES,
    MOST_REMARKS,
    Arrow,
    Box,
    Outline,
    key,
    parse,
)


def names(outline: Outline) -> list[str]:
    return [box.name for box in outline.boxes]


def ends(outline: Outline) -> list[tuple[str, str]]:
    return [(arrow.source, arrow.target) for arrow in outline.arrows]


@pytest.mark.parametrize("arrow", ["->", "-->", "=>", "==>", "→", "⇒", "\u2014>", "\u2013>"])
@pytest.mark.parametrize("space", [" ", ""])
def test_every_arrow_forth_leads_to_the_right(arrow, space):
    assert ends(parse(f"Client{space}{arrow}{space}API")) == [("Client", "API")]


@pytest.mark.parametrize("arrow", ["<-", "<--", "<==", "←", "⇐"])
def test_every_arrow_back_leads_to_the_left(arrow):
    assert ends(parse(f"A {arrow} B")) == [("B", "A")]


@pytest.mark.parametrize("arrow", ["<->", "<-->", "<=>", "↔"])
def test_an_arrow_with_two_heads_is_two_arrows(arrow):
    assert ends(parse(f"A {arrow} B")) == [("A", "B"), ("B", "A")]


def test_a_chain_joins_each_to_the_next():
    assert ends(parse("Client -> API Gateway -> Home Mixer")) == [
        ("Client", "API Gateway"),
        ("API Gateway", "Home Mixer"),
    ]


def test_commas_give_several_ends():
    assert ends(parse("A, B -> C, D")) == [("A", "C"), ("A", "D"), ("B", "C"), ("B", "D")]


def test_a_colon_after_an_arrow_gives_its_label():
    assert parse("Tweetypie -> Kafka: events").arrows == (Arrow("Tweetypie", "Kafka", "events"),)


def test_each_arrow_of_a_chain_has_its_own_label():
    assert [a.label for a in parse("A -> B: one -> C: two, three").arrows] == ["one", "two, three"]


def test_a_colon_after_a_bare_name_gives_a_note():
    assert parse("Redis: timelines").boxes == (Box("Redis", "timelines"),)


@pytest.mark.parametrize("name", ["localhost:6379", "https://x.example"])
def test_a_port_or_an_address_is_no_label(name):
    assert names(parse(f"A -> {name}")) == ["A", name]


def test_a_name_alone_is_a_box():
    assert names(parse("API Gateway")) == ["API Gateway"]


@pytest.mark.parametrize("bullet", ["- ", "* ", "1. ", "2) ", "• ", "   - "])
def test_bullets_are_tolerated(bullet):
    assert ends(parse(f"{bullet}A -> B")) == [("A", "B")]


@pytest.mark.parametrize("line", ["", "   ", "# a comment", "  # A -> B"])
def test_comments_and_blank_lines_say_nothing(line):
    assert parse(line) == Outline((), (), ())


def test_brackets_and_quotes_around_a_name_fall_away():
    assert names(parse('[Client] -> "API" -> `C#`')) == ["Client", "API", "C#"]


def test_names_are_the_same_whatever_their_case_and_spaces():
    outline = parse("API   Gateway -> Redis\nredis -> api gateway")
    assert names(outline) == ["API Gateway", "Redis"]
    assert ends(outline) == [("API Gateway", "Redis"), ("Redis", "API Gateway")]


def test_an_arrow_drawn_twice_is_one_with_both_labels():
    outline = parse("A -> B: reads\na -> b: writes\nA -> B: reads\nA -> B")
    assert outline.arrows == (Arrow("A", "B", "reads; writes"),)
    assert not outline.remarks


@pytest.mark.parametrize("line", ["A ->", "-> A", "A -> -> B", "->", "A <-> ,"])
def test_an_arrow_without_a_name_is_remarked_on_by_line(line):
    (remark,) = parse(f"# first\n{line}").remarks
    assert remark.line == 2
    assert "both sides" in remark.text


def test_what_is_named_beside_a_broken_arrow_is_still_drawn():
    assert names(parse("A ->")) == ["A"]
    assert ends(parse("A -> B ->")) == [("A", "B")]


@pytest.mark.parametrize("line", ["-----", "└──┘", "|", "...", "<- ->"])
def test_a_line_without_a_name_is_remarked_on(line):
    outline = parse(line)
    assert not outline.boxes
    assert outline.remarks[0].line == 1


def test_an_arrow_to_itself_is_remarked_on():
    outline = parse("Cache -> cache")
    assert (names(outline), outline.arrows) == (["Cache"], ())
    assert "Cache to itself" in outline.remarks[0].text


def test_a_name_over_the_limit_is_remarked_on_and_the_rest_drawn():
    outline = parse(f"A -> B\n{'x' * (LONGEST + 1)} -> A\n{'y' * LONGEST} -> A")
    assert names(outline) == ["A", "B", "y" * LONGEST]
    assert [remark.line for remark in outline.remarks] == [2]
    assert str(LONGEST) in outline.remarks[0].text


def test_a_label_over_the_limit_is_remarked_on_and_the_arrow_drawn():
    outline = parse(f"A -> B: {'x' * (LONGEST + 1)}")
    assert outline.arrows == (Arrow("A", "B"),)
    assert "The label" in outline.remarks[0].text


def test_boxes_over_the_limit_are_remarked_on_once():
    outline = parse("\n".join(f"box {i}" for i in range(MOST_BOXES + 5)))
    assert len(outline.boxes) == MOST_BOXES
    assert [(r.line, str(MOST_BOXES) in r.text) for r in outline.remarks] == [(61, True)]


def test_arrows_over_the_limit_are_remarked_on_once():
    half = ", ".join(f"a{i}" for i in range(15)), ", ".join(f"b{i}" for i in range(15))
    outline = parse(f"{half[0]} -> {half[1]}\na0 -> b0: still labelled")
    assert len(outline.arrows) == MOST_ARROWS
    assert [r.line for r in outline.remarks] == [1]
    assert outline.arrows[0].label == "still labelled"


def test_remarks_over_the_limit_are_counted():
    outline = parse("---\n" * 50)
    assert len(outline.remarks) == MOST_REMARKS
    assert outline.remarks[-1].text.startswith(f"From here on {50 - MOST_REMARKS + 1} ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end):
    assert parse(end.join(["A", "B\x0b\u2028C", "->"])).remarks[0].line == 3


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["A", "b ", "API Gateway", "B: x", "", "-", "<", ">", '"', "[x]", "\x00", "é"]
        ),
        st.sampled_from(["->", "<-", "<->", "=>", "→", ",", ":", "#", "\n", "\n- ", "x" * 61]),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)


@given(LINES)
def test_any_text_is_read_without_an_error(text):
    outline = parse(text)
    keys = [key(box.name) for box in outline.boxes]
    assert len(set(keys)) == len(keys) <= MOST_BOXES
    assert {end for pair in ends(outline) for end in pair} <= set(names(outline))
    assert len(set(ends(outline))) == len(outline.arrows) <= MOST_ARROWS
    assert all(source != target for source, target in ends(outline))
    texts = [box.name for box in outline.boxes] + [arrow.label for arrow in outline.arrows]
    assert all(len(text) <= LONGEST for text in texts)
    assert all(
        1 <= remark.line <= text.count("\n") + text.count("\r") + 1 for remark in outline.remarks
    )


@given(LINES.filter(lambda text: "#" not in text))
def test_every_line_with_text_is_drawn_or_remarked_on(text):
    for line in text.replace("\r", "\n").split("\n"):
        outline = parse(line)
        assert outline.boxes or outline.remarks or not line.strip()
