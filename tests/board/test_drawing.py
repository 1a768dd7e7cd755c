"""The drawing as a page gets it."""

import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.board.drawing import draw
from trainer.board.outline import parse

NASTY = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</svg></title></desc><script>1</script>",
    "{{ secret }}{% debug %}",
    "javascript:alert(1)",
    "&lt;b&gt; & <b>",
    "' onload='alert(1)",
]


def html(text: str) -> str:
    return render_to_string("board/_outline.html", {"drawing": draw(parse(text))})


def svg(text: str) -> ElementTree.Element:
    page = html(text)
    return ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def test_a_drawing_says_in_words_what_it_shows():
    drawing = draw(parse("Client -> API: HTTP\nRedis"))
    assert drawing.title == "Architecture with 3 boxes and 1 arrow"
    assert drawing.description == "Client to API (HTTP). Redis, not connected."


def test_the_picture_is_named_by_its_title_and_described():
    picture = svg("A -> B")
    assert picture.get("role") == "img"
    ids = [element.get("id") for element in picture if element.get("id")]
    assert ids == [picture.get("aria-labelledby"), picture.get("aria-describedby")]


def test_two_drawings_on_a_page_have_ids_of_their_own():
    outline = parse("A -> B")
    pages = [
        render_to_string("board/_outline.html", {"drawing": draw(outline, id=id_)})
        for id_ in ("one", "two")
    ]
    ids = [set(re.findall(r'id="([^"]+)"', page)) for page in pages]
    assert not ids[0] & ids[1]


def test_nothing_is_styled_or_scripted_inline():
    page = html("A -> B: x\nB <-> C\nA ->")
    assert not re.search(r"\s(style|on\w+)=|<style|<script|href", page)


def test_an_empty_outline_invites_to_write_one():
    assert "<svg" not in html("")
    assert "Nothing to draw yet" in html("")


def test_remarks_stand_below_with_their_lines():
    assert "<li>Line 2: An arrow needs a name" in html("A -> B\nC ->")


def test_an_arrow_has_one_head_and_a_pair_has_two():
    assert [len(wire.heads) for wire in draw(parse("A -> B")).wires] == [1]
    assert [len(wire.heads) for wire in draw(parse("A <-> B")).wires] == [2]


def test_an_arrow_that_closes_a_cycle_points_up():
    wires = draw(parse("A -> B -> C -> A")).wires
    assert [len(wire.heads) for wire in wires] == [1, 1, 1]


def test_a_wide_drawing_can_be_scrolled_by_keyboard():
    many = ", ".join(f"Box {i}" for i in range(9))
    wide = f"{many} -> {', '.join(f'End {i}' for i in range(9))}"
    assert draw(parse(wide)).scrolls
    assert 'tabindex="0"' in html(wide)
    assert "tabindex" not in html("A -> B")


def written(picture: ElementTree.Element) -> str:
    """The words in the shapes, without the title and the description."""
    texts = (element for element in picture.iter() if element.tag.endswith("text"))
    return "".join("".join(element.itertext()) for element in texts)


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("text", ["{0}", "A -> {0}", "A -> B: {0}", "A: {0}", "{0} ->", "# {0}"])
def test_a_nasty_name_is_text_and_nothing_else(text, nasty):
    page = html(text.replace("{0}", nasty))
    tags = set(re.findall(r"<(\w+)", page))
    assert tags <= {
        "figure",
        "div",
        "svg",
        "title",
        "desc",
        "path",
        "rect",
        "text",
        "tspan",
        "p",
        "ul",
        "li",
    }
    assert not re.search(r"<[^>]*\son\w+=", page)


@settings(max_examples=60)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=50)
)
def test_every_name_can_be_read_in_the_drawing(name):
    drawing = draw(parse(f"A -> {name}"))
    shown = "".join(line.text for box in drawing.boxes for line in box.lines)
    for box in parse(f"A -> {name}").boxes:
        assert "".join(box.name.split()) in shown.replace(" ", "")
